import { backfillInMigration } from "../../../src/rules/sql/backfill-in-migration.ts";
import { columnDefaultRewrites } from "../../../src/rules/sql/column-default-rewrites.ts";
import { columnTypeRewrites } from "../../../src/rules/sql/column-type-rewrites.ts";
import { foreignKeyValidatedAtOnce } from "../../../src/rules/sql/foreign-key-validated-at-once.ts";
import { setNotNullScan } from "../../../src/rules/sql/set-not-null-scan.ts";
import { rule } from "../../harness/rule.ts";
import { changeset, fixed, log, URL, YAML } from "./changelogFixtures.ts";

rule(foreignKeyValidatedAtOnce, {
  reports: {
    "an element of XML": log(
      changeset(`    <addForeignKeyConstraint baseTableName="orders" baseColumnNames="user_id" constraintName="fk_user" referencedTableName="users" referencedColumnNames="id" onDelete="CASCADE"/>
 <!--^^^^^^^^^^^^^^^^^^^^^^^ 💡 fk_user blocks writes to orders and users while every row is checked -->`),
    ),
    "an element of YAML": `${YAML}  - changeSet:
      id: 2
      author: ann
      changes:
        - addForeignKeyConstraint:
         #^^^^^^^^^^^^^^^^^^^^^^^ 💡
            baseTableName: orders
            baseColumnNames: user_id
            constraintName: fk_user
            referencedTableName: users
            referencedColumnNames: id
        - addColumn:
            tableName: orders
            columns:
              - column: { name: note, type: text }
`,
  },
  ignores: {
    "a key of a new column": log(
      changeset(
        `    <addColumn tableName="orders"><column name="owner_id" type="bigint"><constraints foreignKeyName="fk_owner" references="users(id)"/></column></addColumn>`,
      ),
    ),
  },
  fixes: {
    "an element of XML": fixed(`  <changeSet id="2" author="ann">
    <sql>ALTER TABLE orders ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID</sql>
  </changeSet>

  <changeSet id="2-2" author="ann">
    <sql>ALTER TABLE orders VALIDATE CONSTRAINT fk_user</sql>
  </changeSet>
`),
    "an element of YAML": `${YAML.slice(URL.length).replace(" (new from line 22)", "")}  - changeSet:
      id: 2
      author: ann
      changes:
        - sql:
            sql: "ALTER TABLE orders ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID"
        - addColumn:
            tableName: orders
            columns:
              - column: { name: note, type: text }
  - changeSet:
      id: 2-2
      author: ann
      changes:
        - sql:
            sql: "ALTER TABLE orders VALIDATE CONSTRAINT fk_user"
`,
  },
  applied: { "an element of XML": { difference: [] }, "an element of YAML": { difference: [] } },
});

rule(setNotNullScan, {
  reports: {
    "an element of XML": log(
      changeset(`    <addNotNullConstraint tableName="orders" columnName="state"/>
 <!--^^^^^^^^^^^^^^^^^^^^ 💡 SET NOT NULL on state blocks reads and writes of orders while every row is read -->`),
    ),
  },
  ignores: {
    "a column that takes no null already": log(changeset(`    <addNotNullConstraint tableName="orders" columnName="id"/>`)),
  },
  fixes: {
    "an element of XML": fixed(`  <changeSet id="2" author="ann">
    <sql>ALTER TABLE orders ADD CONSTRAINT orders_state_not_null CHECK (state IS NOT NULL) NOT VALID</sql>
  </changeSet>

  <changeSet id="2-2" author="ann">
    <sql>ALTER TABLE orders VALIDATE CONSTRAINT orders_state_not_null</sql>
  </changeSet>

  <changeSet id="2-3" author="ann">
    <sql>ALTER TABLE orders ALTER COLUMN state SET NOT NULL</sql>
  </changeSet>

  <changeSet id="2-4" author="ann">
    <sql>ALTER TABLE orders DROP CONSTRAINT orders_state_not_null</sql>
  </changeSet>
`),
  },
  applied: { "an element of XML": { difference: [] } },
});

rule(columnTypeRewrites, {
  reports: {
    "an element of XML": log(
      changeset(`    <modifyDataType tableName="orders" columnName="state" newDataType="varchar(10)"/>
 <!--^^^^^^^^^^^^^^ state from varchar(20) to varchar(10) rewrites orders while nothing can read or write it -->`),
    ),
  },
  ignores: {
    "a wider type": log(changeset(`    <modifyDataType tableName="orders" columnName="state" newDataType="varchar(40)"/>`)),
  },
});

rule(columnDefaultRewrites, {
  reports: {
    "an element of XML": log(
      changeset(`    <addColumn tableName="orders"><column name="token" type="uuid" defaultValueComputed="gen_random_uuid()"/></addColumn>
                                            <!--^^^^^ The default of token rewrites orders while nothing can read or write it -->`),
    ),
  },
  ignores: {
    "a default that is one value for all rows": log(
      changeset(
        `    <addColumn tableName="orders"><column name="at" type="datetime" defaultValueComputed="CURRENT_TIMESTAMP"/></addColumn>`,
      ),
    ),
  },
});

rule(backfillInMigration, {
  reports: {
    "an element of XML": log(
      changeset(`    <update tableName="orders"><column name="state" value="NEW"/></update>
 <!--^^^^^^ UPDATE writes every row of orders in one transaction -->`),
    ),
    "nulls that are filled before none is taken": log(
      changeset(`    <addNotNullConstraint tableName="orders" columnName="state" defaultNullValue="NEW"/>
 <!--^^^^^^^^^^^^^^^^^^^^ -->`),
    ),
  },
  ignores: {
    "some rows": log(changeset(`    <update tableName="orders"><column name="state" value="NEW"/><where>state = 'OPEN'</where></update>`)),
  },
});

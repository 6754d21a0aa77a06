import { backfillInMigration } from "../../../src/rules/sql/backfill-in-migration.ts";
import { columnDefaultRewrites } from "../../../src/rules/sql/column-default-rewrites.ts";
import { columnTypeRewrites } from "../../../src/rules/sql/column-type-rewrites.ts";
import { concurrentIndexInTransaction } from "../../../src/rules/sql/concurrent-index-in-transaction.ts";
import { dropIndexNotConcurrent } from "../../../src/rules/sql/drop-index-not-concurrent.ts";
import { foreignKeyValidatedAtOnce } from "../../../src/rules/sql/foreign-key-validated-at-once.ts";
import { indexNotConcurrent } from "../../../src/rules/sql/index-not-concurrent.ts";
import { setNotNullScan } from "../../../src/rules/sql/set-not-null-scan.ts";
import { uniqueConstraintBuildsIndex } from "../../../src/rules/sql/unique-constraint-builds-index.ts";
import { rule } from "../../harness/rule.ts";

/** Rules on locks in change logs that are no SQL: each element is what Liquibase sends for it. */
const URL = `
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
`;
const FILE = "//- src/main/resources/db/changelog/db.changelog-master";
const TABLES = `  <changeSet id="1" author="ann">
    <createTable tableName="users"><column name="id" type="bigint"><constraints primaryKey="true"/></column></createTable>
    <createTable tableName="orders">
      <column name="id" type="bigint"><constraints primaryKey="true"/></column>
      <column name="state" type="varchar(20)"/>
      <column name="user_id" type="bigint"/>
    </createTable>
    <createIndex indexName="idx_orders_user" tableName="orders"><column name="user_id"/></createIndex>
  </changeSet>
`;
/** A change log whose changesets from the second on are new. */
const log = (changesets: string): string => `${URL}
${FILE}.xml (new from line 10)
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
${TABLES}${changesets}</databaseChangeLog>
`;
const fixed = (changesets: string): string => `
${FILE}.xml
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
${TABLES}${changesets}</databaseChangeLog>
`;
const changeset = (body: string, attributes = ""): string => `  <changeSet id="2" author="ann"${attributes}>
${body}
  </changeSet>
`;

const YAML = `${URL}
${FILE}.yaml (new from line 22)
databaseChangeLog:
  - changeSet:
      id: 1
      author: ann
      changes:
        - createTable:
            tableName: users
            columns:
              - column: { name: id, type: bigint, constraints: { primaryKey: true } }
        - createTable:
            tableName: orders
            columns:
              - column: { name: id, type: bigint, constraints: { primaryKey: true } }
              - column: { name: state, type: varchar(20) }
              - column: { name: user_id, type: bigint }
        - createIndex:
            indexName: idx_orders_user
            tableName: orders
            columns: [{ column: { name: user_id } }]
`;

rule(indexNotConcurrent, {
  reports: {
    "an element of XML": log(
      changeset(
        `    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state" descending="true"/></createIndex>
 <!--^^^^^^^^^^^ 💡 CREATE INDEX blocks writes to orders while it builds idx_orders_state -->`,
        ' context="prod"',
      ),
    ),
    "an element beside others": log(
      changeset(`    <addColumn tableName="orders"><column name="note" type="text"/></addColumn>
    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state" descending="true"/></createIndex>
 <!--^^^^^^^^^^^ 💡 -->`),
    ),
    "an element behind the question whether the index is there": log(
      changeset(`    <preConditions onFail="MARK_RAN"><not><indexExists indexName="idx_orders_state"/></not></preConditions>
    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state" descending="true"/></createIndex>
 <!--^^^^^^^^^^^ 💡 -->`),
    ),
    "an element of YAML": `${YAML}  - changeSet:
      id: "2"
      author: ann
      changes:
        - createIndex:
         #^^^^^^^^^^^ 💡
            indexName: idx_orders_state
            tableName: orders
            columns:
              - column: { name: state }
  - changeSet:
      id: "3"
      author: ann
      changes:
        - addColumn:
            tableName: orders
            columns: [{ column: { name: note, type: text } }]
`,
  },
  ignores: {
    "a changeset that is not new, and a table that is": `${URL}
${FILE}.xml
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
${TABLES}${changeset(`    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state" descending="true"/></createIndex>`)}</databaseChangeLog>
//- src/main/resources/db/changelog/other.xml (new)
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
${TABLES}${changeset(`    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state" descending="true"/></createIndex>`)}</databaseChangeLog>
`,
    "a changeset for another database": log(
      changeset(
        `    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state" descending="true"/></createIndex>`,
        ' dbms="h2"',
      ),
    ),
  },
  fixes: {
    "an element of XML": fixed(`  <changeSet id="2" author="ann" context="prod" runInTransaction="false">
    <sql>DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state</sql>
  </changeSet>

  <changeSet id="2-2" author="ann" context="prod" runInTransaction="false">
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state DESC)</sql>
  </changeSet>
`),
    "an element beside others": fixed(`  <changeSet id="2" author="ann">
    <addColumn tableName="orders"><column name="note" type="text"/></addColumn>
  </changeSet>

  <changeSet id="2-2" author="ann" runInTransaction="false">
    <sql>DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state</sql>
  </changeSet>

  <changeSet id="2-3" author="ann" runInTransaction="false">
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state DESC)</sql>
  </changeSet>
`),
    "an element behind the question whether the index is there": fixed(`  <changeSet id="2" author="ann" runInTransaction="false">
    <sql>DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state</sql>
  </changeSet>

  <changeSet id="2-2" author="ann" runInTransaction="false">
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state DESC)</sql>
  </changeSet>
`),
    "an element of YAML": `${YAML.slice(URL.length).replace(" (new from line 22)", "")}  - changeSet:
      id: "2"
      runInTransaction: false
      author: ann
      changes:
        - sql:
            sql: "DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state"
  - changeSet:
      id: "2-2"
      runInTransaction: false
      author: ann
      changes:
        - sql:
            sql: "CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)"
  - changeSet:
      id: "3"
      author: ann
      changes:
        - addColumn:
            tableName: orders
            columns: [{ column: { name: note, type: text } }]
`,
  },
  applied: {
    "an element of XML": { difference: [] },
    "an element beside others": { difference: [] },
    "an element behind the question whether the index is there": { difference: [] },
    "an element of YAML": { difference: [] },
  },
});

rule(dropIndexNotConcurrent, {
  reports: {
    "an element of XML": log(
      changeset(`    <dropIndex indexName="idx_orders_user" tableName="orders"/>
 <!--^^^^^^^^^ 💡 DROP INDEX idx_orders_user blocks reads and writes of orders from when it waits for its lock -->`),
    ),
  },
  ignores: {
    "an index that nobody knows": log(changeset(`    <dropIndex indexName="idx_other" tableName="orders"/>`)),
  },
  fixes: {
    "an element of XML": fixed(`  <changeSet id="2" author="ann" runInTransaction="false">
    <sql>DROP INDEX CONCURRENTLY IF EXISTS idx_orders_user</sql>
  </changeSet>
`),
  },
  applied: { "an element of XML": { difference: [] } },
});

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

rule(uniqueConstraintBuildsIndex, {
  reports: {
    "an element of XML": log(
      changeset(`    <addUniqueConstraint tableName="orders" columnNames="state, user_id" constraintName="uq_orders"/>
 <!--^^^^^^^^^^^^^^^^^^^ 💡 UNIQUE uq_orders blocks reads and writes of orders while its index is built -->`),
    ),
  },
  ignores: {
    "a constraint on an index that is there": log(
      changeset(`    <addUniqueConstraint tableName="orders" columnNames="user_id" constraintName="uq" forIndexName="idx_orders_user"/>`),
    ),
  },
  fixes: {
    "an element of XML": fixed(`  <changeSet id="2" author="ann" runInTransaction="false">
    <sql>DROP INDEX CONCURRENTLY IF EXISTS uq_orders</sql>
  </changeSet>

  <changeSet id="2-2" author="ann" runInTransaction="false">
    <sql>CREATE UNIQUE INDEX CONCURRENTLY uq_orders ON orders (state, user_id)</sql>
  </changeSet>

  <changeSet id="2-3" author="ann">
    <sql>ALTER TABLE orders ADD CONSTRAINT uq_orders UNIQUE USING INDEX uq_orders</sql>
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

rule(concurrentIndexInTransaction, {
  reports: {
    "SQL in an element of its own": log(
      changeset(`    <preConditions onFail="MARK_RAN"><not><indexExists indexName="idx_orders_state"/></not></preConditions>
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>
     <!--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX CONCURRENTLY fails in the transaction that this changeset runs in -->`),
    ),
    "SQL beside other elements": log(
      changeset(`    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>
     <!--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX CONCURRENTLY fails in the transaction that this changeset runs in -->
    <addColumn tableName="orders"><column name="note" type="text"/></addColumn>`),
    ),
  },
  ignores: {
    "a changeset without a transaction": log(
      changeset(`    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>`, ' runInTransaction="false"'),
    ),
  },
  fixes: {
    "SQL in an element of its own": fixed(`  <changeSet id="2" author="ann" runInTransaction="false">
    <preConditions onFail="MARK_RAN"><not><indexExists indexName="idx_orders_state"/></not></preConditions>
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>
  </changeSet>
`),
  },
});

import { foreignKeyValidatedAtOnce } from "../../../src/rules/sql/foreign-key-validated-at-once.ts";
import { indexNotConcurrent } from "../../../src/rules/sql/index-not-concurrent.ts";
import { rule } from "../../harness/rule.ts";
import { changeset, FILE, fixed, log, YAML } from "./changelogFixtures.ts";

/** The tests run on H2, which knows neither CONCURRENTLY nor NOT VALID. */
const H2 = `
//- pom.xml
<project>
  <artifactId>shop</artifactId>
  <dependencies>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId></dependency>
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId><scope>test</scope></dependency>
  </dependencies>
</project>
`.trimEnd();

const SCRIPT = `
//- db/changelog/changes.sql (new from line 4)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE users (id bigint PRIMARY KEY);CREATE TABLE orders (id bigint PRIMARY KEY, state text, user_id bigint);
`;

rule(indexNotConcurrent, {
  reports: {
    "an element of a log that H2 runs, too": `${H2}${log(
      changeset(`    <preConditions onFail="MARK_RAN"><not><indexExists indexName="idx_orders_state"/></not></preConditions>
    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state"/></createIndex>
 <!--^^^^^^^^^^^ 💡 -->`),
    )}`,
    "an element that is PostgreSQL's alone": `${H2}${log(
      changeset(
        `    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state"/></createIndex>
 <!--^^^^^^^^^^^ 💡 -->`,
        ' dbms="postgresql"',
      ),
    )}`,
    "an element beside another, and one for two databases": `${H2}${log(
      changeset(`    <addColumn tableName="orders"><column name="note" type="text"/></addColumn>
    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state"/></createIndex>
 <!--^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_orders_state -->
  </changeSet>
  <changeSet id="3" author="ann" dbms="postgresql,h2">
    <createIndex indexName="idx_orders_note" tableName="orders"><column name="state"/></createIndex>
 <!--^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_orders_note -->`),
    )}`,
    "an element of YAML": `${H2}${YAML}  - changeSet:
      id: 2
      author: ann
      changes:
        - createIndex:
        --^^^^^^^^^^^ 💡
            indexName: idx_orders_state
            tableName: orders
            columns: [{ column: { name: state } }]
`,
    "formatted SQL": `${H2}${SCRIPT}--changeset ann:2
  CREATE INDEX idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "formatted SQL for another database": `${H2}${SCRIPT}--changeset ann:2 dbms:!postgresql
CREATE INDEX idx_orders_state ON orders (state);
--changeset ann:3 dbms:h2
CREATE INDEX idx_orders_user ON orders (user_id);
`,
  },
  fixes: {
    "an element of a log that H2 runs, too": fixed(`${changeset(
      `    <preConditions onFail="MARK_RAN"><not><indexExists indexName="idx_orders_state"/></not></preConditions>
    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state"/></createIndex>`,
      ' dbms="!postgresql"',
    )}
  <changeSet id="2-2" author="ann" dbms="postgresql" runInTransaction="false">
    <sql>DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state</sql>
  </changeSet>

  <changeSet id="2-3" author="ann" dbms="postgresql" runInTransaction="false">
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>
  </changeSet>
`),
    "an element that is PostgreSQL's alone": fixed(`${changeset(
      "    <sql>DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state</sql>",
      ' dbms="postgresql" runInTransaction="false"',
    )}
  <changeSet id="2-2" author="ann" dbms="postgresql" runInTransaction="false">
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>
  </changeSet>
`),
    "an element of YAML": `
${YAML.slice(YAML.indexOf(FILE)).replace(/ \(new.*/, "")}  - changeSet:
      id: 2
      dbms: "!postgresql"
      author: ann
      changes:
        - createIndex:
            indexName: idx_orders_state
            tableName: orders
            columns: [{ column: { name: state } }]
  - changeSet:
      id: 2-2
      dbms: postgresql
      runInTransaction: false
      author: ann
      changes:
        - sql:
            sql: "DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state"
  - changeSet:
      id: 2-3
      dbms: postgresql
      runInTransaction: false
      author: ann
      changes:
        - sql:
            sql: "CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)"
`,
    "formatted SQL": `${SCRIPT.replace(/ \(new.*/, "")}--changeset ann:2 dbms:!postgresql
  CREATE INDEX idx_orders_state ON orders (state);

--changeset ann:2-2 runInTransaction:false dbms:postgresql
DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state;

--changeset ann:2-3 runInTransaction:false dbms:postgresql
CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state);
`,
  },
});

rule(foreignKeyValidatedAtOnce, {
  reports: {
    "an element of a log that H2 runs, too": `${H2}${log(
      changeset(`    <addForeignKeyConstraint constraintName="fk_orders_user" baseTableName="orders" baseColumnNames="user_id" referencedTableName="users" referencedColumnNames="id"/>
 <!--^^^^^^^^^^^^^^^^^^^^^^^ 💡 -->`),
    )}`,
    "formatted SQL": `${H2}${SCRIPT}--changeset ann:2
ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {},
  fixes: {
    "an element of a log that H2 runs, too": fixed(`${changeset(
      '    <addForeignKeyConstraint constraintName="fk_orders_user" baseTableName="orders" baseColumnNames="user_id" referencedTableName="users" referencedColumnNames="id"/>',
      ' dbms="!postgresql"',
    )}
  <changeSet id="2-2" author="ann" dbms="postgresql">
    <sql>ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID</sql>
  </changeSet>

  <changeSet id="2-3" author="ann" dbms="postgresql">
    <sql>ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_user</sql>
  </changeSet>
`),
    "formatted SQL": `${SCRIPT.replace(/ \(new.*/, "")}--changeset ann:2 dbms:!postgresql
ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id);

--changeset ann:2-2 dbms:postgresql
ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;

--changeset ann:2-3 dbms:postgresql
ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_user;
`,
  },
});

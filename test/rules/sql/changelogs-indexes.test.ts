import { concurrentIndexInTransaction } from "../../../src/rules/sql/concurrent-index-in-transaction.ts";
import { dropIndexNotConcurrent } from "../../../src/rules/sql/drop-index-not-concurrent.ts";
import { indexNotConcurrent } from "../../../src/rules/sql/index-not-concurrent.ts";
import { uniqueConstraintBuildsIndex } from "../../../src/rules/sql/unique-constraint-builds-index.ts";
import { rule } from "../../harness/rule.ts";
import { changeset, FILE, fixed, log, TABLES, URL, YAML } from "./changelogFixtures.ts";

const NOTE = `  - changeSet:
      id: "3"
      author: ann
      changes:
        - addColumn:
            tableName: orders
            columns: [{ column: { name: note, type: text } }]
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
    // The fix of a key without an index offers both forms: this one was chosen.
    "an element that a fix has written": log(
      changeset(`    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state"/></createIndex>
 <!--^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_orders_state -->`).replace("ann", "UNKNOWN"),
    ),
    "an element behind another question, and SQL in an element of its own": log(
      changeset(`    <preConditions onFail="MARK_RAN"><not><columnExists tableName="orders" columnName="note"/></not></preConditions>
    <addColumn tableName="orders"><column name="note" type="text"/></addColumn>
    <createIndex indexName="idx_orders_state" tableName="orders"><column name="state" descending="true"/></createIndex>
 <!--^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_orders_state -->
  </changeSet>
  <changeSet id="3" author="ann">
    <sql>CREATE INDEX idx_orders_number ON orders (state, id)</sql>
     <!--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_orders_number -->`),
    ),
    "a changeset of formatted SQL that asks": `
//- db/changelog/changes.sql (new from line 4)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
--changeset ann:2
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_indexes WHERE indexname = 'idx_orders_state'
  CREATE INDEX idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
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
${NOTE}`,
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
${NOTE}`,
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

rule(concurrentIndexInTransaction, {
  reports: {
    "SQL in an element of its own": log(
      changeset(`    <preConditions onFail="MARK_RAN"><not><indexExists indexName="idx_orders_state"/></not></preConditions>
    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>
     <!--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX CONCURRENTLY fails in the transaction that this changeset runs in -->`),
    ),
    "SQL beside other elements": log(
      changeset(`    <sql>CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state)</sql>
     <!--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX CONCURRENTLY fails in the transaction that this changeset runs in -->
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

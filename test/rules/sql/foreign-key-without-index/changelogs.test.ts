import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { rule } from "../../../harness/rule.ts";

const XML = `
//- src/main/resources/db/changelog/db.changelog-master.xml
<databaseChangeLog>
    <include file="db/changelog/v1.xml"/>
    <include file="db/changelog/v2.xml"/>
</databaseChangeLog>
//- src/main/resources/db/changelog/v1.xml
<databaseChangeLog>
    <changeSet id="1" author="ann">
        <createTable tableName="users"><column name="id" type="uuid"><constraints primaryKey="true"/></column></createTable>
        <createTable tableName="tickets"><column name="id" type="uuid"/><column name="owner_id" type="uuid"/></createTable>
        <addForeignKeyConstraint baseTableName="tickets" baseColumnNames="owner_id" referencedTableName="users"
          referencedColumnNames="id" constraintName="tickets_owner"/>
                                                 <!--^^^^^^^^^^^^^ 💡 -->
    </changeSet>
</databaseChangeLog>
//- src/main/resources/db/changelog/v2.xml
<databaseChangeLog>
    <changeSet id="2" author="bob">
        <addColumn tableName="tickets"><column name="state" type="text"/></addColumn>
    </changeSet>
</databaseChangeLog>
`;

/** What a column refers to is put into the statement as it stands: without a column it is the other table's key. */
const YAML = `
//- src/main/resources/db/changelog/db.changelog-master.yaml
databaseChangeLog:
  - changeSet:
      id: 1
      author: ann
      changes:
        - createTable:
            tableName: users
            columns:
              - column: { name: id, type: uuid, constraints: { primaryKey: true } }
        - createTable:
            tableName: tickets
            columns:
              - column: { name: id, type: uuid, constraints: { primaryKey: true } }
              - column: { name: owner_id, type: uuid, constraints: { foreignKeyName: tickets_owner, references: users } }
                               #^^^^^^^^ 💡 tickets.owner_id references users, and no index starts with it
`;

/** Spring runs it at each start. */
const SCRIPT = `
//- src/main/resources/schema.sql
CREATE TABLE IF NOT EXISTS users (id uuid PRIMARY KEY);
CREATE TABLE IF NOT EXISTS tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                                     --^^^^^^^^^^^^^^^^ 💡
`;

rule(foreignKeyWithoutIndex, {
  reports: { "a change log in XML": XML, "a column that refers to a table": YAML, "a script that runs again": SCRIPT },
  ignores: {
    "a column that refers to no table": YAML.replace(", references: users", "").replace(/^ *#\^.*\n/m, ""),
    "an index that a later change log makes": XML.replace(/^ *<!--\^.*\n/m, "").replace(
      '<addColumn tableName="tickets"><column name="state" type="text"/></addColumn>',
      '<createIndex indexName="i" tableName="tickets"><column name="owner_id"/></createIndex>',
    ),
  },
  fixes: {
    "a script that runs again": `
//- src/main/resources/schema.sql
CREATE TABLE IF NOT EXISTS users (id uuid PRIMARY KEY);
CREATE TABLE IF NOT EXISTS tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);

CREATE INDEX IF NOT EXISTS idx_tickets_owner_id ON tickets (owner_id);
`,
    "a change log in XML": {
      "Create index on tickets (owner_id)": `
//- src/main/resources/db/changelog/v2.xml
<databaseChangeLog>
    <changeSet id="2" author="bob">
        <addColumn tableName="tickets"><column name="state" type="text"/></addColumn>
    </changeSet>
    <changeSet id="add_index_tickets_owner_id" author="UNKNOWN">
        <createIndex indexName="idx_tickets_owner_id" tableName="tickets">
            <column name="owner_id"/>
        </createIndex>
    </changeSet>
</databaseChangeLog>
`,
      "Create index on tickets (owner_id) concurrently": `
//- src/main/resources/db/changelog/v2.xml
<databaseChangeLog>
    <changeSet id="2" author="bob">
        <addColumn tableName="tickets"><column name="state" type="text"/></addColumn>
    </changeSet>
    <changeSet id="add_index_tickets_owner_id" author="UNKNOWN" dbms="postgresql" runInTransaction="false">
        <sql>CREATE INDEX CONCURRENTLY idx_tickets_owner_id ON tickets (owner_id);</sql>
    </changeSet>
</databaseChangeLog>
`,
    },
  },
});

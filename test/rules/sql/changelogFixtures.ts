/** Rules on locks in change logs that are no SQL: each element is what Liquibase sends for it. */
export const URL = `
//- src/main/resources/application.yml
spring.datasource.url: jdbc:postgresql://db/shop
`;
export const FILE = "//- src/main/resources/db/changelog/db.changelog-master";
export const TABLES = `  <changeSet id="1" author="ann">
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
export const log = (changesets: string): string => `${URL}
${FILE}.xml (new from line 10)
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
${TABLES}${changesets}</databaseChangeLog>
`;
export const fixed = (changesets: string): string => `
${FILE}.xml
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
${TABLES}${changesets}</databaseChangeLog>
`;
export const changeset = (body: string, attributes = ""): string => `  <changeSet id="2" author="ann"${attributes}>
${body}
  </changeSet>
`;

export const YAML = `${URL}
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

import { indexMissingInDialect } from "../../../src/rules/sql/index-missing-in-dialect.ts";
import { rule } from "../../harness/rule.ts";

const MYSQL = `
//- src/main/resources/db/migration/mysql/V1__init.sql
CREATE TABLE \`cards\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  \`pid\` varchar(255) NOT NULL,
  \`state\` varchar(20),
  PRIMARY KEY (\`id\`),
  KEY \`by_pid\` (\`pid\`)
) ENGINE=InnoDB;
`.trimEnd();

const withPostgresql = (sql: string, more = ""): string => `${MYSQL}
//- src/main/resources/db/migration/postgresql/V1__init.sql
${sql}${more}
`;

const CARDS = "CREATE TABLE cards (id bigserial PRIMARY KEY, pid varchar(255) NOT NULL, state varchar(20));";

const FOUR_MORE = ["a", "b", "c", "d"].map((name) => `CREATE TABLE ${name} (id bigint PRIMARY KEY);`).join("\n");

rule(indexMissingInDialect, {
  applied: {
    "an index of SQL Server's script": { difference: ["+ index CREATE INDEX idx_cards_pid ON public.cards USING btree (pid)"] },
  },
  reports: {
    // phax/phoss-smp: found in production as 31.9 million sequential scans.
    "a key that MySQL's script has": `
//- src/main/resources/db/migration/mysql/V1__init.sql
CREATE TABLE \`cards\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  \`pid\` varchar(255) NOT NULL,
  PRIMARY KEY (\`id\`),
    KEY \`by_pid\` (\`pid\`)
  //~~~~~~~~~~~~~~~~~~~~ cards (pid)
) ENGINE=InnoDB;
//- src/main/resources/db/migration/postgresql/V1__init.sql
CREATE TABLE cards (id bigserial PRIMARY KEY, pid varchar(255) NOT NULL);
           --^^^^^ 💡 no index of cards starts with pid, and MySQL has one
`,
    "an index that MySQL makes for a foreign key, which PostgreSQL's script does not have at all": `
//- db/mysql/schema.sql
CREATE TABLE owners (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE pets (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_id bigint,
  FOREIGN KEY (owner_id) REFERENCES owners (id)
);
//- db/postgres/schema.sql
CREATE TABLE owners (id bigserial PRIMARY KEY);
CREATE TABLE pets (id bigserial PRIMARY KEY, owner_id bigint);
           --^^^^ 💡 no index of pets starts with owner_id, and MySQL makes one for a foreign key
`,
    // apache/dolphinscheduler
    "scripts of one name for several databases, which drop what they make": `
//- sql/shop_mysql.sql
DROP TABLE IF EXISTS \`tasks\`;
CREATE TABLE \`tasks\` (\`id\` int NOT NULL, \`flow_id\` int, PRIMARY KEY (\`id\`), KEY \`flow\` (\`flow_id\`) USING BTREE) ENGINE=InnoDB;
//- sql/shop_postgresql.sql
DROP TABLE IF EXISTS tasks;
CREATE TABLE tasks (id serial PRIMARY KEY, flow_id int);
           --^^^^^ 💡 no index of tasks starts with flow_id, and MySQL has one
`,
    "an index of SQL Server's script": `
//- db/migration/sqlserver/V1__init.sql
CREATE TABLE [dbo].[cards] ([id] bigint NOT NULL PRIMARY KEY, [pid] nvarchar(255));
CREATE NONCLUSTERED INDEX [by_pid] ON [dbo].[cards] ([pid] ASC);
//- db/migration/postgresql/V1__init.sql
CREATE TABLE cards (id bigserial PRIMARY KEY, pid text);
           --^^^^^ 💡 no index of cards starts with pid, and SQL Server has one
`,
    "a query that misses it is named": `
//- db/mysql/mysql_tables.sql
CREATE TABLE cards (id bigint NOT NULL PRIMARY KEY, pid varchar(255), KEY by_pid (pid)) ENGINE=InnoDB;
${FOUR_MORE}
//- db/psql/psql_tables.sql
CREATE TABLE cards (id bigint PRIMARY KEY, pid text, note text);
           --^^^^^ 💡 no index of cards starts with pid, and MySQL has one
${FOUR_MORE}
//- src/main/java/shop/CardMapper.java
package shop;
@Mapper interface CardMapper {
  @Select("SELECT * FROM cards WHERE pid = #{pid}")
  List<Card> selectByPid(@Param("pid") String pid);
           //~~~~~~~~~~~ selectByPid finds rows by pid
}
`,
    "an index of Oracle's script": `
//- db/migration/oracle/V1__init.sql
CREATE TABLE cards (id NUMBER(19) PRIMARY KEY, pid VARCHAR2(255));
CREATE INDEX by_pid ON cards (pid);
//- db/migration/postgresql/V1__init.sql
CREATE TABLE cards (id bigserial PRIMARY KEY, pid text);
           --^^^^^ 💡 no index of cards starts with pid, and Oracle has one
`,
  },
  ignores: {
    // apache/shenyu, where both are the primary key: sql/no-primary-key says so.
    "the primary key, and an index that starts as it does": `
//- db/mysql/schema.sql
CREATE TABLE cards (id bigint NOT NULL, pid varchar(255), PRIMARY KEY (id), KEY both_of_them (id, pid)) ENGINE=InnoDB;
//- db/postgres/schema.sql
CREATE TABLE cards (id bigint NOT NULL, pid varchar(255));
`,
    "the same index, a longer one, one over an expression and a partial one": [
      "CREATE INDEX i ON cards (pid);",
      "CREATE INDEX i ON cards (pid, state);",
      "CREATE INDEX i ON cards (lower(pid));",
      "CREATE INDEX i ON cards (pid) WHERE state = 'NEW';",
      "CREATE INDEX i ON cards USING gin (pid);",
    ]
      .map(
        (index, i) =>
          `//- ${i}/src/main/resources/db/migration/postgresql/V1__init.sql\n${CARDS}\n${index}${MYSQL.replaceAll("//- src", `//- ${i}/src`)}`,
      )
      .join("\n"),
    // apache/seata, apache/gravitino
    "the same columns in another order, and another key than PostgreSQL's, which nobody asks for": `
//- db/mysql/schema.sql
CREATE TABLE jobs (xid varchar(128) NOT NULL PRIMARY KEY, state int, modified timestamp, KEY by_time (modified, state));
CREATE TABLE facts (id bigint NOT NULL AUTO_INCREMENT, fact_id bigint NOT NULL, PRIMARY KEY (id));
//- db/postgres/schema.sql
CREATE TABLE jobs (xid varchar(128) NOT NULL PRIMARY KEY, state int, modified timestamp);
CREATE INDEX ON jobs (state, modified);
CREATE TABLE facts (id bigint GENERATED BY DEFAULT AS IDENTITY, fact_id bigint NOT NULL PRIMARY KEY);
`,
    // apache/shenyu, DataLinkDC/dinky
    "comments that speak of keys, and columns that are called like words of the language": `
//- db/mysql/schema.sql
CREATE TABLE grants (
  \`id\` bigint NOT NULL AUTO_INCREMENT COMMENT 'primary key id',
  \`object_id\` bigint COMMENT 'the primary key of an object, it''s unique',
  \`key\` varchar(255) COMMENT 'key',
  \`primary\` bit(1),
  PRIMARY KEY (\`id\`)
);
//- db/postgres/schema.sql
CREATE TABLE grants (id bigserial PRIMARY KEY, object_id bigint, key text, "primary" boolean);
`,
    // The comma is missing in OpenID-Connect-Java-Spring-Server's script for Oracle.
    "a constraint in front of which a comma is missing": `
//- db/oracle/schema.sql
CREATE TABLE scopes (id NUMBER(19) NOT NULL PRIMARY KEY, scope VARCHAR2(256), by_default NUMBER(1) DEFAULT 0 NOT NULL
  CONSTRAINT scope_unique UNIQUE (scope));
//- db/postgres/schema.sql
CREATE TABLE scopes (id bigserial PRIMARY KEY, scope text, by_default boolean);
`,
    "a column that PostgreSQL's table does not have": withPostgresql("CREATE TABLE cards (id bigserial PRIMARY KEY, participant text);"),
    "an index that MySQL's script drops again": withPostgresql(
      CARDS,
      "\n//- src/main/resources/db/migration/mysql/V2__drop.sql\nALTER TABLE `cards` DROP KEY `by_pid`;",
    ),
    "a foreign key without an index, which has a rule of its own": `
//- db/mysql/schema.sql
CREATE TABLE owners (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY);
CREATE TABLE pets (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, owner_id bigint, FOREIGN KEY (owner_id) REFERENCES owners (id));
//- db/postgres/schema.sql
CREATE TABLE owners (id bigserial PRIMARY KEY);
CREATE TABLE pets (id bigserial PRIMARY KEY, owner_id bigint REFERENCES owners (id));
`,
    "scripts of another application": `${MYSQL}
//- other/src/main/resources/db/migration/postgresql/V1__init.sql
${CARDS}
`,
    "scripts of tests": `${MYSQL.replaceAll("src/main", "src/test")}
//- src/test/resources/db/migration/postgresql/V1__init.sql
${CARDS}
`,
    "a table that stays small": withPostgresql(
      "CREATE TABLE cards (id int PRIMARY KEY, pid varchar(255), state varchar(20)); INSERT INTO cards VALUES (1, 'a', 'b'), (2, 'c', 'd');",
    ),
  },
  fixes: {
    "a key that MySQL's script has": `
//- src/main/resources/db/migration/postgresql/V2__add_index_cards_pid.sql
CREATE INDEX idx_cards_pid ON cards (pid);
`,
  },
});

import { unpartitionedTable } from "../../../src/rules/sql/unpartitioned-table.ts";
import { rule } from "../../harness/rule.ts";

const sized = (rows: string): string => `
//- performance.yaml
version: 1
database: { tables: { audit_log: { rows: ${rows} }, users: { rows: ${rows} } } }
`;

rule(unpartitionedTable, {
  reports: {
    "a log that is said to be very large": `${sized("200M")}
//- db/migration/V1__init.sql
CREATE TABLE audit_log (id bigserial PRIMARY KEY, at timestamptz NOT NULL, text text);
           //^^^^^^^^^ audit_log keeps 200,000,000 rows of what happened in one piece
`,
  },
  ignores: {
    "a log in partitions": `${sized("200M")}
//- db/migration/V1__init.sql
CREATE TABLE audit_log (id bigint, at timestamptz NOT NULL, text text) PARTITION BY RANGE (at);
CREATE TABLE audit_log_2024 PARTITION OF audit_log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
`,
    "things, and a log that fits into memory": `${sized("20M")}
//- db/migration/V1__init.sql
CREATE TABLE audit_log (id bigserial PRIMARY KEY, at timestamptz NOT NULL);
CREATE TABLE users (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL);
`,
    "a table of things, however large": `${sized("200M")}
//- db/migration/V1__init.sql
CREATE TABLE users (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL);
`,
  },
});

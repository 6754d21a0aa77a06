import { refreshNotConcurrent } from "../../../src/rules/sql/refresh-not-concurrent.ts";
import { rule } from "../../harness/rule.ts";

const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;

rule(refreshNotConcurrent, {
  reports: {
    "a view with a unique index": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, amount int);
CREATE MATERIALIZED VIEW totals AS SELECT id, amount FROM orders;
CREATE UNIQUE INDEX idx_totals ON totals (id);
${APPLIED}//- db/migration/V2__more.sql
  REFRESH MATERIALIZED VIEW totals;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 REFRESH blocks reads of totals while its query runs
`,
    "a view without one": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, amount int);
CREATE MATERIALIZED VIEW totals AS SELECT id, amount FROM orders;
${APPLIED}//- db/migration/V2__more.sql
  REFRESH MATERIALIZED VIEW totals;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
  },
  ignores: {
    concurrently: `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, amount int);
CREATE MATERIALIZED VIEW totals AS SELECT id, amount FROM orders;
CREATE UNIQUE INDEX idx_totals ON totals (id);
${APPLIED}//- db/migration/V2__more.sql
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
`,
    "a new view": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, amount int);
CREATE MATERIALIZED VIEW totals AS SELECT id, amount FROM orders;
${APPLIED}//- db/migration/V2__more.sql
CREATE MATERIALIZED VIEW sums AS SELECT id FROM orders WITH NO DATA;
REFRESH MATERIALIZED VIEW sums;
`,
    "a view that is emptied": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, amount int);
CREATE MATERIALIZED VIEW totals AS SELECT id, amount FROM orders;
${APPLIED}//- db/migration/V2__more.sql
REFRESH MATERIALIZED VIEW totals WITH NO DATA;
`,
  },
  fixes: {
    "a view with a unique index": `
//- db/migration/V2__more.sql
  REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
`,
  },
  applied: {
    "a view with a unique index": { difference: [] },
  },
});

import { manyIndexes } from "../../../src/rules/sql/many-indexes.ts";
import { rule } from "../../harness/rule.ts";

const COLUMNS = Array.from({ length: 11 }, (_, i) => `c${i}`);
const indexes = (count: number): string =>
  COLUMNS.slice(0, count)
    .map((column) => `CREATE INDEX ON jobs (${column});\n`)
    .join("");
const TABLE = `CREATE TABLE jobs (id bigint PRIMARY KEY, ${COLUMNS.map((column) => `${column} int`).join(", ")});`;

rule(manyIndexes, {
  reports: {
    "twelve with that of the key": `
//- db/migration/V1__init.sql
${TABLE}
           //^^^^ jobs has 12 indexes, which each insert writes
//- db/migration/V2__indexes.sql
${indexes(11)}
`,
  },
  ignores: {
    "eleven, one of twelve that is dropped, a table that stays small, and a library's": `
//- performance.yaml
version: 1
database: { tables: { small_jobs: { rows: 2000 } } }
//- db/migration/V1__init.sql
${TABLE}
${indexes(11)}
${`${TABLE}${indexes(11)}`.replaceAll("jobs", "small_jobs")}
${`${TABLE}${indexes(11)}`.replaceAll("jobs", "qrtz_triggers")}
//- db/migration/V2__drop.sql
DROP INDEX jobs_c3_idx;
`,
  },
});

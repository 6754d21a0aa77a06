import { columnPadding } from "../../../src/rules/sql/column-padding.ts";
import { rule } from "../../harness/rule.ts";

const sized = (rows: string): string => `
//- performance.yaml
version: 1
database: { tables: { points: { rows: ${rows} } } }
`;

rule(columnPadding, {
  reports: {
    // int4 + 4 empty, timestamptz, bool + 7 empty, int8, bool + 7 empty, int8: 48 bytes; the widest first: 8 + 8 + 8 + 4 + 1 + 1 = 30.
    "narrow columns in front of wide ones": `${sized("40M")}
//- db/migration/V1__init.sql
CREATE TABLE points (sensor int, at timestamptz, valid bool, value bigint, late bool, total bigint, note text);
           //^^^^^^ points leaves 18 bytes a row empty between columns: 720 MB at 40,000,000 rows
`,
  },
  ignores: {
    "the widest first, and less than eight bytes": `${sized("40M")}
//- db/migration/V1__init.sql
CREATE TABLE points (at timestamptz, value bigint, total bigint, sensor int, valid bool, late bool, note text);
CREATE TABLE other (sensor int, at timestamptz);
`,
    "what stands behind a text": `${sized("40M")}
//- db/migration/V1__init.sql
CREATE TABLE points (note text, sensor int, at timestamptz, valid bool, value bigint, late bool, total bigint);
`,
    "a table that is not large, or of which nobody says it": `${sized("2M")}
//- db/migration/V1__init.sql
CREATE TABLE points (sensor int, at timestamptz, valid bool, value bigint, late bool, total bigint);
CREATE TABLE more_points (sensor int, at timestamptz, valid bool, value bigint, late bool, total bigint);
`,
  },
});

import type { Model } from "../../../../model/model.ts";
import type { Query, Remark } from "../../../../model/persistence/scans/query.ts";
import type { Schema } from "../../../../model/schema/schema.ts";

/**
 * A query with what its casts to text mean in a schema: `t.code::text = :code` asks for a value of a column of text, and of a column of
 * any other type what a function of it gives. A column that is not known may hold text.
 */
export function withTextCasts(query: Query, schemaOf: () => Schema | undefined, model: Model): Query {
  if (!query.scans.some(({ tests }) => tests.some(({ asText }) => asText))) return query;
  const schema = schemaOf();
  if (schema === undefined) return query;
  const remarks: Remark[] = [...query.remarks];
  const scans = query.scans.map((scan) => {
    const columns = model.schema.tableOf(schema.id, scan.table)?.columns;
    const tests = scan.tests.map((test) => {
      const type = test.asText === true ? columns?.get(test.column)?.type : undefined;
      if (type === undefined || TEXT.test(type)) return test;
      if (COMPARED.has(test.test) && test.folded === undefined)
        remarks.push({ kind: "function", name: "cast", table: scan.table, column: test.column });
      return { ...test, test: "other" as const };
    });
    return { ...scan, tests };
  });
  return { ...query, scans, remarks };
}

/** Of `char(n)` a cast takes the blanks off, and `citext` is compared otherwise: PostgreSQL 15 reads the whole table for both. */
const TEXT = /^(?:text|varchar)\b/;
const COMPARED: ReadonlySet<string> = new Set(["equals", "in", "range"]);

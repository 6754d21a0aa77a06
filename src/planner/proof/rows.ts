import { elementsOf } from "../../model/schema/arrayLiteral.ts";
import { qualified, sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Schema, Table } from "../../model/schema/schema.ts";
import type { ColumnStatistics } from "../../model/schema/statistics.ts";
import { isKnownType, labelsOf } from "../schema.ts";
import { literal } from "../statistics/inject.ts";
import type { Statistics } from "../statistics/statistics.ts";

/** How many rows of which tables are made. */
export interface RowPlan {
  readonly table: Table;
  readonly rows: number;
}

/** Rows of one INSERT: so often progress is told, and a person may stop. */
const BATCH_ROWS = 20_000;

/** The tables and all that they refer to, each with its rows, at most `limit`; all are made smaller by the same share. */
export function rowPlans(tables: readonly Table[], schema: Schema, statistics: Statistics, limit: number): readonly RowPlan[] {
  const wanted = new Set(tables);
  for (const table of wanted)
    for (const { parent } of table.foreignKeys) {
      const above = schema.tables.get(parent);
      if (above !== undefined) wanted.add(above);
    }
  const rowsOf = ({ key }: Table): number => statistics.tables.get(key)?.rows ?? limit;
  const most = Math.max(1, ...[...wanted].map(rowsOf));
  const share = Math.min(1, limit / most);
  return [...wanted].map((table) => ({ table, rows: Math.max(1, Math.round(rowsOf(table) * share)) }));
}

/** INSERTs of a table's rows, with how many each makes. */
export function insertsOf(
  { table, rows }: RowPlan,
  all: readonly RowPlan[],
  schema: Schema,
  statistics: Statistics,
): readonly { readonly sql: string; readonly rows: number }[] {
  const known = statistics.tables.get(table.key);
  const columns = [...table.columns.values()];
  const share = rows / Math.max(1, known?.rows ?? rows);
  const values = columns.map(({ name }) =>
    valueIn(table, name.toLowerCase(), { rows, share, all, schema, about: known?.columns.get(name.toLowerCase()) }),
  );
  const names = columns.map(({ name }) => sqlName(name)).join(", ");
  const batches: { sql: string; rows: number }[] = [];
  for (let from = 1; from <= rows; from += BATCH_ROWS) {
    const to = Math.min(rows, from + BATCH_ROWS - 1);
    const sql = `INSERT INTO ${qualified(table)} (${names}) SELECT ${values.join(", ")} FROM generate_series(${from}, ${to}) AS i ON CONFLICT DO NOTHING`;
    batches.push({ sql, rows: to - from + 1 });
  }
  return batches;
}

interface Given {
  readonly rows: number;
  /** Of the rows that the statistics know. */
  readonly share: number;
  readonly all: readonly RowPlan[];
  readonly schema: Schema;
  readonly about: ColumnStatistics | undefined;
}

/** SQL of a column's value in row `i`. */
function valueIn(table: Table, column: string, given: Given): string {
  const { rows, share, all, schema, about } = given;
  const declared = table.columns.get(column);
  const type = declared?.type ?? "text";
  const salt = [...column].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_003, 7);
  // Spreads what counts up over all of its values, the same in every run.
  const spread = `(((i::bigint * 2654435761) + ${salt * 7_919}) % 4294967291)`;
  const nulls = declared?.nullable === true ? (about?.nullFraction ?? 0) : 0;
  const chosen = ((): string => {
    const [key] = table.foreignKeys.filter(({ columns: own }) => own.length === 1 && own[0] === column);
    const parent = key === undefined ? undefined : all.find((plan) => plan.table.key === key.parent);
    const parentColumn = key?.parentColumns[0] ?? parent?.table.indexes.find(({ constraint }) => constraint === "primary")?.keys[0]?.column;
    const distinct = distinctOf(about, rows, share);
    if (parent !== undefined && parentColumn !== undefined && parent.table !== table)
      return typed(
        parent.table.columns.get(parentColumn)?.type ?? type,
        `(${spread} % ${Math.min(parent.rows, distinct)}) + 1`,
        schema,
        parentColumn,
      );
    if (about?.mostCommon !== undefined) {
      const listed = elementsOf(about.mostCommon.values);
      let sum = 0;
      const cases = listed.map((value, i) => {
        sum += about.mostCommon?.frequencies[i] ?? 0;
        return `WHEN ${spread} % 100000 < ${Math.round(sum * 100_000)} THEN ${literal(value)}::${castOf(type, schema)}`;
      });
      return `CASE ${cases.join(" ")} ELSE ${typed(type, `(${spread} / 100000) % ${distinct} + ${listed.length + 1}`, schema, column)} END`;
    }
    const words = statesOf(table, column);
    if (words.length > 0)
      return `(ARRAY[${words.map(literal).join(", ")}]::text[])[1 + ${spread} % ${words.length}]::${castOf(type, schema)}`;
    if (/^(?:timestamp|date)/.test(type)) {
      const place = (about?.correlation ?? 0) > 0.5 ? `(${rows} - i)` : `(${spread} % ${rows})`;
      return `(timestamptz '2025-01-01' - ${place} * interval '1 minute')::${castOf(type, schema)}`;
    }
    return typed(type, distinct >= rows ? "i" : `(${spread} % ${distinct}) + 1`, schema, column);
  })();
  return nulls > 0 ? `CASE WHEN (${spread} / 7) % 1000 < ${Math.round(nulls * 1000)} THEN NULL ELSE ${chosen} END` : chosen;
}

function distinctOf(about: ColumnStatistics | undefined, rows: number, share: number): number {
  const distinct = about?.distinct ?? 200;
  // A number of values that grows with the table, or one that is as it is.
  const many = distinct < 0 ? -distinct * rows : distinct > 1_000 ? distinct * share : distinct;
  return Math.max(1, Math.min(rows, Math.round(many)));
}

/** The values that a check allows: `status IN ('OPEN', 'DONE')`. */
function statesOf(table: Table, column: string): readonly string[] {
  const check = table.checks.find((one) => one.column === column && Number.isFinite(one.values));
  return [...(check?.text ?? "").matchAll(/'((?:[^']|'')*)'/g)].map(([, text = ""]) => text.replaceAll("''", "'"));
}

/** A value of a type, made from a number. */
function typed(type: string, number: string, schema: Schema, column: string): string {
  const base = type.replace(/\s*\(.*$/, "");
  const labels = labelsOf(schema, type);
  if (labels !== undefined)
    return `(ARRAY[${labels.map(literal).join(", ")}])[1 + (${number}) % ${labels.length}]::${castOf(type, schema)}`;
  if (type.endsWith("[]")) return `'{}'::${castOf(type, schema)}`;
  if (base === "uuid") return `md5((${number})::text)::uuid`;
  if (base === "bool") return `((${number}) % 2 = 0)`;
  if (base === "int2") return `((${number}) % 32000)::int2`;
  if (/^(?:int[48]|numeric|float[48]|money|oid)$/.test(base)) {
    const digits = /\((\d+)\s*(?:,\s*(\d+))?\)/.exec(type);
    const most = digits === null ? undefined : 10 ** Math.min(9, Number(digits[1]) - Number(digits[2] ?? 0));
    return `(${most === undefined ? number : `(${number}) % ${most}`})::${castOf(type, schema)}`;
  }
  if (/^(?:timestamp|date)/.test(base)) return `(timestamptz '2025-01-01' - (${number}) * interval '1 minute')::${castOf(type, schema)}`;
  if (base === "time" || base === "timetz" || base === "interval")
    return `((${number}) % 86400 * interval '1 second')::${castOf(type, schema)}`;
  if (/^jsonb?$/.test(base)) return `json_build_object('n', ${number})::${castOf(type, schema)}`;
  if (base === "bytea") return `decode(md5((${number})::text), 'hex')`;
  if (base === "inet" || base === "cidr") return `('10.0.0.0'::inet + ((${number}) % 16000000))::${castOf(type, schema)}`;
  if (base === "tsvector") return `to_tsvector('simple', 'n' || (${number}))`;
  const longest = Number(/^(?:varchar|bpchar)\s*\((\d+)\)$/.exec(type)?.[1] ?? 60);
  return `left(md5((${number})::text) || ${literal(` ${column}`)}, ${longest})`;
}

/** How a type is spelt in a cast; what only the database knows is text here. */
const castOf = (type: string, schema: Schema): string =>
  isKnownType(type) || labelsOf(schema, type) !== undefined ? (type === "char" ? '"char"' : type) : "text";

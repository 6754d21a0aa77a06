import { qualified, sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Index, Schema, Table } from "../../model/schema/schema.ts";
import type { ColumnStatistics, TableStatistics } from "../../model/schema/statistics.ts";
import type { Step } from "../protocol.ts";
import type { Statistics } from "./statistics.ts";
import { btreePages, bytesOf, tablePages } from "./width.ts";

/** Share of the rows that a partial index holds, where nothing tells. */
const PARTIAL_SHARE = 0.1;

/** A relation, its rows and its pages, ready to be told to PostgreSQL. */
export interface Sized {
  /** Undefined where the migrations name none. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly rows: number;
  readonly pages: number;
  /** Of an index: 0. */
  readonly visiblePages: number;
}

/** Settings, sizes and statistics as steps: to run when everything has been created, since creating an index resets what is known. */
export function injection(schema: Schema, statistics: Statistics): readonly Step[] {
  const steps: Step[] = [];
  for (const [name, value] of Object.entries(statistics.settings)) steps.push(sql(`SET ${sqlName(name)} = ${literal(value)}`));
  const sizes: Sized[] = [];
  for (const [name, table] of schema.tables) {
    const known = statistics.tables.get(name);
    if (known === undefined) continue;
    sizes.push(sizeOf(table, known), ...table.indexes.map((index) => indexSize(table, index, known, statistics)));
    for (const [key, about] of known.columns) {
      const column = table.columns.get(key);
      if (column !== undefined) steps.push(columnStep(table, `'attname', ${literal(column.name)}`, about));
    }
    for (const index of table.indexes) steps.push(...expressionSteps(table, index, known, statistics));
  }
  return [...steps, ...sizeSteps(sizes)];
}

/** Tells PostgreSQL how large relations are: its catalog, and the file system under it. */
export function sizeSteps(sizes: readonly Sized[]): readonly Step[] {
  if (sizes.length === 0) return [];
  return [
    ...sizes.map(({ namespace, name, rows, pages, visiblePages }) =>
      sql(
        `SELECT pg_restore_relation_stats('schemaname', ${schemaName(namespace)}, 'relname', ${literal(name)}, 'relpages', ${pages}, 'reltuples', ${rows}::real, 'relallvisible', ${visiblePages})`,
      ),
    ),
    { kind: "resize", relations: sizes.map(({ namespace, name, pages }) => ({ name: qualified({ name, namespace }), pages })) },
  ];
}

export function sizeOf(table: Table, known: TableStatistics): Sized {
  const pages = known.pages ?? tablePages(table, known.rows, known.columns);
  return { namespace: table.namespace, name: table.name, rows: known.rows, pages, visiblePages: known.visiblePages ?? pages };
}

/** The size of an index that is there, or that might be. */
export function indexSize(table: Table, index: Index, known: TableStatistics, statistics: Statistics): Sized {
  const measured = statistics.indexes.get(index.name.toLowerCase());
  const entries = measured?.rows ?? known.rows * (index.predicate === undefined ? 1 : PARTIAL_SHARE);
  const bytes = [...index.keys.map(({ column }) => column), ...index.include].reduce(
    (sum, column) => sum + (column === undefined ? 16 : bytesOf(table, column, known.columns)),
    0,
  );
  const pages = measured?.pages ?? btreePages(entries, bytes);
  return { namespace: table.namespace, name: index.name, rows: entries, pages, visiblePages: 0 };
}

/** What an expression of an index gives is as different as the column that it is made of. */
export function expressionSteps(table: Table, index: Index, known: TableStatistics, statistics: Statistics): readonly Step[] {
  const measured = statistics.indexes.get(index.name.toLowerCase())?.expressions ?? new Map<string, ColumnStatistics>();
  const steps = [...measured].map(([key, about]) =>
    columnStep({ ...table, name: index.name }, /^\d+$/.test(key) ? `'attnum', ${key}::int2` : `'attname', ${literal(key)}`, about),
  );
  if (steps.length > 0) return steps;
  return index.keys.flatMap(({ expression }, i) => {
    const column = expression === undefined ? undefined : onlyColumn(expression, table);
    const about = column === undefined ? undefined : known.columns.get(column);
    if (about === undefined || index.method !== "btree") return [];
    const spread = { ...about, mostCommon: undefined, histogram: undefined, correlation: undefined };
    return [columnStep({ ...table, name: index.name }, `'attnum', ${i + 1}::int2`, spread)];
  });
}

function onlyColumn(expression: string, table: Table): string | undefined {
  const words = new Set(expression.toLowerCase().match(/[a-z_][\w$]*/g));
  const columns = [...table.columns.keys()].filter((column) => words.has(column));
  return columns.length === 1 ? columns[0] : undefined;
}

function columnStep(table: Pick<Table, "name" | "namespace">, column: string, about: ColumnStatistics): Step {
  const { nullFraction, distinct, averageBytes, correlation, mostCommon, histogram } = about;
  const values = [
    `'schemaname', ${schemaName(table.namespace)}, 'relname', ${literal(table.name)}`,
    `${column}, 'inherited', false`,
    `'null_frac', ${nullFraction}::real, 'avg_width', ${Math.round(averageBytes)}, 'n_distinct', ${distinct}::real`,
    ...(mostCommon === undefined
      ? []
      : [`'most_common_vals', ${literal(mostCommon.values)}::text, 'most_common_freqs', '{${mostCommon.frequencies.join(",")}}'::real[]`]),
    ...(histogram === undefined ? [] : [`'histogram_bounds', ${literal(histogram)}::text`]),
    ...(correlation === undefined ? [] : [`'correlation', ${correlation}::real`]),
  ];
  return sql(`SELECT pg_restore_attribute_stats(${values.join(", ")})`);
}

const sql = (text: string): Step => ({ kind: "sql", sql: text });

/** What has no schema lies in the first one of the search path. */
const schemaName = (namespace: string | undefined): string => (namespace === undefined ? "current_schema()::text" : literal(namespace));

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

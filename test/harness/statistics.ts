import type { Exported } from "../../src/planner/statistics/exported.ts";

type Relation = Exported["relations"][number];
type Column = NonNullable<Relation["columns"]>[number];

/** What is told of a table; of its columns what differs from one that is never NULL and unique. */
export interface ToldTable {
  readonly rows: number;
  readonly inserted?: number;
  readonly updated?: number;
  readonly hotUpdated?: number;
  readonly columns?: Readonly<Record<string, Partial<Column>>>;
  /** By name: how often they were read. */
  readonly scans?: Readonly<Record<string, number>>;
}

/** The statistics of production in a fixture, counted from 2024-03-01 on. */
export function statistics(
  tables: Readonly<Record<string, ToldTable>>,
  counted: { readonly days?: number; readonly standby?: boolean; readonly replicas?: number } = {},
): string {
  const { days = 92, standby = false, replicas = 0 } = counted;
  const until = new Date(Date.UTC(2024, 2, 1 + days)).toISOString();
  const relations = Object.entries(tables).flatMap(([name, told]): readonly Partial<Relation>[] => {
    const { rows, inserted = 0, updated = 0, hotUpdated = 0, columns = {}, scans = {} } = told;
    const about = Object.entries(columns).map(([column, known]) => ({
      name: column,
      nullFraction: 0,
      distinct: -1,
      averageBytes: 8,
      ...known,
    }));
    const size = { schema: "public", rows, pages: Math.ceil(rows / 80) };
    const indexes = Object.entries(scans).map(([index, read]) => ({
      ...size,
      name: index,
      kind: "i" as const,
      use: { table: name, scans: read, bytes: rows * 25 },
    }));
    return [{ ...size, name, kind: "r", writes: { inserted, updated, hotUpdated, deleted: 0 }, columns: about }, ...indexes];
  });
  const told = { version: 2, server: 150000, counted: { since: "2024-03-01T00:00:00+00:00", until, standby, replicas }, relations };
  return `\n//- production.json (statistics)\n${JSON.stringify(told)}`;
}

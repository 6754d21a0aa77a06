import type { Table } from "../../model/schema/schema.ts";
import type { ColumnStatistics } from "../../model/schema/statistics.ts";

const PAGE_BYTES = 8_192;
/** Header and null bitmap of a row, aligned, and its pointer in the page. */
const ROW_OVERHEAD_BYTES = 24 + 4;
const PAGE_HEADER_BYTES = 24;

const FIXED_BYTES: Readonly<Record<string, number>> = {
  bool: 1,
  char: 1,
  int2: 2,
  int4: 4,
  float4: 4,
  date: 4,
  oid: 4,
  int8: 8,
  float8: 8,
  money: 8,
  time: 8,
  timestamp: 8,
  timestamptz: 8,
  timetz: 12,
  interval: 16,
  uuid: 16,
};
/** What PostgreSQL assumes of a type without a fixed length. */
const UNKNOWN_BYTES = 32;
/** Documents are longer than that. */
const DOCUMENT_BYTES = 200;

/** Bytes of a value of a type, as PostgreSQL guesses for a table that was never analysed: half of what a `varchar(n)` may hold. */
export function typicalBytes(type: string): number {
  const base = type.replace(/\s*\(.*$/, "");
  const fixed = FIXED_BYTES[base];
  if (fixed !== undefined) return fixed;
  if (/^(?:jsonb?|xml|bytea)$/.test(type)) return DOCUMENT_BYTES;
  const limit = Number(/^(?:varchar|bpchar)\s*\((\d+)\)$/.exec(type)?.[1] ?? Number.NaN);
  if (!Number.isFinite(limit)) return base === "numeric" ? 8 : UNKNOWN_BYTES;
  return base === "bpchar" ? limit + 1 : limit <= 32 ? limit : Math.min(32 + (limit - 32) / 2, 64);
}

export function bytesOf(table: Table, column: string, columns: ReadonlyMap<string, ColumnStatistics>): number {
  return columns.get(column)?.averageBytes ?? typicalBytes(table.columns.get(column)?.type ?? "text");
}

/** Pages of a table that has been written once and never changed. */
export function tablePages(table: Table, rows: number, columns: ReadonlyMap<string, ColumnStatistics>): number {
  const data = [...table.columns.keys()].reduce((sum, column) => sum + bytesOf(table, column, columns), 0);
  const perPage = Math.max(1, Math.floor((PAGE_BYTES - PAGE_HEADER_BYTES) / (ROW_OVERHEAD_BYTES + 8 * Math.ceil(data / 8))));
  return Math.ceil(rows / perPage);
}

/**
 * Pages of a B-tree, after HypoPG (hypopg_index.c, hypo_estimate_index): 90 % full, a fifth more for bloat. Equal keys that
 * PostgreSQL stores once since version 13 make the real one smaller.
 */
export function btreePages(entries: number, keyBytes: number): number {
  const usable = PAGE_BYTES - PAGE_HEADER_BYTES - 16;
  return Math.max(1, Math.ceil((entries * (keyBytes + 8 + 4) * 1.3) / usable));
}

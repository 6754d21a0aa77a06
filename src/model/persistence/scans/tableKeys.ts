import { keyedAs } from "../../schema/fold/tableKeys.ts";
import type { Query, Scan } from "./query.ts";

/** A query with the keys of its tables, where two PostgreSQL schemas have one of a name; `shared` are the keys with a schema in them. */
export function withTableKeys(query: Query, shared: ReadonlySet<string>): Query {
  if (shared.size === 0) return query;
  const keys = new Map<string, string>();
  const keyed = (scan: Scan): Scan => {
    const key = keyedAs({ namespace: scan.namespace, name: scan.table }, shared);
    if (key === scan.table) return scan;
    keys.set(scan.table, key);
    return { ...scan, table: key };
  };
  const scans = query.scans.map(keyed);
  const always = query.always?.map(keyed);
  if (keys.size === 0) return query;
  return { ...query, scans, ...(always && { always }), remarks: renamed(query.remarks, keys) as Query["remarks"] };
}

/** What remarks say of tables, whatever their kind. */
function renamed(part: unknown, keys: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(part)) return part.map((one) => renamed(one, keys));
  if (typeof part !== "object" || part === null) return part;
  const entries = Object.entries(part).map(([name, value]) => [
    name,
    TABLES.has(name) && typeof value === "string" ? (keys.get(value) ?? value) : renamed(value, keys),
  ]);
  return Object.fromEntries(entries);
}

const TABLES: ReadonlySet<string> = new Set(["table", "rows"]);

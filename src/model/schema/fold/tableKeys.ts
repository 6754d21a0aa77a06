import type { TableName } from "../../../facts/sql/sqlFacts.ts";
import type { Table } from "../schema.ts";

/**
 * How tables are found in a fold: by their names in lower case, and where two PostgreSQL schemas have one of a name, the later one by its
 * schema, too (`billing.orders`). A table whose statement names no schema lies in "public" as far as anybody knows.
 */
export function keyedAs({ namespace, name, within }: TableName, tables: { has(key: string): boolean }): string {
  const plain = name.toLowerCase();
  const key = namespaceKey(namespace ?? within, plain);
  return tables.has(key) ? key : plain;
}

/**
 * The key of a table that is made now; undefined where there is one already. Among scripts of which one may run in the place of another
 * (`alternatives`) a name without a schema may mean any.
 */
export function newKey({ namespace, name }: TableName, tables: ReadonlyMap<string, Table>, alternatives: boolean): string | undefined {
  const [plain, key] = [name.toLowerCase(), namespaceKey(namespace, name.toLowerCase())];
  const first = tables.get(plain);
  if (first === undefined) return tables.has(key) ? undefined : plain;
  if (alternatives && (namespace === undefined || first.namespace === undefined)) return undefined;
  return isIn(namespace ?? PUBLIC, first) || tables.has(key) ? undefined : key;
}

/** Whether a table lies in a PostgreSQL schema, undefined for any. */
export const isIn = (namespace: string | undefined, table: Table | undefined): boolean =>
  namespace === undefined || (table?.namespace ?? PUBLIC).toLowerCase() === namespace.toLowerCase();

const PUBLIC = "public";
const namespaceKey = (namespace: string | undefined, plain: string): string => `${(namespace ?? PUBLIC).toLowerCase()}.${plain}`;

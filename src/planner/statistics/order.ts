import type { Column, Table } from "../../model/schema/schema.ts";

/**
 * Whether rows lie in the order of a column, as far as names, types and defaults tell: they are written in the order of time, and of
 * numbers that are counted up. `isStamped` says that the code fills it with the time at which a row is written.
 */
export function isWrittenInOrder(table: Table, column: Column, isStamped: boolean): boolean {
  const key = column.name.toLowerCase();
  const kind = column.default?.kind;
  if (/^int/.test(column.type)) return kind === "serial" || kind === "identity" || isCountedKey(table, key) || CREATED.test(key);
  if (MOVED.test(key) || !/^(?:timestamp|date)/.test(column.type)) return false;
  if (isStamped || CREATED.test(key) || NOW.test(column.default?.text ?? "")) return true;
  // The day that a row is about is hardly ever another one than that on which it is written: corrections and plans are few.
  return !column.nullable && MOMENT.test(key) && !APART.test(key);
}

/** A number that is the key alone, and no other table's. */
const isCountedKey = ({ indexes, foreignKeys }: Table, column: string): boolean =>
  indexes.some(({ constraint, keys }) => constraint === "primary" && keys.length === 1 && keys[0]?.column === column) &&
  !foreignKeys.some(({ columns }) => columns.includes(column));

const CREATED = /(?:^|_)(?:created|creation|inserted|occurred)/;
const NOW = /^\(?(?:now\(\)|(?:transaction|statement|clock)_timestamp\(\)|current_(?:timestamp|date)|localtimestamp)/i;
/** It becomes another one while the row is there. */
const MOVED = /(?:^|_)(?:updated?|modified|changed?|last|next|deleted)/;
const MOMENT = /(?:^|_)(?:date|day|at|on|time|timestamp|datetime|ts)$/;
/** What is planned, what holds for a while, and what was long before: it has an order of its own. */
const APART =
  /(?:^|_)(?:birth\w*|born|dob|start\w*|begin\w*|ends?|ended|from|to|until|till|since|due|expir\w*|valid\w*|effective|deadline|plan\w*|schedul\w*|target|release\w*|publish\w*|publication|issued?|hire\w*|founded|manufactur\w*|graduat\w*)(?:_|$)/;

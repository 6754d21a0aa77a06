import { saysAsMuch } from "../../schema/coverage.ts";
import type { Table } from "../../schema/schema.ts";
import type { ColumnTest, Query, Scan } from "./query.ts";

/** What is known of the table of a scan. */
export interface ScannedTable {
  readonly table: Table;
  /** Whether a column refers to so few rows that each has many of this table. */
  readonly isFew: (test: ColumnTest) => boolean;
}

/**
 * A query whose joins ask for a value where the rows that they are joined to are found first: `f.user.name = :name` of a unique name asks
 * `friends` for one `user_id`, and `i.order.customer_id = :id` asks `items` for the few orders of a customer. PostgreSQL begins with these,
 * whichever table the statement names first. `tableOf` is asked by the scans' keys. The query itself where nothing leads.
 */
export function withLedJoins(query: Query, tableOf: (key: string) => ScannedTable | undefined): Query {
  if (!query.scans.some(({ tests }) => tests.some(({ partner }) => partner !== undefined))) return query;
  const tables = query.scans.map(({ table }) => tableOf(table));
  const found = query.scans.map((scan, i) => foundBy(scan, tables[i], isEqual));
  let scans = query.scans;
  // One row may lead to the next one.
  for (let i = 0; i < scans.length && found.includes("one"); i++) {
    const led = scans.map((scan, at) => ledBy(scan, tables[at], (partner) => found[partner] === "one", "equals"));
    const more = led.findIndex((scan, at) => found[at] !== "one" && foundBy(scan, tables[at], isEqual) === "one");
    scans = led;
    if (more < 0) break;
    found[more] = "one";
  }
  const few = scans.map((scan, i) => foundBy(scan, tables[i], isGiven));
  // What is asked for a value of its own gains little by the values that others leave.
  const isAsked = ({ tests }: Scan, at: number): boolean => tests.some((test) => isGiven(test) && tables[at]?.isFew(test) === false);
  const led = scans.map((scan, at) => (isAsked(scan, at) ? scan : ledBy(scan, tables[at], (partner) => few[partner] !== undefined, "in")));
  return led.every((scan, i) => scan === query.scans[i]) ? query : { ...query, scans: led };
}

const isEqual = ({ test, outer, folded, ambiguous }: ColumnTest): boolean =>
  test === "equals" && outer === undefined && folded === undefined && !ambiguous;
const isGiven = (test: ColumnTest): boolean => isEqual({ ...test, test: test.test === "in" ? "equals" : test.test });

/** Whether a query gives all columns of a unique index, or a foreign key. */
function foundBy(
  { tests, restriction }: Scan,
  scanned: ScannedTable | undefined,
  gives: (test: ColumnTest) => boolean,
): "one" | "few" | undefined {
  const given = tests.filter(gives);
  if (scanned === undefined || given.length === 0) return undefined;
  const { table, isFew } = scanned;
  const isOneOf = (columns: readonly (string | undefined)[]): boolean =>
    columns.length > 0 && columns.every((column) => given.some((test) => test.column === column));
  const isUnique = table.indexes.some(
    ({ unique, predicate, keys }) =>
      unique && (predicate === undefined || saysAsMuch(restriction, predicate)) && isOneOf(keys.map(({ column }) => column)),
  );
  if (isUnique) return "one";
  const isOfParent = table.foreignKeys.some(
    ({ columns }) => isOneOf(columns) && !given.some((test) => columns.includes(test.column) && isFew(test)),
  );
  return isOfParent ? "few" : undefined;
}

/** A scan whose joins with rows that are found give its column their value, or one of their values: not one that few tell apart. */
function ledBy(scan: Scan, scanned: ScannedTable | undefined, isFound: (partner: number) => boolean, test: "equals" | "in"): Scan {
  const isLed = (one: ColumnTest): boolean =>
    one.test === "join" && one.partner !== undefined && isFound(one.partner) && scanned?.isFew(one) === false;
  return scan.tests.some(isLed) ? { ...scan, tests: scan.tests.map((one) => (isLed(one) ? { ...one, test } : one)) } : scan;
}

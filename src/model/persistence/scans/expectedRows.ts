import { elementsOf } from "../../schema/arrayLiteral.ts";
import { type ColumnStatistics, distinctValues, type TableStatistics } from "../../schema/statistics.ts";
import type { ColumnTest, Scan } from "./query.ts";

/** How many rows a look at a table brings, as its statistics tell. */
export interface ExpectedRows {
  /** For values of parameters that are as frequent as an average one. */
  readonly usual: number;
  /** For the values that most rows have. */
  readonly most: number;
  /** The columns whose values decide. */
  readonly columns: readonly string[];
}

/**
 * Undefined where a condition says something of which nobody knows how many rows it leaves: the ends of ranges, patterns, alternatives,
 * columns without statistics. Conditions count as if they had nothing to do with each other, as PostgreSQL's planner has it, so that
 * several that go together leave more rows than is said.
 */
export function expectedRows({ tests }: Scan, { rows, columns }: TableStatistics): ExpectedRows | undefined {
  let [usual, most] = [rows, rows];
  const decisive: string[] = [];
  for (const test of tests) {
    if (test.test === "join") continue;
    const known = columns.get(test.column);
    const share = known === undefined || test.ambiguous || test.folded !== undefined ? undefined : shareOf(test, known, rows);
    if (share === undefined) return undefined;
    usual *= share.usual;
    most *= share.most;
    if (!test.constant) decisive.push(test.column);
  }
  return { usual, most, columns: decisive };
}

interface Share {
  readonly usual: number;
  readonly most: number;
}

const same = (share: number): Share => ({ usual: share, most: share });

function shareOf({ test, constant, value }: ColumnTest, known: ColumnStatistics, rows: number): Share | undefined {
  const { nullFraction, mostCommon } = known;
  if (test === "null") return same(nullFraction);
  if (test === "notNull") return same(1 - nullFraction);
  if (test === "equals" && constant) {
    const share = value === undefined ? undefined : shareOfValue(value, known, rows);
    return share === undefined ? undefined : same(share);
  }
  // Of several values each has its share: one is the least.
  if ((test !== "equals" && test !== "in") || constant) return undefined;
  const usual = (1 - nullFraction) / distinctValues(known, rows);
  return { usual, most: Math.max(usual, mostCommon?.frequencies[0] ?? 0) };
}

/** Of a value that is not among the most common ones nothing is known: code may call it otherwise than the column does. */
function shareOfValue(value: string, { mostCommon }: ColumnStatistics, rows: number): number | undefined {
  const values = rows > 0 && mostCommon !== undefined ? elementsOf(mostCommon.values) : [];
  const stored = BOOLEANS[value.toLowerCase()] ?? value;
  const at = values.findIndex((one) => one === value || one === stored);
  return at < 0 ? undefined : mostCommon?.frequencies[at];
}

/** As PostgreSQL writes them. */
const BOOLEANS: Readonly<Record<string, string>> = { true: "t", false: "f" };

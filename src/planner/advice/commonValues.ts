import { elementsOf } from "../../model/schema/arrayLiteral.ts";
import { replaced } from "../parameters.ts";
import type { Statistics } from "../statistics/statistics.ts";
import type { AdvisedQuery } from "./query.ts";

/** A query whose parameters have the values that most rows have. */
export interface CommonValues {
  readonly sql: string;
  /** "status = 'EXPIRED', 90 % of the rows" */
  readonly values: readonly string[];
}

/**
 * The query with the most common values in place of parameters, where statistics know them: what PostgreSQL plans for a value that it
 * sees may be another plan than for an average one. Undefined where nothing is known.
 */
export function withCommonValues({ sql, scans, same }: AdvisedQuery, statistics: Statistics): CommonValues | undefined {
  const known = new Map<number, string>();
  const values: string[] = [];
  for (const { table, parameters } of scans) {
    for (const [number, column] of parameters) {
      const common = statistics.tables.get(table.key)?.columns.get(column)?.mostCommon;
      const [value] = common === undefined ? [] : elementsOf(common.values);
      const [share] = common?.frequencies ?? [];
      if (value === undefined || share === undefined || known.has(number)) continue;
      const literal = `'${value.replaceAll("'", "''")}'`;
      known.set(number, literal);
      values.push(`${column} = ${literal}, ${Math.round(100 * share)} % of the rows`);
    }
  }
  const given = (place: string, number: number): string => known.get(same?.get(number) ?? number) ?? place;
  return values.length === 0 ? undefined : { sql: replaced(sql, given), values };
}

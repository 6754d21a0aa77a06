import type { Schema } from "../../model/schema/schema.ts";
import { assumedStatistics, type KnownSizes, type Spread, withFile } from "./assumed.ts";
import { readStatistics } from "./file.ts";
import type { Statistics } from "./statistics.ts";

/** A statistics file that somebody named; its text is undefined where it cannot be read. */
export interface StatisticsText {
  readonly path: string;
  readonly text: string | undefined;
}

export interface KnownStatistics {
  readonly statistics: Statistics;
  /** Why the file counts for nothing, in a line that names it. */
  readonly wrong: string | undefined;
}

/** What is known of a schema's tables: from a file, from declared sizes, else assumptions. */
export function knownStatistics(schema: Schema, sizes: KnownSizes, file: StatisticsText | undefined, spread: Spread): KnownStatistics {
  const assumed = assumedStatistics(schema, sizes, spread);
  if (file === undefined) return { statistics: assumed, wrong: undefined };
  if (file.text === undefined) return { statistics: assumed, wrong: `${file.path} cannot be read` };
  const read = readStatistics(file.text);
  if (!read.ok) return { statistics: assumed, wrong: `${file.path} is no statistics file: ${read.why}` };
  const both = withFile(assumed, read.statistics, file.path);
  const told = new Set(read.statistics.tables.values());
  if (![...both.tables.values()].some((table) => told.has(table)))
    return { statistics: assumed, wrong: `${file.path} knows none of the tables of the migrations` };
  return { statistics: both, wrong: undefined };
}

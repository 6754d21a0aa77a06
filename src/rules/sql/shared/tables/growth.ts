import type { Model } from "../../../../model/model.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import type { Schema, Table } from "../../../../model/schema/schema.ts";
import { wordsOf } from "../../../java/shared/mapping/smallTables.ts";
import { isPartitioned } from "./schemaQuestions.ts";

/**
 * Whether a table gets rows for as long as the application runs: its name says that it keeps what happens, and it says when. Nothing is
 * said of tables that are small, a part of another, or a library's own.
 */
export function keepsWhatHappens(table: Table, schema: Schema, model: Model): boolean {
  if (table.kind !== "table" || table.uncertain || table.partitionOf !== undefined || isFrameworkTable(table.name)) return false;
  if (model.tableSizes.isSmall(table) || isPartitioned(table, schema)) return false;
  const words = wordsOf(table.name).filter((word) => word !== "");
  const last = singular(words.at(-1) ?? "");
  const named = KEPT.has(last) || (words.length > 1 && KEPT_OF_SOMETHING.has(last));
  // What only ties rows to those of a table of that name, event_artist to event and artist, grows with them (musicbrainz).
  const ties = table.foreignKeys.length > 1 && table.foreignKeys.some(({ parent }) => singular(parent) === last);
  return (
    named &&
    !ties &&
    [...table.columns.values()].some(({ name, type }) => /^(?:timestamp|date)/.test(type) || /_(?:at|ts|time|millis)$/i.test(name))
  );
}

const singular = (word: string): string => word.replace(/ies$/, "y").replace(/(?<!s)s$/, "");

/** What happens, by the last word of a table's name, in the singular. */
const KEPT: ReadonlySet<string> = new Set(
  "log audit history outbox inbox journal metric measurement telemetry click visit impression notification message attempt delivery".split(
    " ",
  ),
);

/** What is a thing of its own (a conference is an event) unless something stands before it. */
const KEPT_OF_SOMETHING: ReadonlySet<string> = new Set("event activity transaction record reading trace revision".split(" "));

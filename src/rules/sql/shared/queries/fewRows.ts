import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { Model } from "../../../../model/model.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import type { Table } from "../../../../model/schema/schema.ts";
import type { RelatedPlace } from "../../../finding.ts";
import type { Report } from "../../../rule.ts";
import { entryOf, isUncalled } from "./entries.ts";

/** What the size of a table, and who asks it, make of a finding. */
export interface Felt {
  readonly rank: Pick<Report, "certainty" | "severity">;
  /** Why it is only a hint. */
  readonly related: readonly RelatedPlace[];
}

/** Queries with the file that they stand in. */
export interface Asking {
  readonly query: Query;
  readonly file: JavaFile;
}

/**
 * A hint where a table probably has few rows, or nobody but administrators waits for any of the queries; undefined where it surely has few:
 * nobody would feel it.
 */
export function feltOn(table: Table, model: Model, asking: readonly Asking[] = []): Felt | undefined {
  const size = model.growth.sizeOf(table);
  if (size?.rows === "few") return undefined;
  if (size !== undefined) return hint({ at: table.at, message: `${table.name}: ${size.because}` });
  const [first] = asking;
  if (first === undefined || model.tableSizes.rowsOf(table.name) !== undefined) return FELT;
  const entries = asking.map(({ query, file }) => entryOf(query, file, model));
  if (entries.every((entry) => entry === undefined) && asking.every(({ query }) => isUncalled(query, model)))
    return hint({ at: first.query.at, message: `nothing calls ${first.query.method}` });
  return entries.every((entry) => entry?.forAdministrators === true && !entry.often && BY_PEOPLE.test(entry.label))
    ? hint({ at: first.query.at, message: `only administrators ask: ${entries[0]?.label}` })
    : FELT;
}

/** What a role of administrators alone guards a machine may send as well, as it registers or upserts what it finds. */
const BY_PEOPLE = /^GET |\/(?:[\w-]*admin[\w-]*|back-?office)(?:\/|$)/;

const FELT: Felt = { rank: {}, related: [] };

const hint = (why: RelatedPlace): Felt => ({ rank: { certainty: "possible" }, related: [why] });

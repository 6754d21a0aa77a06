import type { Model } from "../model/model.ts";
import type { Query } from "../model/persistence/scans/query.ts";
import type { WrittenQuery } from "../model/persistence/written/writtenQueries.ts";

/** How often a query is sent, as far as the code tells. */
export interface Heat {
  readonly often: "often" | "seldom" | "unknown";
  /** The request, the schedule or the message that reaches it: "GET /owners", "@Scheduled purge". */
  readonly by: string | undefined;
  /** What a unit of its cost counts for: 1 for a request. */
  readonly weight: number;
}

/** Requests a second by endpoint, as the load tests of `performance.yaml` expect them. */
export type Rates = ReadonlyMap<string, number>;

const WEIGHT_OF = { often: 1, unknown: 0.3, seldom: 0.01 } as const;
/** What is looked up while data is migrated is not looked up again. */
const ONCE: Heat = { often: "seldom", by: "while data is migrated", weight: 0 };

export function heatOf(query: Query | WrittenQuery, model: Model, rates: Rates): Heat {
  if (/Migrat/.test(query.repository)) return ONCE;
  const sender = senderOf(query, model) ?? "";
  // What a generic interface declares is not called on each repository below it.
  const isCalled = "sender" in query || model.persistence.uses.reaches(sender, query.repository);
  const entry = isCalled ? model.effects.reachedFrom(sender) : undefined;
  if (entry === undefined) return { often: "unknown", by: undefined, weight: WEIGHT_OF.unknown };
  const often = entry.often ? "often" : "seldom";
  return { often, by: entry.label, weight: rates.get(entry.label) ?? WEIGHT_OF[often] };
}

/** The key of the method that sends a query: of the repository's, or of the one around a call. */
function senderOf(query: Query | WrittenQuery, model: Model): string | undefined {
  if ("sender" in query) return query.sender;
  return model.calls.methodsIn(query.at.file).find(({ declared }) => declared.method.nameSpan.start === query.at.start)?.key;
}

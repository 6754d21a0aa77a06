import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import { annotationNamed, annotationValue } from "../../types/constants.ts";
import type { Remark } from "../scans/query.ts";

/** What `@Lock` adds to the statement of a repository's method: others wait for its rows, unless a hint says for how long. */
export function lockRemarks({ annotations }: JavaMethod): readonly Remark[] {
  const mode = annotationValue(annotationNamed(annotations, "Lock"), "value");
  if (mode?.kind !== "reference" || !/(?:^|\.)PESSIMISTIC_(?:WRITE|FORCE_INCREMENT)$/.test(mode.name)) return [];
  const hints = annotationNamed(annotations, "QueryHints");
  return [{ kind: "lock", waits: hints === undefined || !/lock.?timeout/i.test(JSON.stringify(hints.values)) }];
}

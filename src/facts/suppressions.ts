import type { Suppression } from "./fileFacts.ts";

const SUPPRESSION =
  /(?:\/\/|--|#|\/\*)\s*perf-ignore(-file)?\s+([a-z]+\/[a-z0-9-]+(?:\s*,\s*[a-z]+\/[a-z0-9-]+)*)\s*(?::\s*([^\n\r]*?))?\s*(?:\*\/)?\s*(?=\r|\n|$)/g;

/**
 * Finds `perf-ignore rule-id: reason` in comments of any of our languages. It holds for its own line and the next one;
 * `perf-ignore-file` holds for the file.
 */
export function suppressionsIn(text: string): Suppression[] {
  if (!text.includes("perf-ignore")) return [];
  return [...text.matchAll(SUPPRESSION)].map((match) => ({
    span: { start: match.index, end: match.index + match[0].length },
    rules: (match[2] as string).split(",").map((rule) => rule.trim()),
    reason: match[3] ?? "",
    scope: match[1] === undefined ? "line" : "file",
  }));
}

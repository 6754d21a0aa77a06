import { createHash } from "node:crypto";
import type { Finding } from "../rules/finding.ts";
import { lineStartsOf, positionAt } from "../text/positions.ts";

/**
 * Names for the findings of one file that survive edits elsewhere in it: 32 hexadecimal digits from the rule, the workspace
 * path, the text of the finding's first line (white space aside) and, among findings alike in all of these, their order.
 *
 * `findings` are all findings of `file` as shown, in order; the answer has one fingerprint for each, in the same order. The
 * baseline, SARIF's `partialFingerprints` and the JSON report share them.
 */
export function fingerprintsOf(
  findings: readonly Pick<Finding, "rule" | "file" | "span">[],
  text: string,
  lineStarts: Uint32Array = lineStartsOf(text),
): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, file, span }) => {
    const identity = [rule, file, normalisedLine(text, lineStarts, span.start)].join("\0");
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return createHash("sha256").update(`${identity}\0${occurrence}`).digest("hex").slice(0, 32);
  });
}

function normalisedLine(text: string, lineStarts: Uint32Array, offset: number): string {
  const { line } = positionAt(lineStarts, offset);
  const end = lineStarts[line + 1] ?? text.length;
  return text.slice(lineStarts[line], end).replace(/\s+/g, " ").trim();
}

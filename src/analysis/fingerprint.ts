import { createHash } from "node:crypto";
import type { Finding } from "../rules/finding.ts";
import { lineStartsOf, positionAt } from "../text/positions.ts";
import { placesOf } from "./parts.ts";

/**
 * Names for the findings of one file that survive edits elsewhere in it: 32 hexadecimal digits from the rule, the workspace
 * path, the text of the finding's first line (white space aside) and, among findings alike in all of these, their order.
 *
 * `findings` are all findings of `file` as shown, in order; the answer has those of each, in the same order: one for each of its
 * `placesOf`. The baseline, SARIF's `partialFingerprints` and the JSON report share them.
 */
export function fingerprintsOf(
  findings: readonly Named[],
  text: string,
  lineStarts: Uint32Array = lineStartsOf(text),
): readonly (readonly string[])[] {
  const names = findings.map((finding) =>
    placesOf(finding).map(({ start }) => ({ start, identity: identityAt(start, finding), name: "" })),
  );
  const seen = new Map<string, number>();
  for (const place of names.flat().sort((a, b) => a.start - b.start)) {
    const occurrence = seen.get(place.identity) ?? 0;
    seen.set(place.identity, occurrence + 1);
    place.name = createHash("sha256").update(`${place.identity}\0${occurrence}`).digest("hex").slice(0, 32);
  }
  return names.map((places) => places.map(({ name }) => name));

  function identityAt(start: number, { rule, file }: Named): string {
    return [rule, file, normalisedLine(text, lineStarts, start)].join("\0");
  }
}

type Named = Pick<Finding, "rule" | "file" | "span" | "parts">;

function normalisedLine(text: string, lineStarts: Uint32Array, offset: number): string {
  const { line } = positionAt(lineStarts, offset);
  const end = lineStarts[line + 1] ?? text.length;
  return text.slice(lineStarts[line], end).replace(/\s+/g, " ").trim();
}

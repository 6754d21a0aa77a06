import type { FileFacts } from "../../facts/fileFacts.ts";
import type { Finding } from "../../rules/finding.ts";
import { indentAt, insertAt, lineBreakOf, type TextEdit } from "../../text/edits.ts";
import { positionAt } from "../../text/positions.ts";

export interface SuppressionEdit {
  readonly title: string;
  readonly edit: TextEdit;
}

/**
 * Edits that add `perf-ignore` for the line and for the file. None where a comment cannot be written (XML, JSON) or must not be:
 * a migration that has been applied is never edited, its checksum would no longer fit.
 */
export function suppressionEdits(finding: Finding, facts: FileFacts, text: string): readonly SuppressionEdit[] {
  const lead = commentLead(facts);
  if (lead === undefined) return [];
  const lineBreak = lineBreakOf(text);
  const lineStart = facts.lineStarts[positionAt(facts.lineStarts, finding.span.start).line] ?? 0;
  const comment = (kind: string) => `${lead} ${kind} ${finding.rule}: accepted`;
  return [
    {
      title: `Ignore ${finding.rule} on this line`,
      edit: insertAt(lineStart, `${indentAt(text, lineStart)}${comment("perf-ignore")}${lineBreak}`),
    },
    { title: `Ignore ${finding.rule} in this file`, edit: insertAt(0, `${comment("perf-ignore-file")}${lineBreak}`) },
  ];
}

function commentLead(facts: FileFacts): string | undefined {
  switch (facts.language) {
    case "java":
    case "dart":
      return "//";
    case "config":
    case "container":
      return "#";
    case "build":
      return /\.(gradle|kts)$/.test(facts.file) ? "//" : /\.(toml|ya?ml|properties)$/.test(facts.file) ? "#" : undefined;
    default:
      return undefined;
  }
}

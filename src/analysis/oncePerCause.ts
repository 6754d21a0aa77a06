import { atLeast, type Finding, type Fix, type RelatedPlace } from "../rules/finding.ts";
import type { FileEdit, TextEdit } from "../text/edits.ts";

/**
 * What several services lack alike (see RuleDefinition.toldOnce) is one finding of their workspace: the loudest stands for all, at the
 * first of its places, and has the others beside it. `all` are the findings with a cause, in order of their files and places; the
 * answer has the shown one for each that is shown.
 */
export function oncePerCause(all: readonly Finding[]): ReadonlyMap<Finding, Finding> {
  const byCause = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of all) {
    const { cause } = finding;
    if (cause === undefined) continue;
    const known = byCause.get(cause);
    if (known === undefined) byCause.set(cause, [finding]);
    else known.push(finding);
  }
  return new Map(
    [...byCause.values()].map((same) => {
      const first = same.find(({ severity }) => same.every((other) => atLeast(severity, other.severity))) ?? same[0];
      return [
        first,
        together(
          first,
          same.filter((one) => one !== first),
        ),
      ];
    }),
  );
}

function together(first: Finding, others: readonly Finding[]): Finding {
  if (others.length === 0) return first;
  const beside = others.map(({ file, span }): RelatedPlace => ({ at: { file, ...span }, message: "the same here" }));
  const everywhere = inAllOf([first, ...others]);
  return {
    ...first,
    message: `${first.message}; and ${others.length} more`,
    related: [...first.related, ...beside],
    alike: [...new Set(others.map(({ file }) => file))],
    fixes: everywhere === undefined ? first.fixes : [everywhere, ...first.fixes],
  };
}

/** The first fix of each finding as one, with what fits the texts as they are: a finding whose own does not fit stays. */
function inAllOf(findings: readonly Finding[]): Fix | undefined {
  const fixes = findings.flatMap((finding) => finding.fixes.slice(0, 1));
  const [first] = fixes;
  if (first === undefined || fixes.length === 1) return undefined;
  return {
    title: `${first.title}, and alike in ${fixes.length - 1} more places`,
    safe: fixes.every(({ safe }) => safe),
    edits: (sources) => merged(fixes.flatMap((fix) => fix.edits(sources) ?? [])),
  };
}

/** Edits of one file together; undefined where there are none, or a file would be made. */
function merged(edits: readonly FileEdit[]): readonly FileEdit[] | undefined {
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    if (edit.kind !== "change") return undefined;
    const known = byFile.get(edit.file);
    if (known === undefined) byFile.set(edit.file, [...edit.edits]);
    else known.push(...edit.edits);
  }
  return byFile.size === 0 ? undefined : [...byFile].map(([file, all]) => ({ kind: "change", file, edits: all }));
}

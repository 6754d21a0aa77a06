import { type Alike, alikeBy } from "../rules/alike.ts";
import type { Finding, Fix, RelatedPlace } from "../rules/finding.ts";
import { changesTogether } from "../text/edits.ts";

/** The findings with a cause (see RuleDefinition.toldOnce) by it; those of `all` stand in order of their files and places. */
export const byCause = <F extends Pick<Finding, "cause">>(all: readonly F[]): ReadonlyMap<string, Alike<F>> =>
  alikeBy(all, ({ cause }) => cause);

/** One of several findings that are one with the others beside it. */
export function together(first: Finding, others: readonly Finding[]): Finding {
  if (others.length === 0) return first;
  const beside = others.map(({ file, span }): RelatedPlace => ({ at: { file, ...span }, message: SAME_HERE }));
  const everywhere = inAllOf([first, ...others]);
  return {
    ...first,
    message: messageOfAll(first.message, others.length),
    related: [...first.related, ...beside],
    fixes: everywhere === undefined ? first.fixes : [everywhere, ...first.fixes],
  };
}

export const SAME_HERE = "the same here";
export const messageOfAll = (message: string, others: number): string => `${message}; ${others} more alike`;
export const titleInAll = (title: string, others: number): string =>
  `${title}, and alike in ${others} more ${others === 1 ? "place" : "places"}`;

/** The first fix of each finding as one, with what fits the texts as they are: a finding whose own does not fit stays. */
function inAllOf(findings: readonly Finding[]): Fix | undefined {
  const fixes = findings.flatMap((finding) => finding.fixes.slice(0, 1));
  const [first] = fixes;
  if (first === undefined || fixes.length === 1) return undefined;
  return {
    title: titleInAll(first.title, fixes.length - 1),
    safe: fixes.every(({ safe }) => safe),
    edits: (sources) => changesTogether(fixes.flatMap((fix) => fix.edits(sources) ?? [])),
  };
}

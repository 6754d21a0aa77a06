import { type Alike, alikeBy, besides, speakerOf } from "../rules/alike.ts";
import type { Finding, Fix } from "../rules/finding.ts";

/**
 * What one rule says of one file, once for each place that means much: a statement that a block runs for many tables is one place. The
 * loudest stands for all, and has the first of the others beside it, each with its first fix.
 */
export function oncePerPlace(all: readonly Finding[], meansMuch: (finding: Finding) => boolean): readonly Finding[] {
  let alone = 0;
  const byPlace = alikeBy(all, (finding) => (meansMuch(finding) ? `${finding.span.start} ${finding.span.end}` : `${alone++}`));
  return byPlace.size === all.length ? all : [...byPlace.values()].map(together);
}

/** Several findings of one place as one. */
export function together(all: Alike<Finding>): Finding {
  const first = speakerOf(all);
  const others = besides(all, first);
  if (others.length === 0) return first;
  const at = { file: first.file, ...first.span };
  const shown = others.slice(0, SHOWN).map(({ message }) => ({ at, message }));
  const { claim, ...said } = first;
  return {
    ...said,
    message: `${first.message}; and ${others.length} more`,
    related: [...first.related, ...shown],
    fixes: fixesOf(first, others),
    // What the planner says of one table it does not say of the others.
    ...(all.some((one) => one.claim !== undefined) ? { parts: [first, ...others] } : {}),
  };
}

const SHOWN = 5;

/** Those of the first finding, then what would mend each of the others that are shown; what is titled alike is one. */
function fixesOf(first: Finding, others: readonly Finding[]): readonly Fix[] {
  const all = [...first.fixes, ...others.slice(0, SHOWN).flatMap(({ fixes }) => fixes.slice(0, 1))];
  return all.filter(({ title }, i) => all.findIndex((other) => other.title === title) === i);
}

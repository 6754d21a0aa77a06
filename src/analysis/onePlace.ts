import { atLeast, type Finding, type Fix } from "../rules/finding.ts";

/**
 * What one rule says of one file, once for each place that means much: a statement that a block runs for many tables is one place. The
 * loudest stands for all, and has the first of the others beside it, each with its first fix.
 */
export function oncePerPlace(all: readonly Finding[], meansMuch: (finding: Finding) => boolean): readonly Finding[] {
  const byPlace = new Map<string, [Finding, ...Finding[]]>();
  for (const [i, finding] of all.entries()) {
    const place = meansMuch(finding) ? `${finding.span.start} ${finding.span.end}` : `${i}`;
    const here = byPlace.get(place);
    if (here === undefined) byPlace.set(place, [finding]);
    else here.push(finding);
  }
  return byPlace.size === all.length ? all : [...byPlace.values()].map(together);
}

/** Several findings of one place as one. */
export function together(all: readonly [Finding, ...Finding[]]): Finding {
  const first = all.find(({ severity }) => all.every((other) => atLeast(severity, other.severity))) ?? all[0];
  const others = all.filter((one) => one !== first);
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

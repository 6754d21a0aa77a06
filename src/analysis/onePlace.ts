import { type Alike, alikeBy, besides, MOST_BESIDE, speakerOf } from "../rules/alike.ts";
import type { Finding, Fix, RelatedPlace } from "../rules/finding.ts";
import { messageOfAll } from "./oncePerCause.ts";
import { partsOf } from "./parts.ts";

/**
 * What one rule says of one file, once for each place that means much: a statement that a block runs for many tables is one place. The
 * loudest stands for all, and has the first of the others beside it, each with its first fix.
 */
export function oncePerPlace(all: readonly Finding[], meansMuch: (finding: Finding) => boolean): readonly Finding[] {
  let alone = 0;
  const byPlace = alikeBy(all, (finding) => (meansMuch(finding) ? `${finding.span.start} ${finding.span.end}` : `${alone++}`));
  return byPlace.size === all.length ? all : [...byPlace.values()].map(together);
}

/** What the rules say of a file that means one thing in several of its places: once for each severity, or for what all of it is due to. */
export function oncePerFile(all: readonly Finding[]): readonly Finding[] {
  const alike = alikeBy(all, oneInFile);
  const groups = [...alike.values()].filter(({ length }) => length > 1);
  if (groups.length === 0) return all;
  const told = new Set(groups.flat());
  return [...all.filter((finding) => !told.has(finding)), ...groups.map(together)];
}

function oneInFile({ rule, severity, inFile, onceFor }: Finding): string | undefined {
  if (onceFor !== undefined) return `${rule} for ${onceFor}`;
  return inFile === undefined ? undefined : `${rule} ${inFile} ${severity}`;
}

/** Several findings of one rule and file as one. */
export function together(all: Alike<Finding>): Finding {
  const speaker = speakerOf(all);
  if (all.length === 1) return speaker;
  const [one, ...more] = [speaker, ...besides(all, speaker)].flatMap(partsOf);
  // The project may have chosen how loud all of it is.
  const first = { ...(one ?? speaker), severity: speaker.severity };
  // A script that two schemas have says the same of both.
  const others = [first, ...more].filter((part, i, every) => every.findIndex((other) => isSame(other, part)) === i).slice(1);
  if (others.length === 0) return first;
  const shown = others.slice(0, MOST_BESIDE).flatMap((other) => [
    { at: { file: other.file, ...other.span }, message: other.message },
    // What one annotation causes in several places, each has its own way to.
    ...(other.onceFor === undefined ? [] : other.related.filter((place) => !first.related.some((known) => isSamePlace(known, place)))),
  ]);
  const { claim, ...said } = first;
  return {
    ...said,
    message: messageOfAll(first.message, others.length),
    related: [...first.related, ...shown],
    fixes: fixesOf(first, others),
    // What the planner says of one table it does not say of the others.
    parts: [first, ...others],
  };
}

const isSame = (a: Finding, b: Finding): boolean => a.span.start === b.span.start && a.span.end === b.span.end && a.message === b.message;

const isSamePlace = (a: RelatedPlace, b: RelatedPlace): boolean =>
  a.at.file === b.at.file && a.at.start === b.at.start && a.message === b.message;

/** More fixes than these of one finding nobody looks through. */
const MOST_FIXES = 5;

/** Those for all of them, those of the first finding, then what would mend each of the others; what is titled alike is one. */
function fixesOf(first: Finding, others: readonly Finding[]): readonly Fix[] {
  const more = others.flatMap(({ fixes }) => fixes);
  const all = [
    ...first.fixes.flatMap((fix) => fix.joined?.(more) ?? []),
    ...first.fixes,
    ...others.slice(0, MOST_FIXES).flatMap(({ fixes }) => fixes.slice(0, 1)),
  ];
  return all.filter(({ title }, i) => all.findIndex((other) => other.title === title) === i);
}

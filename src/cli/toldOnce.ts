import { byCause, messageOfAll, SAME_HERE, titleInAll } from "../analysis/oncePerCause.ts";
import type { ReportedFinding, ReportedFix } from "../report/checkReport.ts";
import { type Alike, besides, speakerOf } from "../rules/alike.ts";

/** A finding as it is kept between runs: what it has in common with others (see RuleDefinition.toldOnce) is still to be told once. */
export interface OwnFinding extends ReportedFinding {
  readonly cause?: string;
  readonly fixes: readonly OwnFix[];
}

/** A fix, which is no longer offered where a class of the tests implements what it adds to: tests may change between runs. */
export interface OwnFix extends ReportedFix {
  readonly addsTo?: string;
}

/**
 * Each finding that was asked for; those that are one, at the first of the loudest that were asked for, with all others of `known`
 * beside it. `asked` is a part of `known`, both in order.
 */
export function toldOnce(asked: readonly OwnFinding[], known: readonly OwnFinding[]): readonly ReportedFinding[] {
  const everywhere = byCause(known);
  const speakers = new Set([...byCause(asked).values()].map(speakerOf));
  return asked.flatMap((finding) => {
    const { cause, ...alone } = finding;
    if (cause === undefined) return finding;
    const alike = everywhere.get(cause) ?? [finding];
    return speakers.has(finding) ? together(alone, alike, besides(alike, finding)) : [];
  });
}

function together(first: ReportedFinding, all: Alike<OwnFinding>, others: readonly OwnFinding[]): ReportedFinding {
  if (others.length === 0) return first;
  const fixes = all.flatMap((finding) => finding.fixes.slice(0, 1));
  const [own] = first.fixes;
  return {
    ...first,
    message: messageOfAll(first.message, others.length),
    related: [...first.related, ...others.map(({ file, line, column }) => ({ message: SAME_HERE, file, line, column }))],
    fixes:
      own === undefined || fixes.length === 1
        ? first.fixes
        : [{ title: titleInAll(own.title, fixes.length - 1), safe: fixes.every(({ safe }) => safe) }, ...first.fixes],
    alike: others.map(({ file, line, column, fingerprint }) => ({ file, line, column, fingerprint })),
  };
}

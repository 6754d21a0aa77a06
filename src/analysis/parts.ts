import type { Finding } from "../rules/finding.ts";
import type { Span } from "../text/positions.ts";

/** What a finding is put together from, the one that speaks first; one that stands alone is all there is of it. */
export function partsOf<F extends Pick<Finding, "parts">>(finding: F): readonly [F | Finding, ...Finding[]] {
  const [first, ...others] = finding.parts ?? [];
  return first === undefined ? [finding] : [first, ...others];
}

/** The places of a file that a finding tells of, each once, its own first. */
export function placesOf(finding: Pick<Finding, "span" | "parts">): readonly [Span, ...Span[]] {
  const [{ span: own }, ...others] = partsOf(finding);
  const known = new Set([keyOf(own)]);
  return [own, ...others.map(({ span }) => span).filter((span) => !known.has(keyOf(span)) && known.add(keyOf(span)))];
}

const keyOf = ({ start, end }: Span): string => `${start} ${end}`;

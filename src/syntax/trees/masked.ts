import type { FlatTree } from "./flatTree.ts";
import { type GrammarId, type ParseTimeout, type Syntax, timedOut } from "./runtime.ts";

/** A text of the same length in which what a grammar does not know is hidden behind what it knows. */
export type Mask = (text: string) => string;

/**
 * Parses a text of a language whose grammar lacks some newer syntax: where a first parse has errors, `mask` hides that syntax; of the
 * two trees the one with less unparsed text is taken. Offsets are those of `text` in both; the tree's `text` is always the original.
 *
 * The result is good until the next parse.
 */
export function parseMasked(grammar: GrammarId, text: string, mask: Mask, syntax: Syntax): FlatTree | ParseTimeout {
  const first = syntax.parse(grammar, text);
  if (timedOut(first) || first.errors.length === 0) return first;
  const masked = mask(text);
  if (masked === text) return first;
  const unparsed = unparsedLength(first);
  const second = syntax.parse(grammar, masked);
  if (timedOut(second)) return second;
  // The arrays of the first tree are overwritten by now: parsing again is rare, and cheaper than a copy each time.
  if (unparsedLength(second) > unparsed) return syntax.parse(grammar, text);
  return { ...second, text };
}

/** A missing token has no length; it counts as one. */
function unparsedLength(tree: FlatTree): number {
  return tree.errors.reduce((sum, { start, end }) => sum + Math.max(1, end - start), 0);
}

/** Spaces instead of what is to be seen of it; line ends stay. */
export const blank = (match: string): string => match.replace(/\S/g, " ");

/** Keeps what the first group matched and blanks the rest. */
export const keepLead = (match: string, lead: string): string => lead + blank(match.slice(lead.length));

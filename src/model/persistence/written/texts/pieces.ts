import type { Condition } from "./conditions.ts";
import { assignments } from "./conditions.ts";

/** A text as code puts it together, piece by piece. */
export type Pieces = readonly Piece[];

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** A number that only runtime knows: it stands for a value as a parameter does. */
  | { readonly kind: "number" }
  /** Anything else that only runtime knows. */
  | { readonly kind: "unknown" }
  /** One of two, as a condition says; undefined for one that says different things at different times. */
  | { readonly kind: "choice"; readonly condition: Condition | undefined; readonly met: Pieces; readonly unmet: Pieces };

export const UNKNOWN: Pieces = [{ kind: "unknown" }];
export const EMPTY: Pieces = [];
export const textPieces = (text: string): Pieces => (text === "" ? EMPTY : [{ kind: "text", text }]);

/** The text, where there is nothing to choose and nothing unknown. */
export function wholeText(pieces: Pieces): string | undefined {
  let whole = "";
  for (const piece of pieces) {
    if (piece.kind !== "text") return undefined;
    whole += piece.text;
  }
  return whole;
}

/** What is there in either case stands before the choice. */
export function choice(condition: Condition | undefined, then: Pieces, otherwise: Pieces): Pieces {
  let same = 0;
  while (same < then.length && same < otherwise.length && then[same] === otherwise[same]) same++;
  if (same === then.length && same === otherwise.length) return then;
  return [...then.slice(0, same), { kind: "choice", condition, met: then.slice(same), unmet: otherwise.slice(same) }];
}

/** The texts that code may put together, at least one; the shortest first. */
export interface Texts {
  readonly texts: readonly string[];
  /** There are more, or others: the only text is the one without what is there under a condition. */
  readonly more: boolean;
  /** Where there are more: every piece of them, one behind the other. */
  readonly pieces?: string;
}

/** More than these are not told one by one. */
const MOST_TEXTS = 4;

/** Undefined where a part of the text is known at run time only. */
export function textsOf(pieces: Pieces): Texts | undefined {
  const all = assignments(conditionsIn(pieces));
  if (all !== undefined) {
    const texts = new Set<string>();
    for (const holds of all) {
      const text = rendered(pieces, holds);
      if (text === undefined) return undefined;
      // Nothing at all is no statement.
      if (text.trim() !== "") texts.add(text);
    }
    if (texts.size > 0 && texts.size <= MOST_TEXTS) return { texts: [...texts].sort((a, b) => a.length - b.length), more: false };
  }
  return leastOf(pieces);
}

/** The text without what is there under a condition. */
export function leastOf(pieces: Pieces): Texts | undefined {
  const least = rendered(pieces, undefined);
  return least === undefined || least.trim() === "" ? undefined : { texts: [least], more: true, pieces: written(pieces) };
}

/** Every text among pieces. */
const written = (pieces: Pieces): string =>
  pieces
    .map((piece) => (piece.kind === "text" ? piece.text : piece.kind === "choice" ? written([...piece.met, ...piece.unmet]) : ""))
    .join(" ");

/** Each condition with those that it stands under. */
function conditionsIn(pieces: Pieces): readonly (readonly (Condition | undefined)[])[] {
  return pieces.flatMap((piece) =>
    piece.kind === "choice"
      ? [[piece.condition], ...conditionsIn([...piece.met, ...piece.unmet]).map((inner) => [piece.condition, ...inner])]
      : [],
  );
}

type Plain = Exclude<Piece, { readonly kind: "choice" }>;

/** Without answers to the conditions: the shorter of what may be chosen. */
function chosen(pieces: Pieces, holds: ((condition: Condition) => boolean) | undefined): readonly Plain[] {
  return pieces.flatMap((piece) => {
    if (piece.kind !== "choice") return [piece];
    const { condition } = piece;
    if (holds !== undefined && condition !== undefined) return chosen(holds(condition) ? piece.met : piece.unmet, holds);
    const [then, otherwise] = [chosen(piece.met, holds), chosen(piece.unmet, holds)];
    return lengthOf(otherwise) < lengthOf(then) ? otherwise : then;
  });
}

const lengthOf = (pieces: readonly Plain[]): number =>
  pieces.reduce((sum, piece) => sum + (piece.kind === "text" ? piece.text.length : 1), 0);

/** Undefined where a part is unknown that is no value. */
function rendered(pieces: Pieces, holds: ((condition: Condition) => boolean) | undefined): string | undefined {
  const plain = chosen(pieces, holds);
  const parts: string[] = [];
  let quoted = false;
  const add = (text: string): void => {
    parts.push(text);
    if (text.includes("'") && text.split("'").length % 2 === 0) quoted = !quoted;
  };
  for (const [i, piece] of plain.entries()) {
    if (piece.kind === "text") {
      add(parts.at(-1) === VALUE ? piece.text.slice(1) : piece.text);
      continue;
    }
    if (!quoted) {
      if (piece.kind === "unknown") return undefined;
      add("?");
      continue;
    }
    // `'" + name + "'`: a value in quotes stands for itself as a whole.
    const next = plain[i + 1];
    if (!/(?:^|[^'])'$/.test(parts.slice(-3).join("")) || next?.kind !== "text" || !/^'(?!')/.test(next.text)) return undefined;
    add(parts.pop()?.slice(0, -1) ?? "");
    quoted = false;
    parts.push(VALUE);
  }
  return parts.map((part) => (part === VALUE ? "?" : part)).join("");
}

/** In place of a value whose closing quote is still to come. */
const VALUE = "\u0000";

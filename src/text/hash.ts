import type { Span } from "./positions.ts";

/** FNV-1a over the UTF-16 units of a text: cheap, and the same in every run. */
export function textHash(text: string): number {
  return fold(OFFSET_BASIS, text, 0, text.length) >>> 0;
}

/** A short stand-in for the part of a text that lies in `span` and in none of `without`, which are in order. */
export function digestOf(text: string, span: Span, without: readonly Span[]): string {
  let hash = OFFSET_BASIS;
  let length = 0;
  let at = span.start;
  const add = (from: number, to: number): void => {
    hash = fold(hash, text, from, to);
    length += Math.max(0, to - from);
  };
  for (const hole of without) {
    if (hole.start < at) continue;
    add(at, hole.start);
    at = hole.end;
  }
  add(at, span.end);
  return `${(hash >>> 0).toString(36)}-${length.toString(36)}`;
}

const OFFSET_BASIS = 0x811c9dc5;

function fold(hash: number, text: string, from: number, to: number): number {
  let folded = hash;
  for (let i = from; i < to; i++) folded = Math.imul(folded ^ text.charCodeAt(i), 0x01000193);
  return folded;
}

import type { Span } from "../../text/positions.ts";
import { detached } from "../packedCode.ts";

/** FNV-1a over a range of the text, with some ranges in it left out: cheap, and the same when only those differ. */
export function digestOf(text: string, span: Span, without: readonly Span[]): string {
  let hash = 0x811c9dc5;
  let length = 0;
  const add = (from: number, to: number): void => {
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    length += Math.max(0, to - from);
  };
  let at = span.start;
  for (const hole of without) {
    if (hole.start < at) continue;
    add(at, hole.start);
    at = hole.end;
  }
  add(at, span.end);
  return detached(`${(hash >>> 0).toString(36)}-${length.toString(36)}`);
}

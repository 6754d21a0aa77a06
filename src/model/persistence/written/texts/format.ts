import { type Pieces, textPieces } from "./pieces.ts";

/** What `String.format` makes of a text; undefined where it does more than to put in texts and whole numbers. */
export function formatted(format: string, args: readonly Pieces[]): Pieces | undefined {
  const pieces: Pieces[number][] = [];
  let next = 0;
  let from = 0;
  for (const match of format.matchAll(/%(?:(\d+)\$)?([\s\S])/g)) {
    pieces.push(...textPieces(format.slice(from, match.index)));
    from = match.index + match[0].length;
    const [, number, conversion] = match;
    if (conversion === "n" || conversion === "%") {
      pieces.push(...textPieces(conversion === "n" ? "\n" : "%"));
      continue;
    }
    const arg = conversion === "s" || conversion === "d" ? args[number === undefined ? next++ : Number(number) - 1] : undefined;
    if (arg === undefined) return undefined;
    pieces.push(...arg);
  }
  pieces.push(...textPieces(format.slice(from)));
  return pieces;
}

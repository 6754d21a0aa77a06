import type { DartNode } from "./code.ts";

/** What an interpolation becomes in the text of a string: no SQL has it. */
export const INTERPOLATED = "\uFFFC";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v" };

/**
 * The text of a string, adjacent literals put together, interpolations as `INTERPOLATED`. Cut where the facts cut it; undefined
 * for what is no string.
 */
export function stringText({ kind, text, start, children }: DartNode): string | undefined {
  if (kind !== "string") return undefined;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const open = /^\s*(?:\/\/[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*(r?)('''|"""|'|")/.exec(text.slice(at));
    if (open === null) break;
    const quote = open[2] as string;
    const isRaw = open[1] === "r";
    at += open[0].length;
    while (at < text.length && !text.startsWith(quote, at)) {
      const unit = text[at] as string;
      if (isRaw || (unit !== "\\" && unit !== "$")) {
        result += unit;
        at++;
      } else if (unit === "\\") {
        const escaped = text[at + 1] ?? "";
        result += ESCAPES[escaped] ?? escaped;
        at += 2;
      } else {
        result += INTERPOLATED;
        at = behindInterpolation(text, at, start, children);
      }
    }
    at += quote.length;
  }
  return result;
}

/** Where the text goes on behind `$name` or `${…}`: the code in between may hold braces and quotes of its own. */
function behindInterpolation(text: string, at: number, start: number, children: readonly DartNode[]): number {
  if (text[at + 1] !== "{") return at + (/^\$[A-Za-z_]\w*/.exec(text.slice(at))?.[0].length ?? 1);
  const inside = children.find((child) => child.start - start >= at + 2);
  const close = text.indexOf("}", inside === undefined ? at : inside.end - start);
  return close < 0 ? text.length : close + 1;
}

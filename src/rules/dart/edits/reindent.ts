import { type DartNode, nodesIn } from "../../../facts/dart/code.ts";

/** Whether code holds a string of several lines, which is another one when it is indented otherwise. */
export const holdsLines = (code: DartNode): boolean =>
  [...nodesIn(code)].some((node) => node.kind === "string" && /^r?(?:'''|""")/.test(node.text));

/** A text of several lines, moved from one depth to another. */
export function reindent(source: string, from: string, to: string, lineBreak: string): string {
  return source
    .split(/\r?\n/)
    .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join(lineBreak);
}

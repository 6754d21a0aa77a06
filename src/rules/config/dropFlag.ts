import { remove, wholeLine } from "../../text/edits.ts";
import type { Span } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";

/** Takes a flag out of a command or a variable, with what parts it from its neighbours; none where nothing else would be left. */
export function dropFlag(file: string, flag: string, at: Span, command: string): readonly Fix[] {
  if (isNeeded(flag, command)) return [];
  return [
    {
      title: `Remove ${flag}`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        const start = text?.indexOf(flag, at.start) ?? -1;
        if (text === undefined || start < 0 || start + flag.length > at.end) return undefined;
        const word = wordAround(text, { start, end: start + flag.length });
        return word === undefined ? undefined : [{ kind: "change", file, edits: [remove(word)] }];
      },
    },
  ];
}

/** One thread is enough for one compiler alone: with two the JVM does not start. */
const isNeeded = (flag: string, command: string): boolean => flag.includes("TieredStopAtLevel") && /-XX:CICompilerCount=1\b/.test(command);

/** A flag between blanks, as an element of a list, or in a line of its own. */
function wordAround(text: string, { start, end }: Span): Span | undefined {
  const [quoted] = /^["']\s*,[ \t]*/.exec(text.slice(end)) ?? [];
  const quote = text[start - 1];
  if (quoted !== undefined && (quote === '"' || quote === "'")) {
    const element = { start: start - 1, end: end + quoted.length };
    const next = /^\\\r?\n/.exec(text.slice(element.end))?.[0].length ?? 0;
    const lineStart = text.lastIndexOf("\n", start) + 1;
    return next > 0 && text.slice(lineStart, element.start).trim() === "" ? { start: lineStart, end: element.end + next } : element;
  }
  const item = /(?:^|\n)[ \t]*- (["']?)$/.exec(text.slice(0, start));
  if (item !== null && new RegExp(`^${item[1] ?? ""}[ \\t]*(?:\\r?\\n|$)`).test(text.slice(end)))
    return wholeLine(text, { start: start - "- ".length - (item[1]?.length ?? 0), end: end + (item[1]?.length ?? 0) });
  const [blanks] = /^[ \t]+(?=[^\s#])/.exec(text.slice(end)) ?? [];
  if (blanks !== undefined) return /[\s"'=]/.test(text[start - 1] ?? "") ? { start, end: end + blanks.length } : undefined;
  const [before] = /(?<=[^\s:=])[ \t]+$/.exec(text.slice(0, start)) ?? [];
  return before !== undefined && /^(?:["'\r\n]|$)/.test(text.slice(end)) ? { start: start - before.length, end } : undefined;
}

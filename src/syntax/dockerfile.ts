import type { Span } from "../text/positions.ts";

/** One instruction of a Dockerfile, its continuation lines included. */
export interface DockerInstruction {
  /** Upper case: "FROM", "COPY". */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** Everything behind the keyword, line continuations as they are. */
  readonly value: string;
  readonly valueSpan: Span;
}

/**
 * Reads the instructions of a Dockerfile. Never throws; lines that start with no word are passed over. Comments within
 * continued lines stay in the value.
 */
export function parseDockerfile(text: string): readonly DockerInstruction[] {
  const instructions: DockerInstruction[] = [];
  // Another escape character is set by a directive at the very top.
  const continuation = /^\uFEFF?(?:[ \t]*#[^\n]*\n)*?[ \t]*#[ \t]*escape[ \t]*=[ \t]*`/i.test(text.slice(0, 500)) ? "`" : "\\";
  let at = 0;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const head = /^[\uFEFF \t]*([A-Za-z]+)(?=[ \t\r\n]|$)/.exec(text.slice(at, Math.min(lineEnd, at + 200)));
    if (head === null) {
      at = lineEnd + 1;
      continue;
    }
    const word = head[1] as string;
    const start = at + head[0].length - word.length;
    const end = endOfInstruction(text, at, continuation);
    let from = start + word.length;
    while (from < end && /[ \t]/.test(text[from] as string)) from++;
    const to = from + text.slice(from, end).trimEnd().length;
    instructions.push({
      keyword: word.toUpperCase(),
      keywordSpan: { start, end: start + word.length },
      value: text.slice(from, to),
      valueSpan: { start: from, end: to },
    });
    at = end + 1;
  }
  return instructions;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The end of the last line: one that does not end with the escape character. Comments and empty lines within are skipped. */
function endOfInstruction(text: string, at: number, continuation: string): number {
  for (let start = at; ; ) {
    const end = endOfLine(text, start);
    const line = text.slice(start, end).trimEnd();
    const goesOn = line.endsWith(continuation) || (start > at && (line.trim() === "" || line.trimStart().startsWith("#")));
    if (!goesOn || end >= text.length) return end;
    start = end + 1;
  }
}

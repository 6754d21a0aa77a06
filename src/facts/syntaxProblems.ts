import type { Span } from "../text/positions.ts";
import type { FileProblem } from "./fileFacts.ts";

/** What a reader of YAML, XML or properties could not make sense of. */
interface SyntaxError {
  readonly span: Span;
  readonly message: string;
  readonly code?: string;
}

/**
 * Errors of syntax as problems of their file. Of those on one line and on neighbouring ones the first is told: the others mostly come of
 * it. A key that is there twice is a mistake of its own. `found` is in the order of the text.
 */
export function syntaxProblems(found: readonly SyntaxError[], text: string, severity: FileProblem["severity"]): readonly FileProblem[] {
  let last: number | undefined;
  const told = found.filter(({ span: { start }, code }) => {
    if (code === "DUPLICATE_KEY") return true;
    const follows = last !== undefined && text.slice(last, start).split("\n").length <= 2;
    last = start;
    return !follows;
  });
  return told.map(({ span, message }) => ({ span, message, severity }));
}

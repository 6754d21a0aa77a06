import type { FileProblem } from "./fileFacts.ts";

/**
 * The merge conflicts that a text still holds, a problem each at its first marker: `<<<<<<<`, `=======` and `>>>>>>>` at the starts of
 * lines, in this order.
 */
export function conflictsIn(text: string): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  let start: number | undefined;
  let isParted = false;
  for (const { 0: marker, index } of text.matchAll(MARKER)) {
    if (marker[0] === "<") {
      start = index;
      isParted = false;
    } else if (marker[0] === "=") isParted = true;
    else if (start !== undefined && isParted) {
      const span = { start, end: start + marker.length };
      problems.push({ span, message: "A merge conflict is not resolved", severity: "error" });
      start = undefined;
    }
  }
  return problems;
}

const MARKER = /^(?:<{7}|={7}|>{7})(?= |$)/gm;

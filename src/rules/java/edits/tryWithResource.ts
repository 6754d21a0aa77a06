import type { CodeNode } from "../../../facts/java/code.ts";
import type { BodyCode } from "../../../model/calls/bodyCode.ts";
import { indentAt, indentStep, lineBreakOf, replace, type TextEdit } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";

/** `try (resource) { body }` in the place of a part of the text; undefined for a body that cannot be moved. */
export function tryWith(text: string, { start, end }: Span, resource: string, body: string): TextEdit | undefined {
  // Text blocks would be another text when they are moved.
  if (/"""/.test(body)) return undefined;
  const lineBreak = lineBreakOf(text);
  const indent = indentAt(text, start);
  const unit = indentStep(text);
  const moved = body
    .split(lineBreak)
    .map((line, i) => (i === 0 || line.trim() === "" ? line : unit + line))
    .join(lineBreak);
  return replace({ start, end }, `try (${resource}) {${lineBreak}${indent}${unit}${moved}${lineBreak}${indent}}`);
}

/** The same around one statement, in which a variable stands for the expression that gives the resource. */
export function statementInTry(
  text: string,
  statement: CodeNode,
  taken: CodeNode,
  variable: { readonly type: string; readonly name: string },
): TextEdit | undefined {
  const end = text.indexOf(";", statement.end - 1) + 1;
  if (end === 0 || text.slice(statement.end, end).trim().length > 1) return undefined;
  const rest = text.slice(taken.end, end);
  // A chain of one call has room behind the variable.
  const behind = /\n\s*\./.test(rest.trimStart()) ? rest : rest.trimStart();
  const body = `${text.slice(statement.start, taken.start)}${variable.name}${behind}`;
  return tryWith(text, { start: statement.start, end }, `${variable.type} ${variable.name} = ${text.slice(taken.start, taken.end)}`, body);
}

/** The first of some names that a body does not have; undefined where it has them all. */
export function freeVariable(code: BodyCode, ...names: readonly string[]): string | undefined {
  return names.find((name) => !code.nodes.some(({ text }) => text === name));
}

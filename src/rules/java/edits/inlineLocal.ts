import type { JavaFile } from "../../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf } from "../../../facts/java/code.ts";
import { usesOf } from "../../../model/calls/locals.ts";
import type { Typer } from "../../../model/calls/typing/typer.ts";
import { indentAt, LONG_LINE, lineAt, MOST_CHARACTERS, remove, replace, type TextEdit, wholeLine } from "../../../text/edits.ts";
import { positionAt } from "../../../text/positions.ts";

/**
 * Whether a variable is read in the condition, by the `return` or for the variable right behind its declaration: its value may as well
 * stand there, unless the line gets too long.
 */
export function isReadNext({ lineStarts }: JavaFile, local: CodeNode, read: CodeNode): boolean {
  const block = local.parent;
  const next = block?.children[block.children.indexOf(local) + 1];
  const value = childOf(local, "value");
  if (block?.kind !== "block" || next === undefined || value === undefined) return false;
  let inner = read;
  for (const around of ancestorsOf(read)) {
    if (around === next) {
      const isWhole = next.kind === "return" || next.kind === "local";
      if (!isWhole && (next.kind !== "if" || inner.role !== "condition")) return false;
      const rest = isWhole ? next.end - read.end : inner.end - read.end + AROUND;
      return positionAt(lineStarts, read.start).character + (value.end - value.start) + rest <= longestOf(lineStarts);
    }
    if (around.kind === "lambda") return false;
    inner = around;
  }
  return false;
}

/** `!` before a condition, and `) {` behind it. */
const AROUND = 4;

/** As `longestLine`, without the text. */
function longestOf(lineStarts: JavaFile["lineStarts"]): number {
  let most = LONG_LINE;
  for (let line = 1; line < lineStarts.length; line++) {
    const length = (lineStarts[line] as number) - (lineStarts[line - 1] as number) - 1;
    if (length > most) most = length;
  }
  return Math.min(most, MOST_CHARACTERS);
}

/**
 * The edits that put a constant's name where a variable is read that holds nothing else, and take the variable away; undefined where it
 * is set again, where a line gets too long for it, or where not every use of it is seen. `gone` as for `dropLocal`.
 */
export function constantInstead(
  file: JavaFile,
  text: string,
  body: { readonly nodes: readonly CodeNode[]; readonly typer: Typer; readonly body: CodeNode },
  value: CodeNode,
  constant: string,
  gone = 1,
): readonly TextEdit[] | undefined {
  const local = value.parent;
  if (local?.kind !== "local" || value.role !== "value") return undefined;
  const { lineStarts } = file;
  const uses = usesOf(body, local);
  const written = text.slice(body.body.start, body.body.end).match(new RegExp(`(?<![\\w.])${local.text}(?!\\w)`, "g"));
  if (uses.some(({ role }) => role === "target") || written?.length !== uses.length + 1) return undefined;
  const longer = constant.length - local.text.length;
  if (uses.some(({ start }) => longer > 0 && lineAt(text, start).length + longer > longestOf(lineStarts))) return undefined;
  const dropped = dropLocal(file, text, local, value, gone);
  return dropped && [...dropped, ...uses.map((use) => replace(use, constant))];
}

/** The edits that take away the declaration of a variable, and the imports that only it needs, or `gone` declarations like it together. */
export function dropLocal({ java }: JavaFile, text: string, local: CodeNode, value: CodeNode, gone = 1): readonly TextEdit[] | undefined {
  const start = text.lastIndexOf("\n", local.start - 1) + 1 + indentAt(text, local.start).length;
  const [, type] =
    new RegExp(`^(?:final\\s+)?([\\w.]+(?:<[\\w.<>?,\\s]*>)?)\\s+${local.text}\\s*=\\s*$`).exec(text.slice(start, value.start)) ?? [];
  const [tail] = /^\s*;\s*/.exec(text.slice(value.end)) ?? [];
  if (type === undefined || tail === undefined) return undefined;
  const unused = (type.match(/\w+/g) ?? []).filter((name) => text.match(new RegExp(`\\b${name}\\b`, "g"))?.length === gone + 1);
  const imports = java.imports.filter(
    ({ isStatic, wildcard, name }) => !isStatic && !wildcard && unused.includes(name.slice(name.lastIndexOf(".") + 1)),
  );
  // What follows on a line of its own keeps its indentation.
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const last = value.end + tail.length;
  const next = text.lastIndexOf("\n", last - 1) + 1;
  const isAlone = next > value.end && text.slice(first, start).trim() === "";
  // Behind what stays of a group of statements, so does the blank line.
  const end = isLastOfGroup(text, first) ? text.indexOf("\n", value.end) + 1 : next;
  const rest = isAlone ? { start: first, end } : { start, end: last };
  return [...imports.map(({ span }) => remove(wholeLine(text, span))), remove(rest)];
}

/** Whether a statement ends right above the line that starts at `lineStart`. */
const isLastOfGroup = (text: string, lineStart: number): boolean => /[;}]$/.test(lineAt(text, lineStart - 1));

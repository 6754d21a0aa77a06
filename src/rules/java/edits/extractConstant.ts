import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { indentAt, insertAt, lineBreakOf, type TextEdit } from "../../../text/edits.ts";
import type { Sources } from "../../finding.ts";
import { importEdits } from "./imports.ts";

export interface Constant {
  readonly type: string;
  readonly name: string;
  readonly value: string;
  /** Qualified names that the declaration needs. */
  readonly imports: readonly string[];
}

/** Whether the type around a method can hold a static field, in any version of Java. */
export function canHoldConstant({ declared: { owner } }: MethodNode): boolean {
  const { type } = owner;
  return (type.kind === "class" || type.kind === "record") && (type.outer < 0 || type.modifiers.includes("static"));
}

/** A name for a constant that the type around a method does not have yet. */
export function constantName({ declared: { owner } }: MethodNode, wish: string): string {
  const taken = new Set(owner.file.java.types.flatMap((type) => type.fields.map((field) => field.name)));
  const name = wish
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toUpperCase();
  if (!taken.has(name)) return name;
  for (let i = 2; ; i++) if (!taken.has(`${name}_${i}`)) return `${name}_${i}`;
}

/** Declares `private static final` in the type around a method, behind its other constants or as its first member. */
export function declareConstant(
  { declared: { owner } }: MethodNode,
  constant: Constant,
  sources: Sources,
): readonly TextEdit[] | undefined {
  const { file, type } = owner;
  const text = sources.text(file.file);
  if (text === undefined) return undefined;
  const lineBreak = lineBreakOf(text);
  const line = `private static final ${constant.type} ${constant.name} = ${constant.value};`;
  const imports = importEdits(file, text, constant.imports);
  const last = type.fields.filter(({ modifiers }) => modifiers.includes("static") && modifiers.includes("final")).at(-1);
  if (last !== undefined && text[last.span.end - 1] === ";")
    return [...imports, insertAt(last.span.end, `${lineBreak}${indentAt(text, last.span.start)}${line}`)];
  const open = type.bodySpan.start + 1;
  const rest = /^[ \t]*(\r?\n)([ \t]*(\r?\n))?/.exec(text.slice(open, open + 400));
  const member = [...type.fields.filter(({ origin }) => origin === "field"), ...type.methods].sort(
    (a, b) => a.span.start - b.span.start,
  )[0];
  if (rest === null || member === undefined) return undefined;
  return [...imports, insertAt(open, `${lineBreak}${indentAt(text, member.span.start)}${line}${rest[2] === undefined ? lineBreak : ""}`)];
}

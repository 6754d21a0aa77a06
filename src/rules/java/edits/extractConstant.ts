import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { indentAt, insertAt, lineBreakOf, type TextEdit } from "../../../text/edits.ts";
import type { Sources } from "../../finding.ts";
import { importEdits } from "./imports.ts";

export interface Constant {
  readonly type: string;
  /** What the name is made of: "dateFormat" gives DATE_FORMAT, or DATE_FORMAT_2 where that is taken. */
  readonly wish: string;
  readonly value: string;
  /** Qualified names that the declaration needs. */
  readonly imports: readonly string[];
}

/** Whether the type around a method can hold a static field, in any version of Java. */
export function canHoldConstant({ declared: { owner } }: MethodNode): boolean {
  const { type } = owner;
  return (type.kind === "class" || type.kind === "record") && (type.outer < 0 || type.modifiers.includes("static"));
}

/** A constant's name, and the edits that declare it: none where the type around has the same constant already. */
export interface DeclaredConstant {
  readonly name: string;
  readonly edits: readonly TextEdit[];
}

/** Declares `private static final` in the type around a method, behind its other constants or as its first member. */
export function declareConstant(method: MethodNode, constant: Constant, sources: Sources): DeclaredConstant | undefined {
  const { file, type } = method.declared.owner;
  const text = sources.text(file.file);
  if (text === undefined) return undefined;
  const constants = type.fields.filter(({ modifiers }) => modifiers.includes("static") && modifiers.includes("final"));
  const same = constants.find(
    ({ name, span, annotations }) =>
      annotations.length === 0 &&
      !new RegExp(`\\b${name}\\s*\\.\\s*(?:set|register|configure|enable|disable|add|find)`).test(text) &&
      text.slice(span.start, span.end).replace(/\s*;$/, "").endsWith(` = ${constant.value}`),
  );
  if (same !== undefined) return { name: same.name, edits: [] };
  const name = freeName(method, constant.wish);
  const lineBreak = lineBreakOf(text);
  const line = `private static final ${constant.type} ${name} = ${constant.value};`;
  const imports = importEdits(file, text, constant.imports);
  const last = constants.at(-1);
  if (last !== undefined && text[last.span.end - 1] === ";")
    return { name, edits: [...imports, insertAt(last.span.end, `${lineBreak}${indentAt(text, last.span.start)}${line}`)] };
  const open = type.bodySpan.start + 1;
  const rest = /^[ \t]*(\r?\n)([ \t]*(\r?\n))?/.exec(text.slice(open, open + 400));
  const member = [...type.fields.filter(({ origin }) => origin === "field"), ...type.methods].sort(
    (a, b) => a.span.start - b.span.start,
  )[0];
  if (rest === null || member === undefined) return undefined;
  const indented = `${indentAt(text, member.span.start)}${line}`;
  // A type that begins with an empty line goes on doing so.
  const [blank] = rest[2] === undefined ? [] : rest;
  const edit =
    blank === undefined
      ? insertAt(open, `${lineBreak}${indented}${lineBreak}`)
      : insertAt(open + blank.length, `${indented}${lineBreak}${lineBreak}`);
  return { name, edits: [...imports, edit] };
}

function freeName({ declared: { owner } }: MethodNode, wish: string): string {
  const taken = new Set(owner.file.java.types.flatMap((type) => type.fields.map((field) => field.name)));
  const name = wish
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toUpperCase();
  if (!taken.has(name)) return name;
  for (let i = 2; ; i++) if (!taken.has(`${name}_${i}`)) return `${name}_${i}`;
}

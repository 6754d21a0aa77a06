import type { CodeNode } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Typer } from "../../../model/calls/typing/typer.ts";
import { type FileEdit, indentAt, insertAt, lineBreakOf, replace, type TextEdit } from "../../../text/edits.ts";
import type { Sources } from "../../finding.ts";
import { importEdits } from "./imports.ts";
import { constantInstead } from "./inlineLocal.ts";

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

/** Whether an expression gives the same wherever it stands: literals, classes, constants of other types, what is made of nothing. */
export const isConstant = (node: CodeNode): boolean =>
  node.kind === "literal" ||
  node.kind === "class" ||
  (node.kind === "field" && /^\p{Lu}/u.test(node.children[0]?.text ?? "")) ||
  (node.kind === "new" && node.children.length === 0);

/** An expression in a body, unpacked. */
export interface PlaceInBody {
  readonly body: { readonly method: MethodNode; readonly nodes: readonly CodeNode[]; readonly typer: Typer; readonly body: CodeNode };
  readonly node: CodeNode;
}

/**
 * Makes an expression a constant of the type around, which stands where it stood, or where the variable was read that held it; other
 * places of the type that say the same are given the constant, too.
 */
export function shareConstant(
  [first, ...others]: readonly [PlaceInBody, ...PlaceInBody[]],
  { type, wish }: Pick<Constant, "type" | "wish">,
  sources: Sources,
): readonly FileEdit[] | undefined {
  const { owner } = first.body.method.declared;
  const { file } = owner.file;
  const text = sources.text(file);
  if (text === undefined) return undefined;
  const value = text.slice(first.node.start, first.node.end);
  const declared = declareConstant(first.body.method, { type, wish, value, imports: [] }, sources);
  if (declared === undefined) return undefined;
  const { name } = declared;
  const same = [first, ...others].filter(({ node }) => text.slice(node.start, node.end) === value);
  const gone = same.filter(({ body, node }) => constantInstead(owner.file, text, body, node, name) !== undefined).length;
  const used = same.flatMap(({ body, node }) => constantInstead(owner.file, text, body, node, name, gone) ?? [replace(node, name)]);
  // Each of them takes away the import that none needs any more.
  const all = used.filter((one, i) => !used.slice(0, i).some(({ span }) => span.start === one.span.start && span.end === one.span.end));
  return [{ kind: "change", file, edits: [...declared.edits, ...all] }];
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
  // What is said of the last constant in its line stays with it.
  const behind =
    last === undefined
      ? undefined
      : /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*(?=\r?\n))?/.exec(text.slice(last.span.end))?.[0].trimEnd();
  if (last !== undefined && text[last.span.end - 1] === ";")
    return {
      name,
      edits: [...imports, insertAt(last.span.end + (behind ?? "").length, `${lineBreak}${indentAt(text, last.span.start)}${line}`)],
    };
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

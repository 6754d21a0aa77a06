import { rootOf } from "../../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../../facts/dart/code.ts";
import type { DartMethod } from "../../../facts/dart/dartFacts.ts";
import { bodyOf } from "../../../model/client/bodies.ts";
import type { ClassEntry } from "../../../model/client/clientModel.ts";
import { indentAt, insertAt, lineBreakOf, replace, type TextEdit } from "../../../text/edits.ts";
import { digestOf } from "../../../text/hash.ts";

/** A method that the framework calls, and which must call its super method. */
export interface Lifecycle {
  readonly name: string;
  readonly returns: string;
  readonly parameters: string;
  /** What the call of super is given. */
  readonly passes: string;
  /** Where the call of super stands. */
  readonly superCall: "first" | "last";
}

const lifecycle = (name: string, superCall: Lifecycle["superCall"], returns = "void"): Lifecycle => ({
  name,
  superCall,
  returns,
  parameters: "",
  passes: "",
});

export const INIT_STATE = lifecycle("initState", "first");
export const didUpdateWidget = (widget: string): Lifecycle => ({
  ...lifecycle("didUpdateWidget", "first"),
  parameters: `covariant ${widget} oldWidget`,
  passes: "oldWidget",
});
export const DISPOSE = lifecycle("dispose", "last");
export const CLOSE = lifecycle("close", "last", "Future<void>");
export const ON_CLOSE = lifecycle("onClose", "last");

/** Whether the text still is what the facts of the class were read from. */
export function isCurrent(text: string, { type, file }: ClassEntry): boolean {
  return text.length === file.length && digestOf(text, type.span, []) === type.digest;
}

/** The white space in front of the members of a class. */
export function memberIndent(text: string, { type }: ClassEntry): string {
  const first = type.fields[0] ?? type.methods[0];
  const indent = first === undefined ? "" : indentAt(text, first.span.start);
  return indent === "" ? `${indentAt(text, type.span.start)}  ` : indent;
}

/**
 * Puts a statement into a lifecycle method: before its call of super where that comes last, behind it where that comes first. The
 * method is written where the class has none. A statement of several lines is indented as a statement of a method is.
 */
export function intoLifecycle(text: string, entry: ClassEntry, wanted: Lifecycle, statement: string): TextEdit | undefined {
  const method = entry.type.methods.find((candidate) => candidate.name === wanted.name && candidate.kind === "method");
  if (method === undefined) return newMember(text, entry, lifecycleSource(text, entry, wanted, statement), wanted);
  if (method.bodySpan === undefined) return undefined;
  const body = bodyOf(method, entry.file);
  return body?.kind === "block" ? intoBlock(text, body, method, wanted, statement) : intoArrow(text, method, wanted, statement);
}

function intoBlock(text: string, block: DartNode, method: DartMethod, wanted: Lifecycle, statement: string): TextEdit {
  const call = block.children.find((child) => callsSuper(child, wanted.name));
  const source = method.marker.startsWith("async") && /\.(?:close|cancel)\(\);$/.test(statement) ? `await ${statement}` : statement;
  if (call !== undefined && wanted.superCall === "last") return insertAt(call.start, `${source}${separator(text, call.start)}`);
  // Behind all others, which may set what the statement needs, unless one of them may leave before.
  const mayLeave = [...nodesIn(block)].some(({ kind }) => kind === "return");
  const before = call !== undefined && mayLeave ? call : block.children.at(-1);
  if (before !== undefined) return insertAt(before.end, `${separator(text, before.start)}${source}`);
  const [nl, indent] = [lineBreakOf(text), indentAt(text, method.nameSpan.start)];
  return replace({ start: block.start, end: block.end }, `{${nl}${indent}  ${source}${nl}${indent}}`);
}

/** What stands between two statements of a block: a new line, unless they share one. */
function separator(text: string, at: number): string {
  const indent = indentAt(text, at);
  const lineStart = Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
  return lineStart + indent.length === at ? `${lineBreakOf(text)}${indent}` : " ";
}

function intoArrow(text: string, method: DartMethod, wanted: Lifecycle, statement: string): TextEdit | undefined {
  const body = method.bodySpan;
  if (body === undefined) return undefined;
  const source = text.slice(body.start, body.end);
  const arrow = /^((?:async\s*)?)=>\s*([\s\S]*?)\s*;?$/.exec(source);
  if (arrow === null) return undefined;
  const [nl, indent] = [lineBreakOf(text), indentAt(text, method.nameSpan.start)];
  const kept = wanted.returns === "void" ? `${arrow[2]};` : `return ${arrow[2]};`;
  const lines = wanted.superCall === "last" ? [statement, kept] : [kept, statement];
  return replace(body, `${arrow[1]}{${nl}${lines.map((line) => `${indent}  ${line}${nl}`).join("")}${indent}}`);
}

/** `super.dispose();`, `return super.close();`, `await super.close();` */
function callsSuper(statement: DartNode, name: string): boolean {
  let inner = statement.children[0];
  while (inner?.kind === "await" || inner?.kind === "return") inner = inner.children[0];
  return inner?.kind === "chain" && inner.children[0]?.kind === "super" && inner.children[1]?.text === name && rootOf(inner) === undefined;
}

function lifecycleSource(
  text: string,
  entry: ClassEntry,
  { name, returns, parameters, passes, superCall }: Lifecycle,
  statement: string,
): string {
  const [nl, indent] = [lineBreakOf(text), memberIndent(text, entry)];
  const superLine = `${returns === "void" ? "" : "return "}super.${name}(${passes});`;
  const lines = superCall === "last" ? [statement, superLine] : [superLine, statement];
  return ["@override", `${returns} ${name}(${parameters}) {`, ...lines.map((line) => `  ${line}`), "}"]
    .map((line) => indent + line)
    .join(nl);
}

/** A member behind initState, else in front of build, else at the end of the class. */
function newMember(text: string, { type }: ClassEntry, source: string, wanted: Lifecycle): TextEdit {
  const nl = lineBreakOf(text);
  const methodNamed = (name: string) => type.methods.find((method) => method.name === name && method.kind === "method");
  const comesFirst = wanted.superCall === "first";
  const init = wanted.name === "initState" ? undefined : methodNamed("initState");
  if (init !== undefined) return insertAt(init.span.end, `${nl}${nl}${source}`);
  const before = methodNamed(comesFirst ? "dispose" : "build") ?? methodNamed("build");
  if (before !== undefined) {
    const at = startOfLines(text, before.span.start);
    // Of two that are written together, the second one follows the first.
    const isCrowded = wanted.name !== "didUpdateWidget" && /[^\s{]\r?\n$/.test(text.slice(0, at));
    return insertAt(at, `${isCrowded ? nl : ""}${source}${nl}${nl}`);
  }
  const lastLine = text.lastIndexOf("\n", type.bodySpan.end - 1) + 1;
  const closesAlone = text.slice(lastLine, type.bodySpan.end - 1).trim() === "";
  return closesAlone
    ? insertAt(lastLine, `${nl}${source}${nl}`)
    : insertAt(type.bodySpan.end - 1, `${nl}${source}${nl}${indentAt(text, type.span.start)}`);
}

/** The start of the line of a declaration, or of the comment lines above it. */
function startOfLines(text: string, declaration: number): number {
  let start = text.lastIndexOf("\n", declaration - 1) + 1;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^\s*\/\//.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** A field behind the fields that the class has, else as its first member. */
export function newField(text: string, entry: ClassEntry, declaration: string): TextEdit {
  const { type } = entry;
  const [nl, indent] = [lineBreakOf(text), memberIndent(text, entry)];
  const last = type.fields.at(-1);
  if (last === undefined) return insertAt(type.bodySpan.start + 1, `${nl}${indent}${declaration};${nl}`);
  const semicolon = text.indexOf(";", last.span.end);
  return insertAt(semicolon < 0 ? last.span.end : semicolon + 1, `${nl}${indent}${declaration};`);
}

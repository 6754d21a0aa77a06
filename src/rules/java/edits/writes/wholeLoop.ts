import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { type FileEdit, replace } from "../../../../text/edits.ts";
import type { Span } from "../../../../text/positions.ts";
import type { Sources } from "../../../finding.ts";

const COLLECTION: ReadonlySet<string> = new Set(["Collection"]);

/** A loop that does nothing but hand its elements to one method. */
export interface WholeLoop {
  readonly span: Span;
  readonly iterable: CodeNode;
  /** A statement of its own ends with its semicolon. */
  readonly needsSemicolon: boolean;
}

/** The loop around a call, where all that it does is to give each element of a collection to it. */
export function wholeLoop(call: CodeNode, code: BodyCode): WholeLoop | undefined {
  const loop = call.kind === "call" ? [...ancestorsOf(call)].find((around) => /^(?:foreach|for|lambda)$/.test(around.kind)) : undefined;
  const each = call.kind === "reference" ? call.parent : loop?.kind === "lambda" ? loop.parent : undefined;
  const isCollection = (node: CodeNode): boolean => code.typer.isA(code.typer.typeOf(node), COLLECTION);
  if (each !== undefined) {
    const on = childOf(each, "receiver");
    if (each.text !== "forEach" || !each.statement || on === undefined || !isCollection(on)) return undefined;
    if (loop !== undefined && !handsOnOnly(loop, call, childOf(loop, "parameter")?.text ?? "")) return undefined;
    return { span: each, iterable: on, needsSemicolon: false };
  }
  const iterable = loop === undefined ? undefined : childOf(loop, "iterable");
  if (loop === undefined || iterable === undefined || !isCollection(iterable)) return undefined;
  return handsOnOnly(loop, call, loop.text) ? { span: loop, iterable, needsSemicolon: true } : undefined;
}

function handsOnOnly(loop: CodeNode, call: CodeNode, element: string): boolean {
  const body = childOf(loop, "body");
  const only = body?.kind === "block" ? (body.children.length === 1 ? body.children[0] : undefined) : body;
  const [argument, ...more] = childrenOf(call, "argument");
  return only === call && argument?.kind === "name" && argument.text === element && more.length === 0;
}

/** Puts one call with the whole collection in the place of a loop: `to` of the same receiver for `from`. */
export function callInstead(
  method: MethodNode,
  call: CodeNode,
  receiver: CodeNode,
  { span, iterable, needsSemicolon }: WholeLoop,
  { from, to }: { readonly from: string; readonly to: string },
  sources: Sources,
): readonly FileEdit[] | undefined {
  const { file } = method.declared.owner.file;
  const text = sources.text(file);
  if (text === undefined || !text.startsWith(from, call.nameStart)) return undefined;
  // A comment in the loop would be lost.
  if (nodesOf(call).length === 0 || /\/\/|\/\*/.test(text.slice(span.start, span.end))) return undefined;
  const all = `${text.slice(receiver.start, receiver.end)}.${to}(${text.slice(iterable.start, iterable.end)})${needsSemicolon ? ";" : ""}`;
  return [{ kind: "change", file, edits: [replace(span, all)] }];
}

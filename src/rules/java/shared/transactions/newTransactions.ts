import { type CodeNode, childOf, childrenOf, mentions, nodesOf, stringsNamed, unpackNodes } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";

const NEW = ["PROPAGATION_REQUIRES_NEW", "REQUIRES_NEW"];
const RUNS = ["execute", "executeWithoutResult"];

/**
 * The calls of a body that run a function in a transaction beside that of the caller: of a template that the class, or the body itself,
 * makes with `PROPAGATION_REQUIRES_NEW`.
 */
export function newTransactions(model: Model, method: MethodNode): readonly CodeNode[] {
  const { owner, method: declared } = method.declared;
  const { code } = owner.file.java;
  const runs = declared.body < 0 || stringsNamed(code, NEW) === undefined ? undefined : stringsNamed(code, RUNS);
  if (runs === undefined || !mentions(code, declared.body, runs)) return [];
  const { nodes, typer } = model.calls.codeOf(method);
  return nodes.filter((call) => {
    if (call.kind !== "call" || !RUNS.includes(call.text) || childrenOf(call, "argument")[0]?.kind !== "lambda") return false;
    const on = childOf(call, "receiver");
    if (on === undefined) return false;
    const local = on.kind === "name" ? typer.declarationOf(on) : undefined;
    return local === undefined ? isField(on) && isMadeNew(on.text, bodiesMaking(method)) : isMadeNew(on.text, [nodes]);
  });
}

const isField = ({ kind, children }: CodeNode): boolean => kind === "name" || (kind === "field" && children[0]?.kind === "this");

/** The constructors of a method's class, and what its fields begin with. */
function* bodiesMaking({ declared: { owner } }: MethodNode): Generator<readonly CodeNode[]> {
  const { code } = owner.file.java;
  for (const { kind, body } of owner.type.methods) if (kind === "constructor" && body >= 0) yield unpackNodes(code, body);
  for (const { initializer } of owner.type.fields) if (initializer >= 0) yield unpackNodes(code, initializer);
}

/** Whether a variable is given a template that begins anew, or is told to. */
function isMadeNew(name: string, bodies: Iterable<readonly CodeNode[]>): boolean {
  for (const nodes of bodies)
    if (nodes.some((node) => isTold(node, name) || (givenTo(node, name) ?? []).some((value) => beginsAnew(value, nodes)))) return true;
  return false;
}

/** What an assignment or a declaration gives a variable of this name. */
function givenTo(node: CodeNode, name: string): readonly CodeNode[] | undefined {
  const isIt = node.kind === "local" ? node.text === name : node.kind === "assign" && childOf(node, "target")?.text === name;
  return isIt ? childrenOf(node, "value").flatMap(nodesOf) : undefined;
}

/** The constant, or a definition that was made with it. */
function beginsAnew({ kind, text }: CodeNode, nodes: readonly CodeNode[]): boolean {
  if (NEW.includes(text)) return true;
  return (
    kind === "name" &&
    nodes.some((other) => isTold(other, text) || (other.kind === "local" && other.text === text && nodesOf(other).some(isNew)))
  );
}

/** `template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW)` */
const isTold = (node: CodeNode, name: string): boolean =>
  node.kind === "call" && node.text === "setPropagationBehavior" && childOf(node, "receiver")?.text === name && nodesOf(node).some(isNew);

const isNew = ({ text }: CodeNode): boolean => NEW.includes(text);

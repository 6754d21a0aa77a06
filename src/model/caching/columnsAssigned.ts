import { type CodeNode, childOf } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import type { Typer } from "../calls/typing/typer.ts";
import { type Attribute, attributeOf, type Entity } from "../persistence/mapping/entity.ts";

/** Methods of an entity that call each other. */
const DEEPEST = 3;

/**
 * The columns that a method of an entity assigns, itself or through others of the entity: `ticket.close(now)`. Undefined for other
 * methods, and where something may change that is not seen.
 */
export function columnsAssigned(calls: CallGraph, site: CallSite | undefined, entity: Entity, depth = 0): readonly string[] | undefined {
  const called = ownMethod(calls, site, entity);
  if (called === undefined || depth >= DEEPEST) return undefined;
  const { nodes, typer } = calls.codeOf(called);
  const columns: string[] = [];
  for (const node of nodes) {
    const found =
      node.kind === "assign" || (node.kind === "unary" && /^(?:\+\+|--)/.test(node.text))
        ? assigned(childOf(node, "target") ?? node.children[0], entity, typer, called)
        : node.kind === "call"
          ? changedBy(node)
          : NOTHING;
    if (found === undefined) return undefined;
    columns.push(...found);
  }
  return columns;

  function changedBy(call: CodeNode): readonly string[] | undefined {
    const on = childOf(call, "receiver");
    if (on !== undefined && on.kind !== "this")
      return ownAttribute(on, entity, typer, called as MethodNode)?.kind === "embedded" ? undefined : NOTHING;
    const own = (called as MethodNode).sites.find(({ order }) => nodes[order] === call);
    return columnsAssigned(calls, own, entity, depth + 1);
  }
}

const NOTHING: readonly string[] = [];

/** The method that a call runs, where it is the entity's own. */
export function ownMethod(calls: CallGraph, site: CallSite | undefined, entity: Entity): MethodNode | undefined {
  const [target, ...overloads] = site?.targets ?? [];
  if (target === undefined || overloads.length > 0 || site?.work !== undefined) return undefined;
  const called = calls.method(target);
  if (called === undefined || called.declared.method.body < 0 || called.declared.owner.type.qualified !== entity.qualified)
    return undefined;
  calls.noteBody(called);
  return called;
}

/** The attribute that an expression in a method of its entity names: `state`, `this.state`. */
export function ownAttribute(node: CodeNode | undefined, entity: Entity, typer: Typer, { declared }: MethodNode): Attribute | undefined {
  if (node?.kind === "field" ? childOf(node, "receiver")?.kind !== "this" : node?.kind !== "name") return undefined;
  const isLocal =
    node?.kind === "name" && (typer.declarationOf(node) !== undefined || declared.method.parameters.some(({ name }) => name === node.text));
  return node === undefined || isLocal ? undefined : attributeOf(entity, node.text);
}

/** The columns of what is assigned; none for a variable of the method, undefined for what is no single value of the row. */
function assigned(target: CodeNode | undefined, entity: Entity, typer: Typer, method: MethodNode): readonly string[] | undefined {
  const attribute = ownAttribute(target, entity, typer, method);
  if (attribute !== undefined)
    return (attribute.kind === "basic" || attribute.kind === "toOne") && attribute.columns.length > 0 ? attribute.columns : undefined;
  return target?.kind === "name" && typer.declarationOf(target) !== undefined ? NOTHING : undefined;
}

import { ancestorsOf, type CodeNode, childOf, childrenOf, isInLambda } from "../../../../facts/java/code.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { onlyCall } from "../running/onlyCall.ts";
import { callOn } from "./listReads.ts";

/** An expression in the body of a method. */
export interface Held {
  readonly method: MethodNode;
  readonly code: BodyCode;
  readonly node: CodeNode;
}

/** How many methods a value is followed through. */
const DEEPEST = 3;

/**
 * Where the value of an expression goes: the expression itself, every use of the variable that it is given to, and on through private
 * methods that are called in one place, which return it or are handed it. Empty for a variable that is set again.
 */
export function placesOf(model: Model, { method, code, node }: Held, depth = 0): readonly Held[] {
  return (assignedOnce(code, node) ?? code.valuesOf(node)).flatMap((value) => {
    const at = { method, code, node: value };
    const next = depth < DEEPEST ? (returnedTo(model, at) ?? (isRepeated(value, node) ? undefined : handedTo(model, at))) : undefined;
    return next === undefined ? [at] : next.flatMap((place) => placesOf(model, place, depth + 1));
  });
}

/** The uses of a variable that has nothing until it is set, once: `List<Order> found = null; try { found = orders.findAll(); } …`. */
function assignedOnce(code: BodyCode, node: CodeNode): readonly CodeNode[] | undefined {
  const assignment = node.role === "value" && node.parent?.kind === "assign" && node.parent.text === "=" ? node.parent : undefined;
  const target = assignment?.statement ? childOf(assignment, "target") : undefined;
  const local = target?.kind === "name" ? code.typer.declarationOf(target) : undefined;
  const before = local?.kind === "local" ? childOf(local, "value") : undefined;
  if (target === undefined || local?.kind !== "local" || (before !== undefined && before.type !== "null")) return undefined;
  const uses = code.usesOf(local).filter((use) => use !== target);
  return uses.some(({ role }) => role === "target") ? undefined : uses;
}

/** The call that a value is the receiver of, by way of a variable, too: `Stream<Order> all = orders.stream(); … all.limit(5)`. */
export function stepOn(model: Model, value: Held): Held | undefined {
  const [place, ...more] = placesOf(model, value);
  const call = place === undefined || more.length > 0 ? undefined : callOn(place.node);
  return place === undefined || call === undefined ? undefined : { ...place, node: call };
}

/** Whether a value is used again and again where it is made once. */
export function isRepeated(use: CodeNode, made: CodeNode): boolean {
  for (const around of ancestorsOf(use)) if (REPEATS.has(around.kind) && (around.start > made.start || around.end < made.end)) return true;
  return false;
}

const REPEATS: ReadonlySet<string> = new Set(["for", "foreach", "while", "do", "lambda"]);

/** The call that has what a private method returns. */
function returnedTo(model: Model, { method, node }: Held): readonly Held[] | undefined {
  if (node.parent?.kind !== "return" || isInLambda(node)) return undefined;
  const only = onlyCall(model, method);
  if (only === undefined) return undefined;
  const code = new BodyCode(model.calls, only.caller);
  const call = code.callOf(only.site);
  return call?.kind === "call" ? [{ method: only.caller, code, node: call }] : undefined;
}

/** The uses of the parameter of a private method that is handed a value, where it means nothing else. */
function handedTo(model: Model, { method, code, node }: Held): readonly Held[] | undefined {
  const call = node.role === "argument" ? node.parent : undefined;
  if (call?.kind !== "call") return undefined;
  const site = method.sites.find((one) => one.targets.length === 1 && code.callOf(one) === call);
  const helper = site === undefined ? undefined : model.calls.method(site.targets[0] as string);
  if (helper === undefined || helper.declared.owner.file !== method.declared.owner.file) return undefined;
  const only = onlyCall(model, helper);
  const args = childrenOf(call, "argument");
  const { parameters } = helper.declared.method;
  const parameter = parameters[args.indexOf(node)];
  if (only?.site.at.start !== site?.at.start || parameter === undefined || parameters.length !== args.length) return undefined;
  const inner = new BodyCode(model.calls, helper);
  const uses = inner.nodes.filter(
    (one) => one.kind === "name" && one.text === parameter.name && inner.typer.declarationOf(one) === undefined,
  );
  const isFollowed = uses.length > 0 && uses.every(({ role }) => role !== "target");
  return isFollowed ? uses.map((use) => ({ method: helper, code: inner, node: use })) : undefined;
}

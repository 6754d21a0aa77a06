import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { simpleName } from "../../../../model/types/type.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { isResource } from "./resources.ts";

/**
 * What becomes of a connection that a method has taken. "kept": nothing closes it; "skipped": it is closed where all goes well;
 * "closed": it is closed in any case; "handed on": somebody else has it, who may close it.
 */
export interface ConnectionFate {
  readonly kind: "kept" | "skipped" | "closed" | "handed on";
  /** Where it is used: the first statement that may fail. */
  readonly used: CodeNode | undefined;
  /** Methods that get it and leave it open. */
  readonly lent: readonly RelatedPlace[];
}

export function connectionFate(model: Model, method: MethodNode, code: BodyCode, taken: CodeNode): ConnectionFate {
  const values = valuesOf(code, taken);
  return values === undefined ? HANDED_ON : fateOf(model, method, code, values, 0);
}

const HANDED_ON: ConnectionFate = { kind: "handed on", used: undefined, lent: [] };

/** Every place where the connection itself stands; undefined where it goes into a field or another expression. */
function valuesOf(code: BodyCode, taken: CodeNode): readonly CodeNode[] | undefined {
  const { parent } = taken;
  if (taken.statement) return [];
  if (isResource(taken)) return [taken];
  if (parent?.kind === "local" && taken.role === "value") return code.usesOf(parent);
  if (parent?.kind === "assign" && parent.statement && taken.role === "value") {
    const target = childOf(parent, "target");
    const declared = target === undefined ? undefined : code.typer.declarationOf(target);
    return declared?.kind === "local" ? code.usesOf(declared).filter(({ role }) => role !== "target") : undefined;
  }
  return [taken];
}

/** Methods that are given a connection are followed so far. */
const DEEPEST = 2;

function fateOf(model: Model, method: MethodNode, code: BodyCode, values: readonly CodeNode[], depth: number): ConnectionFate {
  const closes: CodeNode[] = [];
  const lent: RelatedPlace[] = [];
  let used: CodeNode | undefined;
  for (const value of values) {
    const use = useOf(value);
    if (use === "asked") continue;
    if (use === "elsewhere") return HANDED_ON;
    if (use === "resource") return { kind: "closed", used, lent };
    if (use.call.text === "close" || (use.given && RELEASES.test(use.call.text))) {
      closes.push(use.call);
      continue;
    }
    if (use.given) {
      const there = lentTo(model, method, code, value, use.call, depth);
      if (there === undefined) return HANDED_ON;
      lent.push(...there);
    } else if (/^(?:unwrap|abort)$/.test(use.call.text)) return HANDED_ON;
    used ??= use.call;
  }
  if (closes.length === 0) return { kind: "kept", used, lent };
  return { kind: closes.some(isInAnyCase) || used === undefined ? "closed" : "skipped", used, lent };
}

type Use = "asked" | "elsewhere" | "resource" | { readonly call: CodeNode; readonly given: boolean };

function useOf(value: CodeNode): Use {
  const { role, parent } = value;
  if (isResource(value)) return "resource";
  if (parent?.kind === "binary" && /^[!=]=$/.test(parent.text)) return "asked";
  if (parent?.kind !== "call") return "elsewhere";
  if (role === "receiver") return { call: parent, given: false };
  return role === "argument" ? { call: parent, given: true } : "elsewhere";
}

const RELEASES = /clos|releas|return|dispos|free|clean/i;
/** They use a connection that they are given, and leave it open. */
const BORROWS =
  /^(?:JasperFillManager\.fill\w*|JasperRunManager\.run\w*|ScriptUtils\.executeSqlScript|ResourceDatabasePopulator\.populate)$/;

/** The way into a method that leaves the connection open; undefined where it may do something else with it. */
function lentTo(
  model: Model,
  method: MethodNode,
  code: BodyCode,
  value: CodeNode,
  call: CodeNode,
  depth: number,
): readonly RelatedPlace[] | undefined {
  const on = childOf(call, "receiver");
  const type = on === undefined ? undefined : (code.typer.typeOf(on) ?? code.typer.namedType(on));
  if (type !== undefined && BORROWS.test(`${simpleName(type)}.${call.text}`)) return [];
  const [declared, ...overloads] = code.typer.calleeOf(call).declared;
  if (declared === undefined || overloads.length > 0 || depth >= DEEPEST || declared.method.body < 0) return undefined;
  const { file } = declared.owner.file;
  const called = model.calls.methodsIn(file).find((node) => node.declared.method === declared.method);
  const parameter = declared.method.parameters[childrenOf(call, "argument").indexOf(value)];
  if (called === undefined || called === method || parameter === undefined || model.calls.overridesOf(called.key).size > 0)
    return undefined;
  const inner = new BodyCode(model.calls, called);
  const uses = inner.nodes.filter(
    (node) => node.kind === "name" && node.text === parameter.name && inner.typer.declarationOf(node) === undefined,
  );
  const fate = fateOf(model, called, inner, uses, depth + 1);
  if (fate.kind !== "kept") return undefined;
  const step = { at: { file, ...declared.method.nameSpan }, message: `${declared.owner.type.name}.${declared.method.name} leaves it open` };
  return [step, ...fate.lent];
}

/** In a `finally`, or where it failed as well. */
const isInAnyCase = (close: CodeNode): boolean =>
  [close, ...ancestorsOf(close)].some(({ role, kind }) => role === "finally" || kind === "catch" || kind === "lambda");

import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Iteration } from "../../../../model/calls/iteration/iterationKinds.ts";
import type { Model } from "../../../../model/model.ts";
import { turnsPage } from "../../../../model/persistence/sent/pageHelper.ts";
import { isUnconditional } from "../../../../model/persistence/sent/sentQueries.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { onlyCall } from "../running/onlyCall.ts";
import { takesNextNumber } from "./sequenceReads.ts";
import { tablesRead, tablesWritten } from "./tablesTouched.ts";

/** A read in a loop that asks the same at every round. */
export interface InvariantRead {
  readonly read: Read;
  readonly call: CodeNode;
  readonly loop: CodeNode;
}

export function invariantRead(model: Model, method: MethodNode, code: BodyCode, site: CallSite): InvariantRead | undefined {
  const [innermost] = site.iterations;
  if (innermost === undefined || site.excuses.length > 0) return undefined;
  const read = readOf(model, site);
  const call = read === undefined ? undefined : code.callOf(site);
  if (read === undefined || call?.kind !== "call") return undefined;
  const loop = loopOf(call, innermost);
  if (loop === undefined || !asksTheSame(call, loop, code, isBeanOf(model, method)) || changesBetween(model, method, code, loop, site))
    return undefined;
  if (takesNextNumber(model, method, site)) return undefined;
  return { read, call, loop };
}

interface Read {
  readonly label: string;
  readonly through: boolean;
  /** Through a method that others run as well, or that may not ask each time. */
  readonly apart: boolean;
  readonly chain: readonly RelatedPlace[];
}

/** The read that a call makes itself, or surely makes through what it runs. */
export function readOf(model: Model, site: CallSite): Read | undefined {
  if (site.work !== undefined)
    return site.work.kind === "read" && !FOLLOWS.test(site.name)
      ? { label: site.work.label, through: false, apart: false, chain: [] }
      : undefined;
  const [target, ...overloads] = site.targets;
  if (
    target === undefined ||
    overloads.length > 0 ||
    !/^(?:get|find|load|fetch|read|query|search|select|is|has|count|exists|list|current|all)/.test(site.name)
  )
    return undefined;
  const effect = model.effects.passedOn(target, "read");
  if (effect === undefined || effect.candidates > 1 || effect.depth > 4) return undefined;
  if (model.effects.of(target, "write") !== undefined || reachesOut(model, target)) return undefined;
  return { label: effect.label, through: true, apart: !readsAsInlined(model, target), chain: model.effects.chainFrom(target, "read") };
}

/** Whether a method does what takes longer than a query, or what others see. */
export const reachesOut = (model: Model, target: string): boolean =>
  (["http", "search", "redis", "message"] as const).some((kind) => model.effects.of(target, kind) !== undefined);

/** Whether a private method that is called once reads by itself, whenever it runs. */
function readsAsInlined(model: Model, target: string): boolean {
  const method = model.calls.method(target);
  if (method === undefined || onlyCall(model, method) === undefined) return false;
  const { nodes } = model.calls.codeOf(method);
  return method.sites.some(({ work, order, iterations, excuses }) => {
    const call = work?.kind === "read" && iterations.length === 0 && excuses.length === 0 ? nodes[order] : undefined;
    return call !== undefined && isUnconditional(call);
  });
}

/** Calls whose question stands elsewhere: in the query that they run. */
const FOLLOWS =
  /^(?:getResultList|getSingleResult|getSingleResultOrNull|getResultStream|list|uniqueResult|uniqueResultOptional|stream|scroll|single|optional|set|singleValue|fetch\w*|refresh|lock|nextVal\w*|iterate|transform)$/i;

/** The loop or lambda that an iteration means. */
export function loopOf(call: CodeNode, { at }: Iteration): CodeNode | undefined {
  for (const around of ancestorsOf(call))
    if (around.start === at.start && /^(?:foreach|for|while|do|lambda)$/.test(around.kind)) return around;
  return undefined;
}

/** Whether a name is a field that holds one of Spring's beans: calls leave it as it was, but for what they write. */
export const isBeanOf =
  (model: Model, method: MethodNode): IsBean =>
  (node) => {
    const { typer } = model.calls.codeOf(method);
    if (node.kind !== "name" || typer.declarationOf(node) !== undefined) return false;
    const entry = model.types.entryOf(typer.typeOf(node), method.declared.owner.file.file);
    return entry !== undefined && annotationNamed(entry.type.annotations, "Service", "Component", "Repository") !== undefined;
  };

type IsBean = (node: CodeNode) => boolean;

/** Whether receiver and arguments mean the same at every round, and the round does not choose among other code by them. */
export function asksTheSame(call: CodeNode, loop: CodeNode, code: BodyCode, isBean: IsBean = () => false): boolean {
  const isSame = sameAtEachRound(call, loop, code);
  if (isSame === undefined) return false;
  const on = childOf(call, "receiver");
  return (on === undefined || isBean(on) || isSame(on)) && childrenOf(call, "argument").every(isSame);
}

/**
 * Tells which expressions mean the same at every round of a loop; undefined where a round may choose by what is its own what a call means:
 * by a case, a tenant, a page.
 */
export function sameAtEachRound(call: CodeNode, loop: CodeNode, code: BodyCode): ((node: CodeNode) => boolean) | undefined {
  const nodes = nodesOf(loop);
  if (nodes.some(turnsPage) || isOfOneCase(call, loop)) return undefined;
  const inside = new Set(nodes);
  const touched = touchedIn(loop, code);
  const same = (node: CodeNode): boolean => {
    switch (node.kind) {
      case "literal":
      case "class":
      case "this":
        return true;
      case "name": {
        if (touched.has(node.text)) return false;
        const declared = code.typer.declarationOf(node);
        // A name without a declaration is a class, a field, or of a text that was not read.
        if (declared === undefined) return /^\p{Lu}/u.test(node.text) || code.typer.typeOf(node) !== undefined;
        return !inside.has(declared);
      }
      case "field":
        return !touched.has(node.text) && node.children.every(same);
      case "call":
        // Getters of what stays the same; anything else may answer differently each time.
        return (
          /^(?:(?:get|is)(?=\p{Lu})|of$|by$|name$|toString$|descending$|ascending$|and$|valueOf$)/u.test(node.text) &&
          !/[nN]ext|[rR]andom|[nN]ow/.test(node.text) &&
          node.children.every(same)
        );
      case "binary":
      case "unary":
      case "cast":
        return !/^(?:\+\+|--)$/.test(node.text) && node.children.every(same);
      default:
        return false;
    }
  };
  const isOfRound = (node: CodeNode): boolean => nodesOf(node).some((name) => name.kind === "name" && !same(name));
  const switches = nodes.some((node) => switchesTenant(node) && childrenOf(node, "argument").some(isOfRound));
  return switches || isScoped(call, loop, isOfRound) ? undefined : same;
}

/** `switch (kind) { case A: … }` for each kind there is: what stands in one case is asked for one of them. */
function isOfOneCase(call: CodeNode, loop: CodeNode): boolean {
  const element = loop.kind === "lambda" ? childOf(loop, "parameter")?.text : loop.text;
  for (const around of ancestorsOf(call)) {
    if (around === loop) return false;
    const by = around.kind === "switch" ? childOf(around, "value") : undefined;
    if (by?.kind === "name" && by.text === element) return true;
  }
  return false;
}

/** `TenantContext.setTenant(tenant)`: from then on the same query reads another tenant's rows. */
const switchesTenant = (node: CodeNode): boolean =>
  node.kind === "call" &&
  /^(?:set|switch|use|enter|bind|push|change|select|put)(?=\p{Lu}|$)/u.test(node.text) &&
  /tenant|schema|data_?source|shard|organi[sz]ation|realm/i.test(`${childOf(node, "receiver")?.text ?? ""} ${node.text}`);

/** `ScopedValue.where(TENANT, tenant).call(() -> …)`: what a lambda is run with changes from round to round, and what it reads with it. */
function isScoped(call: CodeNode, loop: CodeNode, isOfRound: (node: CodeNode) => boolean): boolean {
  for (const around of ancestorsOf(call)) {
    if (around === loop) return false;
    const runs = around.kind === "lambda" && around.role === "argument" ? around.parent : undefined;
    if (runs?.kind === "call" && RUNS.test(runs.text) && runs.children.some((child) => child !== around && isOfRound(child))) return true;
  }
  return false;
}

const RUNS = /^(?:call|run|execute|apply|within?|do|in|as)(?=\p{Lu}|$)/u;

/** Names that the loop sets, or calls methods on that give it another state. */
export function touchedIn(loop: CodeNode, { typer }: BodyCode): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const node of nodesOf(loop)) {
    if (node.kind === "assign") touched.add(childOf(node, "target")?.text ?? "");
    else if (node.kind === "unary" && /^(?:\+\+|--)$/.test(node.text)) touched.add(node.children[0]?.text ?? "");
    else if (node.kind === "call" && (node.statement || /^(?:next|poll|pop|remove|add|set\p{Lu}\w*|put|append)$/u.test(node.text))) {
      const on = childOf(node, "receiver");
      if (on?.kind === "name") touched.add(on.text);
      for (const argument of childrenOf(node, "argument")) {
        if (node.statement && argument.kind === "name" && !STAYS.test(typer.typeOf(argument)?.name ?? "")) touched.add(argument.text);
      }
    }
  }
  return touched;
}

/** Types whose objects nobody changes. */
const STAYS =
  /^(?:[a-z]+|java\.lang\.(?:String|Boolean|Character|Byte|Short|Integer|Long|Float|Double|Class)|java\.(?:time|math)\.\w+|java\.util\.(?:UUID|Locale|Currency))$/;

/** Whether the loop writes what a read asks, or what is not known: then the same question may have another answer. */
export const changesBetween = (model: Model, method: MethodNode, code: BodyCode, loop: CodeNode, read: CallSite): boolean =>
  writesAny(model, method, code, loop, () => tablesRead(model, read));

/** The same of given tables, which nobody may know. */
export function writesAny(
  model: Model,
  method: MethodNode,
  code: BodyCode,
  loop: CodeNode,
  tables: () => ReadonlySet<string> | undefined,
): boolean {
  const writes = method.sites.filter((site) => {
    const at = code.callOf(site);
    if (at === undefined || at.start < loop.start || at.end > loop.end) return false;
    return (
      site.work?.kind === "write" ||
      (site.work === undefined && site.targets.some((target) => model.effects.of(target, "write") !== undefined))
    );
  });
  const asked = writes.length === 0 ? undefined : tables();
  return writes.some((site) => {
    const written = asked === undefined ? undefined : tablesWritten(model, method, site);
    return asked === undefined || written === undefined || [...written].some((table) => asked.has(table));
  });
}

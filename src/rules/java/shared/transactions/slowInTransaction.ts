import { type CodeNode, nodesOf } from "../../../../facts/java/code.ts";
import { RUNS_APART } from "../../../../model/calls/asynchronous.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { leavesTransaction } from "../../../../model/calls/effects/requestPath.ts";
import { type SiteEffect, siteEffect } from "../../../../model/calls/effects/siteEffects.ts";
import { runsAfterTransaction } from "../../../../model/calls/eventListeners.ts";
import { runsElsewhere } from "../../../../model/calls/threads.ts";
import type { WorkKind } from "../../../../model/calls/workKinds.ts";
import type { Model } from "../../../../model/model.ts";
import { takesConnectionAtStart } from "../../../../model/transactions/connectionStart.ts";
import { transactionOf } from "../../../../model/transactions/transactions.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { contains } from "../../../../text/positions.ts";

/** What takes milliseconds at least, the surest and slowest first. */
export const SLOW: readonly WorkKind[] = ["http", "mail", "sleep", "cpu", "search", "message"];
const DEEPEST = 6;

/** Whether some slow work is looked for. */
export type Counts = (effect: SiteEffect) => boolean;

export interface Held {
  readonly site: CallSite;
  readonly effect: SiteEffect;
  /** The call that sent the first statement; undefined where the work comes before it. */
  readonly statement: CallSite | undefined;
}

type After = Held & { readonly statement: CallSite };

/** The slowest work that follows a statement, the first of what is alike, in a body or in the bodies that it calls. */
export function slowAfterStatement(model: Model, method: MethodNode, seen: Set<string>, counts: Counts): After | undefined {
  return slowWithStatements(model, method, seen, counts).after;
}

/**
 * The same; where nothing as slow follows, what comes before the first statement of a transaction that has its connection by then, or in
 * one that sends none. Only what stands in `part` of the body counts, where that alone is the transaction.
 */
export function slowWhileHeld(model: Model, method: MethodNode, counts: Counts, part?: CodeNode): Held | undefined {
  const { before, after } = slowWithStatements(model, method, new Set([method.key]), counts, part);
  return before !== undefined && takesConnectionAtStart(model, method) ? slower(after, before) : after;
}

/** The slowest work before the first statement, and behind one. */
interface AroundStatements {
  readonly before?: Held | undefined;
  readonly after?: After | undefined;
}

function slowWithStatements(model: Model, method: MethodNode, seen: Set<string>, counts: Counts, part?: CodeNode): AroundStatements {
  const sites = part === undefined ? method.sites : method.sites.filter(({ at }) => contains(part, at));
  const slow = new Map<CallSite, SiteEffect>();
  for (const site of sites) {
    const effect = slowestOf(model, site, counts);
    if (effect !== undefined) slow.set(site, effect);
  }
  if (slow.size === 0) return {};
  const { body, typer } = model.calls.codeOf(method);
  const nodes = nodesOf(body);
  const statements: CallSite[] = [];
  let before: Held | undefined;
  let after: After | undefined;
  for (const site of evaluated(sites, nodes)) {
    const node = nodes[site.order];
    if (node === undefined || runsElsewhere(node, typer)) continue;
    const effect = slow.get(site);
    const statement = effect && statements.find(({ order }) => !excludes(node, nodes[order]));
    if (effect !== undefined && !site.excuses.includes("only when an element fails")) {
      const isAfter = statement !== undefined && !isReportedThere(model, site, seen, counts);
      const inner = statement === undefined ? insideOf(model, site, seen, counts) : undefined;
      if (isAfter) after = slower(after, { site, effect, statement });
      else if (inner !== undefined) after = slower(after, { site, effect: { ...effect, ...inner }, statement: site });
      if (after !== undefined && rankOf(after) === 0) break;
      if (statement === undefined && !isDoubtful(effect) && !hasTransaction(model, site))
        before = slower(before, { site, effect, statement });
    }
    if (sendsStatement(model, site)) statements.push(site);
  }
  return { before, after };
}

/** The one that is slower for sure; of two alike the first. */
const slower = <H extends Held>(one: H | undefined, other: H): H => (one === undefined || rankOf(other) < rankOf(one) ? other : one);

/** What leaves the process for sure, then what may; what computes; what takes a moment. */
function rankOf({ effect: { kind, depth, candidates } }: Held): number {
  if (kind === "cpu" || kind === "search" || kind === "message") return SLOW.indexOf(kind);
  return candidates > 1 || depth > 2 ? 1 : 0;
}

/** The first slow work of a method, or of a part of its body, on the thread that runs it. */
export function firstSlow(
  model: Model,
  method: MethodNode,
  counts: Counts,
  part: CodeNode | undefined,
): Omit<Held, "statement"> | undefined {
  const sites = part === undefined ? method.sites : method.sites.filter(({ at }) => contains(part, at));
  const slow = sites.flatMap((site) => {
    const effect = slowestOf(model, site, counts);
    return effect === undefined || site.excuses.includes("only when an element fails") ? [] : [{ site, effect }];
  });
  if (slow.length === 0) return undefined;
  const { body, typer } = model.calls.codeOf(method);
  const nodes = nodesOf(body);
  return slow.find(({ site: { order } }) => nodes[order] !== undefined && !runsElsewhere(nodes[order], typer, part));
}

/** Arguments and receivers run before the call that they are given to. */
function evaluated(sites: readonly CallSite[], nodes: readonly CodeNode[]): readonly CallSite[] {
  const end = (site: CallSite): number => nodes[site.order]?.end ?? site.at.end;
  const inLambda = (site: CallSite, other: CallSite): boolean => {
    const [a, b] = [nodes[site.order], nodes[other.order]];
    if (a === undefined || b === undefined || a === b || a.start < b.start || a.end > b.end) return false;
    for (let at = a.parent; at !== undefined && at !== b; at = at.parent) if (at.kind === "lambda") return true;
    return false;
  };
  return [...sites].sort((a, b) => {
    if (inLambda(a, b)) return 1;
    if (inLambda(b, a)) return -1;
    return end(a) - end(b) || b.order - a.order;
  });
}

/** Whether a node does not run after an earlier one: in another branch of one `if`, `switch` or `? :`, or behind a branch that ends the method. */
function excludes(node: CodeNode, other: CodeNode | undefined): boolean {
  if (other === undefined) return false;
  const around = new Map<CodeNode, CodeNode>();
  for (let inner = other, at = other.parent; at !== undefined; inner = at, at = at.parent) {
    if (at.kind === "if" && inner.role !== "condition" && !contains(at, node) && endsMethod(inner)) return true;
    around.set(at, inner);
  }
  for (let inner = node, at = node.parent; at !== undefined; inner = at, at = at.parent) {
    const twin = around.get(at);
    if (twin === undefined) continue;
    if (at.kind === "if" || at.kind === "conditional") return inner.role !== "condition" && twin.role !== "condition" && inner !== twin;
    return at.kind === "switch" && inner !== twin && inner.kind === "case" && twin.kind === "case";
  }
  return false;
}

/** `return …;`, or a block that ends with it; what throws rolls back, and sends nothing more either. */
const endsMethod = ({ kind, children }: CodeNode): boolean =>
  kind === "return" || kind === "throw" || (kind === "block" && /^(?:return|throw)$/.test(children.at(-1)?.kind ?? ""));

function insideOf(model: Model, site: CallSite, seen: Set<string>, counts: Counts): Pick<SiteEffect, "label" | "kind"> | undefined {
  for (const target of site.targets) {
    const method = runFor(model, target);
    if (method === undefined || method.declared.method.body < 0 || seen.has(target) || seen.size > DEEPEST) continue;
    model.calls.noteBody(method);
    if (transactionOf(method.declared, model.types) !== undefined) continue;
    const held = slowAfterStatement(model, method, new Set([...seen, target]), counts);
    if (held !== undefined) return { label: held.effect.label, kind: held.effect.kind };
  }
  return undefined;
}

/** What a call of a method runs: of a declaration without a body the one that has one, where there is only one. */
function runFor(model: Model, target: string): MethodNode | undefined {
  const method = model.calls.method(target);
  if (method === undefined || method.declared.method.body >= 0) return method;
  const { type, file } = method.declared.owner;
  const entry = model.types.declared(type.qualified, file.file);
  if (entry !== undefined) model.types.descendantsOf(entry);
  const [only, ...others] = model.calls.overridesOf(target);
  const runs = only === undefined || others.length > 0 ? undefined : model.calls.method(only);
  if (runs !== undefined) model.calls.noteBody(runs);
  return runs ?? method;
}

/** What opens a transaction of its own, or is called in one, is asked by itself. */
const hasTransaction = (model: Model, { targets }: CallSite): boolean =>
  targets.some((target) => {
    const method = runFor(model, target);
    return method !== undefined && transactionOf(method.declared, model.types) !== undefined;
  });

/** A transactional method below reports its own. */
function isReportedThere(model: Model, { targets }: CallSite, seen: Set<string>, counts: Counts): boolean {
  return targets.some((target) => {
    const method = runFor(model, target);
    if (method === undefined || seen.has(target) || seen.size > DEEPEST || transactionOf(method.declared, model.types) === undefined)
      return false;
    const { before, after } = slowWithStatements(model, method, new Set([...seen, target]), counts);
    return after !== undefined || (before !== undefined && takesConnectionAtStart(model, method));
  });
}

function slowestOf(model: Model, site: CallSite, counts: Counts): SiteEffect | undefined {
  for (const kind of SLOW) {
    const effect = siteEffect(model.effects, site, kind);
    if (effect !== undefined && counts(effect) && !isBackground(model, effect) && !isHandedOver(model, effect)) return effect;
  }
  return undefined;
}

/** Work behind @Async runs on a thread that has no transaction, and a listener may wait for the end of it. */
function isBackground(model: Model, { target, kind }: SiteEffect): boolean {
  if (target === undefined) return false;
  return model.effects.methodsFrom(target, kind).some((key) => {
    const node = model.calls.method(key);
    if (node === undefined) return false;
    model.calls.noteBody(node);
    const { method } = node.declared;
    return annotationNamed(method.annotations, ...RUNS_APART) !== undefined || runsAfterTransaction(method);
  });
}

/** A helper on the way gives it to an executor, or does it where there is no transaction. */
const isHandedOver = (model: Model, { target, kind }: SiteEffect): boolean =>
  target !== undefined && leavesTransaction(model.calls, model.effects.methodsFrom(target, kind), kind);

/** Whether a call sends a statement, itself or on the thread that it is made on. */
export function sendsStatement(model: Model, site: CallSite): boolean {
  if (site.work !== undefined) return site.work.kind === "read" || site.work.kind === "write";
  return (["read", "write"] as const).some((kind) => {
    const effect = siteEffect(model.effects, site, kind);
    return effect !== undefined && !isBackground(model, effect);
  });
}

/** Brokers' clients buffer what they send; a long way may not be taken at all. */
export const isDoubtful = ({ kind, depth, candidates }: SiteEffect): boolean => kind === "message" || candidates > 3 || depth > 5;

import { type CodeNode, nodesOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { type SiteEffect, siteEffect } from "../../model/calls/siteEffects.ts";
import type { EntryPoint } from "../../model/calls/spread.ts";
import { runsElsewhere } from "../../model/calls/threads.ts";
import type { WorkKind } from "../../model/calls/work.ts";
import type { Model } from "../../model/model.ts";
import { needsTransaction, transactionOf } from "../../model/transactions/transactions.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";

export const connectionHeldDuringSlowWork = defineRule({
  id: "java/connection-held-during-slow-work",
  title: "A database connection is held while something slow is waited for",
  language: "java",
  certainty: "proven",
  cost: "one connection of the pool for as long as the work takes; requests beyond the pool's size wait for it",
  references: [
    "https://docs.spring.io/spring-framework/reference/data-access/transaction/declarative/annotations.html",
    "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing",
    "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
  ],
  messages: {
    direct: "{{work}} runs inside the transaction of {{method}}",
    through: "{{call}} runs {{work}} inside the transaction of {{method}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const transaction = transactionOf(method.declared, model.types);
      if (transaction === undefined || !needsTransaction(transaction)) continue;
      const held = slowAfterStatement(model, method, new Set([method.key]));
      if (held === undefined) continue;
      const { owner, method: declared } = method.declared;
      const entry = model.effects.reachedFrom(method.key);
      report({
        at: held.site.at,
        message: held.effect.depth === 0 ? "direct" : "through",
        data: { work: held.effect.label, call: held.site.name, method: `${owner.type.name}.${declared.name}` },
        certainty:
          entry === undefined && isPassedBy(model, method) ? DOUBTED[certaintyOf(held.effect, entry)] : certaintyOf(held.effect, entry),
        cost: `one connection for as long as ${held.effect.label} takes${entry === undefined ? "" : `, for each ${entry.label}`}`,
        related: [
          { at: { file: file.file, ...transaction.annotation.span }, message: "the transaction begins here" },
          { at: { file: file.file, ...held.statement.at }, message: "its first statement takes the connection" },
          ...held.effect.chain,
        ],
      });
    }
  },
});

/** What takes milliseconds at least, the surest and slowest first. */
const SLOW: readonly WorkKind[] = ["http", "mail", "sleep", "cpu", "message"];
const DEEPEST = 6;

interface Held {
  readonly site: CallSite;
  readonly effect: SiteEffect;
  /** The call that sent the first statement. */
  readonly statement: CallSite;
}

/** The first slow work that follows a statement, in the order of the source, in a body or in the bodies that it calls. */
function slowAfterStatement(model: Model, method: MethodNode, seen: Set<string>): Held | undefined {
  const slow = new Map<CallSite, SiteEffect>();
  for (const site of method.sites) {
    const effect = slowestOf(model, site);
    if (effect !== undefined) slow.set(site, effect);
  }
  if (slow.size === 0 || !method.sites.some((site) => sendsStatement(model, site))) return undefined;
  const { body, typer } = model.calls.codeOf(method);
  const nodes = nodesOf(body);
  let statement: CallSite | undefined;
  for (const site of evaluated(method.sites, nodes)) {
    const node = nodes[site.order];
    if (node === undefined || runsElsewhere(node, typer)) continue;
    const effect = slow.get(site);
    if (effect !== undefined && !site.excuses.includes("only when an element fails")) {
      if (statement !== undefined && !isReportedThere(model, site, seen) && !excludes(node, nodes[statement.order]))
        return { site, effect, statement };
      const inner = statement === undefined ? insideOf(model, site, seen) : undefined;
      if (inner !== undefined) return { site, effect: { ...effect, ...inner }, statement: site };
    }
    if (sendsStatement(model, site)) statement ??= site;
  }
  return undefined;
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

/** Whether two nodes stand in different branches of one `if`, `switch` or `? :`. */
function excludes(node: CodeNode, other: CodeNode | undefined): boolean {
  if (other === undefined) return false;
  const around = new Map<CodeNode, CodeNode>();
  for (let inner = other, at = other.parent; at !== undefined; inner = at, at = at.parent) around.set(at, inner);
  for (let inner = node, at = node.parent; at !== undefined; inner = at, at = at.parent) {
    const twin = around.get(at);
    if (twin === undefined) continue;
    if (at.kind === "if" || at.kind === "conditional") return inner.role !== "condition" && twin.role !== "condition" && inner !== twin;
    return at.kind === "switch" && inner !== twin && inner.kind === "case" && twin.kind === "case";
  }
  return false;
}

function insideOf(model: Model, site: CallSite, seen: Set<string>): Pick<SiteEffect, "label" | "kind"> | undefined {
  for (const target of site.targets) {
    const method = model.calls.method(target);
    if (method === undefined || method.declared.method.body < 0 || seen.has(target) || seen.size > DEEPEST) continue;
    model.calls.methodsIn(method.declared.owner.file.file);
    if (transactionOf(method.declared, model.types) !== undefined) continue;
    const held = slowAfterStatement(model, method, new Set([...seen, target]));
    if (held !== undefined) return { label: held.effect.label, kind: held.effect.kind };
  }
  return undefined;
}

/** A transactional method below reports its own. */
function isReportedThere(model: Model, { targets }: CallSite, seen: Set<string>): boolean {
  return targets.some((target) => {
    const method = model.calls.method(target);
    if (method === undefined || seen.has(target) || seen.size > DEEPEST || transactionOf(method.declared, model.types) === undefined)
      return false;
    return slowAfterStatement(model, method, new Set([...seen, target])) !== undefined;
  });
}

function slowestOf(model: Model, site: CallSite): SiteEffect | undefined {
  for (const kind of SLOW) {
    const effect = siteEffect(model.effects, site, kind);
    if (effect !== undefined && !isBackground(model, effect)) return effect;
  }
  return undefined;
}

/** Work behind @Async runs on a thread that has no transaction. */
function isBackground(model: Model, { target, kind }: SiteEffect): boolean {
  if (target === undefined) return false;
  return model.effects.methodsFrom(target, kind).some((key) => {
    const node = model.calls.method(key);
    if (node === undefined) return false;
    model.calls.methodsIn(node.declared.owner.file.file);
    return annotationNamed(node.declared.method.annotations, "Async") !== undefined;
  });
}

function sendsStatement(model: Model, site: CallSite): boolean {
  if (site.work !== undefined) return site.work.kind === "read" || site.work.kind === "write";
  return siteEffect(model.effects, site, "read") !== undefined || siteEffect(model.effects, site, "write") !== undefined;
}

/**
 * Brokers' clients buffer what they send; a hash takes as long as its strength; a long way may not be taken at all; what few people
 * run holds few connections.
 */
function certaintyOf({ kind, depth, candidates }: SiteEffect, entry: EntryPoint | undefined): Certainty {
  if (kind === "message" || candidates > 3 || depth > 5) return "possible";
  return kind === "cpu" || candidates > 1 || depth > 2 || entry?.often === false ? "likely" : "proven";
}

/** Whether requests and jobs reach other methods of its class, and none of them this one: code that is switched off looks like that. */
const isPassedBy = (model: Model, { declared }: MethodNode): boolean =>
  model.calls
    .methodsIn(declared.owner.file.file)
    .some((other) => other.declared.owner.type === declared.owner.type && model.effects.reachedFrom(other.key) !== undefined);

const DOUBTED: Readonly<Record<Certainty, Certainty>> = { proven: "likely", likely: "possible", possible: "possible" };

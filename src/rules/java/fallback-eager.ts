import { ancestorsOf, type CodeNode, childOf, childrenOf, mentions, stringsNamed } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { type CallSite, passesOn } from "../../model/calls/callSites.ts";
import { type SiteEffect, siteEffect } from "../../model/calls/effects/siteEffects.ts";
import type { Model } from "../../model/model.ts";
import type { Severity } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { type Fallback, supplyFallback } from "./edits/supplyFallback.ts";
import { reachOf } from "./shared/running/reach.ts";
import { runsOnlyAtStartUp } from "./shared/running/startUp.ts";

export const fallbackEager = defineRule({
  id: "java/fallback-eager",
  title: "A fallback does its work although it is not needed",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "1 query for nobody wherever there is a value",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Optional.html#orElseGet(java.util.function.Supplier)",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Objects.html#requireNonNullElseGet(T,java.util.function.Supplier)",
  ],
  messages: {
    reads: "{{work}} is asked whether there is a value or not: {{taker}} takes a result{{entry}}",
    writes: "{{work}} writes whether there is a value or not: {{taker}} takes a result{{entry}}",
    calls: "{{work}} is called whether there is a value or not: {{taker}} takes a result{{entry}}",
  },
  subsumes: ["java/query-in-loop"],

  check({ file, model, report }) {
    const named = stringsNamed(file.java.code, Object.keys(TAKERS));
    if (named === undefined) return;
    for (const method of model.calls.running(file.file)) {
      if (!mentions(file.java.code, method.declared.method.body, named) || runsOnlyAtStartUp(model, method)) continue;
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const fallback = fallbackOf(code, site);
        const work = fallback === undefined ? undefined : workOf(model, site);
        if (fallback === undefined || work === undefined) continue;
        const { taker } = fallback;
        const entry = model.effects.reachedFrom(method.key);
        report({
          at: site.at,
          message: KINDS[work.kind].message,
          data: { work: work.label, taker: taker.text, entry: entry === undefined ? "" : ` (${entry.label})` },
          ...(work.candidates > 1 ? { certainty: "possible" } : {}),
          severity: severityOf(model, method, site, work),
          cost: costOf(site, work),
          related: [...work.chain, ...model.effects.chainTo(method.key)],
          fixes: supplyFallback(model, method, code, fallback),
        });
      }
    }
  },
});

/** What takes a fallback that is worked out beforehand, and the place of the fallback among its arguments; a method of what type. */
const TAKERS: Readonly<Record<string, { readonly argument: number; readonly of?: RegExp }>> = {
  orElse: { argument: 0, of: /^(?:java\.util\.)?Optional$/ },
  /** Static, of `Objects`. */
  requireNonNullElse: { argument: 1 },
  getOrDefault: { argument: 1, of: /^(?:java\.util\.(?:concurrent\.)?)?\w*Map$/ },
};

/** The fallback that a call is worked out for: itself, or a part of it. */
function fallbackOf(code: BodyCode, site: CallSite): Fallback | undefined {
  const call = code.callOf(site);
  if (call?.kind !== "call" || !passesOn(site)) return undefined;
  let value = call;
  for (const around of ancestorsOf(call)) {
    // What stands in a function, or in one branch of a choice, runs when its time has come.
    if (/^(?:lambda|conditional|block|switch|class)$/.test(around.kind)) return undefined;
    if (around.kind === "call" && value.role === "argument" && isTaker(code, around, value))
      return { taker: around, value, call: site.name };
    value = around;
  }
  return undefined;
}

function isTaker({ typer }: BodyCode, call: CodeNode, value: CodeNode): boolean {
  const taker = Object.hasOwn(TAKERS, call.text) ? TAKERS[call.text] : undefined;
  if (taker === undefined || childrenOf(call, "argument")[taker.argument] !== value) return false;
  const on = childOf(call, "receiver");
  if (taker.of === undefined) return on === undefined || on.text === "Objects";
  // What a reference makes of an Optional's value is not always known, but that it is one.
  for (let at = on; at !== undefined; at = STEPS.test(at.text) ? childOf(at, "receiver") : undefined) {
    const type = typer.typeOf(at);
    if (type !== undefined) return taker.of.test(type.name);
    if (at.kind !== "call") return false;
  }
  return false;
}

const STEPS = /^(?:map|flatMap|filter|or)$/;

/** What nobody wants for nothing, the worst first, and how that is said. */
const KINDS = {
  write: { message: "writes", one: "write" },
  http: { message: "calls", one: "remote call" },
  read: { message: "reads", one: "query" },
} as const;
type Kind = keyof typeof KINDS;

interface FallbackWork extends SiteEffect {
  readonly kind: Kind;
}

function workOf(model: Model, site: CallSite): FallbackWork | undefined {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const effect = siteEffect(model.effects, site, kind);
    if (effect !== undefined) return { ...effect, kind };
  }
  return undefined;
}

/** A row too many, another machine, or a query for each element is no small thing where people wait for it. */
function severityOf(model: Model, method: MethodNode, { iterations }: CallSite, { kind, candidates }: FallbackWork): Severity {
  if (candidates > 1 || (kind === "read" && iterations.length === 0)) return "information";
  return reachOf(model, method).often === "often" ? "warning" : "information";
}

const costOf = ({ iterations }: CallSite, { kind }: FallbackWork): string =>
  `1 ${KINDS[kind].one} ${iterations.length > 0 ? "per element, also for those that have a value" : "for nobody wherever there is a value"}`;

import { type CodeNode, childOf, childrenOf, isInLambda } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import { FOR_ONE } from "../persistence/loading/expressionForms.ts";
import type { PersistenceModel } from "../persistence/persistenceModel.ts";
import { onlyBodyOf } from "../persistence/sent/delegatedCalls.ts";

interface Parts {
  readonly calls: CallGraph;
  readonly persistence: PersistenceModel;
}

/** A service asks another one, which asks the repository. */
const MOST_STEPS = 2;

/** Whether a call keeps an object that a repository has found before: `venues.save(venues.findById(id).orElseThrow())`. No row is added. */
export function keepsLoaded(method: MethodNode, site: CallSite, parts: Parts): boolean {
  const [given, ...more] = childrenOf(parts.calls.codeOf(method).nodes[site.order] as CodeNode, "argument");
  return given !== undefined && more.length === 0 && isLoaded(given, method, parts, MOST_STEPS);
}

function isLoaded(expression: CodeNode, method: MethodNode, parts: Parts, steps: number): boolean {
  const { nodes, typer } = parts.calls.codeOf(method);
  const meant = typer.meant(expression);
  const found = meant.kind === "name" ? givenToLambda(typer.declarationOf(meant)) : meant;
  if (found?.kind !== "call") return false;
  const site = method.sites.find(({ order }) => nodes[order] === found);
  if (site?.work !== undefined) return site.work.kind === "read" && parts.persistence.repositoryUnder(site.work) !== undefined;
  const runs = site === undefined || steps === 0 ? undefined : onlyBodyOf(parts.calls, site);
  if (runs !== undefined) return givesLoaded(runs, parts, steps - 1);
  const on = childOf(found, "receiver");
  return on !== undefined && SAME.test(found.text) && isLoaded(on, method, parts, steps);
}

function givesLoaded(method: MethodNode, parts: Parts, steps: number): boolean {
  const returned = parts.calls.codeOf(method).nodes.filter((node) => node.kind === "return" && !isInLambda(node));
  return returned.length > 0 && returned.every(({ children: [value] }) => value !== undefined && isLoaded(value, method, parts, steps));
}

/** `venues.findById(id).map(venue -> …)`: the Optional that a lambda's parameter is in. */
function givenToLambda(declared: CodeNode | undefined): CodeNode | undefined {
  const call = declared?.parent?.kind === "lambda" ? declared.parent.parent : undefined;
  return call?.kind === "call" && FOR_ONE.has(call.text) ? childOf(call, "receiver") : undefined;
}

/** What gives the one that an Optional has, or nothing: `orElse` may give a new one. */
const SAME = /^(?:orElseThrow|get|filter)$/;

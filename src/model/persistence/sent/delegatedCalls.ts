import { onlyBodyRun } from "../../calls/bodiesRun.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { type RepositoryCall, repositoryCall } from "./repositoryCalls.ts";

/** A port, a service and an adapter stand between a caller and a repository at most. */
const MOST_STEPS = 4;

/**
 * The repository's method that a call comes to through methods that only pass it on: `long countBy(Long id) { return orders.countById(id); }`.
 * Undefined where a method on the way does anything else, or several may run.
 */
export function delegatedCall(persistence: PersistenceModel, calls: CallGraph, site: CallSite): RepositoryCall | undefined {
  let at = site;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (at.work !== undefined) return repositoryCall(persistence, calls, at);
    const runs = at.excuses.length > 0 ? undefined : onlyBodyOf(calls, at);
    const next = runs === undefined ? undefined : passedOn(calls, runs);
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

/** The body that a call runs, where it can be no other and keeps nothing. */
export function onlyBodyOf(calls: CallGraph, { targets: [target, ...overloads] }: CallSite): MethodNode | undefined {
  const runs = target === undefined || overloads.length > 0 ? undefined : onlyBodyRun(calls, target);
  return runs?.remembered === true ? undefined : runs;
}

/** The call whose value is all that a method gives, where it does nothing else. */
function passedOn(calls: CallGraph, method: MethodNode): CallSite | undefined {
  const [only, ...others] = method.sites;
  if (only === undefined || others.length > 0 || method.declared.method.body < 0) return undefined;
  const { body, nodes } = calls.codeOf(method);
  const [statement, ...more] = body.children;
  const given = statement?.kind === "return" && more.length === 0 ? statement.children[0] : undefined;
  return given !== undefined && nodes[only.order] === given ? only : undefined;
}

/** Whether a call that sends nothing by itself gives a number, as its declaration says. */
export const givesNumber = (calls: CallGraph, site: CallSite): boolean => NUMBERS.test(givenBy(calls, site));

/** Whether a call that sends nothing by itself gives a list, as its declaration says. */
export const givesList = (calls: CallGraph, site: CallSite): boolean => LISTS.test(givenBy(calls, site));

const NUMBERS = /^(?:long|int|Long|Integer)$/;
const LISTS = /^(?:List|Collection|Set|Iterable)\b/;

function givenBy(calls: CallGraph, { work, targets: [target, ...overloads] }: CallSite): string {
  if (work !== undefined || target === undefined || overloads.length > 0) return "";
  return calls.method(target)?.declared.method.returns ?? "";
}

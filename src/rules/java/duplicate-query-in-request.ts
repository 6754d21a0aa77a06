import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { turnsPage } from "../../model/persistence/sent/pageHelper.ts";
import { findsOneRow, type RepositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { SameValues } from "../../model/persistence/sent/sameValues.ts";
import { SentQueries, type SentQuery } from "../../model/persistence/sent/sentQueries.ts";
import { defineRule } from "../rule.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";
import { answersAgain } from "./shared/reads/firstLevelCache.ts";
import { areApart, runsAfter } from "./shared/running/order.ts";

export const duplicateQueryInRequest = defineRule({
  id: "java/duplicate-query-in-request",
  title: "One request sends the same query twice, from two places",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "2 queries where the second has the answer of the first",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#pc-find",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html",
  ],
  messages: {
    both: "{{query}} asks the same in {{first}} and in {{second}}",
    twice: "{{query}} asks the same twice in {{first}}",
  },
  subsumes: ["java/lookup-twice"],

  check({ file, model, report }) {
    const queries = new SentQueries(model);
    /** By the two places that send it: an authorization that loads what every handler loads again is one cause. */
    const causes = new Map<string, Duplicate[]>();
    for (const method of model.calls.running(file.file)) {
      if (method.sites.length < 2 || model.effects.reachedFrom(method.key) === undefined) continue;
      const sites = sitesToCompare(queries, method);
      if (sites.length < 2) continue;
      for (const duplicate of duplicates(model, queries, method, sites)) {
        const cause = [duplicate.first, duplicate.second].map(({ chain }) => JSON.stringify(chain.at(-1)?.at)).join();
        const known = causes.get(cause);
        if (known === undefined) causes.set(cause, [duplicate]);
        else known.push(duplicate);
      }
    }
    for (const same of causes.values()) {
      const [shown = same[0], ...others] = [...same].sort((a, b) => Number(b.often) - Number(a.often));
      if (shown === undefined) continue;
      const { first, second, site, often } = shown;
      report({
        at: site.at,
        message: callerOf(first) === callerOf(second) ? "twice" : "both",
        data: { query: second.call.label, first: callerOf(first), second: callerOf(second) },
        ...(often && !isSoonAsked(model, second.call, file.file) ? {} : { severity: "hint" }),
        related: [
          ...first.chain,
          ...second.chain,
          ...others.map((other) => ({ at: { file: file.file, ...other.site.at }, message: "the same happens here" })),
        ],
      });
    }
  },
});

/** One row by a key, or rows of which there are few. */
const isSoonAsked = (model: Model, call: RepositoryCall, file: string): boolean =>
  call.name === "findById" ||
  findsOneRow(model, call, file) ||
  isLookup(call.repository.entity?.replace(/^.*\./, "") ?? "") ||
  isSmallTable(model, model.persistence.keptBy(call.repository)?.table, file);

/** The calls of a method that may lead to a query which another of its calls may lead to, too. */
function sitesToCompare(queries: SentQueries, method: MethodNode): readonly CallSite[] {
  const reading = method.sites.filter((site) => queries.mayRead(site));
  if (reading.length < 2 || reading.every(({ work }) => work !== undefined)) return [];
  const seen = new Map<string, CallSite[]>();
  for (const site of reading) {
    for (const label of queries.labelsOf(site)) {
      const same = seen.get(label);
      if (same === undefined) seen.set(label, [site]);
      else same.push(site);
    }
  }
  const shared = new Set([...seen.values()].filter((same) => same.length > 1).flat());
  // A method's own two queries are another rule's.
  return [...shared].some(({ work }) => work === undefined) ? reading.filter((site) => shared.has(site)) : [];
}

interface Duplicate {
  readonly first: SentQuery;
  readonly second: SentQuery;
  readonly site: CallSite;
  /** Requests of many people lead here. */
  readonly often: boolean;
}

function duplicates(model: Model, queries: SentQueries, method: MethodNode, sites: readonly CallSite[]): readonly Duplicate[] {
  const code = new BodyCode(model.calls, method);
  const values = new SameValues(model.types, method, model.calls.codeOf(method), "locals too");
  const often = model.effects.reachedFrom(method.key)?.often ?? false;
  const found: Duplicate[] = [];
  const earlier: { readonly site: CallSite; readonly sent: readonly SentQuery[] }[] = [];
  for (const site of sites) {
    const node = code.callOf(site);
    if (node === undefined) continue;
    const sent = queries.sentBy(method, site, node, values);
    const duplicate = firstOf(earlier, ({ site: before, sent: already }) => {
      const at = code.callOf(before);
      if (at === undefined || (before.work !== undefined && site.work !== undefined)) return undefined;
      if (!runsAfter(at, node) || areApart(at, node)) return undefined;
      for (const second of sent) {
        const first = already.find((query) => asksTheSame(query, second));
        if (first === undefined || first.changesEntities || second.afterWrite || answersAgain(model, method, second)) continue;
        if (!writesBetween(queries, method, before, site) && !code.nodes.some((other) => turnsPage(other) && other.start < node.start))
          return { first, second, site, often };
      }
      return undefined;
    });
    if (duplicate !== undefined) found.push(duplicate);
    earlier.push({ site, sent });
  }
  return found;
}

function firstOf<T, R>(all: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

const asksTheSame = (first: SentQuery, second: SentQuery): boolean =>
  first.key === second.key && first.values.length === second.values.length && first.values.every((value, i) => value === second.values[i]);

/** Whether anything is written from the first call, itself included, up to the second. */
function writesBetween(queries: SentQueries, method: MethodNode, first: CallSite, second: CallSite): boolean {
  return method.sites.some((site) => site.order >= first.order && site.order < second.order && queries.writes(site));
}

/** "OrderService.load" of the last call that leads to a query. */
const callerOf = ({ chain }: SentQuery): string => chain.at(-1)?.message.replace(/ calls .*$/, "") ?? "";

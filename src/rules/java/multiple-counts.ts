import type { CodeNode } from "../../facts/java/code.ts";
import { sameCode } from "../../facts/java/sameCode.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { delegatedCall, givesNumber } from "../../model/persistence/sent/delegatedCalls.ts";
import { siteRead } from "../../model/persistence/sent/siteReads.ts";
import type { WrittenQuery } from "../../model/persistence/written/writtenQueries.ts";
import { defineRule } from "../rule.ts";
import { isSmallTable } from "./shared/mapping/smallTables.ts";
import { writtenCount } from "./shared/reads/writtenCounts.ts";
import { bothRun } from "./shared/running/order.ts";

export const multipleCounts = defineRule({
  id: "java/multiple-counts",
  title: "One table is counted several times in a row",
  language: "java",
  certainty: "likely",
  cost: "a query and a reading of the table, or of an index, for each count, where one grouped query would do",
  references: [
    "https://www.postgresql.org/docs/current/sql-expressions.html#SYNTAX-AGGREGATES",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/projections.html",
  ],
  messages: { several: "{{method}} counts {{table}} {{times}} times" },

  check({ file, model, report }) {
    const handed = new Set(model.persistence.written.in(file.file).flatMap((query) => (query.kind === "count" ? [placeOf(query)] : [])));
    for (const method of model.calls.running(file.file)) {
      for (const [table, sites] of countsIn(model, method, handed)) {
        const [first, ...others] = sites;
        if (first === undefined || others.length === 0) continue;
        report({
          at: first.at,
          message: "several",
          data: { method: method.declared.method.name, table, times: sites.length },
          // Two questions may have nothing else in common than the table.
          ...(others.length === 1 ? { certainty: "possible" } : {}),
          related: others.map(({ at, work, name }) => ({
            at: { file: file.file, ...at },
            message: `${work?.label ?? name} counts it again`,
          })),
        });
      }
    }
  },
});

const NONE: ReadonlyMap<string, readonly CallSite[]> = new Map();

/** The counts of each table that one run of a method makes. */
function countsIn(model: Model, method: MethodNode, handed: ReadonlySet<string>): ReadonlyMap<string, readonly CallSite[]> {
  const near = method.declared.owner.file.file;
  const candidates = method.sites.filter((site) => mayCount(method, site, handed) || givesNumber(model.calls, site));
  if (candidates.length < 2) return NONE;
  const found = new Map<string, CallSite[]>();
  const code = new BodyCode(model.calls, method);
  for (const site of candidates) {
    const table = countedBy(model, method, site);
    const node = code.callOf(site);
    if (table === undefined || node === undefined || isSmallTable(model, table, near)) continue;
    const others = found.get(table);
    if (others === undefined) found.set(table, [site]);
    // The same question twice is no two numbers: `java/lookup-twice` says so.
    else if (others.some((other) => isSameCall(code.callOf(other), node))) continue;
    else if (others.every((other) => isAlongWith(code.callOf(other), node) && !writesBetween(model, method, other, site)))
      others.push(site);
  }
  return found;
}

const isSameCall = (one: CodeNode | undefined, { text, children }: CodeNode): boolean =>
  one?.text === text &&
  one.children.length === children.length &&
  children.every((child, i) => sameCode(child, one.children[i] as CodeNode));

const placeOf = ({ sender, order }: Pick<WrittenQuery, "sender" | "order">): string => `${order} ${sender}`;

/** Counts by their names, one number of a query that stands here, and what methods of the project are handed. */
const mayCount = ({ key }: MethodNode, { work, name, order, targets }: CallSite, handed: ReadonlySet<string>): boolean =>
  work === undefined
    ? handed.has(placeOf({ sender: key, order }))
    : work.kind === "read" && (name.startsWith("count") || targets.length === 0);

/** The table whose rows a call counts. */
function countedBy(model: Model, method: MethodNode, site: CallSite): string | undefined {
  if (givesNumber(model.calls, site)) {
    const call = delegatedCall(model.persistence, model.calls, site);
    if (call !== undefined) return call.query?.kind === "count" ? call.query.scans[0]?.table : undefined;
  }
  if (site.work === undefined || !site.name.startsWith("count")) return writtenCount(model, method, site)?.scans[0]?.table;
  const read = siteRead(model.persistence, model.calls, method, site);
  return read?.shape === "count" ? read.table : undefined;
}

/** What is written after the first makes the second another question. */
const writesBetween = ({ effects }: Model, { sites }: MethodNode, first: CallSite, second: CallSite): boolean =>
  sites.some(
    ({ order, work, targets }) =>
      order > first.order &&
      order < second.order &&
      (work?.kind === "write" || targets.some((target) => effects.of(target, "write") !== undefined)),
  );

const isAlongWith = (first: CodeNode | undefined, second: CodeNode): boolean => first !== undefined && bothRun(first, second);

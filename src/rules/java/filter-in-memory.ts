import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import type { Entity } from "../../model/persistence/mapping/entity.ts";
import { delegatedCall, givesList } from "../../model/persistence/sent/delegatedCalls.ts";
import type { RepositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { defineRule } from "../rule.ts";
import { countRows } from "./edits/countRows.ts";
import { isSmallTable } from "./shared/mapping/smallTables.ts";
import { describeTest, readsColumns, testOf } from "./shared/reads/columnTests.ts";
import { type Held, isRepeated, placesOf, stepOn } from "./shared/reads/heldValues.ts";
import { numberOf } from "./shared/reads/listNumbers.ts";
import { bringsMany, callOn, entityRead, listRead } from "./shared/reads/listReads.ts";
import { weightOfLoad, wholeLoad } from "./shared/reads/wholeLoads.ts";

export const filterInMemory = defineRule({
  id: "java/filter-in-memory",
  title: "Rows are loaded and then chosen or counted in memory by a column",
  language: "java",
  certainty: "likely",
  cost: "every row is read and becomes an object; those left out are loaded for nothing",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html#jpa.query-methods.query-creation",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-keywords-reference.html",
  ],
  messages: {
    filters: "{{query}} loads rows that {{filter}} leaves out in memory{{waits}}",
    counts: "{{query}} loads rows that are only counted{{waits}}",
    sums: "{{query}} loads rows of which only {{what}} used{{waits}}",
  },
  subsumes: ["java/unbounded-find-all", "java/entity-where-projection"],

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const read = site.work?.kind === "read" ? listRead(model, method, code, site) : undefined;
        if (read === undefined) {
          const counted = site.work?.kind === "read" ? countedAt(model, method, code, site) : undefined;
          if (counted !== undefined) report({ at: site.at, message: "counts", data: { query: counted, waits: "" } });
          const behind = site.work === undefined && givesList(model.calls, site) ? countedBehind(model, method, code, site) : undefined;
          if (behind !== undefined)
            report({
              at: site.at,
              message: "counts",
              data: { query: behind.label, waits: "" },
              related: behind.query === undefined ? [] : [{ at: behind.query.at, message: `${behind.label} is declared here` }],
            });
          continue;
        }
        const places = placesOf(model, { method, code, node: read.node });
        const [place, ...others] = places;
        const use = useOfAll(model, places, entityRead(model, read));
        if (use === undefined || places.some((place) => isLookedUp(place, method, read.node))) continue;
        const load = read.whole ? wholeLoad(model, method, site) : undefined;
        const isWaitedFor = load !== undefined && weightOfLoad(model, load.read, load.entry, file.file).severity === "warning";
        report({
          at: site.at,
          message: use.kind,
          data: { query: read.call.label, filter: use.filter, what: use.filter, waits: isWaitedFor ? ` (${load.entry.label})` : "" },
          certainty: read.whole ? "likely" : "possible",
          ...(isWaitedFor ? { severity: "warning" } : {}),
          ...(use.kind === "sums" ? { cost: "every row is read and becomes an object, where one query would send the numbers" } : {}),
          related: [
            ...(use.node === undefined
              ? []
              : [{ at: { file: file.file, start: use.node.start, end: use.node.end }, message: "rows are left out here" }]),
            ...(read.call.query === undefined ? [] : [{ at: read.call.query.at, message: `${read.call.label} is declared here` }]),
            ...(isWaitedFor ? model.effects.chainTo(method.key) : []),
          ],
          fixes: use.kind === "counts" && place !== undefined && others.length === 0 ? countRows(model, method, read, place.node) : [],
        });
      }
    }
  },
});

/** What is called on a query that stands in code, where nothing but the number of its rows is wanted: `query.fetch().size()`. */
function countedAt(model: Model, method: MethodNode, code: BodyCode, site: CallSite): string | undefined {
  if (!LISTS.test(site.work?.label ?? "")) return undefined;
  const node = code.callOf(site);
  const uses = new Set(
    (node === undefined ? [] : code.valuesOf(node)).map((value) => numberOf(model, { method, code, node: value }, undefined)),
  );
  if (!uses.has("counts") || uses.has(undefined)) return undefined;
  const query = model.persistence.written.at(method, site);
  if (query?.kind !== "find" || query.limit !== "none" || (query.aggregates && isGrouped(node))) return undefined;
  return isSmallTable(model, query.scans[0]?.table, method.declared.owner.file.file) ? undefined : site.work?.label;
}

/** A list behind methods that only pass it on, of which this caller wants the number: `service.ordersOf(shop).size()`. */
function countedBehind(model: Model, method: MethodNode, code: BodyCode, site: CallSite): RepositoryCall | undefined {
  const node = code.callOf(site);
  if (node?.kind !== "call") return undefined;
  // What a private method gives is followed from where it is read.
  const passed = model.calls.method(site.targets[0] ?? "")?.declared.method.modifiers.includes("private") ?? true;
  const uses = passed ? [] : code.valuesOf(node).map((value) => numberOf(model, { method, code, node: value }, undefined));
  if (uses.length === 0 || uses.some((use) => use !== "counts")) return undefined;
  const call = delegatedCall(model.persistence, model.calls, site);
  return call?.query !== undefined && bringsMany(model, call, method) ? call : undefined;
}

/** Different values of one column are counted by SQL as well; groups are not, but by another query around them. */
function isGrouped(call: CodeNode | undefined): boolean {
  for (let at = call; at?.kind === "call"; at = childOf(at, "receiver")) if (at.text === "groupBy") return true;
  return call === undefined || childOf(call, "receiver")?.kind !== "call";
}

const LISTS = /^(?:JP\w+Query\.fetch|(?:Typed)?Query\.(?:getResultList|list))$/;

/** A list that is searched for each of other elements is wanted whole. */
function isLookedUp({ method, node }: Held, readIn: MethodNode, read: CodeNode): boolean {
  const from = node.role === "iterable" && node.parent?.kind === "foreach" ? node.parent : node;
  return isRepeated(from, method.key === readIn.key ? read : from);
}

interface Use {
  readonly kind: "filters" | "counts" | "sums";
  /** The test that leaves rows out, or the numbers that are made of them. */
  readonly filter: string;
  readonly node: CodeNode | undefined;
}

/** A list that one test thins out, or of which nothing is asked but numbers. */
function useOfAll(model: Model, places: readonly Held[], entity: Entity | undefined): Use | undefined {
  const [place, ...others] = places;
  const use = place === undefined || others.length > 0 ? undefined : useOf(model, place, entity);
  if (use !== undefined) return use;
  const uses = new Set(places.map((one) => numberOf(model, one, entity)));
  if (uses.has(undefined)) return undefined;
  if (uses.has("sums"))
    return { kind: "sums", filter: uses.has("counts") ? "counts and sums are" : "a sum or an extreme is", node: undefined };
  return uses.has("counts") ? { kind: "counts", filter: "", node: undefined } : undefined;
}

function useOf(model: Model, place: Held, entity: Entity | undefined): Use | undefined {
  const value = place.node;
  if (value.role === "iterable" && value.parent?.kind === "foreach") return ofLoop(value.parent, entity);
  const call = callOn(value);
  if (call?.text !== "stream" && call?.text !== "removeIf") return undefined;
  const first = { ...place, node: call };
  for (let at = call.text === "stream" ? stepOn(model, first) : first; at !== undefined; at = stepOn(model, at)) {
    const step = at.node;
    if (CHOOSES.test(step.text)) {
      const [predicate] = childrenOf(step, "argument");
      const test = predicate === undefined ? undefined : testOf(predicate, entity);
      return test === undefined ? undefined : { kind: "filters", filter: test, node: predicate };
    }
    if (step.text !== "sorted" && step.text !== "distinct") return undefined;
  }
  return undefined;
}

const CHOOSES = /^(?:filter|removeIf|anyMatch|noneMatch)$/;

/** A loop whose whole body hangs on one test of the element. */
function ofLoop(loop: CodeNode, entity: Entity | undefined): Use | undefined {
  const body = childOf(loop, "body");
  const only = body?.kind === "block" ? (body.children.length === 1 ? body.children[0] : undefined) : body;
  const condition = only?.kind === "if" && childOf(only, "else") === undefined ? childOf(only, "condition") : undefined;
  if (condition === undefined || !readsColumns(condition, loop.text, entity)) return undefined;
  return { kind: "filters", filter: describeTest(condition), node: condition };
}

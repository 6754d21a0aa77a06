import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Model } from "../../model/model.ts";
import type { Attribute } from "../../model/persistence/entity.ts";
import { alongPath, type FetchGap, groupsByDefault, isGrouped, isOneForAll } from "../../model/persistence/fetchGaps.ts";
import { type LazyAccess, lazyAccesses } from "../../model/persistence/lazyAccesses.ts";
import { fetches, type Selection } from "../../model/persistence/selection.ts";
import type { Certainty, RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { fetchTogether } from "./edits/fetchPlan.ts";
import { reachOf } from "./shared/reach.ts";
import { isLookup, isSmallTable } from "./shared/smallTables.ts";

export const lazyAccessInLoop = defineRule({
  id: "java/lazy-access-in-loop",
  title: "A lazy association looked into for every element of a query's result",
  language: "java",
  certainty: "proven",
  cost: "1 + N queries, N elements",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html#jpa.entity-graph",
  ],
  messages: {
    loaded: "{{association}} is loaded per element of {{query}}{{entry}}",
    batched: "{{association}} is loaded in batches for the elements of {{query}}{{entry}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      if (!mayHoldEntities(model, method)) continue;
      const said = new Set<string>();
      for (const access of lazyAccesses(model, method)) {
        const found = gapOf(model, access, file.file);
        if (found === undefined || said.has(`${found.selection.label} ${found.gap.path}`)) continue;
        const { gap, selection } = found;
        said.add(`${selection.label} ${gap.path}`);
        const entry = model.effects.reachedFrom(method.key);
        const isSeldom = reachOf(model, method).often === "seldom";
        const batched = isGrouped(gap) || groupsByDefault(model.configuration, file.file);
        report({
          at: { start: access.at.start, end: access.at.end },
          message: batched ? "batched" : "loaded",
          data: {
            association: `${gap.owner.name}.${gap.attribute.name}`,
            query: selection.label,
            entry: entry === undefined ? "" : ` (${entry.label})`,
          },
          certainty: batched ? "possible" : certaintyOf(gap, access),
          ...(isSeldom && !batched ? { severity: "information" as const } : {}),
          ...(batched ? { cost: "1 + N / batch size queries, N elements" } : {}),
          related: [...access.chain, declarationOf(gap), ...queryOf(selection), ...model.effects.chainTo(method.key)],
          fixes: batched ? [] : fetchTogether(model, selection, [gap]),
        });
      }
    }
  },
});

/** Cheap: whether a call in the body gives entities, from a query or from another method. */
function mayHoldEntities(model: Model, { declared, sites }: MethodNode): boolean {
  if (declared.method.body < 0) return false;
  return sites.some((site) => {
    if (site.work !== undefined) return site.work.kind === "read";
    return site.targets.some((target) => {
      const called = model.calls.method(target)?.declared;
      return called !== undefined && /[<[]/.test(called.method.returns) && model.effects.of(target, "read") !== undefined;
    });
  });
}

/** The first association on the way that is lazy, that the query leaves out, and that is looked into for each of several. */
function gapOf(model: Model, { origin, path, each }: LazyAccess, file: string): { gap: FetchGap; selection: Selection } | undefined {
  if (!("selection" in origin) || each === undefined) return undefined;
  const { selection } = origin;
  const steps = alongPath(model.persistence, selection.entity, path.map(({ name }: Attribute) => name).join("."));
  const [first] = steps;
  // All elements share it, and what lies below it.
  if (each === 0 && first !== undefined && isOneForAll(model.persistence, selection, first.attribute)) return undefined;
  // The way from a collection's element back to its owner, which is in the session.
  if (steps.some(({ attribute }, i) => attribute.kind === "toOne" && steps[i - 1]?.attribute.mappedBy === attribute.name)) return undefined;
  const gap = steps.find(
    ({ attribute, path: reached }, i) =>
      i >= each && attribute.kind !== "embedded" && attribute.fetch === "lazy" && !fetches(selection, reached),
  );
  return gap === undefined || isSmall(model, gap, file) ? undefined : { gap, selection };
}

/** References into a table with few rows end in the session's cache after few queries. */
function isSmall(model: Model, { attribute, target }: FetchGap, file: string): boolean {
  if (attribute.kind !== "toOne" || target === undefined) return false;
  return isLookup(target.name) || isSmallTable(model, target.table, file);
}

/** Elements may share one target, and a long way may not be gone for all of them. */
function certaintyOf({ attribute }: FetchGap, { chain }: LazyAccess): Certainty {
  return attribute.kind === "toOne" || chain.length > 2 ? "likely" : "proven";
}

const declarationOf = ({ owner, attribute }: FetchGap): RelatedPlace => ({
  at: attribute.at,
  message: `${owner.name}.${attribute.name} is LAZY`,
});

const queryOf = ({ label, at }: Selection): readonly RelatedPlace[] =>
  at === undefined ? [] : [{ at, message: `${label} does not fetch it` }];

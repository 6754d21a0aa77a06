import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import { alongPath, eagerGaps, type FetchGap, groupsByDefault, isGrouped } from "../../model/persistence/loading/fetchGaps.ts";
import { isNarrowed, isOneBehind } from "../../model/persistence/loading/sharedByRows.ts";
import type { Selection } from "../../model/persistence/repositories/selection.ts";
import { sentSelection } from "../../model/persistence/sent/sentSelection.ts";
import type { Span } from "../../text/positions.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { fetchTogether } from "./edits/fetching/fetchPlan.ts";
import { isBehindCache } from "./shared/caches/behindCache.ts";
import { hasNoCalls, selectionsIn } from "./shared/mapping/selections.ts";
import { isLookup, leadsToFew } from "./shared/mapping/smallTables.ts";
import { reachOf } from "./shared/running/reach.ts";
import { runsOnlyAtStartUp } from "./shared/running/startUp.ts";

export const eagerSecondarySelect = defineRule({
  id: "java/eager-secondary-select",
  title: "A list query that loads EAGER associations one by one",
  language: "java",
  certainty: "proven",
  cost: "1 + N queries, N rows",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html#jpa.entity-graph",
  ],
  messages: {
    each: "{{query}} sends one more query per {{owner}} for {{path}}{{entry}}",
    distinct: "{{query}} sends one more query per distinct {{target}} for {{path}}{{entry}}",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    const unused: Found[] = [];
    const say = (selection: Selection, at: Span, method: string): void => {
      const found = judge(model, selection, at, file.file, method);
      if (found === undefined) return;
      if (found.isUnused) return void unused.push(found);
      report(found.report);
      for (const gap of found.gaps) said.add(gap);
    };
    for (const { selection, at, method } of selectionsIn(model, file)) say(selection, at, method);
    for (const method of model.calls.running(file.file)) {
      for (const site of method.sites) {
        if (site.work === undefined ? site.targets.length !== 1 : site.work.kind !== "read") continue;
        // What a repository declares is said there, but for several repositories at once.
        if (site.work !== undefined && site.targets.length > 0 && site.work.on === undefined) continue;
        const selection = sentSelection(model.persistence, model.calls, method, site);
        if (selection !== undefined) say(selection, site.at, method.key);
      }
    }
    // What nobody calls is a prompt to look at the mapping, which one of them is enough for.
    for (const { report: found, gaps } of unused) {
      if (gaps.every((gap) => said.has(gap))) continue;
      report(found);
      for (const gap of gaps) said.add(gap);
    }
  },
});

interface Found {
  readonly report: Report<"each" | "distinct">;
  /** The associations that are loaded one by one. */
  readonly gaps: readonly string[];
  /** A repository's method that no code calls. */
  readonly isUnused: boolean;
}

function judge(model: Model, selection: Selection, at: Span, file: string, method: string): Found | undefined {
  const gaps = eagerGaps(model.persistence, selection).filter(
    (gap) =>
      !isGrouped(gap) &&
      !leadsToFew(model, gap, file) &&
      !(gap.path === gap.attribute.name && isOneBehind(model, selection, gap.attribute, file)),
  );
  if (gaps.length === 0 || groupsByDefault(model.configuration, file) || isBehindCache(model, method)) return undefined;
  const entry = selection.shared === true ? entryOfOne(model, method) : model.effects.reachedFrom(method);
  const many = gaps.filter(({ attribute }) => attribute.kind !== "toOne");
  const [first, ...others] = many.length > 0 ? many : gaps;
  if (first === undefined) return undefined;
  const path = `${first.owner.name}.${first.attribute.name}${gaps.length === 1 ? "" : ` and ${gaps.length - 1} more`}`;
  const each = first.attribute.kind !== "toOne";
  const isUnused = entry === undefined && hasNoCalls(model, method);
  const report = {
    at,
    message: each ? ("each" as const) : ("distinct" as const),
    data: {
      query: selection.label,
      owner: holderOf(model, selection, first),
      target: first.target?.name ?? first.attribute.name,
      path,
      entry: entry === undefined ? "" : ` (${entry.label})`,
    },
    cost: costOf(gaps),
    related: [...gaps.map(declarationOf), ...(entry === undefined ? [] : model.effects.chainTo(method))],
    fixes: fetchTogether(model, selection, gaps),
    ...(isUnused || isOfStartUp(model, method) || (!each && isNarrowed(model.persistence, selection)) ? HINT : weight(each, others, entry)),
  };
  return { report, gaps: gaps.map(({ owner, attribute: { name } }) => `${owner.qualified}.${name}`), isUnused };
}

/** Of what many classes inherit, a call of the base says nothing of one of them. */
function entryOfOne(model: Model, key: string): EntryPoint | undefined {
  const method = model.calls.method(key);
  const { often, entry } = method === undefined ? { often: "unknown", entry: undefined } : reachOf(model, method);
  return often === "unknown" ? undefined : entry;
}

/** The entity whose rows bring an association, also where an embeddable of it declares it. */
function holderOf(model: Model, { entity }: Selection, { owner, path }: FetchGap): string {
  const entities = alongPath(model.persistence, entity, path).filter((step) => step.owner.kind !== "embeddable");
  return entities.at(-1)?.owner.name ?? owner.name;
}

/** What fills a cache before the first request comes is felt once. */
function isOfStartUp(model: Model, key: string): boolean {
  const method = model.calls.method(key);
  return method !== undefined && runsOnlyAtStartUp(model, method);
}

const HINT: Pick<Report, "certainty" | "severity"> = { certainty: "possible", severity: "hint" };

/** References to one row share it within a session, so their number is that of distinct rows, which only the data tells. */
function weight(each: boolean, others: readonly FetchGap[], entry: EntryPoint | undefined): Pick<Report, "certainty" | "severity"> {
  const isUnknown = entry === undefined || entry.kind === "job";
  if (each) return isUnknown || !entry.often ? { severity: "information" } : {};
  const lookups = others.every(({ target }) => target !== undefined && isLookup(target.name));
  return { certainty: isUnknown && lookups ? "possible" : "likely" };
}

function costOf(gaps: readonly FetchGap[]): string {
  const terms = gaps.map(({ attribute, target, owner }) =>
    attribute.kind === "toOne" ? `distinct ${target?.name ?? attribute.name}` : `rows of ${owner.name}`,
  );
  return `1 + ${[...new Set(terms)].map((term) => `${term === terms[0] ? "" : "+ "}${term}`).join(" ")} queries`;
}

const declarationOf = ({ owner, attribute }: FetchGap): RelatedPlace => ({
  at: attribute.at,
  message: `${owner.name}.${attribute.name} is EAGER`,
});

import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import { alongPath, eagerGaps, type FetchGap, groupsByDefault, isGrouped } from "../../model/persistence/loading/fetchGaps.ts";
import { isNarrowed, isOneBehind } from "../../model/persistence/loading/sharedByRows.ts";
import type { Selection } from "../../model/persistence/repositories/selection.ts";
import { sentSelection } from "../../model/persistence/sent/sentSelection.ts";
import type { Span } from "../../text/positions.ts";
import { type Alike, alikeBy, besides, MOST_BESIDE, speakerOf } from "../alike.ts";
import { type Certainty, type RelatedPlace, SEVERITY_OF, type Severity } from "../finding.ts";
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
    eachOfSeveral: "{{query}} and {{more}} more send one more query per {{owner}} for {{path}}{{entry}}",
    distinctOfSeveral: "{{query}} and {{more}} more send one more query per distinct {{target}} for {{path}}{{entry}}",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    const used: Found[] = [];
    const unused: Found[] = [];
    const say = (selection: Selection, at: Span, method: string): void => {
      const found = judge(model, selection, at, file.file, method);
      if (found !== undefined) (found.isUnused ? unused : used).push(found);
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
    for (const alike of alikeBy(used, causeOf).values()) {
      report(reportOf(model, file.file, alike));
      for (const gap of alike[0].gaps) said.add(nameOf(gap));
    }
    // What nobody calls is a prompt to look at the mapping, which one of them is enough for.
    for (const found of unused) {
      if (found.gaps.every((gap) => said.has(nameOf(gap)))) continue;
      report(reportOf(model, file.file, [found]));
      for (const gap of found.gaps) said.add(nameOf(gap));
    }
  },
});

/** A query, and the associations that are loaded one by one for its rows. */
interface Found {
  readonly selection: Selection;
  readonly at: Span;
  readonly method: string;
  readonly gaps: readonly FetchGap[];
  /** What the message names: a collection before a reference. */
  readonly first: FetchGap;
  readonly entry: EntryPoint | undefined;
  readonly certainty: Certainty;
  readonly severity: Severity;
  /** A repository's method that no code calls. */
  readonly isUnused: boolean;
}

const nameOf = ({ owner, attribute: { name } }: FetchGap): string => `${owner.qualified}.${name}`;

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
  const each = first.attribute.kind !== "toOne";
  const isUnused = entry === undefined && hasNoCalls(model, method);
  const isQuiet = isUnused || isOfStartUp(model, method) || (!each && isNarrowed(model.persistence, selection));
  const { certainty = "proven", severity = SEVERITY_OF[certainty] } = isQuiet ? HINT : weightOf(each, others, entry);
  return { selection, at, method, gaps, first, entry, certainty, severity, isUnused };
}

/** Queries of a file that miss the same of the same entity are told once: what is mapped so is one cause. */
const causeOf = ({ selection, gaps }: Found): string => [selection.entity, ...gaps.map(({ path }) => path)].join();

function reportOf(model: Model, file: string, alike: Alike<Found>): Report<"each" | "distinct" | "eachOfSeveral" | "distinctOfSeveral"> {
  const speaker = speakerOf(alike);
  const others = besides(alike, speaker);
  const { selection, at, method, gaps, first, entry, certainty, severity } = speaker;
  const each = first.attribute.kind !== "toOne";
  const single = each ? "each" : "distinct";
  return {
    at,
    message: others.length === 0 ? single : `${single}OfSeveral`,
    data: {
      query: selection.label,
      more: others.length,
      owner: holderOf(model, selection, first),
      target: first.target?.name ?? first.attribute.name,
      path: `${first.owner.name}.${first.attribute.name}${gaps.length === 1 ? "" : ` and ${gaps.length - 1} more`}`,
      entry: entry === undefined ? "" : ` (${entry.label})`,
    },
    cost: costOf(gaps),
    related: [
      ...gaps.map(declarationOf),
      ...(entry === undefined ? [] : model.effects.chainTo(method)),
      ...others.slice(0, MOST_BESIDE).map((other) => ({
        at: { file, start: other.at.start, end: other.at.end },
        message: `${other.selection.label} sends them, too${other.entry === undefined ? "" : ` (${other.entry.label})`}`,
      })),
    ],
    fixes: fetchTogether(model, [selection, ...others.map((other) => other.selection)], gaps),
    certainty,
    severity,
  };
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
function weightOf(each: boolean, others: readonly FetchGap[], entry: EntryPoint | undefined): Pick<Report, "certainty" | "severity"> {
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

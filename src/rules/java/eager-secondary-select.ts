import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import { alongPath, eagerGaps, type FetchGap, groupsByDefault, isGrouped } from "../../model/persistence/loading/fetchGaps.ts";
import { isNarrowed, isOneBehind } from "../../model/persistence/loading/sharedByRows.ts";
import type { Selection } from "../../model/persistence/repositories/selection.ts";
import { sentSelection } from "../../model/persistence/sent/sentSelection.ts";
import type { Place, Span } from "../../text/positions.ts";
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
    const say = (selection: Selection, { start, end }: Span, method: string): void => {
      const found = judge(model, selection, { file: file.file, start, end }, method);
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
      for (const gap of alike[0].gaps) said.add(nameOf(gap));
      const [first, ...others] = withCallsElsewhere(model, alike);
      if (first !== undefined) report(reportOf(model, [first, ...others]));
    }
    // What nobody calls is a prompt to look at the mapping, which one of them is enough for.
    for (const found of unused) {
      if (found.gaps.every((gap) => said.has(nameOf(gap)))) continue;
      report(reportOf(model, [found]));
      for (const gap of found.gaps) said.add(nameOf(gap));
    }
  },
});

/** A query, and the associations that are loaded one by one for its rows. */
interface Found {
  readonly selection: Selection;
  readonly at: Place;
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

function judge(model: Model, selection: Selection, at: Place, method: string): Found | undefined {
  const { file } = at;
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

/**
 * What is told in a file, its own queries first: with calls of what Spring Data declares for every repository those of other files, and
 * without those that are told in another one. What gives one of them an entity graph gives it to all.
 */
function withCallsElsewhere(model: Model, alike: Alike<Found>): readonly Found[] {
  const told = [...alikeBy(alike, ({ selection }) => selection.label).values()].map((own) => {
    const elsewhere = callsElsewhere(model, own[0]);
    const speaker = speakerOf(inOrder([...own, ...elsewhere]));
    return own.includes(speaker) ? { own, elsewhere } : { own: [], elsewhere: [] };
  });
  return [...told.flatMap(({ own }) => own), ...told.flatMap(({ elsewhere }) => elsewhere)];
}

/** The calls in other files that send the same query, and miss the same. */
function callsElsewhere(model: Model, one: Found): readonly Found[] {
  const { selection, at } = one;
  const repository = isInherited(selection) ? model.persistence.repository(selection.repository) : undefined;
  if (repository === undefined) return [];
  return [...model.persistence.uses.callersOfInherited(repository, selection.method)].flatMap((method) => {
    const node = model.calls.method(method);
    const file = node?.declared.owner.file.file;
    if (node === undefined || file === undefined || file === at.file) return [];
    model.calls.noteBody(node);
    const sites = node.sites.filter(({ name, targets }) => name === selection.method && targets.length === 0);
    return sites.flatMap((site) => {
      const sent = sentSelection(model.persistence, model.calls, node, site);
      if (sent?.label !== selection.label || !isInherited(sent)) return [];
      const found = judge(model, sent, { file, ...site.at }, method);
      return found === undefined || found.isUnused || causeOf(found) !== causeOf(one) ? [] : [found];
    });
  });
}

const inOrder = (all: readonly Found[]): Alike<Found> =>
  [...all].sort(({ at: a }, { at: b }) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1)) as [Found, ...Found[]];

/** What Spring Data declares, and no specification says more of. */
const isInherited = ({ at, source, fetched, asked }: Selection): boolean =>
  at === undefined && source === "derived" && fetched.length === 0 && asked === undefined;

/** Queries of a file that miss the same of the same entity are told once: what is mapped so is one cause. */
const causeOf = ({ selection, gaps }: Found): string => [selection.entity, ...gaps.map(({ path }) => path)].join();

function reportOf(model: Model, alike: Alike<Found>): Report<"each" | "distinct" | "eachOfSeveral" | "distinctOfSeveral"> {
  const speaker = speakerOf(alike);
  const others = besides(alike, speaker);
  const { selection, at, method, gaps, first, entry, certainty, severity } = speaker;
  const each = first.attribute.kind !== "toOne";
  const single = each ? "each" : "distinct";
  const isOneQuery = others.every((other) => isInherited(other.selection) && other.selection.label === selection.label);
  return {
    at,
    message: isOneQuery ? single : `${single}OfSeveral`,
    data: {
      query: others.length > 0 && isOneQuery ? `${selection.label}, called in ${alike.length} places,` : selection.label,
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
        at: other.at,
        message: `${isOneQuery ? "called here, too" : `${other.selection.label} sends them, too`}${other.entry === undefined ? "" : ` (${other.entry.label})`}`,
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

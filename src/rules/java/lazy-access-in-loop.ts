import type { CodeNode } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import type { LazyAccess } from "../../model/persistence/loading/associationLooks.ts";
import { givesEntities } from "../../model/persistence/loading/entityFlows.ts";
import { alongWay, type FetchGap, groupsByDefault, isGrouped } from "../../model/persistence/loading/fetchGaps.ts";
import { lazyAccesses } from "../../model/persistence/loading/lazyAccesses.ts";
import { isSharedByRows } from "../../model/persistence/loading/sharedByRows.ts";
import { fetches, type Selection } from "../../model/persistence/repositories/selection.ts";
import { MOST_BESIDE } from "../alike.ts";
import { atLeast, type Certainty, type RelatedPlace, SEVERITY_OF, type Severity } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { fetchTogether } from "./edits/fetching/fetchPlan.ts";
import { isAskedWithOwner, isSaidByInverse } from "./shared/mapping/inverseSides.ts";
import { leadsToKind, leadsToSmall } from "./shared/mapping/smallTables.ts";
import { isFetchedBeside } from "./shared/reads/fetchedBeside.ts";
import { reachOf } from "./shared/running/reach.ts";

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
    loadedAndMore: "{{association}} and {{more}} more are loaded per element of {{query}}{{entry}}",
    batched: "{{association}} is loaded in batches for the elements of {{query}}{{entry}}",
    batchedAndMore: "{{association}} and {{more}} more are loaded in batches for the elements of {{query}}{{entry}}",
  },

  check({ file, model, report }) {
    const works = model.calls.running(file.file).flatMap((method): readonly Work[] => {
      if (!mayHoldEntities(model, method)) return NOTHING;
      return missingIn(model, method, file.file).map((missing) => workOf(model, method, missing));
    });
    for (const { speaker, others } of byCause(works)) {
      const { missing, method, entry, certainty } = speaker;
      const [{ access, gap, selection, batched, elements }] = missing;
      const queries = queriesOf([speaker, ...others]);
      report({
        at: access.at,
        message: `${batched ? "batched" : "loaded"}${missing.length > 1 ? "AndMore" : ""}`,
        data: {
          association: nameOf(gap),
          more: missing.length - 1,
          query: queries.length === 1 || elements !== selection.label ? elements : `${elements} and ${queries.length - 1} more`,
          entry: entry === undefined ? "" : ` (${entry.label})`,
        },
        certainty,
        severity: speaker.severity,
        ...costOf(missing),
        related: [
          ...missing.flatMap((one) => [...placeOf(one, access, file.file), ...one.access.chain, declarationOf(one.gap)]),
          ...queries.flatMap(queryOf),
          ...model.effects.chainTo(method.key),
          ...others.slice(0, MOST_BESIDE).map((other) => workPlace(other, file.file)),
        ],
        fixes: batched ? [] : fetchTogether(model, queries, gapsOf(missing)),
      });
    }
  },
});

const NOTHING: readonly never[] = [];

/** What one method misses of one query. */
interface Work {
  readonly method: MethodNode;
  readonly missing: readonly [Missing, ...Missing[]];
  readonly entry: EntryPoint | undefined;
  readonly certainty: Certainty;
  readonly severity: Severity;
}

/** Methods that one edit at the query mends, and queries whose rows one mapper looks into. */
interface Cause {
  readonly speaker: Work;
  readonly others: Work[];
}

function workOf(model: Model, method: MethodNode, missing: Work["missing"]): Work {
  const [first] = missing;
  const certainty = first.batched ? "possible" : certaintyOf(first);
  const isSeldom = certainty !== "possible" && reachOf(model, method).often === "seldom";
  const severity = isSeldom ? "information" : SEVERITY_OF[certainty];
  return { method, missing, entry: model.effects.reachedFrom(method.key), certainty, severity };
}

/**
 * Works of a file that look into the same associations of one query. The loudest speaks for those that miss no more than it does; of these
 * one that an entry point reaches, then the one that misses most, then the first.
 */
function byCause(works: readonly Work[]): readonly Cause[] {
  if (works.length < 2) return works.map((speaker) => ({ speaker, others: [] }));
  const causes: Cause[] = [];
  const ordered = [...works].sort(
    (a, b) =>
      Number(atLeast(b.severity, a.severity)) - Number(atLeast(a.severity, b.severity)) ||
      Number(a.missing[0].batched) - Number(b.missing[0].batched) ||
      Number(b.entry !== undefined) - Number(a.entry !== undefined) ||
      b.missing.length - a.missing.length,
  );
  for (const work of ordered) {
    const cause = causes.find(
      ({ speaker, others }) => [speaker, ...others].some((one) => isMendedWith(work, one)) || isMappedWith(work, speaker),
    );
    if (cause === undefined) causes.push({ speaker: work, others: [] });
    else cause.others.push(work);
  }
  return causes;
}

/**
 * Whether what mends one work mends the other: it misses nothing else of the same query. What one method has loaded in batches, too, is
 * the lesser half of what it misses.
 */
function isMendedWith(work: Work, speaker: Work): boolean {
  const [[one], [{ selection, elements, batched }]] = [work.missing, speaker.missing];
  if (one.elements !== elements || queryKey(one.selection) !== queryKey(selection)) return false;
  if (one.batched !== batched) return one.batched && work.method === speaker.method;
  return work.missing.every(({ gap }) => speaker.missing.some((other) => other.gap.path === gap.path));
}

/** Whether both look into the same of other queries' rows, and in the same method: a mapper that several queries feed. */
function isMappedWith(work: Work, speaker: Work): boolean {
  const [[one], [other]] = [work.missing, speaker.missing];
  if (one.selection.entity !== other.selection.entity || one.batched !== other.batched) return false;
  const [looks, known] = [work.missing.map(lookOf), new Set(speaker.missing.map(lookOf))];
  return looks.length === known.size && looks.every((look) => look !== undefined && known.has(look));
}

/** An association by its way from the rows, and the place that looks into it; undefined where that is the loop itself. */
function lookOf({ gap, access: { chain } }: Missing): string | undefined {
  const at = chain.at(-1)?.at;
  return at === undefined ? undefined : `${gap.path} ${at.start} ${at.file}`;
}

/** The queries of works, each once, the first first. */
function queriesOf(works: readonly [Work, ...Work[]]): readonly [Selection, ...Selection[]] {
  const [first, ...others] = works.map(({ missing: [{ selection }] }) => selection) as [Selection, ...Selection[]];
  return [first, ...others.filter((one, i) => [first, ...others.slice(0, i)].every((other) => queryKey(other) !== queryKey(one)))];
}

/** A query by its place, since overloads share a label. */
const queryKey = ({ label, at }: Selection): string => (at === undefined ? label : `${label} ${at.file} ${at.start}`);

const nameOf = ({ owner, attribute }: FetchGap): string => `${owner.name}.${attribute.name}`;

function workPlace({ missing, entry }: Work, file: string): RelatedPlace {
  const [{ access, gap, batched }, ...more] = missing;
  const what = `${nameOf(gap)}${more.length === 0 ? " is" : ` and ${more.length} more are`}`;
  const how = batched ? "loaded in batches" : "loaded per element";
  const from = entry === undefined ? "" : ` (${entry.label})`;
  return { at: { file, start: access.at.start, end: access.at.end }, message: `${what} ${how} here, too${from}` };
}

/** An association that a query leaves out and that is looked into for each element. */
interface Missing {
  readonly access: LazyAccess;
  readonly gap: FetchGap;
  readonly selection: Selection;
  readonly batched: boolean;
  /** What is iterated: the query's result, or a collection of the one that it gives. */
  readonly elements: string;
}

/** What a method misses, together what one query leaves out: the surest first. */
function missingIn(model: Model, method: MethodNode, file: string): readonly (readonly [Missing, ...Missing[]])[] {
  const byQuery = new Map<string, [Missing, ...Missing[]]>();
  for (const access of lazyAccesses(model, method)) {
    const found = gapOf(model, access, file);
    if (found === undefined || isSaidElsewhere(model, method, access, found.selection)) continue;
    if (isFetchedBeside(model, method, access, found.gap, found.selection)) continue;
    const batched = (isGrouped(found.gap) || groupsByDefault(model.configuration, file)) && !isAskedWithOwner(model, found.gap);
    if (batched && leadsToKind(found.gap)) continue;
    const one = { access, batched, ...found };
    const key = `${found.selection.label} ${found.elements}${batched ? " in batches" : ""}`;
    const known = byQuery.get(key);
    if (known === undefined) byQuery.set(key, [one]);
    else if (known.every(({ gap }) => gap.path !== one.gap.path)) known.push(one);
  }
  for (const missing of byQuery.values()) missing.sort((a, b) => SURENESS[certaintyOf(b)] - SURENESS[certaintyOf(a)]);
  return [...byQuery.values()];
}

/** Of one entity that another method finds, what lies far below is the work of many callers, and none's own. */
function isSaidElsewhere(model: Model, method: MethodNode, { origin, chain }: LazyAccess, { rows }: Selection): boolean {
  if (rows !== "one" || chain.length < 3 || !("call" in origin)) return false;
  const { nodes } = model.calls.codeOf(method);
  const isOrigin = (node: CodeNode | undefined) => node?.start === origin.call.start && node.end === origin.call.end;
  return !method.sites.some(({ order, work }) => work !== undefined && isOrigin(nodes[order]));
}

/** Where another association is looked into, if not at the same place. */
function placeOf({ access: { at }, gap }: Missing, first: LazyAccess, file: string): readonly RelatedPlace[] {
  if (at.start === first.at.start) return [];
  return [{ at: { file, start: at.start, end: at.end }, message: `${nameOf(gap)} is loaded here too` }];
}

const gapsOf = (missing: readonly Missing[]): readonly FetchGap[] => missing.map(({ gap }) => gap);

function costOf(missing: readonly [Missing, ...Missing[]]): { readonly cost?: string } {
  const [{ batched, gap }] = missing;
  if (leadsToKind(gap)) return { cost: `1 query for each ${gap.target?.name} that the elements refer to` };
  const each = missing.filter((one) => !leadsToKind(one.gap)).length;
  const factor = each === 1 ? "N" : `${each} × N`;
  if (batched) return { cost: `1 + ${factor} / batch size queries, N elements` };
  return each === 1 ? {} : { cost: `1 + ${factor} queries, N elements` };
}

/** Cheap: whether a call in the body gives entities, from a query or from another method. */
function mayHoldEntities(model: Model, { declared, sites }: MethodNode): boolean {
  if (declared.method.body < 0) return false;
  return sites.some((site) => {
    if (site.work !== undefined) return site.work.kind === "read";
    return site.targets.some((target) => {
      const called = model.calls.method(target);
      if (called === undefined || model.effects.of(target, "read") === undefined) return false;
      return /[<[]/.test(called.declared.method.returns) || givesEntities(model, called);
    });
  });
}

type Gap = Pick<Missing, "gap" | "selection" | "elements">;

/** What the first of the queries leaves out that leaves anything out: of those in other branches one may bring what this one does not. */
function gapOf(model: Model, access: LazyAccess, file: string): Gap | undefined {
  const { origin } = access;
  if (!("selection" in origin)) return undefined;
  for (const { selection } of [origin, ...(origin.or ?? [])]) {
    const found = gapBehind(model, selection, access, file);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first association on the way that is lazy, that the query leaves out, and that is looked into for each of several. */
function gapBehind(model: Model, selection: Selection, access: LazyAccess, file: string): Gap | undefined {
  const { path, each } = withoutWayBack(access);
  if (each === undefined) return undefined;
  const steps = alongWay(model, selection.entity, path);
  const gap = steps.find(
    (step, i) =>
      i >= each &&
      step.attribute.kind !== "embedded" &&
      step.attribute.fetch === "lazy" &&
      !fetches(selection, step.path) &&
      !isSaidByInverse(model, selection, step),
  );
  if (gap === undefined || leadsToSmall(model, gap, file)) return undefined;
  if (each === 0 && isSharedByRows(model, selection, steps, gap, file)) return undefined;
  const iterated = each === 0 ? undefined : steps[each - 1];
  const elements =
    iterated === undefined || selection.rows === "many" ? selection.label : `${iterated.owner.name}.${iterated.attribute.name}`;
  return { gap, selection, elements };
}

/**
 * The way from a collection's element back to its owner leads to what is in the session: `pet.getOwner().getVisits()` of the pets of some
 * owners looks into each of these, and of the pets of one owner into that one.
 */
function withoutWayBack({ path, each }: Pick<LazyAccess, "path" | "each">): Pick<LazyAccess, "path" | "each"> {
  const back = path.findIndex(({ kind, name }, i) => kind === "toOne" && path[i - 1]?.mappedBy === name);
  if (back < 0 || each === undefined) return { path, each };
  return withoutWayBack({
    path: [...path.slice(0, back - 1), ...path.slice(back + 1)],
    each: each < back ? each : each === back ? undefined : each - 2,
  });
}

/** Elements may share one target or be of another class, a long way may not be gone for all of them, and one entity may have few. */
function certaintyOf({ gap, access: { chain, path }, selection }: Missing): Certainty {
  if (leadsToKind(gap)) return "possible";
  const { attribute, owner } = gap;
  const [first] = path;
  const isOfSome = first?.name === attribute.name && owner.qualified !== selection.entity;
  return attribute.kind === "toOne" || chain.length > 2 || selection.rows === "one" || isOfSome ? "likely" : "proven";
}

const SURENESS: Readonly<Record<Certainty, number>> = { proven: 2, likely: 1, possible: 0 };

const declarationOf = (gap: FetchGap): RelatedPlace => ({ at: gap.attribute.at, message: `${nameOf(gap)} is LAZY` });

const queryOf = ({ label, at }: Selection): readonly RelatedPlace[] =>
  at === undefined ? [] : [{ at, message: `${label} does not fetch it` }];

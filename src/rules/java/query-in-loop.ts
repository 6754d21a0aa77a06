import type { CodeNode } from "../../facts/java/code.ts";
import { RUNS_APART } from "../../model/calls/asynchronous.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Certainty, Fix, RelatedPlace, Severity } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { loadOnce } from "./edits/lookups/loadOnce.ts";
import { loadOnceThrough } from "./edits/lookups/loadOnceThrough.ts";
import { elementsAround, mayBeMany } from "./shared/loops/elementCount.ts";
import { filterReadsIn } from "./shared/loops/filterReads.ts";
import { invariantRead } from "./shared/loops/invariantReads.ts";
import { type LevelRead, readPerLevel } from "./shared/loops/levels.ts";
import { elementsOf } from "./shared/loops/rounds.ts";
import { asksUntilAnswered } from "./shared/loops/searches.ts";
import { spokenName } from "./shared/loops/spokenNames.ts";
import { isKind, isLookup } from "./shared/mapping/smallTables.ts";
import { isServedBySession } from "./shared/reads/firstLevelCache.ts";
import { InvariantInside } from "./shared/reads/invariantInside.ts";
import { readsInCall } from "./shared/reads/readsInCall.ts";
import { isInsteadOf, queryOrAnother } from "./shared/running/alternatives.ts";
import { isInErrorBranch } from "./shared/running/errorBranches.ts";
import { reachOf } from "./shared/running/reach.ts";
import { runsOnlyAtStartUp } from "./shared/running/startUp.ts";

export const queryInLoop = defineRule({
  id: "java/query-in-loop",
  title: "A database read for every element of a loop",
  language: "java",
  certainty: "proven",
  cost: "1 + N queries, N elements",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html",
  ],
  messages: {
    direct: "{{query}} runs once per element of {{over}}",
    through: "{{call}} runs {{query}} once per element of {{over}}",
    directAndMore: "{{query}} and {{more}} more run once per element of {{over}}",
    throughAndMore: "{{call}} runs {{query}}, and {{more}} more run, once per element of {{over}}",
    filtered: "{{call}} runs {{query}} once per element of {{over}}",
    unseen: "{{query}}, whose source is not here, probably queries once per element of {{over}}",
    level: "{{query}} runs once per level: {{method}} calls itself with what it found",
    throughUnseen: "{{call}} runs {{query}}, whose source is not here, once per element of {{over}}",
  },

  check({ file, model, report }) {
    const mayFilter = file.java.imports.some(({ name }) => name.startsWith("org.springframework.security.access.prepost"));
    for (const method of model.calls.running(file.file)) {
      if (mayFilter) for (const filter of filteredIn(model, method)) report(filter);
      const level = readPerLevel(model, method);
      if (level !== undefined) report(perLevel(model, method, level));
      for (const [first, ...others] of causesIn(model, method)) {
        if (first === undefined) continue;
        const { site, read, at, over } = first;
        const besides = others.filter((other) => !isInstead(first, other));
        const code = new BodyCode(model.calls, method);
        const along = [first, ...besides].flatMap((one) =>
          one.read.behind === undefined ? [] : readsInCall(model, method, code, one.site, one.read.behind),
        );
        const more = besides.length + along.length;
        report({
          at: site.at,
          message: read.unseen
            ? read.through
              ? "throughUnseen"
              : "unseen"
            : `${read.through ? "through" : "direct"}${more === 0 ? "" : "AndMore"}`,
          data: { query: read.label, call: spokenName(model, method, site), over, more },
          certainty: first.weight.certainty,
          severity: first.weight.severity,
          cost: `${more === 0 ? "1 + N" : `1 + ${1 + more} × N`} queries, N = ${elementsOf(site.iterations)}`,
          related: [
            { at, message: `once per element of ${over}` },
            ...read.chain,
            ...declaration(model, site),
            ...others.map((other) => ({
              at: { file: file.file, ...other.site.at },
              message:
                other.over !== over
                  ? `once per element of ${other.over}, too`
                  : `${other.read.label} runs here ${besides.includes(other) ? "too" : "instead"}`,
            })),
            ...along,
            ...(first.weight.severity === "warning" ? model.effects.chainTo(method.key) : []),
          ],
          fixes: first.fixes,
        });
      }
    }
  },
});

/** What an expression of Spring Security reads for each element of a list. */
function* filteredIn(model: Model, method: MethodNode): Generator<Report<"filtered">> {
  for (const { annotation, by, over, effect, chain, elements } of filterReadsIn(model, method)) {
    if (effect.candidates > MOST_CANDIDATES || effect.depth > DEEPEST) continue;
    if (elements === "few" || elements === "written") continue;
    const isCertain = effect.candidates === 1 && effect.depth <= 3;
    const isLoud = isCertain && elements === "many" && reachOf(model, method).often === "often";
    yield {
      at: annotation.span,
      message: "filtered",
      data: { call: by, query: effect.label, over },
      certainty: isCertain ? "likely" : "possible",
      severity: isLoud ? "warning" : isCertain ? "information" : "hint",
      cost: `1 + N queries, N = elements of ${over}`,
      related: chain,
    };
  }
}

/** A recursive query brings all levels at once; how many there are is seldom more than a few. */
const perLevel = (model: Model, method: MethodNode, { read, next }: LevelRead): Report<"level"> => ({
  at: read.at,
  message: "level",
  data: { query: read.work?.label ?? read.name, method: method.declared.method.name },
  certainty: "likely",
  severity: reachOf(model, method).often === "often" ? "information" : "hint",
  cost: "1 query per level of the hierarchy",
  related: [
    { at: { file: method.declared.owner.file.file, ...next.at }, message: "it goes on with what was found here" },
    ...declaration(model, read),
    ...model.effects.chainTo(method.key),
  ],
});

/** A call in a loop that reads. */
interface LoopRead {
  readonly site: CallSite;
  readonly read: Read;
  readonly at: RelatedPlace["at"];
  readonly over: string;
  readonly node: CodeNode | undefined;
  readonly weight: Weight;
  readonly fixes: readonly Fix[];
}

/** The reads of two branches: a round sends one of them. */
const isInstead = ({ node }: LoopRead, other: LoopRead): boolean =>
  node !== undefined && other.node !== undefined && isInsteadOf(node, other.node);

interface Weight {
  readonly certainty: Certainty;
  readonly severity: Severity;
}

const NOTHING: readonly never[] = [];
const GONE_WRONG: Weight = { certainty: "possible", severity: "hint" };
const isOutsideLoops = ({ iterations }: CallSite): boolean => iterations.length === 0;

/** The reads of a method that have one cause, the loop or the method that several loops call; the first says it best. */
function causesIn(model: Model, method: MethodNode): readonly (readonly LoopRead[])[] {
  if (method.sites.every(isOutsideLoops)) return NOTHING;
  const loops = new Map<number, LoopRead[]>();
  const code = new BodyCode(model.calls, method);
  for (const site of method.sites) {
    const [innermost] = site.iterations;
    if (innermost === undefined || site.excuses.length > 0) continue;
    const read = readOf(model, site);
    if (read === undefined || read.candidates > MOST_CANDIDATES || read.depth > DEEPEST) continue;
    const usual = weightOf(model, method, site, read);
    if (usual === undefined || isServedBySession(model, method, code, site)) continue;
    const node = code.callOf(site);
    const weight = node !== undefined && isInErrorBranch(node) ? GONE_WRONG : usual;
    const found: LoopRead = {
      site,
      read,
      at: { file: method.declared.owner.file.file, ...innermost.at },
      over: innermost.over,
      node,
      weight,
      fixes: read.unseen ? NOTHING : read.through ? loadOnceThrough(model, method, site) : loadOnce(model, method, site),
    };
    const same = loops.get(innermost.at.start);
    if (same === undefined) loops.set(innermost.at.start, [found]);
    else same.push(found);
  }
  const causes = new Map<string, LoopRead[]>();
  for (const reads of loops.values()) {
    const ordered = withoutInvariant(model, method, code, reads).sort(
      (a, b) =>
        RANK[a.weight.severity] - RANK[b.weight.severity] ||
        b.fixes.length - a.fixes.length ||
        Number(a.read.through) - Number(b.read.through),
    );
    const [first] = ordered;
    if (first === undefined) continue;
    const key = first.read.through ? first.site.targets.join() : `${first.at.start}`;
    const same = causes.get(key);
    if (same === undefined) causes.set(key, ordered);
    else same.push(...ordered);
  }
  return [...causes.values()];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** What java/loop-invariant-query says better is no reason to name a loop by it. */
function withoutInvariant(model: Model, method: MethodNode, code: BodyCode, reads: LoopRead[]): LoopRead[] {
  if (reads.length < 2) return reads;
  const inside = new InvariantInside(model);
  const varying = reads.filter(
    ({ site }) => invariantRead(model, method, code, site) === undefined && inside.readIn(method, code, site) === undefined,
  );
  return varying.length === 0 ? reads : varying;
}

/** Of more classes than these that may run, it is anybody's guess which does. */
const MOST_CANDIDATES = 3;
/** Over more calls than these there are too many conditions on the way. */
const DEEPEST = 6;

interface Read {
  readonly label: string;
  readonly through: boolean;
  readonly depth: number;
  readonly candidates: number;
  readonly chain: readonly RelatedPlace[];
  /** Key of the method that is called, where the read is one that it comes to. */
  readonly behind: string | undefined;
  /** Of a repository whose source is not here. */
  readonly unseen: boolean;
}

const readOf = (model: Model, site: CallSite): Read | undefined => nearestOf(model, site, "read") ?? nearestOf(model, site, "unseenRead");

/** The read that a call makes itself, or the nearest one in what it runs. */
function nearestOf(model: Model, site: CallSite, kind: "read" | "unseenRead"): Read | undefined {
  const unseen = kind === "unseenRead";
  if (site.work !== undefined)
    return site.work.kind === kind
      ? { label: site.work.label, through: false, depth: 0, candidates: 1, chain: [], behind: undefined, unseen }
      : undefined;
  const reads = site.targets.flatMap((target) => {
    const method = model.calls.method(target);
    const effect = method === undefined ? undefined : model.effects.passedOn(target, kind, site);
    return effect === undefined
      ? []
      : [
          {
            label: unseen ? effect.label : queryOrAnother(model, target, effect.label),
            through: true,
            depth: effect.depth,
            candidates: effect.candidates,
            chain: model.effects.chainFrom(target, kind),
            behind: unseen ? undefined : target,
            unseen,
          },
        ];
  });
  // Overloads that the arguments do not tell apart must all read.
  return reads.length === site.targets.length ? reads.sort((a, b) => a.depth - b.depth)[0] : undefined;
}

/**
 * A warning where people wait for it: a known way to a query that could be asked for all elements at once, elements that come by the
 * hundred, and requests, messages or a clock that bring them again and again. Where nothing of that is known, silence. What a request
 * brings is a handful that somebody has picked, unless the endpoint is there for many.
 */
function weightOf(model: Model, method: MethodNode, site: CallSite, read: Read): Weight | undefined {
  const weight = weightOfSeen(model, method, site, read);
  return weight === undefined || !read.unseen
    ? weight
    : { certainty: "possible", severity: weight.severity === "hint" ? "hint" : "information" };
}

function weightOfSeen(model: Model, method: MethodNode, site: CallSite, { candidates, depth, label }: Read): Weight | undefined {
  const elements = elementsAround(model, method, site);
  const isCertain = candidates === 1 && depth <= 3;
  const { often, entry } = reachOf(model, method);
  const isOften = often === "often";
  // Who asks for roles or languages one by one has few of them.
  const isOfFew = elements !== "many" && namesLookups(site) && isOfLookup(model, label);
  // Once in the life of the process, before the first request comes.
  const isOnce = runsOnlyAtStartUp(model, method);
  if (isCertain && mayBeMany(elements) && !isOfFew && !isOnce) {
    const isFelt = elements === "many" || /bulk|batch/i.test(entry?.label ?? "");
    const call = model.calls.codeOf(method).nodes[site.order];
    const isWaitedFor = isOften && isFelt && !isMeant(model, site) && (call === undefined || !asksUntilAnswered(call));
    return { certainty: "proven", severity: isWaitedFor ? "warning" : "information" };
  }
  const doubts = [!mayBeMany(elements), !isCertain, !isOften].filter(Boolean).length;
  if (doubts === 3) return undefined;
  if (elements === "written" || isOfFew || isOnce) return { certainty: "possible", severity: "hint" };
  const isDirect =
    candidates === 1 &&
    depth <= 1 &&
    (elements === "few" ? isOften : elements === "unknown" && (often !== "seldom" || entry?.kind === "endpoint"));
  const isFar = doubts > 1 || elements === "few";
  return isFar && !isDirect ? { certainty: "possible", severity: "hint" } : { certainty: "likely", severity: "information" };
}

/** `for (String name : user.getRoleNames())`: the elements are what there is little of, and not those that refer to it. */
function namesLookups({ iterations: [innermost] }: CallSite): boolean {
  const [, name = ""] = /(\w+)(?:\([^()]*\))?$/.exec(innermost?.over ?? "") ?? [];
  return isLookup(name.replace(/^get/, "").replace(/(?<=\p{Ll})(?:Name|Id|Code|Key|Request|Dto|Form|List|Set)s?$/u, ""));
}

/** "RoleRepository.findByName": of what there is little of, by its name. */
function isOfLookup(model: Model, label: string): boolean {
  const asked = label.replace(/\..*$/, "");
  const entity = model.persistence.entity(model.persistence.repositoryNamed(asked)?.entity ?? "");
  return entity === undefined ? isLookup(asked.replace(/(?:Repository|Mapper|Dao)$/, "")) : isKind(entity);
}

/** Who refreshes wants the row as it is in this very round. */
const isMeant = (model: Model, site: CallSite): boolean =>
  isCommand(model, site) || site.work?.label === "EntityManager.refresh" || runsApart(model, site);

/** A call that changes something for each element, and looks at what is there before: its read does not go without the rest of it. */
const isCommand = (model: Model, { work, targets }: CallSite): boolean =>
  work === undefined && targets.some((target) => model.effects.of(target, "write") !== undefined);

/** Asked on threads of their own, for which nobody waits: `self.tell(member)` of an `@Async` method. */
const runsApart = (model: Model, { targets }: CallSite): boolean =>
  targets
    .flatMap((target) => model.effects.methodsFrom(target, "read"))
    .some((key) => annotationNamed(model.calls.method(key)?.declared.method.annotations ?? [], ...RUNS_APART) !== undefined);

function declaration(model: Model, site: CallSite): readonly RelatedPlace[] {
  if (site.work === undefined) return [];
  const at = model.effects.declarationAt(site);
  return at === undefined ? [] : [{ at, message: `${site.work.label} is declared here` }];
}

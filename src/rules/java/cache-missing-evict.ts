import type { CodeNode } from "../../facts/java/code.ts";
import type { Lifetime } from "../../model/caching/cacheLifetimes.ts";
import { callsIn } from "../../model/caching/dirtyWrites.ts";
import type { StaleWrite } from "../../model/caching/staleCaches.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { placeOf } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import type { Span } from "../../text/positions.ts";
import type { RelatedPlace, Severity } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { evictCache } from "./edits/caches/evictCache.ts";
import { cachesNamed } from "./shared/caches/cacheNames.ts";

export const cacheMissingEvict = defineRule({
  id: "java/cache-missing-evict",
  title: "A table is written, and a cache goes on answering with what it held before",
  language: "java",
  certainty: "likely",
  cost: "old answers until the entry expires, or for good where it never does",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html#cache-annotations-evict",
    "https://docs.spring.io/spring-boot/reference/io/caching.html",
  ],
  messages: {
    one: "{{entry}} writes {{table}} and leaves {{left}}",
    several: "{{entry}} and {{more}} more write {{table}} and leave {{left}}",
  },

  check({ file, model, report }) {
    const reported = new Set<string>();
    const writes = model.staleCaches.writesIn(file.file);
    for (const stale of writes) {
      const [entry, ...others] = stale.entries;
      const place = `${stale.writer} ${stale.site} ${stale.call}`;
      const severity = severityOf(model, stale, file.file);
      if (entry === undefined || severity === undefined || reported.has(place)) continue;
      const writer = model.calls.methodsIn(file.file).find(({ key }) => key === stale.writer);
      const at = writer === undefined ? undefined : placeOfWrite(model, writer, stale);
      if (at === undefined) continue;
      reported.add(place);
      const same = writes.filter(
        (one) =>
          one.writer === stale.writer &&
          one.site === stale.site &&
          one.call === stale.call &&
          severityOf(model, one, file.file) === severity,
      );
      const caches = [...new Set(same.map(({ cache }) => cache))];
      report({
        at,
        message: others.length === 0 ? "one" : "several",
        data: { entry: entry.label, more: others.length, table: stale.table, left: left(caches) },
        severity,
        // Whoever writes a table in many methods and empties its cache in none has forgotten it once.
        onceFor: `${stale.table} ${caches.join(", ")} ${severity}`,
        cost: costOf(model, stale, file.file),
        related: [...wayTo(model, stale), ...same.flatMap((one) => readOf(model, one))],
        fixes: same.some(({ byHand }) => byHand) ? [] : evictCache(model, waysToEmpty(stale), caches),
      });
    }
  },
});

/** A page that writes now and then would empty the cache at each look. */
const waysToEmpty = ({ ways }: StaleWrite): readonly (readonly string[])[] =>
  ways.filter(({ entry }) => !entry.label.startsWith("GET ")).map(({ path }) => path);

function left(caches: readonly string[]): string {
  return `${cachesNamed(caches)} as ${caches.length === 1 ? "it was" : "they were"}`;
}

/** What expires within this time nobody notices. */
const SHORT_SECONDS = 60;

function severityOf(model: Model, stale: StaleWrite, near: string): Severity | undefined {
  const { entries, aggregate, everEvicted, onSchedule, evictsOthers, aside, byHand } = stale;
  const lifetime = lifetimeOf(model, stale, near);
  // Whoever empties a cache of his own somewhere, or gives it an end, has thought of when (PowerJob).
  if (byHand !== undefined) return everEvicted || lifetime.kind !== "none" ? undefined : "information";
  const short = lifetime.kind === "seconds" && lifetime.seconds <= SHORT_SECONDS;
  if (!evictsOthers && (short || onSchedule || (!everEvicted && lifetime.kind !== "none"))) {
    // Whoever gives a cache an end and never empties it means it to be behind: with numbers above all.
    return aggregate || (short && !everEvicted) ? undefined : short ? "information" : "hint";
  }
  return short || aside || !entries.some(({ often }) => often) ? "information" : "warning";
}

function lifetimeOf(model: Model, { cache, byHand }: StaleWrite, near: string): Lifetime {
  return byHand?.expires === undefined ? model.cacheLifetimes.of(cache, near) : { kind: byHand.expires ? "unknown" : "none" };
}

function costOf(model: Model, stale: StaleWrite, near: string): string {
  const lifetime = lifetimeOf(model, stale, near);
  switch (lifetime.kind) {
    case "seconds":
      return `old answers for up to ${lifetime.seconds} s after each write`;
    case "idle":
      return "old answers for as long as somebody asks for them";
    case "unknown":
      return "old answers until the entry expires";
    default:
      return "old answers until somebody empties the cache";
  }
}

/** The calls from the entry point down to the write. */
function wayTo(model: Model, stale: StaleWrite): readonly RelatedPlace[] {
  return stale.ways[0].path.flatMap((key, i, path): readonly RelatedPlace[] => {
    const node = model.calls.declaration(key);
    if (node === undefined) return [];
    const { file } = node.declared.owner.file;
    const next = path[i + 1];
    if (next === undefined) {
      const at = placeOfWrite(model, node, stale);
      const name = node.sites[stale.site]?.name ?? changeIn(model, node, stale)?.text;
      return at === undefined ? [] : [{ at: { file, ...at }, message: `${nameOf(node)} calls ${name}` }];
    }
    const call = node.sites.find(({ targets }) => targets.some((target) => leadsTo(model, target, next)));
    return call === undefined ? [] : [{ at: { file, ...call.at }, message: `${nameOf(node)} calls ${call.name}` }];
  });
}

function placeOfWrite(model: Model, writer: MethodNode, stale: StaleWrite): Span | undefined {
  const change = changeIn(model, writer, stale);
  return writer.sites[stale.site]?.at ?? (change === undefined ? undefined : { start: change.start, end: change.end });
}

/** The call that changes an entity, where nothing else says that it is written. */
const changeIn = ({ calls }: Model, writer: MethodNode, { call }: StaleWrite): CodeNode | undefined =>
  call < 0 ? undefined : callsIn(calls.codeOf(writer).nodes)[call];

const leadsTo = (model: Model, target: string, method: string): boolean =>
  model.calls.keyOf(target) === method || model.calls.overridesOf(target).has(method);

function readOf(model: Model, { reader, readIn, readSite, cache, table }: StaleWrite): readonly RelatedPlace[] {
  const cached = model.calls.declaration(reader);
  if (cached === undefined) return [];
  const related: RelatedPlace[] = [{ at: placeOf(cached.declared), message: `${nameOf(cached)} keeps its answer in ${cache}` }];
  const node = model.calls.declaration(readIn);
  const call = node?.sites[readSite];
  if (node !== undefined && call !== undefined)
    related.push({ at: { file: node.declared.owner.file.file, ...call.at }, message: `it reads ${table} here` });
  return related;
}

const nameOf = ({ declared: { owner, method } }: MethodNode): string => `${owner.type.name}.${method.name}`;

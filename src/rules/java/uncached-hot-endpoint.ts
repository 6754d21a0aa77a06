import { type UncachedRead, uncachedReads } from "../../model/caching/uncachedReads.ts";
import type { Model } from "../../model/model.ts";
import { type SiteRead, siteRead } from "../../model/persistence/sent/siteReads.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { cacheResult } from "./edits/caches/cacheResult.ts";
import { isToldSmall } from "./shared/mapping/smallTables.ts";
import { asksForFew } from "./shared/reads/wholeLoads.ts";

export const uncachedHotEndpoint = defineRule({
  id: "java/uncached-hot-endpoint",
  title: "The same answer for everybody is computed at each request",
  language: "java",
  certainty: "likely",
  cost: "one query over the table per request, for an answer that is the same for everybody",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html",
    "https://docs.spring.io/spring-boot/reference/io/caching.html",
    "https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-caching.html",
  ],
  messages: {
    one: "{{endpoint}} runs {{query}} at each request, uncached",
    several: "{{endpoint}} runs {{query}} and {{more}} more at each request, uncached",
  },

  check({ file, model, report }) {
    for (const endpoint of model.web.endpointsIn(file.file)) {
      if (!isForEverybody(endpoint) || isRestricted(model, endpoint) || isCommand(model, endpoint) || model.caching.setsHeaders()) continue;
      const [first, ...others] = heavyReads(model, endpoint);
      if (first === undefined) continue;
      const enabled = model.caching.isEnabled() || model.configuration.buildOf(file.file).has("spring-boot-starter-cache");
      report({
        at: endpoint.at,
        message: others.length === 0 ? "one" : "several",
        data: { endpoint: endpoint.label, query: first.read.label, more: others.length },
        cost: costOf([first, ...others]),
        related: relatedOf(first),
        fixes: enabled ? cacheResult(model, first.found) : [],
        ...(enabled && !growWithTables(model, [first, ...others], endpoint.file) ? {} : { certainty: "possible" }),
      });
    }
  },
});

/** Whether the request says nothing about who asks or for what: paging and languages are anybody's. */
function isForEverybody({ verb, path, inputs }: Endpoint): boolean {
  return verb === "GET" && !/[{*]/.test(path) && !QUIET.test(path) && inputs.every(({ kind }) => kind === "paging" || kind === "injected");
}

/** Pages for few people, and those that must tell the present state. */
const QUIET =
  /\/(?:admin|administration|internal|management|manage|actuator|system|debug|test|tests|health|healthz|ping|metrics|backoffice|export)(?:\/|$)/i;

/** Endpoints that a role is needed for are not asked by everybody. */
function isRestricted(model: Model, { method }: Endpoint): boolean {
  const declared = model.calls.method(method)?.declared;
  if (declared === undefined) return true;
  const annotations = [...declared.method.annotations, ...declared.owner.type.annotations];
  if (annotationNamed(annotations, "Secured", "RolesAllowed", "DenyAll") !== undefined) return true;
  const guard = annotationNamed(annotations, "PreAuthorize");
  return guard?.values.some(({ value }) => value.kind !== "text" || !/^\s*permitAll/.test(value.text)) ?? false;
}

/** A GET that changes something, is called so, or gives no answer, is a command: there is nothing to keep. */
function isCommand(model: Model, { runs, path, returns }: Endpoint): boolean {
  if (/^(?:void|Void|(?:ResponseEntity|HttpEntity|Mono)<(?:Void|\?)>)$/.test(returns)) return true;
  return COMMANDS.test(path.slice(path.lastIndexOf("/") + 1)) || model.effects.of(runs, "write") !== undefined;
}

/** `/resetCache`, `/reload`: what reads anew because it is told to. */
const COMMANDS = /^(?:reset|reload|refresh|clear|evict|invalidate|flush|rebuild|reindex|sync|synchronize)(?![a-z])/;

interface HeavyRead {
  readonly found: UncachedRead;
  readonly read: SiteRead;
}

/** Counts, aggregates and lists of everything below an endpoint, each query once. */
function heavyReads(model: Model, endpoint: Endpoint): readonly HeavyRead[] {
  const heavy = new Map<string, HeavyRead>();
  for (const found of uncachedReads(model.reads, model.calls, model.caching, endpoint.runs) ?? []) {
    const read = siteRead(model.persistence, model.calls, found.method, found.site);
    if (
      read === undefined ||
      read.shape === "other" ||
      (read.shape === "count" && isPaged(endpoint)) ||
      heavy.has(read.label) ||
      isToldSmall(model, read.table, endpoint.file)
    )
      continue;
    heavy.set(read.label, { found, read });
  }
  return [...heavy.values()];
}

/** Whether the answer is all rows of tables that grow: what it lacks is pages, more than a cache. */
const growWithTables = (model: Model, reads: readonly HeavyRead[], near: string): boolean =>
  reads.every(({ read }) => read.shape === "all" && !asksForFew(model, read, near));

/** The number of all rows belongs to a page of them. */
const isPaged = ({ inputs }: Endpoint): boolean =>
  inputs.some(({ kind, name, type }) => kind === "paging" && (/page/i.test(name) || /Pageable/.test(type)));

function costOf(reads: readonly HeavyRead[]): string {
  const [one, more] = reads.every(({ read }) => read.shape === "all") ? ["full read of", "full reads of"] : ["query over", "queries over"];
  return `${reads.length} ${reads.length === 1 ? one : more} ${tablesOf(reads)} per request`;
}

function tablesOf(reads: readonly HeavyRead[]): string {
  return [...new Set(reads.map(({ read }) => read.table ?? "a table"))].join(", ");
}

function relatedOf({ found, read }: HeavyRead): readonly RelatedPlace[] {
  const related: RelatedPlace[] = [];
  for (const { method, site } of found.path) {
    if (site === undefined) continue;
    const { owner, method: caller } = method.declared;
    related.push({ at: { file: owner.file.file, ...site.at }, message: `${owner.type.name}.${caller.name} calls ${site.name}` });
  }
  const { owner, method: reader } = found.method.declared;
  related.push({ at: { file: owner.file.file, ...found.site.at }, message: `${owner.type.name}.${reader.name} calls ${read.label}` });
  if (read.declared !== undefined) related.push({ at: read.declared, message: `${read.label} is declared here` });
  return related;
}

import { ancestorsOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { type CallSite, passesOn } from "../../model/calls/callSites.ts";
import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import { type SiteRead, siteRead } from "../../model/persistence/sent/siteReads.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { isPagedAhead } from "./shared/pagedAhead.ts";
import { isLookup, isSmallTable } from "./shared/smallTables.ts";

export const unboundedFindAll = defineRule({
  id: "java/unbounded-find-all",
  title: "Every row of a table is loaded for a request or a job",
  language: "java",
  certainty: "likely",
  cost: "memory and time grow with the table: every row becomes an object",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.special-parameters",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/scrolling.html",
  ],
  messages: {
    endpoint: "{{query}} loads every {{entity}} for {{entry}}",
    scheduler: "{{query}} loads every {{entity}} at each run of {{entry}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      for (const site of method.sites) {
        const read = loadsAll(model, method, site);
        if (read === undefined) continue;
        const entry = model.effects.reachedFrom(method.key);
        if (entry === undefined || entry.kind === "listener" || isCachedOnTheWay(model, method, site)) continue;
        const entity = nameOf(read);
        report({
          at: site.at,
          message: entry.kind === "endpoint" ? "endpoint" : "scheduler",
          data: { query: read.label, entity: read.entity === undefined ? `row of ${entity}` : entity, entry: entry.label },
          cost: `every row of ${read.table ?? entity} becomes an object, at each ${entry.kind === "endpoint" ? "request" : "run"}`,
          related: [...model.effects.chainTo(method.key), ...declaration(read), ...table(model, read, file.file)],
          ...weight(model, read, entry, file.file),
        });
      }
    }
  },
});

function loadsAll(model: Model, method: MethodNode, site: CallSite): SiteRead | undefined {
  if (site.work?.kind !== "read" || runsOnce(method) || !passesOn(site)) return undefined;
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read?.shape !== "all" || isLookup(nameOf(read)) || isFallback(model, method, site)) return undefined;
  // A repository of whatever its subtypes store.
  if (read.entity !== undefined && model.persistence.entity(read.entity) === undefined && !read.entity.includes(".")) return undefined;
  return isSmallTable(model, read.table, method.declared.owner.file.file) || isPagedAhead(model, method) ? undefined : read;
}

/** `cached.switchIfEmpty(tickets.findAll())`: asked where a publisher, or a cache in front, has nothing. */
function isFallback(model: Model, method: MethodNode, site: CallSite): boolean {
  const call = model.calls.codeOf(method).nodes[site.order];
  return (
    call !== undefined && [call, ...ancestorsOf(call)].some(({ role, parent }) => role === "argument" && parent?.text === "switchIfEmpty")
  );
}

function nameOf({ entity, table, label }: SiteRead): string {
  return entity === undefined ? (table ?? label.slice(0, label.indexOf("."))) : entity.slice(entity.lastIndexOf(".") + 1);
}

/** Start-up code may read what it needs once. */
function runsOnce({ declared }: MethodNode): boolean {
  return declared.method.kind !== "method" || declared.method.annotations.some((annotation) => /PostConstruct$/.test(annotation.name));
}

function isCachedOnTheWay(model: Model, method: MethodNode, site: CallSite): boolean {
  return [...model.effects.pathTo(method.key), ...site.targets].some((key) => {
    const cached = model.caching.of(key)?.cached;
    return cached === "annotation" || cached === "body";
  });
}

/** Of a request whose path stands elsewhere it is not known whether it asks for a list of settings. */
function hasPath(model: Model, { method }: EntryPoint): boolean {
  const handler = model.calls.method(method);
  return handler !== undefined && model.web.endpointsIn(handler.declared.owner.file.file).some((endpoint) => endpoint.method === method);
}

function declaration({ declared, label }: SiteRead): readonly RelatedPlace[] {
  return declared === undefined ? [] : [{ at: declared, message: `${label} is declared here` }];
}

function table(model: Model, read: SiteRead, file: string): readonly RelatedPlace[] {
  const known = read.table === undefined ? undefined : model.schema.table(read.table, file);
  return known === undefined ? [] : [{ at: known.at, message: `${known.name} is created here` }];
}

/** A job has time; a request has somebody who waits, and most of all outside the pages of administrators. */
function weight(model: Model, read: SiteRead, entry: EntryPoint, file: string): Pick<Report, "certainty" | "severity"> {
  if (entry.kind !== "endpoint") return {};
  if (!entry.often) return { certainty: "possible" };
  if (!hasPath(model, entry)) return {};
  const known = read.table === undefined ? undefined : model.schema.table(read.table, file);
  return known === undefined ? {} : { severity: "warning" };
}

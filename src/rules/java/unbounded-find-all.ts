import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { EntryPoint } from "../../model/calls/spread.ts";
import type { Model } from "../../model/model.ts";
import { type SiteRead, siteRead } from "../../model/persistence/siteReads.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";

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
          message: entry.kind,
          data: { query: read.label, entity, entry: entry.label },
          cost: `every row of ${read.table ?? entity} becomes an object, at each ${entry.kind === "endpoint" ? "request" : "run"}`,
          related: [...model.effects.chainTo(method.key), ...declaration(read), ...table(model, read, file.file)],
          ...weight(model, read, entry, file.file),
        });
      }
    }
  },
});

function loadsAll(model: Model, method: MethodNode, site: CallSite): SiteRead | undefined {
  if (site.work?.kind !== "read" || runsOnce(method)) return undefined;
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read?.shape !== "all" || isLookup(nameOf(read))) return undefined;
  const known = read.table === undefined ? undefined : model.schema.table(read.table, method.declared.owner.file.file);
  if (known !== undefined && model.tableSizes.isSmall(known)) return undefined;
  return known === undefined && read.table !== undefined && isDeclaredSmall(model, read.table) ? undefined : read;
}

/** Rows below which all of them are soon loaded. */
const FEW_ROWS = 10_000;

/** A table that no migration of ours creates may still be declared. */
function isDeclaredSmall(model: Model, name: string): boolean {
  const rows = model.tableSizes.rowsOf(name);
  return rows !== undefined && rows < FEW_ROWS;
}

/** Kinds, settings and places in the world: what stays few, whatever the application does. By the last word of the name. */
const LOOKUPS: ReadonlySet<string> = new Set(
  (
    "type kind status state role permission privilege authority locale language country currency category setting config configuration property " +
    "parameter feature flag level unit region zone plan template provider plugin specialty lookup dictionary migration lock option"
  ).split(" "),
);

function isLookup(name: string): boolean {
  const words = name
    .replace(/(?<=.)(?:Entity|Dto|Model|Record|Bean)$/, "")
    .replace(/(?<=\p{Ll})\p{Lu}/gu, (capital) => `_${capital}`)
    .toLowerCase()
    .split("_");
  const last = words.at(-1) ?? "";
  return [last, last.replace(/s$/, ""), last.replace(/ies$/, "y"), last.replace(/es$/, "")].some((word) => LOOKUPS.has(word));
}

function nameOf({ repository, table }: SiteRead): string {
  const { entity } = repository;
  return entity === undefined ? (table ?? repository.name) : entity.slice(entity.lastIndexOf(".") + 1);
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

function declaration({ declared, label }: SiteRead): readonly RelatedPlace[] {
  return declared === undefined ? [] : [{ at: declared, message: `${label} is declared here` }];
}

function table(model: Model, read: SiteRead, file: string): readonly RelatedPlace[] {
  const known = read.table === undefined ? undefined : model.schema.table(read.table, file);
  return known === undefined ? [] : [{ at: known.at, message: `${known.name} is created here` }];
}

/** A job has time; a request has somebody who waits, and most of all outside the pages of administrators. */
function weight(model: Model, read: SiteRead, { kind, label }: EntryPoint, file: string): Pick<Report, "severity"> {
  const known = read.table === undefined ? undefined : model.schema.table(read.table, file);
  return kind === "endpoint" && known !== undefined && !/\/admin(?:\/|$)/.test(label) ? { severity: "warning" } : {};
}

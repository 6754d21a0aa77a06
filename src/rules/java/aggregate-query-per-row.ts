import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { methodKey } from "../../model/calls/methodKey.ts";
import type { Model } from "../../model/model.ts";
import type { Repository } from "../../model/persistence/repositories/repository.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Place } from "../../text/positions.ts";
import { defineRule, type Report } from "../rule.ts";
import { hasNoCalls } from "./shared/mapping/selections.ts";
import { isSmallTable } from "./shared/mapping/smallTables.ts";
import { reachOf } from "./shared/running/reach.ts";

export const aggregateQueryPerRow = defineRule({
  id: "java/aggregate-query-per-row",
  title: "Collections of an aggregate that are read for each of many",
  language: "java",
  certainty: "proven",
  cost: "1 + N queries for each collection, N rows",
  references: [
    "https://docs.spring.io/spring-data/relational/reference/jdbc/entity-persistence.html",
    "https://github.com/spring-projects/spring-data-relational/issues/1445",
  ],
  messages: { each: "{{query}} sends one more query per {{aggregate}} for {{collections}}{{entry}}" },

  check({ file, model, report }) {
    for (const type of file.java.types) {
      const repository = type.kind === "interface" ? model.persistence.repository(type.qualified) : undefined;
      const collections = collectionsOf(model, repository);
      if (repository === undefined || collections.length === 0) continue;
      for (const { at, kind, returns, method: name } of model.persistence.queriesOf(type.qualified)) {
        const method = type.methods.find(({ nameSpan }) => at.file === file.file && nameSpan.start === at.start);
        if (method === undefined || kind !== "find" || !MANY.has(returns)) continue;
        const element = model.types.resolve(method.returns, { file, type })?.args.at(-1);
        if (element?.name !== repository.entity) continue;
        const key = methodKey({ owner: { file, type }, method });
        const found = judge(model, { repository, collections, name, at }, model.calls.method(key));
        if (found !== undefined) report(hasNoCalls(model, key) ? { ...found, certainty: "possible", severity: "hint" } : found);
      }
    }
    for (const method of model.calls.running(file.file)) {
      for (const site of method.sites) {
        const repository = askedForMany(model, site);
        const collections = collectionsOf(model, repository);
        if (repository === undefined || collections.length === 0) continue;
        const found = judge(model, { repository, collections, name: site.name, at: { file: file.file, ...site.at } }, method);
        if (found !== undefined) report(found);
      }
    }
  },
});

const MANY: ReadonlySet<string> = new Set(["list", "page", "slice", "stream"]);

/** The repository whose method a call runs that Spring Data declares for many rows. */
function askedForMany({ persistence }: Model, { name, work, targets }: CallSite): Repository | undefined {
  if (work?.kind !== "read" || work.on === undefined || targets.length > 0 || !/^findAll(?:ById)?$/.test(name)) return undefined;
  return persistence.repository(work.on);
}

/** A query of many aggregates. */
interface Read {
  readonly repository: Repository;
  readonly collections: readonly Collection[];
  /** The method's name. */
  readonly name: string;
  readonly at: Place;
}

function judge(model: Model, { repository, collections, name, at }: Read, method: MethodNode | undefined): Report<"each"> | undefined {
  const kept = model.persistence.keptBy(repository);
  if (kept?.aggregate !== true || isSmallTable(model, kept.table, at.file)) return undefined;
  if (model.configuration.codeSettles("single-query-loading", at.file)) return undefined;
  const { often, entry } = method === undefined ? { often: "unknown", entry: undefined } : reachOf(model, method);
  const names = collections.map((collection) => `${kept.name}.${collection.name}`);
  return {
    at,
    message: "each",
    data: {
      query: `${repository.name}.${name}`,
      aggregate: kept.name,
      collections: names.length < 3 ? names.join(" and ") : `${names[0]} and ${names.length - 1} more`,
      entry: entry === undefined ? "" : ` (${entry.label})`,
    },
    cost: names.length === 1 ? "1 + N queries, N rows" : `1 + ${names.length} × N queries, N rows`,
    related: [
      ...collections.map((collection) => ({ at: collection.at, message: `${collection.name} is read by a statement of its own` })),
      ...(entry === undefined || method === undefined ? [] : model.effects.chainTo(method.key)),
    ],
    ...(often === "often" ? {} : { severity: "information" as const }),
  };
}

interface Collection {
  readonly name: string;
  readonly at: Place;
}

/** What the class that a repository of Spring Data keeps, and those above it, map as collections of rows. */
function collectionsOf({ types }: Model, repository: Repository | undefined): readonly Collection[] {
  const entry = repository?.style !== "spring-data" || repository.entity === undefined ? undefined : types.declared(repository.entity);
  if (entry === undefined) return [];
  return types.remembered(entry, "collections of an aggregate", () =>
    types
      .lineage(entry)
      .flatMap(({ file, type }) =>
        type.fields.flatMap(({ name, annotations, nameSpan }) =>
          annotationNamed(annotations, "MappedCollection") === undefined ? [] : [{ name, at: { file: file.file, ...nameSpan } }],
        ),
      ),
  );
}

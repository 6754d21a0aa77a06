import type { MappedCollection } from "../../schema/usage.ts";
import type { Entity, EntityLookup } from "../mapping/entity.ts";
import { looksUp, type Query } from "../scans/query.ts";
import type { Deleted } from "./deleteCalls.ts";
import type { Repository } from "./repository.ts";

/** By table, lower case. A table that no entity and no query names is not here. */
export type Usage = Readonly<Record<string, Used>>;

interface Used {
  /** By column that rows are looked up by: the other columns of each lookup, one text a lookup. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Collections that are kept in it, by the column that points back to their owner. */
  readonly collections: Readonly<Record<string, readonly MappedCollection[]>>;
  /** Columns that rows are found by only to delete them. */
  readonly purges: readonly string[];
  /** Whether somebody deletes its rows; "maybe" where somebody deletes rows of nobody knows which table. */
  readonly deletes: "yes" | "no" | "maybe";
  /** Nothing but loads of a collection is known of it. */
  readonly partly?: true;
  /** Nothing but what is mapped to it by the other side is known of it. */
  readonly mapped?: true;
}

interface Gathered {
  readonly filters: Map<string, Set<string>>;
  readonly collections: Map<string, MappedCollection[]>;
  readonly purges: Set<string>;
  deletes: Used["deletes"];
}

/** Entities that are deleted, with those that are deleted along with them. */
function withParts(deleted: ReadonlySet<string>, entities: EntityLookup): readonly Entity[] {
  const found = new Map<string, Entity>();
  const frontier = [...deleted];
  for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
    const entity = found.has(next) ? undefined : entities(next);
    if (entity === undefined) continue;
    found.set(next, entity);
    for (const { removes, type } of entity.attributes) if (removes === true) frontier.push(type);
  }
  return [...found.values()].filter(({ table }) => table !== "");
}

/** Entities that others lead to are loaded through these: lines of an inventory that have no repository of their own. */
function withReached(mapped: ReadonlySet<string>, entities: EntityLookup): ReadonlySet<string> {
  const reached = new Set(mapped);
  for (const qualified of reached) {
    for (const { kind, type } of entities(qualified)?.attributes ?? []) {
      if (kind !== "basic" && entities(type)?.kind === "entity") reached.add(type);
    }
  }
  return reached;
}

/** What the queries, the entities' mapping and the calls of `delete` do with each table. */
export function usageOf(queries: readonly Query[], repositories: readonly Repository[], deleted: Deleted, entities: EntityLookup): Usage {
  const usage = new Map<string, Gathered>();
  const filter = (table: string, column: string, others: readonly string[]): void => {
    const { filters } = of(table);
    const lookups = filters.get(column);
    if (lookups === undefined) filters.set(column, new Set([others.join()]));
    else lookups.add(others.join());
  };
  const of = (table: string): Gathered => {
    let known = usage.get(table);
    if (known === undefined) usage.set(table, (known = { filters: new Map(), collections: new Map(), purges: new Set(), deletes: "no" }));
    return known;
  };
  const collect = (table: string, column: string, collection: MappedCollection): void => {
    const { collections } = of(table);
    collections.set(column, [...(collections.get(column) ?? []), collection]);
  };
  const removed = new Set(deleted.classes);
  for (const query of queries) {
    query.scans.forEach(({ table, tests }, position) => {
      const tested = tests.filter((test) => looksUp(test, position));
      for (const { column } of tested) {
        if (query.kind === "delete") of(table).purges.add(column);
        else filter(table, column, [...new Set(tested.map((other) => other.column))].filter((other) => other !== column).sort());
      }
    });
    const first = query.scans[0];
    if (query.kind === "delete" && first !== undefined) of(first.table).deletes = "yes";
    // Spring Data loads what a method's name deletes, and removes it.
    if (query.kind === "delete" && query.source === "derived" && query.entity !== undefined) removed.add(query.entity);
  }
  const mapped = new Set<string>();
  for (const { entity: qualified, name } of repositories) {
    const entity = qualified === undefined ? undefined : entities(qualified);
    if (entity === undefined || entity.table === "") continue;
    if (deleted.repositories.has(name)) removed.add(entity.qualified);
    else if (deleted.any && of(entity.table).deletes === "no") of(entity.table).deletes = "maybe";
    of(entity.table);
    mapped.add(entity.qualified);
  }
  // What else reads such an entity is not known, nor what looks into its collections otherwise.
  const known = new Set(usage.keys());
  for (const { table } of withParts(removed, entities)) of(table).deletes = "yes";
  const asked = new Set(queries.flatMap(({ kind, entity }) => (kind === "find" && entity !== undefined ? [entity] : [])));
  for (const qualified of asked)
    for (const { through } of entities(qualified)?.attributes ?? [])
      if (through !== undefined && through.table !== "") for (const column of through.columns) filter(through.table, column, []);
  const partly = new Set([...usage.keys()].filter((table) => !known.has(table)));
  const mappedOnly = new Set<string>();
  const ofRepositories = withReached(mapped, entities);
  // A collection is read by the columns that point back to its owner.
  for (const qualified of withReached(new Set([...mapped, ...asked]), entities)) {
    for (const attribute of entities(qualified)?.attributes ?? []) {
      const collection = { owner: qualified, name: attribute.name };
      const { through } = attribute;
      if (through !== undefined && through.table !== "") {
        if (ofRepositories.has(qualified)) partly.delete(through.table);
        for (const column of through.columns) {
          filter(through.table, column, []);
          collect(through.table, column, collection);
        }
      }
      const target = attribute.mappedBy === undefined ? undefined : entities(attribute.type);
      if (target === undefined || target.table === "") continue;
      const owning = target.attributes.find((candidate) => candidate.name === attribute.mappedBy);
      if (!known.has(target.table)) mappedOnly.add(target.table);
      if (ofRepositories.has(qualified)) partly.delete(target.table);
      of(target.table);
      for (const column of owning?.columns ?? []) {
        // The other side of a one-to-one is looked for with each of its owners.
        if (attribute.kind === "toOne") filter(target.table, column, []);
        else collect(target.table, column, collection);
      }
    }
  }
  return Object.fromEntries(
    [...usage]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([table, { filters, collections, purges, deletes }]) => [
        table,
        {
          collections: Object.fromEntries(collections),
          filters: Object.fromEntries([...filters].map(([column, lookups]) => [column, [...lookups].sort()])),
          purges: [...purges].sort(),
          deletes,
          ...(partly.has(table) && { partly: true as const }),
          ...(mappedOnly.has(table) && { mapped: true as const }),
        },
      ]),
  );
}

import type { Query } from "./query.ts";
import type { Repository } from "./repository.ts";
import type { EntityLookup } from "./scanBuilder.ts";

/** By table, lower case. A table that no entity and no query names is not here. */
export type Usage = Readonly<Record<string, { readonly filters: readonly string[]; readonly deletes: boolean }>>;

/** What the queries, the entities' mapping and the calls of `delete` do with each table. */
export function usageOf(
  queries: readonly Query[],
  repositories: readonly Repository[],
  deletedThrough: ReadonlySet<string>,
  entities: EntityLookup,
): Usage {
  const usage = new Map<string, { filters: Set<string>; deletes: boolean }>();
  const of = (table: string): { filters: Set<string>; deletes: boolean } => {
    let known = usage.get(table);
    if (known === undefined) usage.set(table, (known = { filters: new Set(), deletes: false }));
    return known;
  };
  for (const query of queries) {
    // A join looks rows up in the tables that it comes to, not in the one that the query starts from.
    query.scans.forEach(({ table, tests }, position) => {
      for (const { column, test } of tests) {
        if (test === "equals" || test === "in" || (test === "join" && position > 0)) of(table).filters.add(column);
      }
    });
    const first = query.scans[0];
    if (query.kind === "delete" && first !== undefined) of(first.table).deletes = true;
  }
  const mapped = new Set<string>();
  for (const { entity: qualified, name } of repositories) {
    const entity = qualified === undefined ? undefined : entities(qualified);
    if (entity === undefined || entity.table === "") continue;
    of(entity.table).deletes ||= deletedThrough.has(name);
    mapped.add(entity.qualified);
  }
  // A collection is read by the columns that point back to its owner.
  for (const qualified of mapped) {
    for (const attribute of entities(qualified)?.attributes ?? []) {
      if (attribute.through !== undefined && attribute.through.table !== "") {
        for (const column of attribute.through.columns) of(attribute.through.table).filters.add(column);
      }
      const target = attribute.mappedBy === undefined ? undefined : entities(attribute.type);
      if (target === undefined || target.table === "") continue;
      const owning = target.attributes.find((candidate) => candidate.name === attribute.mappedBy);
      for (const column of owning?.columns ?? []) of(target.table).filters.add(column);
    }
  }
  return Object.fromEntries(
    [...usage]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([table, { filters, deletes }]) => [table, { filters: [...filters].sort(), deletes }]),
  );
}

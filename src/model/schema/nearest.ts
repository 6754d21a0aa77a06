import type { Schema } from "./schema.ts";

/** A table that an entity is mapped to, in lower case. */
export interface EntityTable {
  readonly file: string;
  readonly table: string;
}

/**
 * The schema that code in a folder, whose path ends with a slash, most likely works with. Of several that lie equally near (an application
 * with two databases) it is the one that has the tables of the entities beside the code.
 */
export function schemaNearest(folder: string, schemas: readonly Schema[], entities: readonly EntityTable[]): Schema | undefined {
  const inTest = /(^|\/)(src\/)?test\//.test(folder);
  const ranked = schemas.map((schema) => ({
    schema,
    place: [
      schema.tables.size > 0 ? 1 : 0,
      !schema.test || inTest ? 1 : 0,
      DIALECT_RANK[schema.dialect] ?? 0,
      sharedFolders(folder, schema.id),
    ],
    // Beside the folder that Flyway runs by itself lie those of second databases.
    size: [/(?:^|\/)db\/migrations?(?:$|\/)/.test(schema.id) ? 1 : 0, schema.tables.size],
  }));
  const last = <T>(of: readonly T[], rank: (one: T) => readonly number[]): T | undefined =>
    of.reduce<T | undefined>((best, one) => (best === undefined || isBehind(rank(best), rank(one)) ? one : best), undefined);
  const place = last(ranked, (one) => one.place)?.place;
  const near = ranked.filter((one) => place !== undefined && !isBehind(one.place, place));
  return (
    ofEntities(
      folder,
      near.map(({ schema }) => schema),
      entities,
    ) ?? last(near, ({ size }) => size)?.schema
  );
}

/** The one that alone has tables of the nearest entities; undefined where they are spread over several. */
function ofEntities(folder: string, schemas: readonly Schema[], entities: readonly EntityTable[]): Schema | undefined {
  if (schemas.length < 2) return undefined;
  for (let around = folder; around !== ""; around = around.slice(0, around.lastIndexOf("/", around.length - 2) + 1)) {
    const owners = new Set<Schema>();
    for (const { file, table } of entities) {
      if (!file.startsWith(around)) continue;
      const having = schemas.filter(({ tables }) => tables.has(table));
      if (having.length === 1) owners.add(having[0] as Schema);
    }
    if (owners.size > 0) return owners.size === 1 ? [...owners][0] : undefined;
  }
  return undefined;
}

const DIALECT_RANK: Readonly<Record<string, number>> = { postgresql: 2, unknown: 1 };

function isBehind(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] as number) < (b[at] as number);
}

/** How many folders two paths have in common, from the root on: the same module before the same project. */
function sharedFolders(a: string, b: string): number {
  const [x, y] = [a.split("/"), b.split("/")];
  let shared = 0;
  while (shared < x.length && shared < y.length && x[shared] === y[shared]) shared++;
  return shared;
}

import type { Schema } from "./schema.ts";

/** A table that an entity is mapped to, in lower case. */
export interface EntityTable {
  readonly file: string;
  readonly table: string;
}

/**
 * The schema that code in a folder, whose path ends with a slash, most likely works with. Of several that lie equally near (an application
 * with two databases) it is the one that has the tables of the entities beside the code, then the one that is configured.
 */
export function schemaNearest(
  folder: string,
  schemas: readonly Schema[],
  entities: readonly EntityTable[],
  configured: ReadonlySet<string>,
): Schema | undefined {
  const inTest = /(^|\/)(src\/)?test\//.test(folder);
  const ranked = schemas.map((schema) => ({
    schema,
    place: [
      schema.tables.size > 0 ? 1 : 0,
      !schema.test || inTest ? 1 : 0,
      DIALECT_RANK[schema.dialect] ?? 0,
      sharedFolders(folder, schema.id),
    ],
  }));
  const last = <T>(of: readonly T[], rank: (one: T) => readonly number[]): T | undefined =>
    of.reduce<T | undefined>((best, one) => (best === undefined || isBehind(rank(best), rank(one)) ? one : best), undefined);
  const place = last(ranked, (one) => one.place)?.place;
  const near = ranked.flatMap((one) => (place === undefined || isBehind(one.place, place) ? [] : [one.schema]));
  if (near.length < 2) return near[0];
  const mapped = [...new Set(entities.map(({ table }) => table))];
  const mappedIn = ({ tables }: Schema): number => mapped.filter((table) => tables.has(table)).length;
  const most = Math.max(0, ...near.filter(isScript).map(mappedIn));
  return (
    ofEntities(folder, near, entities) ??
    last(near, (schema) => [
      configured.has(schema.id) ? 1 : 0,
      // A few migrations beside the script that makes nearly all tables add to what it has made.
      mappedIn(schema) * FEW >= most ? 1 : 0,
      // Beside the folder that Flyway runs by itself lie those of second databases.
      /(?:^|\/)db\/migrations?(?:$|\/)/.test(schema.id) ? 1 : 0,
      // An archive has the tables of what it keeps, or most of them, and fewer changes to them.
      mappedIn(schema),
      [...schema.tables.values()].filter(({ partitionOf }) => partitionOf === undefined).length,
      schema.migrations.length,
    ])
  );
}

const FEW = 4;

const isScript = ({ liquibase, mapped, migrations }: Schema): boolean =>
  !liquibase && !mapped && migrations.every(({ kind }) => kind === "plain");

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

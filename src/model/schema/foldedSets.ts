import type { SqlFile } from "../../facts/fileFacts.ts";
import { changedKeys, sameValue } from "./changes.ts";
import { withCascades } from "./fold/cascades.ts";
import { foldFile, type Tables } from "./fold/fold.ts";
import { changesIn, type FoldedFile, withFunctions } from "./fold/foldedFile.ts";
import { foldUnordered } from "./fold/foldUnordered.ts";
import { foldObjects, type Objects } from "./fold/objects.ts";
import { type Dialect, type Inclusion, isJudged, type Migration, type Schema } from "./schema.ts";
import type { MigrationSet } from "./sets/migrationSet.ts";

/** A migration of an ordered set, and the tables as they are before it. */
export interface FoldedMigration {
  readonly schema: Schema;
  readonly migration: Migration;
  readonly file: SqlFile;
  readonly before: Tables;
}

/** A set of migrations with what they make, after each of them. */
export interface FoldedSet {
  readonly set: MigrationSet;
  readonly schema: Schema;
  readonly inputs: readonly FoldedFile[];
  /** The file of each input. */
  readonly files: readonly (SqlFile | undefined)[];
  /** The tables after each file of an ordered set. */
  readonly snapshots: readonly Tables[];
  /** What else there is after each file, in the same order. */
  readonly objects: readonly Objects[];
}

/** Folds a set; `before` is what it was folded to last, `fileOf` knows what a file says in SQL. */
export function foldSet(set: MigrationSet, fileOf: (file: string) => SqlFile | undefined, before: FoldedSet | undefined): FoldedSet {
  const run =
    set.steps ??
    set.migrations.flatMap(({ file, kind }): FoldedFile[] => {
      const facts = set.behind?.has(file) === true ? undefined : fileOf(file)?.sql;
      return facts === undefined ? [] : [{ file, facts, seeds: kind === "versioned" }];
    });
  const inputs = set.ordered ? withFunctions(run) : run;
  const snapshots: Tables[] = [];
  const objects: Objects[] = [];
  // Snapshots of before are good up to the first file that differs.
  const same = before === undefined || !set.ordered ? 0 : sameInputs(before.inputs, inputs);
  for (const [i, input] of inputs.entries()) {
    const [tables, others] = i < same ? [before?.snapshots[i], before?.objects[i]] : [];
    if (tables !== undefined && others !== undefined) {
      snapshots.push(tables);
      objects.push(others);
      continue;
    }
    const changes = withCascades(changesIn(input), snapshots[i - 1] ?? new Map(), objects[i - 1] ?? new Map());
    if (set.ordered) snapshots.push(foldFile(snapshots[i - 1] ?? new Map(), input, changes));
    objects.push(foldObjects(objects[i - 1] ?? new Map(), input.file, changes));
  }
  if (!set.ordered) snapshots.push(foldUnordered(inputs));
  const { id, dialect, test, liquibase, migrations, inclusions = NO_INCLUSIONS, naming } = set;
  const last = { tables: snapshots.at(-1) ?? new Map(), objects: objects.at(-1) ?? new Map() };
  const files = inputs.map(({ file }) => fileOf(file));
  const takesStatements = !liquibase || takesChangesets(migrations, inclusions, fileOf);
  return {
    set,
    inputs,
    files,
    snapshots,
    objects,
    schema: { id, dialect, test, liquibase, mapped: set.mapped === true, ...last, migrations, inclusions, naming, takesStatements },
  };
}

/** Behind a plain script comes another one; change logs have to have changesets. */
function takesChangesets(
  migrations: readonly Migration[],
  inclusions: ReadonlyMap<string, Inclusion>,
  fileOf: (file: string) => SqlFile | undefined,
): boolean {
  const files = migrations.flatMap(({ file }) => fileOf(file) ?? []);
  const last = files.at(-1);
  if (last === undefined) return false;
  const isScript = last.sql.changelog === undefined && last.sql.changesets.length === 0 && inclusions.has(last.file);
  return isScript || files.some(({ sql }) => sql.changesets.length > 0);
}

const NO_INCLUSIONS: ReadonlyMap<string, Inclusion> = new Map();

/** The migrations of ordered sets, by file. */
export function foldedMigrations(folds: Iterable<FoldedSet>): ReadonlyMap<string, FoldedMigration> {
  const all = new Map<string, FoldedMigration>();
  for (const { set, schema, files, snapshots } of folds) {
    if (!set.ordered) continue;
    const named = new Map(set.migrations.map((migration) => [migration.file, migration]));
    for (const [i, file] of files.entries()) {
      const migration = file === undefined ? undefined : named.get(file.file);
      // A change log that includes others in its middle runs in parts: what those make is not known to the parts behind.
      if (file === undefined || (file.sql.changelog !== undefined && all.has(file.file))) continue;
      if (migration !== undefined) all.set(file.file, { schema, migration, file, before: snapshots[i - 1] ?? new Map() });
    }
  }
  return all;
}

/** Snapshots that were kept are the same objects. */
export function changedFolds(before: ReadonlyMap<string, FoldedMigration>, now: ReadonlyMap<string, FoldedMigration>): string[] {
  // All migrations of a schema have the same one: it is compared once.
  const schemas = new Map<Schema, boolean>();
  const sameSchema = (a: Schema, b: Schema): boolean => {
    const known = schemas.get(b);
    if (known !== undefined) return known;
    const same = sameValue(withoutTables(a), withoutTables(b));
    schemas.set(b, same);
    return same;
  };
  const same = (a: FoldedMigration | undefined, b: FoldedMigration): boolean =>
    a !== undefined &&
    a.file === b.file &&
    (a.before === b.before || (a.before.size === 0 && b.before.size === 0)) &&
    sameSchema(a.schema, b.schema);
  const gone = [...before.keys()].filter((file) => !now.has(file));
  return [...[...now].flatMap(([file, fold]) => (same(before.get(file), fold) ? [] : [file])), ...gone].map((file) => `folded:${file}`);
}

/** How many inputs at the beginning are the same. */
function sameInputs(before: readonly FoldedFile[], now: readonly FoldedFile[]): number {
  const same = (a: FoldedFile | undefined, b: FoldedFile): boolean =>
    a !== undefined &&
    a.facts === b.facts &&
    a.file === b.file &&
    a.seeds === b.seeds &&
    a.properties === b.properties &&
    a.functions === b.functions &&
    a.statements?.join() === b.statements?.join();
  const other = now.findIndex((input, i) => !same(before[i], input));
  return other < 0 ? now.length : other;
}

/** What is to be told of schemas that are other than before. */
export function changedSchemas(before: ReadonlyMap<string, FoldedSet>, now: ReadonlyMap<string, FoldedSet>): string[] {
  const keys: string[] = [];
  const several = [...now.values()].filter(({ set }) => !set.test && isJudged(set.dialect)).length > 1;
  for (const id of new Set([...before.keys(), ...now.keys()])) {
    const [old, next] = [before.get(id)?.schema, now.get(id)?.schema];
    const tables = changedKeys("table:", old?.tables ?? new Map(), next?.tables ?? new Map());
    keys.push(...tables);
    if (tables.length > 0 || !sameValue(withoutTables(old), withoutTables(next))) keys.push(`schema:${id}`);
    if (!sameValue(summary(old, several), summary(next, several))) keys.push("schemas:all");
  }
  return keys;
}

/** By file; PostgreSQL's where several vendors share one. */
export function dialectsBySet(sets: readonly MigrationSet[]): ReadonlyMap<string, Dialect> {
  const judgedLast = [...sets].sort((a, b) => Number(isJudged(a.dialect)) - Number(isJudged(b.dialect)));
  return new Map(judgedLast.flatMap(({ dialect, migrations }) => migrations.map(({ file }) => [file, dialect] as const)));
}

/** What the choice of the nearest schema depends on; of one alone the tables make no difference. */
const summary = (schema: Schema | undefined, several: boolean) =>
  schema && [schema.dialect, schema.test, several ? [[...schema.tables.keys()], schema.migrations.length] : schema.tables.size > 0];
const withoutTables = (schema: Schema | undefined) => schema && [schema.dialect, schema.migrations, schema.objects, schema.takesStatements];

import type { SqlFile } from "../../facts/fileFacts.ts";
import { migrationScript } from "../../facts/java/migrationSql.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { changedKeys, sameValue } from "./changes.ts";
import {
  changedFolds,
  changedSchemas,
  dialectsBySet,
  type FoldedMigration,
  type FoldedSet,
  foldedMigrations,
  foldSet,
} from "./foldedSets.ts";
import { type EntityTable, schemaNearest } from "./nearest.ts";
import { type Column, type Dialect, type ForeignKey, type Index, isJudged, type Schema, type Table } from "./schema.ts";
import { type DialectIndex, type DialectIndexes, dialectIndexes } from "./sets/dialects.ts";
import { type MappedTables, touchesMapping } from "./sets/mapped.ts";
import { mappedSets } from "./sets/mappedSets.ts";
import type { MigrationProblem } from "./sets/migrationSet.ts";
import { isJavaMigration, migrationSets } from "./sets/migrationSets.ts";
import { type SchemaSettings, touchesSchemaSettings } from "./sets/settings.ts";

/** Something that a migration declares, as the last migration leaves it. */
export interface Declared<T> {
  readonly schema: string;
  readonly table: Table;
  readonly what: T;
}

/**
 * The database schemas of a workspace, each folded from its migrations. A changed migration folds again from its place on; exactly the
 * tables that are other than before are told.
 *
 * Keys: `schemas:all` (which there are), `schema:<id>` (anything in it), `table:<name>`, `declared:<file>` (the tables that a file
 * declares, or declares something of), `migration:<file>` (what is wrong with its version), `folded:<file>` (the tables before it), `dialects:<id>` (the
 * indexes that other databases have in its place), `shared-names:all` (names that tables of several PostgreSQL schemas have).
 */
export class SchemaModel implements ModelPart {
  readonly #reads: ReadLog;
  readonly #settings: SchemaSettings;
  readonly #mapped: MappedTables;
  /** What migrations written in Java say, as far as their texts tell. */
  readonly #javaMigrations = new Map<string, SqlFile | undefined>();
  #folds: ReadonlyMap<string, FoldedSet> = new Map();
  /** By folder, until something is folded anew. */
  readonly #nearestTo = new Map<string, { readonly schema: Schema | undefined }>();
  #declared: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #sharedNames: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #problems: ReadonlyMap<string, readonly MigrationProblem[]> = new Map();
  #folded: ReadonlyMap<string, FoldedMigration> = new Map();
  #dialects: DialectIndexes = new Map();
  /** Of an application with several databases; nothing of others. */
  #entityTables: readonly EntityTable[] = [];
  /** Of several schemas those whose migrations lie where Flyway's configuration says. */
  #configured: ReadonlySet<string> = new Set();
  #dialectBySet: ReadonlyMap<string, Dialect> = new Map();

  constructor(reads: ReadLog, settings: SchemaSettings, mapped: MappedTables) {
    this.#reads = reads;
    this.#settings = settings;
    this.#mapped = mapped;
  }

  update(changes: readonly FactsChange[], store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const migrates = changesOf(changes, "java").some(
      ({ file, before, after }) =>
        isJavaMigration(file) && (before === undefined || after === undefined || !sameValue(before.java.migration, after.java.migration)),
    );
    if (changesOf(changes, "sql").length === 0 && !migrates && !touchesSchemaSettings(changed) && !touchesMapping(changed)) return [];
    for (const { file, after } of changesOf(changes, "java")) {
      if (!isJavaMigration(file)) continue;
      if (after === undefined) this.#javaMigrations.delete(file);
      else this.#javaMigrations.set(file, migrationScript(after));
    }
    const files = new Map<string, SqlFile>();
    for (const facts of store.of("sql")) files.set(facts.file, facts);
    const before = this.#folds;
    const sets = migrationSets(files.values(), this.#javaMigrations, this.#settings);
    const fileOf = (file: string): SqlFile | undefined => files.get(file) ?? this.#javaMigrations.get(file);
    const folds = new Map(sets.map((set) => [set.id, foldSet(set, fileOf, before.get(set.id))]));
    this.#dialectBySet = dialectsBySet(sets);
    const loose = [...files.values()].filter(({ file }) => !this.#dialectBySet.has(file));
    const scripted = [...folds.values()].map(({ schema }) => schema);
    for (const set of mappedSets(this.#mapped, this.#settings, scripted, loose)) folds.set(set.id, foldSet(set, fileOf, undefined));
    const declared = declarations(folds.values());
    const problems = new Map<string, readonly MigrationProblem[]>();
    for (const { set } of folds.values()) {
      for (const problem of set.problems) problems.set(problem.file, [...(problems.get(problem.file) ?? []), problem]);
    }
    const folded = foldedMigrations(folds.values());
    const dialects = dialectIndexes(sets, files);
    const answers = [
      ...changedSchemas(before, folds),
      ...changedKeys("dialects:", this.#dialects, dialects),
      ...changedFolds(this.#folded, folded),
      ...changedKeys("declared:", this.#declared, declared),
      ...changedKeys("migration:", this.#problems, problems),
    ];
    const several = scripted.filter(({ test, dialect }) => !test && isJudged(dialect)).length > 1;
    const entityTables = several ? tablesOf(this.#mapped) : [];
    const configured = new Set(several ? scripted.flatMap(({ id }) => (this.#isConfigured(id) ? [id] : [])) : []);
    if (!sameValue(entityTables, this.#entityTables) || !sameValue([...configured], [...this.#configured])) answers.push("schemas:all");
    this.#entityTables = entityTables;
    this.#configured = configured;
    const sharedNames = namesShared(folds.values());
    if (changedKeys("", this.#sharedNames, sharedNames).length > 0) answers.push("shared-names:all");
    this.#sharedNames = sharedNames;
    this.#folds = folds;
    this.#nearestTo.clear();
    this.#declared = declared;
    this.#problems = problems;
    this.#folded = folded;
    this.#dialects = dialects;
    return answers;
  }

  /** All schemas, tests' and other dialects' too. */
  schemas(): readonly Schema[] {
    this.#reads.note("schemas:all");
    return [...this.#folds.values()].map(({ schema }) => this.#noted(schema));
  }

  schema(id: string): Schema | undefined {
    this.#reads.note(`schema:${id}`);
    return this.#folds.get(id)?.schema;
  }

  /** The schema as it is when a migration begins; undefined for what is no migration, or of a set whose order nobody knows. */
  schemaBefore(file: string): Schema | undefined {
    for (const { set, schema, files, snapshots, objects } of this.#folds.values()) {
      const place = set.ordered ? files.findIndex((one) => one?.file === file) : -1;
      if (place < 0) continue;
      this.#noted(schema);
      return { ...schema, tables: snapshots[place - 1] ?? new Map(), objects: objects[place - 1] ?? new Map() };
    }
    return undefined;
  }

  /** The schema that the code of a file works with: PostgreSQL before others, then the nearest in the tree of folders. */
  schemaFor(file: string): Schema | undefined {
    const schema = this.#nearest(file);
    return schema && this.#noted(schema);
  }

  /** A table by its name, without the PostgreSQL schema, in the schema that the code of `nearFile` works with. */
  table(name: string, nearFile: string): Table | undefined {
    this.#reads.note(`table:${name.toLowerCase()}`);
    return this.#nearest(nearFile)?.tables.get(name.toLowerCase());
  }

  /** The keys of tables whose name another PostgreSQL schema has, too, in the schema that the code of a file works with. */
  sharedNames(nearFile: string): ReadonlySet<string> {
    this.#reads.note("shared-names:all");
    return this.#sharedNames.get(this.#nearest(nearFile)?.id ?? "") ?? NONE;
  }

  /** A table of one schema. */
  tableOf(schema: string, name: string): Table | undefined {
    this.#reads.note(`table:${name.toLowerCase()}`);
    return this.#folds.get(schema)?.schema.tables.get(name.toLowerCase());
  }

  /** The foreign keys that a file declares and that no later migration drops, in PostgreSQL schemas outside tests. */
  foreignKeysDeclaredIn(file: string): readonly Declared<ForeignKey>[] {
    return this.#declaredIn(file, (table) => table.foreignKeys);
  }

  /** The indexes, those of constraints included, that a file declares and that no later migration drops. */
  indexesDeclaredIn(file: string): readonly Declared<Index>[] {
    return this.#declaredIn(file, (table) => table.indexes);
  }

  /** The columns that a file declares and that no later migration drops. */
  columnsDeclaredIn(file: string): readonly Declared<Column>[] {
    return this.#declaredIn(file, (table) => [...table.columns.values()]);
  }

  /** The tables that a file creates and that no later migration drops. */
  tablesDeclaredIn(file: string): readonly Declared<Table>[] {
    return this.#declaredIn(file, (table) => [table]);
  }

  /** A file of an ordered set as it is folded; undefined for all others. */
  migration(file: string): FoldedMigration | undefined {
    this.#reads.note(`folded:${file}`);
    return this.#folded.get(file);
  }

  /** The database that a script is for: that of the files that it runs with, by its own words, or what its module connects to. */
  dialectOf({ file, sql }: SqlFile): Dialect {
    this.#reads.note("schemas:all");
    const own = this.#dialectBySet.get(file) ?? sql.dialect;
    return own === "unknown" ? (this.#settings.dialect(file) ?? own) : own;
  }

  /** Whether a change log of Liquibase may run on another database, too: the tests of its module, or some of its users. */
  runsElsewhere(file: string): boolean {
    this.#reads.note("schemas:all");
    return this.#settings.reachesOthers(file);
  }

  /** The indexes that a table has in other databases of the same application; of a schema for another database its own. */
  indexesElsewhere(schema: string, table: string): readonly DialectIndex[] {
    this.#reads.note(`dialects:${schema}`);
    return this.#dialects.get(schema)?.get(table.toLowerCase()) ?? [];
  }

  problemsOf(file: string): readonly MigrationProblem[] {
    this.#reads.note(`migration:${file}`);
    return this.#problems.get(file) ?? [];
  }

  #declaredIn<T extends ForeignKey | Index | Column | Table>(file: string, of: (table: Table) => readonly T[]): readonly Declared<T>[] {
    this.#reads.note(`declared:${file}`);
    return [...(this.#declared.get(file) ?? [])].flatMap((key) => {
      const [schema = "", name = ""] = key.split("\n");
      const table = this.tableOf(schema, name);
      if (table === undefined) return [];
      return of(table).flatMap((what) => (what.at.file === file ? [{ schema, table, what }] : []));
    });
  }

  #nearest(file: string): Schema | undefined {
    this.#reads.note("schemas:all");
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    let nearest = this.#nearestTo.get(folder);
    if (nearest === undefined) {
      const schemas = [...this.#folds.values()].map(({ schema }) => schema);
      this.#nearestTo.set(folder, (nearest = { schema: schemaNearest(folder, schemas, this.#entityTables, this.#configured) }));
    }
    return nearest.schema;
  }

  #isConfigured(id: string): boolean {
    return this.#settings
      .flywayLocations(`${id}/V.sql`)
      .some((locations) => locations.some((location) => `/${id}`.endsWith(`/${location}`)));
  }

  #noted(schema: Schema): Schema {
    this.#reads.note(`schema:${schema.id}`);
    return schema;
  }
}

const NONE: ReadonlySet<string> = new Set();

/** By schema, the keys that are more than a table's name. */
function namesShared(folds: Iterable<FoldedSet>): ReadonlyMap<string, ReadonlySet<string>> {
  const shared = new Map<string, ReadonlySet<string>>();
  for (const { schema } of folds) {
    const keys = [...schema.tables].flatMap(([key, { name }]) => (key.length > name.length ? [key] : []));
    if (keys.length > 0) shared.set(schema.id, new Set(keys));
  }
  return shared;
}

/** The tables that entities are mapped to. */
function tablesOf(mapped: MappedTables): readonly EntityTable[] {
  return mapped
    .mappedClasses()
    .flatMap(({ qualified, file }) =>
      mapped
        .mappedTable(qualified)
        .flatMap(({ change }) => (change.kind === "createTable" ? [{ file, table: change.table.name.toLowerCase() }] : [])),
    );
}

/** By file, the tables with something that it declares, as `<schema>\n<table>`. Other dialects and tests are not judged. */
function declarations(folds: Iterable<FoldedSet>): ReadonlyMap<string, ReadonlySet<string>> {
  const byFile = new Map<string, Set<string>>();
  for (const { schema } of folds) {
    if (schema.test || !isJudged(schema.dialect)) continue;
    for (const [name, table] of schema.tables) {
      const key = `${schema.id}\n${name}`;
      for (const parts of [[table], table.columns.values(), table.indexes, table.foreignKeys]) {
        for (const { at } of parts) {
          const here = byFile.get(at.file);
          if (here === undefined) byFile.set(at.file, new Set([key]));
          else here.add(key);
        }
      }
    }
  }
  return byFile;
}

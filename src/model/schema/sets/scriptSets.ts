import type { SqlFile } from "../../../facts/fileFacts.ts";
import { vendorOf } from "../../../facts/sql/dialect.ts";
import type { Dialect } from "../schema.ts";
import { changesOf, isUnread, type MigrationSet, nameOf, pushTo, tablesIn, tablesMadeBy, votedDialect } from "./migrationSet.ts";
import { isTestFile } from "./settings.ts";
import { compareVersions } from "./versions.ts";

/** Scripts without versions: each folder's are a set, in no order. */

/**
 * `schema.sql`, `schema-postgresql.sql`, `schema-views.sql`: one set of a folder for each vendor that a name gives; also of scripts of
 * any name that several vendors have, `shop_mysql.sql` beside `shop_postgresql.sql`.
 */
export function schemaScripts(folder: string, here: readonly SqlFile[]): MigrationSet[] {
  const byVendor = new Map<Dialect | undefined, SqlFile[]>();
  const shared = new Map<string | undefined, number>();
  for (const { file } of here) shared.set(withoutVendor(nameOf(file)), (shared.get(withoutVendor(nameOf(file))) ?? 0) + 1);
  for (const facts of latestOnly(here)) {
    const name = nameOf(facts.file);
    const base = withoutVendor(name);
    if (isSchemaScript(name) || (base !== undefined && (shared.get(base) ?? 0) > 1))
      pushTo(byVendor, vendorOf(name) ?? vendorOf(facts.file), facts);
  }
  const common = byVendor.get(undefined) ?? [];
  byVendor.delete(undefined);
  if (byVendor.size === 0) return common.length === 0 ? [] : [scriptSet(folder, undefined, common)];
  return [...byVendor].map(([vendor, own]) =>
    scriptSet(byVendor.size === 1 ? folder : `${folder} (${vendor})`, vendor, [...common, ...own]),
  );
}

/** `schema.sql` and what is called after it, `schema-h2.sql`; not what changes one that is there. */
const isSchemaScript = (name: string): boolean =>
  /^schema(?:[-_.].*)?\.sql$/i.test(name) && !/[-_.](?:update|upgrade|patch|drop|migrat)|[-_.]schema\.sql$/i.test(name);

const VERSION = /\d+(?:\.\d+)+|(?<=[-_]v)\d+(?=\.sql$)/i;

/**
 * Of scripts that are called the same but for a version each makes a whole schema: `schema-1.0.0.sql` beside `schema-1.1.0.sql`,
 * `schema-v3.sql` beside `schema-v4.sql`.
 */
function latestOnly(scripts: readonly SqlFile[]): readonly SqlFile[] {
  const latest = new Map<string, SqlFile>();
  const versionOf = ({ file }: SqlFile): readonly string[] => VERSION.exec(nameOf(file))?.[0].split(".") ?? [];
  for (const facts of scripts) {
    const key = nameOf(facts.file).replace(VERSION, "*");
    const known = latest.get(key);
    if (known === undefined || compareVersions(versionOf(facts), versionOf(known)) > 0) latest.set(key, facts);
  }
  return scripts.filter((facts) => latest.get(nameOf(facts.file).replace(VERSION, "*")) === facts);
}

/**
 * What a script is called besides its vendor: "shop" of `shop_mysql.sql`, nothing of `mysql.sql`; undefined where it names none, or changes
 * what is there.
 */
function withoutVendor(name: string): string | undefined {
  const match = /^(?:(.+)[-_.])?[a-z\d]+\.sql$/i.exec(name);
  const base = match?.[1] ?? "";
  return match === null || vendorOf(name) === undefined || /update|upgrade|patch|drop|migrat|clean|data/i.test(base) ? undefined : base;
}

/** What people call a script that sets a database up. */
const SET_UP =
  /^(?:init(?:ial)?|create(?:[-_]?(?:tables?|schema|all))?|tables|ddl|structure|db[-_]?schema)(?:[-_.]\w+)?\.sql$|^(?!drop|clean|update|upgrade|test)[\w.-]+[-_.]schema\.sql$/i;
const SET_UP_FOLDER = /(?:^|\/)(?:[\w-]*initdb\.d|init-scripts|init-?db|ddl)$/i;

/**
 * Scripts that set a database up, by their names, by the folder that PostgreSQL's image runs, or by their size in a folder of a vendor's:
 * for a workspace that has no other schema, or one of few tables, as examples have it. The tables of `othersOf` are asked for where there
 * is such a script.
 */
export function setUpScripts(
  byFolder: ReadonlyMap<string, readonly SqlFile[]>,
  othersOf: () => ReadonlySet<string> | undefined,
): readonly MigrationSet[] {
  const found = [...byFolder].map(([folder, files]) => [folder, files, files.filter((facts) => setsUp(facts, folder))] as const);
  const scripts = found.filter(([, , here]) => here.length > 0);
  const others = scripts.length === 0 ? undefined : othersOf();
  if (others === undefined || others.size >= MANY_TABLES) return [];
  const sets = scripts.flatMap(([folder, files, here]) => {
    if (!isApart(here, others)) return [];
    return [scriptSet(folder, vendorOf(here[0]?.file ?? ""), [...here, ...complementing(here, files)])];
  });
  // Those beside it whose vendor has no name here are for databases that are like it.
  const named = sets.filter(({ id }) => vendorOf(`${id}/`) !== undefined);
  return named.some(({ dialect }) => dialect === "postgresql") ? named : sets;
}

function setsUp(facts: SqlFile, folder: string): boolean {
  const named = SET_UP.test(nameOf(facts.file)) || SET_UP_FOLDER.test(folder);
  if ((!named && vendorOf(facts.file) === undefined) || isTestFile(facts.file)) return false;
  return tablesMadeBy(facts).length >= (named ? 1 : MANY_TABLES);
}

/** Whether scripts have nothing to do with the tables of other schemas: a whole one of a vendor's, none of whose tables is there already. */
function isApart(here: readonly SqlFile[], others: ReadonlySet<string>): boolean {
  if (others.size === 0) return true;
  const tables = namedIn(here);
  return (
    here.every(({ file }) => vendorOf(file) !== undefined) && tables.size >= MANY_TABLES && ![...tables].some((table) => others.has(table))
  );
}

/** What the scripts of sets make and alter, and what statements name that nobody understands; undefined where something is not read at all. */
export function tablesOf(sets: readonly MigrationSet[], files: ReadonlyMap<string, SqlFile>): ReadonlySet<string> | undefined {
  const scripts = sets.flatMap(({ migrations }) => migrations.map(({ file }) => files.get(file)));
  const known = scripts.filter((facts) => facts !== undefined);
  if (known.length < scripts.length || known.some(isUnread)) return undefined;
  return namedIn(known);
}

const namedIn = (scripts: readonly SqlFile[]): Set<string> => new Set(scripts.flatMap((facts) => [...tablesIn(facts)]));

/** What lies beside scripts and only adds indexes and keys to the tables that they make. */
function complementing(made: readonly SqlFile[], all: readonly SqlFile[]): readonly SqlFile[] {
  const tables = new Set(made.flatMap(tablesMadeBy));
  return all.filter((facts) => {
    const changes = changesOf(facts);
    return (
      !made.includes(facts) &&
      changes.length > 0 &&
      changes.every(
        (change) => (change.kind === "createIndex" || change.kind === "addConstraint") && tables.has(change.table.name.toLowerCase()),
      )
    );
  });
}

/** More than an upgrade makes. */
const MANY_TABLES = 5;

export function scriptSet(id: string, vendor: Dialect | undefined, scripts: readonly SqlFile[]): MigrationSet {
  const liquibase = scripts.some(({ sql }) => sql.liquibase);
  return {
    id,
    dialect: vendor ?? votedDialect(scripts.map(({ sql }) => sql.dialect)),
    test: isTestFile(`${id}/`),
    liquibase,
    ordered: liquibase,
    migrations: scripts
      .map(({ file }) => ({ file, version: undefined, description: nameOf(file).replace(/\.sql$/i, ""), kind: "plain" as const }))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
    naming: undefined,
    problems: [],
  };
}

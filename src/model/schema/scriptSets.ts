import type { SqlFile } from "../../facts/fileFacts.ts";
import { vendorOf } from "../../facts/sql/dialect.ts";
import { type MigrationSet, nameOf, pushTo, votedDialect } from "./migrationSet.ts";
import type { Dialect } from "./schema.ts";
import { isTestFile } from "./settings.ts";

/** Scripts without versions: each folder's are a set, in no order. */

/**
 * `schema.sql`, `schema-postgresql.sql`, `schema-views.sql`: one set of a folder for each vendor that a name gives; also of scripts of
 * any name that several vendors have, `shop_mysql.sql` beside `shop_postgresql.sql`.
 */
export function schemaScripts(folder: string, here: readonly SqlFile[]): MigrationSet[] {
  const byVendor = new Map<Dialect | undefined, SqlFile[]>();
  const shared = new Map<string | undefined, number>();
  for (const { file } of here) shared.set(withoutVendor(nameOf(file)), (shared.get(withoutVendor(nameOf(file))) ?? 0) + 1);
  for (const facts of here) {
    const name = nameOf(facts.file);
    const base = withoutVendor(name);
    if (
      /^schema(?![-_.](?:update|upgrade|patch|drop|migrat))(?:[-_.].*)?\.sql$/i.test(name) ||
      (base !== undefined && (shared.get(base) ?? 0) > 1)
    )
      pushTo(byVendor, vendorOf(name) ?? vendorOf(facts.file), facts);
  }
  const common = byVendor.get(undefined) ?? [];
  byVendor.delete(undefined);
  if (byVendor.size === 0) return common.length === 0 ? [] : [scriptSet(folder, undefined, common)];
  return [...byVendor].map(([vendor, own]) =>
    scriptSet(byVendor.size === 1 ? folder : `${folder} (${vendor})`, vendor, [...common, ...own]),
  );
}

/** What a script is called besides its vendor: "shop" of `shop_mysql.sql`; undefined where it names none, or changes what is there. */
function withoutVendor(name: string): string | undefined {
  const base = /^(.+)[-_.][a-z\d]+\.sql$/i.exec(name)?.[1];
  return base === undefined || vendorOf(name) === undefined || /update|upgrade|patch|drop|migrat|clean|data/i.test(base) ? undefined : base;
}

/** What people call a script that sets a database up. */
const SET_UP = /^(?:init(?:ial)?|create(?:[-_]?(?:tables?|schema|all))?|tables|ddl|structure)(?:[-_.]\w+)?\.sql$/i;
const SET_UP_FOLDER = /(?:^|\/)(?:[\w-]*initdb\.d|init-scripts|init-?db)$/i;

/**
 * Scripts that set a database up, by their names, by the folder that PostgreSQL's image runs, or by their size in a folder of PostgreSQL's:
 * for a workspace that has no other schema.
 */
export function setUpScripts(byFolder: ReadonlyMap<string, readonly SqlFile[]>): readonly MigrationSet[] {
  const sets = [...byFolder].flatMap(([folder, files]) => {
    const here = files.filter((facts) => {
      const tables = tablesMadeBy(facts);
      const name = nameOf(facts.file);
      if (tables === 0 || isTestFile(facts.file)) return false;
      return SET_UP.test(name) || SET_UP_FOLDER.test(folder) || (vendorOf(facts.file) === "postgresql" && tables >= MANY_TABLES);
    });
    return here.length === 0 ? [] : [scriptSet(folder, vendorOf(here[0]?.file ?? ""), here)];
  });
  // Those beside it are for databases that are like it.
  const own = sets.filter(({ id }) => vendorOf(`${id}/`) === "postgresql");
  return own.length > 0 ? own : sets;
}

/** More than an upgrade makes. */
const MANY_TABLES = 5;

const tablesMadeBy = ({ sql }: SqlFile): number =>
  sql.statements.flatMap(({ changes }) => changes).filter(({ kind }) => kind === "createTable").length;

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

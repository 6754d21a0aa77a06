import type { SqlFile } from "../../../facts/fileFacts.ts";
import { vendorOf } from "../../../facts/sql/dialect.ts";
import { isJudged } from "../schema.ts";
import { changesOf, folderOf, type MigrationSet, tablesMadeBy } from "./migrationSet.ts";
import { setUpScripts, tablesOf as tablesOfSets } from "./scriptSets.ts";
import type { SchemaSettings } from "./settings.ts";

/** Sets, but for those that lie beside the one that an application runs: what they say is said there, or is said no more. */
export function withoutThoseBeside(
  sets: readonly MigrationSet[],
  files: ReadonlyMap<string, SqlFile>,
  byFolder: ReadonlyMap<string, readonly SqlFile[]>,
  settings: SchemaSettings,
): readonly MigrationSet[] {
  const known = new Map<MigrationSet, ReadonlySet<string>>();
  const tablesOf = (set: MigrationSet): ReadonlySet<string> => {
    const tables = known.get(set) ?? new Set(set.migrations.flatMap(({ file }) => tablesOfFile(files.get(file))));
    known.set(set, tables);
    return tables;
  };
  const isSchema = (set: MigrationSet): boolean => isJudged(set.dialect) && !set.test && tablesOf(set).size > 0;
  const isHistory = (set: MigrationSet): boolean => set.ordered && isSchema(set);
  const kept = sets.filter(
    (set) =>
      !sets.some((other) => isHistory(other) && other !== set && isDumpBeside(other, set) && says(tablesOf(other), tablesOf(set))) &&
      !sets.some((other) => isHistory(other) && isNeverRun(other, set, settings)) &&
      !isLeftBehind(set, (isAt) => sets.some((other) => isAt(other) && isHistory(other)), settings) &&
      !(
        set.liquibase &&
        isSchema(set) &&
        sets.some((other) => isHistory(other) && replaces(other, set, settings) && tells(tablesOf(other), tablesOf(set)))
      ),
  );
  const upgrades = kept.filter((set) => set.ordered && !set.liquibase && UPGRADES.test(`${set.id}/`));
  const others = kept.filter((set) => !upgrades.includes(set) && isJudged(set.dialect) && !set.test && changesTables(set, files));
  const isWhole = (script: MigrationSet): boolean =>
    isSchema(script) &&
    upgrades.some((set) => shared(tablesOf(script), tablesOf(set)) > 0 && tablesOf(script).size > tablesOf(set).size / 2);
  const whole = upgrades.length === 0 || others.length > 0 ? [] : setUpScripts(byFolder, () => new Set()).filter(isWhole);
  const left = whole.length === 0 ? kept : kept.filter((set) => !upgrades.includes(set));
  return withSetUp(left, whole.length === 0 ? [...others, ...upgrades] : others, files, byFolder);
}

/** Sets, with the scripts that set a database up where those of others leave room for them. */
function withSetUp(
  sets: readonly MigrationSet[],
  others: readonly MigrationSet[],
  files: ReadonlyMap<string, SqlFile>,
  byFolder: ReadonlyMap<string, readonly SqlFile[]>,
): readonly MigrationSet[] {
  const found = [...sets];
  for (const set of setUpScripts(byFolder, () => tablesOfSets(others, files))) {
    const at = found.findIndex(({ id }) => id === set.id);
    // One that only looks whether the tables are there stands in the way of nothing.
    if (at < 0) found.push(set);
    else if (tablesOfSets(found.slice(at, at + 1), files)?.size === 0) found[at] = set;
  }
  return found;
}

/** Whether a set makes or alters tables, or does what nobody understands: one that only builds indexes anew hides no schema. */
const changesTables = ({ migrations }: MigrationSet, files: ReadonlyMap<string, SqlFile>): boolean =>
  migrations.some(({ file }) => {
    const facts = files.get(file);
    return (
      facts === undefined || facts.sql.changelog !== undefined || changesOf(facts).some(({ kind }) => !/(?:Index|Constraint)$/.test(kind))
    );
  });

const tablesOfFile = (facts: SqlFile | undefined): readonly string[] => (facts === undefined ? [] : tablesMadeBy(facts));

/**
 * `docs/schema.sql`, written by pg_dump of what migrations make: no application runs what is not among its resources, nor what a container
 * of PostgreSQL starts with. Beside a change log, which tells what has run, `resources/schema.sql` is left over, too.
 */
const isDumpBeside = (history: MigrationSet, { id, ordered, mapped }: MigrationSet): boolean =>
  !CONTAINER.test(history.id) &&
  (ordered ? CONTAINER.test(id) : mapped !== true && (history.liquibase || !/(?:^|\/)resources(?:\/|$)/.test(id)));

/** `resources/schema.sql` beside Flyway's migrations: Spring Boot runs it in databases in memory, and elsewhere only where it is told to. */
const isNeverRun = (history: MigrationSet, { ordered, mapped, migrations }: MigrationSet, settings: SchemaSettings): boolean =>
  !ordered &&
  mapped !== true &&
  migrations.every(({ file }) => {
    const resources = BOOTS_OWN.exec(file)?.[1];
    return resources !== undefined && history.id.startsWith(resources) && settings.leavesBootScripts(file);
  });

const BOOTS_OWN = /^((?:.*\/)?resources\/)schema(?:-\w+)?\.sql$/;

const CONTAINER = /(?:^|\/)docker-entrypoint-initdb\.d(?:\/|$)/;

const FEWEST = 5;
const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...b].filter((table) => a.has(table)).length;
const says = (history: ReadonlySet<string>, script: ReadonlySet<string>): boolean =>
  script.size >= FEWEST && shared(history, script) >= script.size * 0.9;

/**
 * Change logs from before a project went over to Flyway, which its build still has (hmcts/em-hrs-api), and one for all databases beside one
 * for PostgreSQL: `changelog-standard.xml` and `changelog-postgresql.xml` (openforis/collect).
 */
function replaces(other: MigrationSet, set: MigrationSet, settings: SchemaSettings): boolean {
  if (!other.liquibase) return settings.leavesChangeLogs(`${set.id}/V.sql`);
  const isNamed = ({ id }: MigrationSet): boolean => vendorOf(id.replace(/\.\w+$/, ".sql")) === "postgresql";
  return folderOf(other.id) === folderOf(set.id) && isNamed(other) && !isNamed(set);
}
const tells = (history: ReadonlySet<string>, changeLog: ReadonlySet<string>): boolean => shared(history, changeLog) > changeLog.size / 2;

/**
 * `db/migration_old` beside the location that Flyway's configuration names, or beside Flyway's own where it names none; an ordered folder
 * in `archived_migrations` or `docs` of a module whose history lies where Flyway looks for it.
 */
function isLeftBehind(
  set: MigrationSet,
  someHistory: (is: (other: MigrationSet) => boolean) => boolean,
  settings: SchemaSettings,
): boolean {
  if (!set.ordered || set.liquibase) return false;
  const folders = set.id.split("/");
  const at = folders.findIndex((folder) => LEFT_BEHIND.test(folder));
  if (at < 0) return false;
  const configured = settings.flywayLocations(`${set.id}/V.sql`).flat();
  const locations = configured.length === 0 ? ["db/migration"] : configured;
  const isRun = (id: string): boolean => locations.some((location) => `/${id}/`.includes(`/${location}/`));
  const around = folders.slice(0, at).join("/");
  return !isRun(set.id) && someHistory(({ id }) => isRun(id) && (around === "" || id.startsWith(`${around}/`)));
}

const LEFT_BEHIND = /(?:^|[-_.])(?:old|legacy|obsolete|deprecated|archived?|backup|bak)(?:$|[-_.]\w*migrations?$)|^docs?$/i;

/** What brings an installation to the next release: a script that sets up a new one makes the whole schema. */
const UPGRADES = /(?:^|\/)(?:upgrades?|updates?)\//i;

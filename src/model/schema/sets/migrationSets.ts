import type { SqlFile } from "../../../facts/fileFacts.ts";
import { vendorOf } from "../../../facts/sql/dialect.ts";
import { type Dialect, isJudged, type MigrationNaming } from "../schema.ts";
import { withoutThoseBeside } from "./besides.ts";
import { continuedFolders } from "./continuedFolders.ts";
import { databasesOf, type History, historiesOf } from "./histories.ts";
import { type ChangelogRun, changelogRuns } from "./liquibase.ts";
import {
  folderOf,
  isWithin,
  type MigrationProblem,
  type MigrationSet,
  type Named,
  nameOf,
  pushTo,
  tablesMadeBy,
  votedDialect,
} from "./migrationSet.ts";
import { numberedHistories } from "./numberedFolders.ts";
import { schemaScripts, scriptSet } from "./scriptSets.ts";
import { isTestFile, type SchemaSettings } from "./settings.ts";
import { takeSqitchSets } from "./sqitch.ts";
import { compareVersions, flywayName, type MigrationName, nextVersion, scriptName, styledDescription } from "./versions.ts";

/**
 * Sorts SQL files into sets: Flyway's folders (one set a vendor), folders of numbered files, change logs of Liquibase and `schema*.sql`.
 * Other scripts belong to no set.
 */
export function migrationSets(
  files: Iterable<SqlFile>,
  javaMigrations: ReadonlyMap<string, SqlFile | undefined>,
  settings: SchemaSettings,
): MigrationSet[] {
  const all = new Map([...files].map((facts) => [facts.file, facts]));
  const runs = changelogRuns(all, settings);
  const run = new Set(runs.flatMap(({ steps }) => steps.map(({ file }) => file)));
  const byFolder = new Map<string, SqlFile[]>();
  for (const facts of all.values())
    if (facts.sql.changelog === undefined && facts.file.endsWith(".sql") && !run.has(facts.file))
      pushTo(byFolder, folderOf(facts.file), facts);
  const sqitch = takeSqitchSets(byFolder);
  const flyway = flywaySets(byFolder, javaMigrations, settings);
  const taken = new Set(flyway.flatMap((set) => set.migrations.map((migration) => migration.file)));
  const sets = [...flyway, ...runs.map((one) => changelogSet(one, settings)), ...sqitch];
  const flywayFolders = new Set(flyway.map(({ id }) => id));
  const others = new Map<string, readonly SqlFile[]>();
  for (const [folder, files] of byFolder) {
    if (flywayFolders.has(folder)) continue;
    const here = files.filter(({ file }) => !taken.has(file) && flywayName(nameOf(file)) === undefined);
    if (here.some(({ sql }) => sql.liquibase)) sets.push(scriptSet(folder, undefined, here));
    else others.set(folder, here);
  }
  const numbered = numberedHistories(others);
  // Flyway with an empty `sql-migration-prefix`, in several locations.
  const mergedInto = mergedLocations([...numbered.byRoot.keys()], settings);
  const histories = new Map<string, Named[]>();
  for (const [root, history] of numbered.byRoot) for (const one of history) pushTo(histories, mergedInto.get(root) ?? root, one);
  for (const [root, history] of histories) sets.push(...orderedSets(root, vendorOf(`${root}/`), history, false, settings));
  for (const [folder, here] of others) if (!numbered.folders.has(folder)) sets.push(...schemaScripts(folder, here));
  const placed = withoutThoseBeside(sets, all, byFolder, settings).map((set) =>
    set.dialect === "unknown" ? { ...set, dialect: settings.dialect(`${set.id}/V.sql`) ?? "unknown" } : set,
  );
  return placed.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function flywaySets(
  byFolder: ReadonlyMap<string, readonly SqlFile[]>,
  javaMigrations: ReadonlyMap<string, SqlFile | undefined>,
  settings: SchemaSettings,
): MigrationSet[] {
  const versionedFolders = [...byFolder].filter(([, files]) => files.some(({ file }) => flywayName(nameOf(file))?.kind === "versioned"));
  const roots = [...new Set(versionedFolders.map(([folder]) => rootOf(folder)))].sort((a, b) => a.length - b.length);
  const isOurs = (folder: string, root: string): boolean => {
    const vendor = isWithin(folder, root) ? vendorOf(`${folder.slice(root.length + 1)}/`) : undefined;
    return vendor !== undefined && isJudged(vendor);
  };
  // The folder of Flyway's own choice is shared by those beside it only where one of them is PostgreSQL's (veilarboppfolging: BigQuery).
  const isApart = (root: string, outer: string): boolean =>
    /(?:^|\/)db\/migrations?(?:[-_]\w+)?$/.test(root) && !versionedFolders.some(([folder]) => isOurs(folder, outer));
  const outermost = roots.filter((root) => roots.every((other) => other === root || !isWithin(root, other) || isApart(root, other)));
  const mergedInto = new Map([...continuedFolders(outermost, byFolder), ...mergedLocations(outermost, settings)]);
  const byRoot = new Map<string, Named[]>();
  for (const [folder, files] of byFolder) {
    const root = outermost.findLast((candidate) => isWithin(folder, candidate));
    if (root === undefined) continue;
    const vendor = vendorOf(`${folder.slice(root.length + 1)}/`);
    for (const facts of files) {
      const name = flywayName(nameOf(facts.file));
      if (name === undefined || name.kind === "ignored") continue;
      pushTo(byRoot, mergedInto.get(root) ?? root, { file: facts.file, folder, vendor, name, facts });
    }
  }
  const apart = new Map<string, Named[]>();
  for (const file of [...javaMigrations.keys()].sort()) {
    const name = flywayName(scriptName(nameOf(file)));
    const folder = folderOf(file).replace("/java/", "/resources/");
    const root =
      outermost.findLast((candidate) => isWithin(folder, candidate)) ??
      outermost.find((candidate) => listsBoth(candidate, folder, settings));
    if (name?.kind !== "versioned") continue;
    const vendor = root === undefined ? undefined : vendorOf(`${folder.slice(root.length + 1)}/`);
    const named = { file, folder, vendor, name, facts: undefined };
    if (root === undefined) pushTo(apart, folder, named);
    else pushTo(byRoot, mergedInto.get(root) ?? root, named);
  }
  // All of them are written in Java: some make tables, or they belong to scripts that nobody knows.
  for (const [folder, named] of apart) if (named.some(({ file }) => makesTables(javaMigrations.get(file)))) byRoot.set(folder, named);
  return [...byRoot].flatMap(([root, named]) =>
    vendorSets(root, named, settings).map((set) => upTo(settings.flywayTarget(`${root}/V.sql`), set, named)),
  );
}

const makesTables = (script: SqlFile | undefined): boolean => script !== undefined && tablesMadeBy(script).length > 0;

/** What stands behind Flyway's target does not run; it keeps its version. */
function upTo(target: readonly string[] | undefined, set: MigrationSet, named: readonly Named[]): MigrationSet {
  if (target === undefined) return set;
  const behind = named.filter(({ name }) => name.version.length > 0 && compareVersions(name.version, target) > 0);
  return { ...set, behind: new Set(behind.map(({ file }) => file)) };
}

/** Folders that one `spring.flyway.locations` lists are one history: each maps to the first of them. */
function mergedLocations(roots: readonly string[], settings: SchemaSettings): ReadonlyMap<string, string> {
  const merged = new Map<string, string>();
  for (const root of roots) {
    for (const locations of settings.flywayLocations(`${root}/V.sql`)) {
      const own = locations.find((location) => isAt(root, location));
      if (own === undefined) continue;
      const base = root.slice(0, root.length - own.length);
      const first = locations.map((location) => base + location).find((candidate) => roots.includes(candidate));
      if (first !== undefined && !merged.has(root)) merged.set(root, first);
    }
  }
  return merged;
}

/** Whether one `spring.flyway.locations` lists a folder of scripts and one that has migrations in Java only. */
const listsBoth = (root: string, folder: string, settings: SchemaSettings): boolean =>
  settings
    .flywayLocations(`${root}/V.sql`)
    .some((locations) => [root, folder].every((one) => locations.some((location) => isAt(one, location))));

const isAt = (folder: string, location: string): boolean => folder === location || folder.endsWith(`/${location}`);

/** Flyway looks below its location: `db/migration`, or the folder above those of vendors and versions. */
function rootOf(folder: string): string {
  const standard = /^(?:.*\/)?db\/migrations?(?=\/|$)/.exec(folder)?.[0];
  if (standard !== undefined) return standard;
  const last = folder.slice(folder.lastIndexOf("/") + 1);
  const shared = vendorOf(`${last}/`) !== undefined || /^(common|shared|all|generic)$/i.test(last);
  return shared ? folderOf(folder) : folder;
}

/** One set a vendor, each with the files that belong to none. */
function vendorSets(root: string, named: readonly Named[], settings: SchemaSettings): MigrationSet[] {
  const byVendor = new Map<Dialect | undefined, Named[]>();
  for (const one of named) pushTo(byVendor, one.vendor, one);
  const common = byVendor.get(undefined) ?? [];
  const vendors = [...byVendor].filter((entry): entry is [Dialect, Named[]] => entry[0] !== undefined);
  if (vendors.length === 0) return orderedSets(root, vendorOf(`${root}/`), common, true, settings);
  return vendors.flatMap(([vendor, own]) => {
    if (![...own, ...common].some(({ name }) => name.kind === "versioned")) return [];
    return orderedSets(own[0]?.folder ?? root, vendor, [...common, ...own], true, settings);
  });
}

/** The set of a folder, or those of the databases that folders in it are for: each is known by the folder of its first history. */
function orderedSets(
  id: string,
  vendor: Dialect | undefined,
  named: readonly Named[],
  flyway: boolean,
  settings: SchemaSettings,
): MigrationSet[] {
  const versioned = named.filter(({ name }) => name.kind === "versioned" || name.kind === "numbered").sort(byVersion);
  const histories = historiesOf(versioned, settings.flywayLocations(`${id}/V.sql`));
  const databases = databasesOf(histories);
  if (databases.length < 2) return [orderedSet(id, vendor, named, histories, flyway)];
  const placeOf = new Map(
    databases.flatMap((database, i) => database.flatMap((history) => history.map(({ folder }) => [folder, i] as const))),
  );
  return databases.map((database, i) => {
    const own = named.filter(({ folder }) => (placeOf.get(folder) ?? 0) === i);
    return orderedSet(database[0][0]?.folder ?? id, vendor, own, database, flyway);
  });
}

function orderedSet(
  id: string,
  vendor: Dialect | undefined,
  named: readonly Named[],
  histories: readonly History[],
  flyway: boolean,
): MigrationSet {
  const versioned = histories.flat();
  // A baseline stands for the versions up to its own; where those are there, it would create everything twice.
  const first = versioned[0]?.name.version;
  const baseline = named.filter(
    ({ name }) => name.kind === "baseline" && (first === undefined || compareVersions(first, name.version) > 0),
  );
  const last = (kind: MigrationName["kind"]) => named.filter(({ name }) => name.kind === kind).sort(byDescription);
  const all = [...baseline.sort(byVersion).slice(-1), ...versioned, ...last("repeatable"), ...last("callback")];
  const dialect = vendor ?? votedDialect(named.flatMap(({ facts }) => facts?.sql.dialect ?? []));
  return {
    id,
    dialect,
    test: isTestFile(`${id}/`),
    liquibase: false,
    ordered: true,
    migrations: all.map(({ file, name }) => ({
      file,
      version: name.version.length === 0 ? undefined : name.version.map(Number),
      description: name.description,
      kind: name.version.length === 0 ? "repeatable" : "versioned",
    })),
    naming: namingAfter(histories, id),
    problems: flyway ? histories.flatMap(versionProblems).filter(({ kind }) => kind === "duplicate" || isJudged(dialect)) : [],
  };
}

function changelogSet({ root, steps, inclusions, namesPostgres }: ChangelogRun, settings: SchemaSettings): MigrationSet {
  const files = [...new Set(steps.map(({ file }) => file))];
  const vendor = vendorOf(root.replace(/\.\w+$/, ".sql"));
  // One log for several databases, in an application that reaches PostgreSQL as well.
  const shared = namesPostgres && settings.reachesPostgres(root) ? "postgresql" : undefined;
  return {
    id: root,
    dialect: vendor ?? shared ?? votedDialect(steps.map(({ facts }) => facts.dialect)),
    test: isTestFile(`${root}/`),
    liquibase: true,
    ordered: true,
    migrations: files.map((file) => ({ file, version: undefined, description: nameOf(file), kind: "plain" as const })),
    steps,
    inclusions,
    naming: undefined,
    problems: [],
  };
}

/** The next file of the history that a file belongs to. */
function namingAfter(histories: readonly History[], id: string): MigrationNaming | undefined {
  const namings = histories.map((history) => ({ files: new Set(history.map(({ file }) => file)), naming: nextIn(history, id) }));
  const last = namings.at(-1)?.naming;
  if (last === undefined) return undefined;
  return {
    nextFile: (description, near, ahead) =>
      (namings.find(({ files }) => files.has(near))?.naming ?? last).nextFile(description, near, ahead),
    isLast: (file) => namings.some(({ naming }) => naming?.isLast(file)),
  };
}

function nextIn(versioned: readonly Named[], id: string): MigrationNaming | undefined {
  const last = versioned.at(-1);
  const lastScript = versioned.filter(({ facts }) => facts !== undefined).at(-1);
  if (last === undefined || lastScript === undefined) return undefined;
  const { name } = lastScript;
  // A vendor's own folder takes what only that vendor understands.
  const folder = versioned.some((one) => one.folder === id) ? id : lastScript.folder;
  const separator = name.separator || (name.prefix === "V" ? "__" : "_");
  return {
    isLast: (file) => file === last.file,
    nextFile: (description, _near, ahead = 0) => {
      let version = nextVersion(last.name.versionText);
      for (let i = 0; i < ahead; i++) version = nextVersion(version);
      const path = folder === "" ? "" : `${folder}/`;
      return `${path}${name.prefix}${version}${separator}${styledDescription(description, name.description)}${name.suffix}`;
    },
  };
}

/** Flyway refuses two files of one version. A hole of few numbers in 1, 2, 3, … looks like a file that got lost. */
function versionProblems(versioned: readonly Named[]): MigrationProblem[] {
  const counting = versioned.every(({ name }) => name.version.length === 1 && (name.version[0] as string).length <= 4);
  // What got lost long ago has been missed by now, or never will be.
  const isRecent = (i: number): boolean => versioned.length - i <= RECENT;
  const problems = versioned.flatMap((one, i): MigrationProblem[] => {
    const before = versioned[i - 1];
    if (before === undefined || one.facts === undefined) return [];
    const shared = { file: one.file, other: before.file };
    if (compareVersions(before.name.version, one.name.version) === 0)
      return [{ kind: "duplicate", version: one.name.versionText, ...shared }];
    const [from, to] = [Number(before.name.versionText), Number(one.name.versionText)];
    return counting && isRecent(i) && to - from > 1 && to - from <= LARGEST_GAP
      ? [{ kind: "gap", version: String(from + 1), ...shared }]
      : [];
  });
  // Whoever leaves out numbers time and again has not lost a file each time.
  return problems.filter(({ kind }, _, all) => kind !== "gap" || all.filter((other) => other.kind === "gap").length <= MOST_GAPS);
}

const RECENT = 20;
const LARGEST_GAP = 4;
const MOST_GAPS = 2;

const byVersion = (a: Named, b: Named): number => compareVersions(a.name.version, b.name.version) || (a.file < b.file ? -1 : 1);
const byDescription = (a: Named, b: Named): number => (a.name.description < b.name.description ? -1 : 1);

/** A class that Flyway runs as a migration: `V9__Compute.java`. */
export function isJavaMigration(file: string): boolean {
  return /(?:^|\/)V\d[\d_]*__\w+\.java$/.test(file) && !file.endsWith("Test.java");
}

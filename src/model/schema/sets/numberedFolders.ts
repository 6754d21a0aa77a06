import type { SqlFile } from "../../../facts/fileFacts.ts";
import { folderOf, type Named, nameOf, pushTo, tablesMadeBy } from "./migrationSet.ts";
import { type MigrationName, numberedName } from "./versions.ts";

/** Histories of files, or of folders, whose names begin with a number or a date. */
export interface NumberedHistories {
  /** By the folder that they lie in, or below. */
  readonly byRoot: ReadonlyMap<string, readonly Named[]>;
  /** The folders whose files are in one of them. */
  readonly folders: ReadonlySet<string>;
}

export function numberedHistories(byFolder: ReadonlyMap<string, readonly SqlFile[]>): NumberedHistories {
  const byRoot = new Map<string, Named[]>();
  const folders = new Set<string>();
  const take = (root: string, folder: string, named: readonly Named[]): void => {
    for (const one of named) pushTo(byRoot, root, one);
    folders.add(folder);
  };
  const releases = new Map<string, Release[]>();
  for (const [folder, files] of byFolder) {
    if (BACKUPS.test(folder)) continue;
    const alone = onlyMigrationOf(folder, files);
    if (alone !== undefined) {
      take(alone.folder, folder, [alone]);
      continue;
    }
    const named = files.flatMap((facts): Named[] => {
      const name = numberedName(nameOf(facts.file));
      return name === undefined ? [] : [{ file: facts.file, folder, name, facts }];
    });
    if (named.length > 0 && RELEASE.test(nameOf(folder))) pushTo(releases, folderOf(folder), { folder, named });
    else if (named.length >= 2 || (named.length === 1 && MIGRATIONS.test(nameOf(folder)))) take(folder, folder, named);
  }
  for (const [root, all] of releases) {
    const parts = all.length > 1 && arePartsOfOne(all);
    for (const { folder, named } of all)
      if (parts) take(root, folder, named.map(inRelease));
      else if (named.length >= 2) take(folder, folder, named);
  }
  return { byRoot, folders };
}

/** Where the first file is alone until there is a second. */
const MIGRATIONS = /^(?:db_?)?migrations?$/i;

/** What was saved on some day is numbered by the day, and each file is a whole database. */
const BACKUPS = /(?:^|[/_-])(?:backups?|dumps?)$/i;

/** `migrations/20240131_users/up.sql` (Diesel, Hasura) and `…/migration.sql` (Prisma): the folder has the name. */
function onlyMigrationOf(folder: string, files: readonly SqlFile[]): Named | undefined {
  const facts = files.find(({ file }) => /^(?:up|migration)\.sql$/.test(nameOf(file)));
  const name = numberedName(`${nameOf(folder)}.sql`);
  if (facts === undefined || name?.kind !== "numbered") return undefined;
  return {
    file: facts.file,
    folder: folderOf(folder),
    name: { ...name, version: moment(name.version), suffix: `/${nameOf(facts.file)}` },
    facts,
  };
}

/**
 * Diesel compares dates and times without what stands between their parts, digit by digit: `20140929103760_a` comes before
 * `2024-02-12-120203_b` (rust-lang/crates.io).
 */
function moment(version: readonly string[]): readonly string[] {
  const digits = version.join("");
  return /^(?:19|20)\d{12}/.test(digits) ? [digits.slice(0, 14), ...(digits.length > 14 ? [digits.slice(14)] : [])] : version;
}

/** A folder for each release: `12/01_users.up.sql`, `v1.2/001-users.sql`. */
const RELEASE = /^v?(\d+(?:[._]\d+)*)$/;

interface Release {
  readonly folder: string;
  readonly named: readonly Named[];
}

/** The release in front of the number; the next migration goes into its folder. */
function inRelease(one: Named): Named {
  const release = nameOf(one.folder);
  const version = RELEASE.exec(release)?.[1]?.split(/[._]/) ?? [];
  const name: MigrationName = { ...one.name, version: [...version, ...one.name.version], prefix: `${release}/` };
  return { ...one, folder: folderOf(one.folder), name };
}

/**
 * Folders that each make the whole schema for its release share tables; those of one history do not, or but a few. Where most folders make
 * no table, the few that make one anew are no sign of it (Altinn/altinn-events: four of 55).
 */
function arePartsOfOne(releases: readonly Release[]): boolean {
  const made = releases.map(
    ({ named }) => new Set(named.flatMap(({ name, facts }) => (facts === undefined || name.kind === "ignored" ? [] : tablesMadeBy(facts)))),
  );
  const makers = new Map<string, number>();
  for (const tables of made) for (const table of tables) makers.set(table, (makers.get(table) ?? 0) + 1);
  const isShared = (table: string): boolean => (makers.get(table) ?? 0) > 1;
  const shared = [...makers.keys()].filter(isShared);
  return shared.length * 4 <= makers.size || made.filter((tables) => [...tables].some(isShared)).length * 4 <= releases.length;
}

import { changesOf, isWithin, type Named, nameOf, pushTo, tablesMadeBy } from "./migrationSet.ts";

/** The migrations of one history, in their order. */
export type History = readonly Named[];

/**
 * Folders side by side that begin with the same version, or share one, count for themselves, whoever runs them: Spring Modulith's folder
 * for each module, two schemas with a Flyway each. Of one history Flyway would refuse them. What one `spring.flyway.locations` lists is one
 * history; `locations` are such lists. Spring Modulith runs `__root` first; folders that make no table hold rows for those of others.
 */
export function historiesOf(versioned: History, locations: readonly (readonly string[])[]): readonly History[] {
  const byFolder = new Map<string, Named[]>();
  for (const one of versioned) pushTo(byFolder, one.folder, one);
  const folders = [...byFolder].map(([folder, files]) => ({ folder, versions: files.map(({ name }) => name.version.join(".")) }));
  const haveApart = (some: readonly VersionsOfFolder[]): boolean =>
    some.some((one, i) => some.slice(i + 1).some((other) => areApart(one, other)));
  if (!haveApart(folders)) return [versioned];
  // What one list has taken is run with that, also where profiles list it with others.
  const rootOf = new Map<string, string>();
  for (const list of locations) {
    const together = folders.filter(
      ({ folder }) => !rootOf.has(folder) && list.some((location) => `/${folder}/`.includes(`/${location}/`)),
    );
    const [first] = together;
    if (first !== undefined && !haveApart(together)) for (const { folder } of together) rootOf.set(folder, first.folder);
  }
  const byRoot = new Map<string, Named[]>();
  for (const one of versioned) pushTo(byRoot, rootOf.get(one.folder) ?? one.folder, one);
  const rank = ([folder, files]: readonly [string, History]): number =>
    folder.endsWith("/__root") ? 0 : files.some(({ facts }) => facts === undefined || tablesMadeBy(facts).length > 0) ? 1 : 2;
  return [...byRoot].sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1)).map(([, history]) => history);
}

interface VersionsOfFolder {
  readonly folder: string;
  readonly versions: readonly string[];
}

/** One that is named after a version or a year is a part of a history: a version that it shares with the next is a mistake there. */
function areApart(a: VersionsOfFolder, b: VersionsOfFolder): boolean {
  if (isWithin(a.folder, b.folder) || isWithin(b.folder, a.folder)) return false;
  if (a.versions[0] === b.versions[0]) return true;
  return ![a, b].some(({ folder }) => /\d/.test(nameOf(folder))) && a.versions.some((version) => b.versions.includes(version));
}

/**
 * Histories by what they are run on. Two that make the same table are of two databases, or of two schemas of one, an archive and what it
 * keeps: folded as one, the second would change the tables of the first.
 */
export function databasesOf(histories: readonly History[]): readonly (readonly [History, ...History[]])[] {
  const databases: { readonly histories: [History, ...History[]]; readonly made: Map<string, Made> }[] = [];
  for (const history of histories) {
    const made = madeBy(history);
    const database = databases.find((one) => ![...made].some(([table, how]) => isTwice(how, one.made.get(table))));
    if (database === undefined) databases.push({ histories: [history], made });
    else {
      database.histories.push(history);
      for (const [table, how] of made) if (!database.made.has(table)) database.made.set(table, how);
    }
  }
  return databases.map((database) => database.histories);
}

/** How a history makes a table first. */
interface Made {
  readonly namespace: string | undefined;
  readonly ifNotExists: boolean;
}

function madeBy(history: History): Map<string, Made> {
  const made = new Map<string, Made>();
  for (const { facts } of history) {
    for (const change of facts === undefined ? [] : changesOf(facts)) {
      if (change.kind !== "createTable") continue;
      const name = change.table.name.toLowerCase();
      if (!made.has(name)) made.set(name, { namespace: change.table.namespace?.toLowerCase(), ifNotExists: change.ifNotExists });
    }
  }
  return made;
}

/** Modules that share a table each make it where it is not there yet. */
const isTwice = (a: Made, b: Made | undefined): boolean =>
  b !== undefined && !(a.ifNotExists && b.ifNotExists && a.namespace === b.namespace);

import { type FileEdit, lineBreakOf } from "../../../text/edits.ts";
import type { Schema } from "../schema.ts";
import { compareVersions, nextVersion, styledDescription } from "../sets/versions.ts";
import { changelogOf, type NewChangeset } from "./changesetEdit.ts";
import { includeBehind } from "./includeEdit.ts";

/** A file of a run with how it comes into it. */
export interface Last extends Pick<Schema, "inclusions"> {
  readonly file: string;
}

interface Texts {
  text(file: string): string | undefined;
}

/**
 * A changeset in a file of its own, with what makes Liquibase read it, where a project keeps one file for each change: files that another
 * change log includes, or all in a folder, which are numbered, dated or named for what they change, and have few changesets each.
 * Undefined for other projects.
 */
export function nextChangelog(last: Last, text: string, changeset: NewChangeset, texts: Texts): readonly FileEdit[] | undefined {
  const next = nextFile(last, changeset.id, texts);
  const content = next === undefined ? undefined : changelogOf(last.file, text, changeset);
  return next === undefined || content === undefined ? undefined : readAfter(last, next, content, texts);
}

/** A new file behind the last one, and what makes Liquibase read it; undefined where that cannot be written. */
export function readAfter({ inclusions, file }: Last, next: string, content: string, texts: Texts): readonly FileEdit[] | undefined {
  const inclusion = inclusions.get(file);
  if (inclusion === undefined) return undefined;
  const created: FileEdit = { kind: "create", file: next, text: content };
  // All in a folder run in the order of their names.
  if (inclusion.kind === "folder") return besideOf({ inclusions, file }).every((other) => other < next) ? [created] : undefined;
  const master = texts.text(inclusion.by);
  const path = besidePath(inclusion.path, next);
  const included = master === undefined ? undefined : includeBehind(inclusion.by, master, inclusion.path, path, lineBreakOf(master));
  return included === undefined ? undefined : [created, included];
}

/** A path with the name of another file in its folder. */
export const besidePath = (path: string, file: string): string =>
  `${path.slice(0, path.lastIndexOf("/") + 1)}${file.slice(folderOf(file).length)}`;

/** The next file of a project that keeps one file for each change; undefined for other projects, and where there is one of its name. */
export function nextFile(last: Last, description: string, texts: Texts): string | undefined {
  const next = ownFile(last, description, texts);
  return next === undefined ? undefined : free(next, texts);
}

/** Whether the file that a project would keep a change in is there: another change has come first, which this one does not know of. */
export function isNextTaken(last: Last, description: string, texts: Texts): boolean {
  const next = ownFile(last, description, texts);
  return next !== undefined && free(next, texts) === undefined;
}

function ownFile(last: Last, description: string, texts: Texts): string | undefined {
  const { inclusions, file } = last;
  const name = nameIn(file);
  if (!inclusions.has(file) || name === undefined || isRelease(name)) return undefined;
  const beside = besideOf(last);
  const named = beside.flatMap((other) => nameIn(other) ?? []).filter((other) => isAlike(other, name));
  if (named.length < 2 || named.length * 2 < beside.length || !hasFewEach(beside, texts)) return undefined;
  const isNumbered = name.version.length > 0;
  if (!isNumbered && (inclusions.get(file)?.kind === "folder" || named.length < 3)) return undefined;
  return nextName(file, name, named, description);
}

/** The next file behind one that stands alone, or among others that follow no scheme: numbered as it is, and named for its change. */
export function fileBehind(file: string, description: string, texts: Texts): string | undefined {
  const known = nameIn(file);
  const name = known === undefined || endsInWords(known) ? unnumbered(extensionOf(file)) : known;
  return free(nextName(file, { ...name, separator: name.separator || (name.version.length > 0 ? "_" : "") }, [name], description), texts);
}

/** `raise_price_of_shops_to_50.sql`: what a change is about, not where it stands. */
const endsInWords = ({ prefix, description }: Name): boolean => description === "" && /^(?:[a-z]+[-_]){3}/i.test(prefix);

const unnumbered = (extension: string): Name => ({ prefix: "", version: [], versionText: "", separator: "", description: "", extension });

/** The same in a folder that is run in the order of names: numbered as that file is, or named after it and for its change. */
export function fileAfter(file: string, description: string, texts: Texts): string | undefined {
  if ((nameIn(file)?.version.length ?? 0) > 0) return fileBehind(file, description, texts);
  const extension = extensionOf(file);
  // A dot comes before an underscore: `orders.sql`, `orders_add_index.sql`.
  const stem = file.slice(0, -extension.length);
  return free(`${stem}_${styledDescription(description, stem.slice(folderOf(stem).length))}${extension}`, texts);
}

const free = (file: string, texts: Texts): string | undefined => (texts.text(file) === undefined ? file : undefined);

const extensionOf = (file: string): string => file.slice(file.lastIndexOf("."));

/** What the same change log reads from the same folder. */
function besideOf({ inclusions, file }: Last): readonly string[] {
  const by = inclusions.get(file)?.by;
  return [...inclusions].filter(([other, one]) => one.by === by && folderOf(other) === folderOf(file)).map(([other]) => other);
}

function nextName(file: string, last: Name, named: readonly Name[], description: string): string {
  const latest = named.reduce((a, b) => (compareVersions(b.version, a.version) > 0 ? b : a));
  const words = [last, ...named].find((one) => /[-_]/.test(one.description))?.description ?? last.separator + last.description;
  const isNamed = last.description !== "" || last.version.length === 0;
  const name = isNamed ? last.separator + styledDescription(description, words) : "";
  const version = last.version.length > 0 ? nextVersion(latest.versionText) : "";
  return `${folderOf(file)}${last.prefix}${version}${name}${last.extension}`;
}

interface Name {
  readonly prefix: string;
  readonly version: readonly string[];
  readonly versionText: string;
  readonly separator: string;
  readonly description: string;
  readonly extension: string;
}

export const folderOf = (file: string): string => file.slice(0, file.lastIndexOf("/") + 1);

/** `001-init.xml`, `20240131120000_added_shop.xml`, `changelog_20240131T120000Z.xml`, `db.changelog-0012.yaml`, `V12__shops.sql`; `add-shops.xml` without a number. */
function nameIn(file: string): Name | undefined {
  const match = /^(\D*)(\d{8}T\d{6}Z?|\d+(?:[._-]\d+)*)(?:([-_. ]+)(\D.*?))?(\.(?:xml|ya?ml|json|sql))$/i.exec(
    file.slice(folderOf(file).length),
  );
  if (match === null) {
    // Only the list of includes says in which order they run.
    const [, words = "", kind = ""] = /^(\D+[-_]\D+?)(\.(?:xml|ya?ml|json|sql))$/i.exec(file.slice(folderOf(file).length)) ?? [];
    return words === "" ? undefined : { prefix: "", version: [], versionText: "", separator: "", description: words, extension: kind };
  }
  const [, prefix = "", versionText = "", separator = "", description = "", extension = ""] = match;
  return { prefix, version: versionText.replace(/[TZ]/g, "").split(/[._-]/), versionText, separator, description, extension };
}

/** One history: the same words before numbers of as many parts, and descriptions or none. */
const isAlike = (one: Name, other: Name): boolean =>
  one.prefix === other.prefix && one.version.length === other.version.length && (one.description === "") === (other.description === "");

/** `v2.xml`, `changelog-1.4.0.xml`: what comes with a release goes into one file. */
const isRelease = ({ prefix, version, versionText, description }: Name): boolean =>
  description === "" && (/(?:^|[-_.])(?:v|release|version)[-_.]?$/i.test(prefix) || (version.length > 1 && versionText.includes(".")));

/** How many of the last files of a folder are looked at. */
const LOOKED_AT = 6;
/** A table with its constraints and its rows is one change. */
const FEW = 3;

/** Whether most of the last files have few changesets each; what makes the first schema may have many. */
function hasFewEach(files: readonly string[], texts: Texts): boolean {
  const last = files.slice(-LOOKED_AT);
  const few = last.filter((file) => [...(texts.text(file) ?? "").matchAll(CHANGESETS)].length <= FEW);
  return few.length * 2 > last.length || (last.length === 2 && few.length === 1);
}

const CHANGESETS = /<changeSet\b|-[ \t]+changeSet:|"changeSet"\s*:|^[ \t]*--[ \t]*changeset\b/gim;

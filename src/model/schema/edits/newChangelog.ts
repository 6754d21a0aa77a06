import { type FileEdit, lineBreakOf } from "../../../text/edits.ts";
import type { Schema } from "../schema.ts";
import { compareVersions, nextVersion, styledDescription } from "../sets/versions.ts";
import { changelogOf, type NewChangeset } from "./changesetEdit.ts";
import { includeBehind } from "./includeEdit.ts";

/** The last change log of a run that has changesets. */
interface Last extends Pick<Schema, "inclusions"> {
  readonly file: string;
  readonly text: string;
}

/**
 * A changeset in a file of its own, with what makes Liquibase read it, where a project keeps one file for each change: files that another
 * change log includes, or all in a folder, which are numbered, dated or named for what they change, and have few changesets each.
 * Undefined for other projects.
 */
export function nextChangelog(
  { inclusions, file, text }: Last,
  changeset: NewChangeset,
  texts: { text(file: string): string | undefined },
): readonly FileEdit[] | undefined {
  const inclusion = inclusions.get(file);
  const last = nameIn(file);
  if (inclusion === undefined || last === undefined || isRelease(last)) return undefined;
  const beside = [...inclusions]
    .filter(([other, { by }]) => by === inclusion.by && folderOf(other) === folderOf(file))
    .map(([other]) => other);
  const named = beside.flatMap((other) => nameIn(other) ?? []).filter((name) => isAlike(name, last));
  if (named.length < 2 || named.length * 2 < beside.length || !hasFewEach(beside, texts)) return undefined;
  const isNumbered = last.version.length > 0;
  if (!isNumbered && (inclusion.kind === "folder" || named.length < 3)) return undefined;
  const latest = named.reduce((a, b) => (compareVersions(b.version, a.version) > 0 ? b : a));
  const words = [last, ...named].find(({ description }) => /[-_]/.test(description))?.description ?? last.separator + last.description;
  const name = last.description === "" ? "" : last.separator + styledDescription(changeset.id, words);
  const next = `${folderOf(file)}${last.prefix}${isNumbered ? nextVersion(latest.versionText) : ""}${name}${last.extension}`;
  const content = changelogOf(file, text, changeset);
  if (content === undefined || texts.text(next) !== undefined) return undefined;
  const created: FileEdit = { kind: "create", file: next, text: content };
  // All in a folder run in the order of their names.
  if (inclusion.kind === "folder") return beside.every((other) => other < next) ? [created] : undefined;
  const master = texts.text(inclusion.by);
  const path = `${inclusion.path.slice(0, inclusion.path.lastIndexOf("/") + 1)}${next.slice(folderOf(next).length)}`;
  const included = master === undefined ? undefined : includeBehind(inclusion.by, master, inclusion.path, path, lineBreakOf(master));
  return included === undefined ? undefined : [created, included];
}

interface Name {
  readonly prefix: string;
  readonly version: readonly string[];
  readonly versionText: string;
  readonly separator: string;
  readonly description: string;
  readonly extension: string;
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf("/") + 1);

/** `001-init.xml`, `20240131120000_added_shop.xml`, `db.changelog-0012.yaml`, `V12__shops.sql`; `add-shops.xml` without a number. */
function nameIn(file: string): Name | undefined {
  const match = /^(\D*)(\d+(?:[._-]\d+)*)(?:([-_. ]+)(\D.*?))?(\.(?:xml|ya?ml|json|sql))$/i.exec(file.slice(folderOf(file).length));
  if (match === null) {
    // Only the list of includes says in which order they run.
    const [, words = "", kind = ""] = /^(\D+[-_]\D+?)(\.(?:xml|ya?ml|json|sql))$/i.exec(file.slice(folderOf(file).length)) ?? [];
    return words === "" ? undefined : { prefix: "", version: [], versionText: "", separator: "", description: words, extension: kind };
  }
  const [, prefix = "", versionText = "", separator = "", description = "", extension = ""] = match;
  return { prefix, version: versionText.split(/[._-]/), versionText, separator, description, extension };
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
function hasFewEach(files: readonly string[], texts: { text(file: string): string | undefined }): boolean {
  const last = files.slice(-LOOKED_AT);
  const few = last.filter((file) => [...(texts.text(file) ?? "").matchAll(CHANGESETS)].length <= FEW);
  return few.length * 2 > last.length || (last.length === 2 && few.length === 1);
}

const CHANGESETS = /<changeSet\b|-[ \t]+changeSet:|"changeSet"\s*:|^[ \t]*--[ \t]*changeset\b/gim;

import type { FileEdit } from "../../../text/edits.ts";
import { insertAt, lineBreakOf } from "../../../text/edits.ts";
import { type IndexElement, jsonElement, takesElement, xmlElement, yamlElement } from "./indexElement.ts";

/** A changeset that a change log of Liquibase is to end with. */
export interface NewChangeset {
  /** Its id; a number is added where the change log has it. */
  readonly id: string;
  /** The statements, with their semicolons. */
  readonly sql: string;
  /** Outside of a transaction, and on PostgreSQL only. */
  readonly alone: boolean;
  /** On PostgreSQL only, in a transaction or not. */
  readonly onlyHere?: boolean;
  /** The same as elements, for a change log that is written in them. */
  readonly elements?: readonly IndexElement[];
  /** The script that has the statements, and the path of the one that another changeset of the change log runs, as it stands there. */
  readonly script?: { readonly path: string; readonly like: string };
}

/**
 * Whose a changeset is that nobody has written yet: Liquibase wants an author, and names this placeholder for one who is not known
 * (https://docs.liquibase.com/concepts/changelogs/changelog-formats.html). A person's name would be a lie.
 */
export const AUTHOR = "UNKNOWN";

/**
 * Adds a changeset at the end of a change log, in the notation of the file: formatted SQL, XML, YAML in block style or JSON. Undefined
 * for a file that is none of them, or has no changesets of its own.
 */
export function addChangeset(file: string, text: string, changeset: NewChangeset): readonly FileEdit[] | undefined {
  const notation = NOTATIONS.find(({ files }) => files.test(file));
  const added = notation?.added(text, takenBy(text, changeset), lineBreakOf(text));
  if (added === undefined) return undefined;
  return [{ kind: "change", file, edits: [insertAt(added.at, added.text)] }];
}

/** A change log of its own for a changeset, written as another one is; undefined where that is in no notation that is known. */
export function changelogOf(like: string, text: string, changeset: NewChangeset): string | undefined {
  const lineBreak = lineBreakOf(text);
  const notation = NOTATIONS.find(({ files }) => files.test(like));
  const added = notation?.added(text, takenBy(text, changeset), lineBreak)?.text;
  const around = added === undefined ? undefined : notation?.around(text, lineBreak);
  if (added === undefined || around === undefined) return undefined;
  return around.head + added.replace(/^,?(?:\r?\n)+/, "").trimEnd() + lineBreak + around.foot;
}

/** A changeset without the elements, where a change log would not write them so. */
function takenBy(text: string, changeset: NewChangeset): NewChangeset {
  const { elements, ...others } = changeset;
  return elements?.every((element) => takesElement(text, element)) === false ? others : changeset;
}

/** A change log of formatted SQL for a changeset. */
export const formattedLogOf = (changeset: NewChangeset, lineBreak: string): string =>
  ["--liquibase formatted sql", "", `--changeset ${AUTHOR}:${changeset.id}${attributesOf(changeset)}`, changeset.sql, ""].join(lineBreak);

const attributesOf = ({ alone, onlyHere }: NewChangeset): string =>
  `${alone ? " runInTransaction:false" : ""}${alone || onlyHere ? " dbms:postgresql" : ""}`;

interface Added {
  readonly at: number;
  readonly text: string;
}

interface Notation {
  readonly files: RegExp;
  added(text: string, changeset: NewChangeset, lineBreak: string): Added | undefined;
  /** What a file begins and ends with, whatever is in it. */
  around(text: string, lineBreak: string): { readonly head: string; readonly foot: string } | undefined;
}

const NOTATIONS: readonly Notation[] = [
  { files: /\.sql$/i, added: formattedSql, around: aroundSql },
  { files: /\.xml$/i, added: xml, around: aroundXml },
  { files: /\.ya?ml$/i, added: yaml, around: (_, lineBreak) => ({ head: `databaseChangeLog:${lineBreak}`, foot: "" }) },
  { files: /\.json$/i, added: json, around: (_, lineBreak) => ({ head: `{ "databaseChangeLog": [${lineBreak}`, foot: `] }${lineBreak}` }) },
];

function aroundSql(text: string, lineBreak: string): { readonly head: string; readonly foot: string } | undefined {
  const head = /^[ \t]*--[ \t]*liquibase formatted sql\b.*$/im.exec(text)?.[0].trim();
  return head === undefined ? undefined : { head: head + lineBreak + lineBreak, foot: "" };
}

/** The declaration and the tag of the root, with its schemas, and a licence; other comments are about the other file. */
function aroundXml(text: string, lineBreak: string): { readonly head: string; readonly foot: string } | undefined {
  const root = /<databaseChangeLog\b[^>]*>/.exec(text);
  if (root === null || root[0].endsWith("/>")) return undefined;
  const before = text
    .slice(0, root.index)
    .replace(/<!--[\s\S]*?-->\s*/g, (comment) => (/licen[cs]e|copyright/i.test(comment) ? comment : ""));
  return { head: before + root[0] + lineBreak, foot: `</databaseChangeLog>${lineBreak}` };
}

function formattedSql(text: string, changeset: NewChangeset, lineBreak: string): Added | undefined {
  const names = [...text.matchAll(/^[ \t]*--[ \t]*changeset[ \t]+("[^"]*"|[^\s:]+):(\S+)/gim)];
  if (names.length === 0) return undefined;
  const free = freeId(
    changeset.id,
    names.map((name) => name[2] as string),
  );
  // A text whose last line has no end gets none.
  const [lead, end] = text.endsWith("\n") ? ["", lineBreak] : [lineBreak, ""];
  const added = `${lead}${lineBreak}--changeset ${AUTHOR}:${free}${attributesOf(changeset)}${lineBreak}${changeset.sql}${end}`;
  return { at: text.length, text: added };
}

function xml(text: string, { id, sql, alone, onlyHere, script, elements }: NewChangeset, lineBreak: string): Added | undefined {
  const at = /[ \t]*<\/databaseChangeLog>\s*$/.exec(text)?.index;
  const tags = [...text.matchAll(/^([ \t]*)<changeSet\b[^>]*>/gm)];
  const indent = tags.at(-1)?.[1] ?? "";
  const unit = indent === "" ? "    " : indent;
  const change =
    script !== undefined
      ? xmlScript(text, script, alone)
      : elements !== undefined
        ? elements.flatMap((element) => xmlElement(element, unit)).join(lineBreak + indent + unit)
        : `<sql>${xmlText(sql)}</sql>`;
  if (at === undefined || tags.length === 0 || change === undefined) return undefined;
  const free = freeId(
    id,
    tags.map(([tag]) => attributeIn(tag, "id") ?? ""),
  );
  const attributes = `${alone || onlyHere ? ' dbms="postgresql"' : ""}${alone ? ' runInTransaction="false"' : ""}`;
  const names = [`author="${AUTHOR}"`, `id="${free}"`];
  const lines = [
    `${indent}<changeSet ${(/\sid\s*=.*\sauthor\s*=/s.test(tags.at(-1)?.[0] ?? "") ? names.reverse() : names).join(" ")}${attributes}>`,
    `${indent}${unit}${change}`,
    `${indent}</changeSet>`,
  ];
  const lead = text.slice(0, at).endsWith("\n") ? "" : lineBreak;
  const parted = /<\/changeSet>[ \t]*\r?\n[ \t]*\r?\n[ \t]*<changeSet\b/.test(text) && !/\n[ \t]*\r?\n$/.test(text.slice(0, at));
  return { at, text: `${lead}${parted ? lineBreak : ""}${lines.join(lineBreak)}${lineBreak}` };
}

/** The element that runs a script, as the change log writes the one that runs another. */
function xmlScript(text: string, { path, like }: Required<NewChangeset>["script"], alone: boolean): string | undefined {
  const element = [...text.matchAll(/<sqlFile\b[^>]*?\/>/g)].find(([tag]) => attributeIn(tag, "path") === like)?.[0];
  const own = element?.replace(/(\spath\s*=\s*)(?:"[^"]*"|'[^']*')/, (_, name: string) => `${name}"${path}"`);
  // Several statements that are sent as one are one transaction.
  return alone ? own?.replace(/\s+splitStatements\s*=\s*(?:"false"|'false')/, "") : own;
}

function attributeIn(tag: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? [];
  return double ?? single;
}

export const xmlText = (sql: string): string => sql.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A list in block style that ends the file. */
function yaml(text: string, { id, sql, alone, onlyHere, script, elements }: NewChangeset, lineBreak: string): Added | undefined {
  const items = [...text.matchAll(/^([ \t]*)-([ \t]+)changeSet:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*([ \t]+)\w/gm)];
  const last = items.at(-1);
  const [, dash = "", gap = " ", inner = ""] = last ?? [];
  const changes =
    script !== undefined
      ? [yamlScript(text, script, alone)]
      : (elements?.map(yamlElement) ?? [["sql:", `    sql: ${JSON.stringify(sql)}`]]);
  if (last === undefined || changes.includes(undefined) || !endsWithItem(text.slice(last.index), dash)) return undefined;
  const ids = [...text.matchAll(/^[ \t]+id:[ \t]*["']?(.+?)["']?[ \t]*$/gm)].map((match) => match[1] as string);
  const lines = [
    `${dash}-${gap}changeSet:`,
    `${inner}id: ${freeId(id, ids)}`,
    `${inner}author: ${AUTHOR}`,
    ...(alone || onlyHere ? [`${inner}dbms: postgresql`] : []),
    ...(alone ? [`${inner}runInTransaction: false`] : []),
    `${inner}changes:`,
    ...changes.flatMap((change) => change?.map((line, i) => `${inner}  ${i === 0 ? "- " : ""}${line}`) ?? []),
  ];
  const end = text.trimEnd().length;
  return { at: end, text: lineBreak + lines.join(lineBreak) };
}

/** The lines of the element that runs a script, as the change log writes the one that runs another. */
function yamlScript(text: string, { path, like }: Required<NewChangeset>["script"], alone: boolean): readonly string[] | undefined {
  for (const [, body = ""] of text.matchAll(/^[ \t]*-[ \t]+sqlFile:[ \t]*\r?\n((?:[ \t]+(?!-)\S.*(?:\r?\n|$))+)/gm)) {
    const lines = body.trimEnd().split(/\r?\n/);
    const indent = /^[ \t]*/.exec(lines[0] ?? "")?.[0] ?? "";
    const own = lines.filter((line) => line.startsWith(indent) && /^\w+:/.test(line.slice(indent.length)));
    const at = own.findIndex((line) => /^\s*path:[ \t]*["']?(.*?)["']?[ \t]*$/.exec(line)?.[1] === like);
    if (at < 0) continue;
    // A comment tells what the other script does.
    const kept = own.filter((line) => !/^\s*comment:/.test(line) && !(alone && /^\s*splitStatements:\s*false\b/.test(line)));
    return ["sqlFile:", ...kept.map((line) => `    ${line.slice(indent.length).replace(like, () => path)}`)];
  }
  return undefined;
}

/** Whether nothing stands behind the last item of a list that is less indented than what the item holds. */
function endsWithItem(item: string, dash: string): boolean {
  return item
    .split(/\r?\n/)
    .slice(1)
    .every((line) => /^\s*(?:#.*)?$/.test(line) || (line.startsWith(`${dash} `) && !line.startsWith(`${dash}- `)));
}

function json(text: string, { id, sql, alone, onlyHere, script, elements }: NewChangeset, lineBreak: string): Added | undefined {
  if (script !== undefined) return undefined;
  const at = /\}\s*\]\s*\}\s*$/.exec(text)?.index;
  if (at === undefined || !/"changeSet"\s*:/.test(text)) return undefined;
  const ids = [...text.matchAll(/"id"\s*:\s*"?([^",\s}]+)/g)].map((match) => match[1] as string);
  const indent = /^([ \t]*)\{?[ \t]*\r?\n?[ \t]*"changeSet"/m.exec(text)?.[1] ?? "    ";
  const changeset = {
    id: freeId(id, ids),
    author: AUTHOR,
    ...(alone || onlyHere ? { dbms: "postgresql" } : {}),
    ...(alone ? { runInTransaction: false } : {}),
    changes: elements?.map(jsonElement) ?? [{ sql: { sql } }],
  };
  const lines = JSON.stringify({ changeSet: changeset }, undefined, 2)
    .split("\n")
    .map((line) => indent + line);
  return { at: at + 1, text: `,${lineBreak}${lines.join(lineBreak)}` };
}

function freeId(wanted: string, taken: readonly string[]): string {
  let id = wanted;
  for (let i = 2; taken.includes(id); i++) id = `${wanted}-${i}`;
  return id;
}

import { type FileEdit, insertAt, lineBreakOf, remove, wholeLine } from "../../../text/edits.ts";
import type { Place } from "../../../text/positions.ts";
import type { Schema, Table } from "../schema.ts";
import { addChangeset, type NewChangeset } from "./changesetEdit.ts";
import { isNextTaken, nextChangelog } from "./newChangelog.ts";
import { isPlainScript, nextScript } from "./newScript.ts";

/** The texts of the workspace as they are now. */
export interface Texts {
  text(file: string): string | undefined;
}

/**
 * Adds a statement to a schema: as the next migration, never in a file that may have run already. Scripts without versions are run as a
 * whole, so the statement goes to the end of the one that `declared` lies in; in Liquibase's change logs as a changeset of its own, with
 * `alone` outside of a transaction, `onlyHere` kept from other databases, or as the elements that do the same, where the change log is
 * written so.
 */
export function addStatement(
  schema: Schema,
  declared: Place,
  description: string,
  statement: string,
  texts: Texts,
  { alone = false, onlyHere = false, elements }: Partial<Pick<NewChangeset, "alone" | "onlyHere" | "elements">> = {},
): readonly FileEdit[] | undefined {
  const text = texts.text(declared.file);
  if (text === undefined) return undefined;
  const lineBreak = lineBreakOf(text);
  if (schema.liquibase) return addLast(schema, { id: description, sql: statement, alone, onlyHere, ...(elements && { elements }) }, texts);
  if (schema.naming !== undefined) {
    const file = schema.naming.nextFile(description, declared.file);
    return texts.text(file) === undefined ? [{ kind: "create", file, text: statement + lineBreak }] : undefined;
  }
  // A text whose last line has no end gets none.
  const [lead, end] = text === "" || text.endsWith("\n") ? ["", lineBreak] : [lineBreak, ""];
  const edit = insertAt(text.length, lead + lineBreak + statement + end);
  return [{ kind: "change", file: declared.file, edits: [edit] }];
}

/**
 * Behind everything that runs: in a file of its own behind the last one of the run that is a change log with changesets, where the project
 * keeps one for each change; else at its end. Behind a plain script comes another one.
 */
function addLast({ migrations, inclusions }: Schema, changeset: NewChangeset, texts: Texts): readonly FileEdit[] | undefined {
  for (const { file } of [...migrations].reverse()) {
    const text = texts.text(file);
    if (text === undefined) continue;
    const last = { inclusions, file };
    // What runs it may come behind all other change logs.
    if (isPlainScript(file, text) || inclusions.get(file)?.kind === "script") return nextScript(last, text, changeset, texts);
    const edits = addChangeset(file, text, changeset);
    if (edits !== undefined)
      return nextChangelog(last, text, changeset, texts) ?? (isNextTaken(last, changeset.id, texts) ? undefined : edits);
  }
  return undefined;
}

/** Takes the statement at a place out of a script, with its line where nothing else stands on it, and with one of two blank lines around. */
export function removeStatement(at: Place, texts: Texts): readonly FileEdit[] | undefined {
  const text = texts.text(at.file);
  const end = text === undefined ? undefined : /^\s*;/.exec(text.slice(at.end, at.end + 200))?.[0].length;
  if (text === undefined || end === undefined) return undefined;
  const line = wholeLine(text, { start: at.start, end: at.end + end });
  const blank = /(?:^|\n[ \t]*\r?\n)$/.test(text.slice(0, line.start)) ? (/^[ \t]*\r?\n/.exec(text.slice(line.end))?.[0].length ?? 0) : 0;
  return [{ kind: "change", file: at.file, edits: [remove({ start: line.start, end: line.end + blank })] }];
}

/** A name as SQL has to spell it; a placeholder that the tool fills in stays one. */
export function sqlName(name: string): string {
  if (/^\$\{[^}]+\}$/.test(name)) return name;
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A column as SQL has to spell it: as its table calls it, where that has it. */
export const columnSql = (table: Table | undefined, column: string): string =>
  sqlName(table?.columns.get(column.toLowerCase())?.name ?? column);

/** What stands behind a key of an index: nothing where it ascends with NULL last, " DESC" where it descends with NULL first. */
export function directionSql({ descending, nullsFirst }: { readonly descending: boolean; readonly nullsFirst: boolean }): string {
  const nulls = nullsFirst === descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
  return `${descending ? " DESC" : ""}${nulls}`;
}

/** PostgreSQL's reserved words that could be names of tables and columns. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently constraint
create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do
else end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading left
like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right select
session_user similar some symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when where window with`.split(
    /\s+/,
  ),
);

/** A table's name with its PostgreSQL schema, where the migrations name one. */
export function qualified(table: { readonly name: string; readonly namespace: string | undefined }): string {
  return `${table.namespace === undefined ? "" : `${sqlName(table.namespace)}.`}${sqlName(table.name)}`;
}

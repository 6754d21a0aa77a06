import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { SqlStatement } from "../../../facts/sql/sqlFacts.ts";
import type { Model } from "../../../model/model.ts";
import type { MigrationUnit, PendingMigration } from "../../../model/schema/pendingMigrations.ts";
import type { FileEdit, TextEdit } from "../../../text/edits.ts";
import { applyEdits, insertAt, lineBreakOf, remove, replace, wholeLine } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";
import type { Sources } from "../../finding.ts";
import { canSettleFlywayLock, flywayLockEdit } from "./flywayLock.ts";
import { canRewriteElement, freeNumbers, rewriteChangelog } from "./rewriteChangelog.ts";

/** What takes the place of a statement of a migration that has not run, or of one command of an ALTER TABLE. */
export interface Rewriting {
  readonly at: Span;
  /** Undefined takes it away. */
  readonly here: string | undefined;
  /** In a change log that is no script, the whole statement that takes the element's place; undefined takes the element away. */
  readonly inChangelog?: string;
  /** Further edits of the same file. */
  readonly more?: readonly TextEdit[];
  /** What runs afterwards, each in a transaction of its own. */
  readonly followUps: readonly FollowUp[];
}

export interface FollowUp {
  /** In snake_case, for the name of a file. */
  readonly description: string;
  /** With their semicolons. */
  readonly statements: readonly string[];
  /** Outside of any transaction. */
  readonly alone: boolean;
  /** A statement has semicolons inside, which a tool must not split at. */
  readonly whole?: boolean;
}

/** A place in a migration that has not run. */
export interface MigrationPlace {
  readonly file: SqlFile;
  readonly migration: PendingMigration;
  readonly unit: MigrationUnit;
  readonly statement: SqlStatement;
}

/** Edits for a rewriting, in the way of the tool that runs the migrations; undefined where it has none. */
export function rewriteMigration(
  place: MigrationPlace,
  rewriting: Rewriting,
  model: Model,
  texts: Sources,
): readonly FileEdit[] | undefined {
  const text = texts.text(place.file.file);
  if (text === undefined || !canRewrite(place, model, concurrent(rewriting))) return undefined;
  const shared = isShared(place, model);
  if (place.file.sql.changelog !== undefined) return rewriteChangelog(place, rewriting, text, shared);
  const edits =
    place.migration.tool === "liquibase" ? changesets(place, rewriting, text, shared) : files(place, rewriting, text, model, texts);
  if (edits === undefined || place.migration.tool !== "flyway" || !concurrent(rewriting)) return edits;
  const property = flywayLockEdit(model, place.file.file, texts);
  return property === "settled" ? edits : property && [...edits, property];
}

/** Whether what a statement does can be moved behind it; with `alone` out of every transaction. What its text says may still forbid it. */
export function canRewrite(place: MigrationPlace, model: Model, alone: boolean): boolean {
  const { file, migration, unit, statement } = place;
  // A block asks and decides: what is in it cannot move out alone.
  if (!migration.editable || statement.kind === "DoStmt" || isNamedBehind(place)) return false;
  // Other databases keep a changeset as it is: nothing but the statement may be in it.
  if (isShared(place, model) && (unit.statements.length > 1 || unit.changeset?.dbms !== undefined)) return false;
  if (file.sql.changelog !== undefined) return canRewriteElement(place, alone);
  // What is moved to a changeset behind would have to ask for itself.
  if (migration.tool === "liquibase")
    return unit.changeset !== undefined && unit.changeset.asks === undefined && file.file.endsWith(".sql");
  if (migration.schema.naming === undefined) return false;
  // Its client sends a file as one batch, and only late versions take such statements out of it (supabase/cli#2898, #6276).
  if (alone && SUPABASE.test(file.file)) return false;
  return !alone || migration.tool !== "flyway" || canSettleFlywayLock(model, file.file);
}

const SUPABASE = /(?:^|\/)supabase\/migrations\//;

/** Whether other databases run a changeset too, the one of tests among them: what only PostgreSQL understands has to be kept from them. */
const isShared = ({ file, migration, unit }: MigrationPlace, model: Model): boolean =>
  migration.tool === "liquibase" && !/^\s*postgresql\s*$/i.test(unit.changeset?.dbms ?? "") && model.schema.runsElsewhere(file.file);

const concurrent = ({ here, followUps }: Rewriting): boolean =>
  [here ?? "", ...followUps.flatMap(({ statements }) => statements)].some((sql) => /\bINDEX\s+CONCURRENTLY\b/i.test(sql));

/** Flyway, and tools with numbered files: the next files of the scheme. */
function files(place: MigrationPlace, rewriting: Rewriting, text: string, model: Model, texts: Sources): readonly FileEdit[] | undefined {
  const { file, migration } = place;
  const { naming } = migration.schema;
  if (naming === undefined && rewriting.followUps.length > 0) return undefined;
  const lineBreak = lineBreakOf(text);
  const settings = settingsBefore(file, place.statement, text);
  // Flyway runs what is in no transaction alone: a schema that is set for it would have to be named.
  if (rewriting.followUps.some(({ alone }) => alone) && settings.some((setting) => /\bsearch_path\b/i.test(setting))) return undefined;
  const content = ({ statements, alone }: FollowUp): string => [...(alone ? [] : settings), ...statements, ""].join(lineBreak);
  const edits: FileEdit[] = [];
  let followUps = rewriting.followUps;
  const [first] = followUps;
  if (rewriting.here === undefined && first !== undefined && isWhole(place, rewriting.at) && file.sql.statements.length === 1) {
    // The file holds nothing else: it becomes the first of what follows.
    edits.push({
      kind: "change",
      file: file.file,
      edits: [replace(throughSemicolon(place.statement.span, text), first.statements.join(lineBreak))],
    });
    edits.push(...outsideOfTransaction(file.file, first, lineBreak));
    followUps = followUps.slice(1);
  } else edits.push({ kind: "change", file: file.file, edits: [inPlace(place, rewriting, text), ...(rewriting.more ?? [])] });
  if (followUps.length > 0 && isNeededLater(place, model)) return undefined;
  for (const [ahead, follow] of followUps.entries()) {
    const next = naming?.nextFile(follow.description, file.file, ahead);
    if (next === undefined || texts.text(next) !== undefined) return undefined;
    edits.push({ kind: "create", file: next, text: content(follow) }, ...outsideOfTransaction(next, follow, lineBreak));
  }
  return edits;
}

/** What a script sets in front of a statement, as the schema that its names lie in: a tool takes it back at the script's end. */
export function settingsBefore({ sql }: SqlFile, { span }: SqlStatement, text: string): readonly string[] {
  return sql.statements
    .filter((other) => other.kind === "VariableSetStmt" && other.span.start < span.start)
    .map((other) => `${text.slice(other.span.start, other.span.end)};`);
}

/** Whether a statement behind it in the same file is about the same index: an index that is dropped and made anew. */
function isNamedBehind({ file, statement }: MigrationPlace): boolean {
  const names = new Set(statement.operations.flatMap(({ form, name }) => (form.includes("index") && name !== undefined ? [name] : [])));
  return file.sql.statements.some(
    ({ span, operations }) =>
      span.start > statement.span.start &&
      operations.some(({ form, name, detail }) => (names.has(name ?? "") && form.includes("index")) || names.has(detail ?? "")),
  );
}

/** Whether a migration that is there already, and would run before what is added, is about the same table or index. */
function isNeededLater({ file, migration, statement }: MigrationPlace, model: Model): boolean {
  const { migrations } = migration.schema;
  const at = migrations.findIndex((one) => one.file === file.file);
  const names = new Set(
    statement.operations
      .flatMap(({ table, name, form }) => [table?.name ?? "", form.includes("index") ? (name ?? "") : ""])
      .filter(Boolean),
  );
  const later = migrations
    .slice(at + 1)
    .flatMap((one) => (one.kind === "versioned" ? (model.schema.migration(one.file)?.file.sql.statements ?? []) : []));
  return later.some(({ operations }) =>
    operations.some(({ table, other, name }) => [table?.name, other?.name, name].some((one) => one !== undefined && names.has(one))),
  );
}

/** Flyway sees by itself that `CREATE INDEX CONCURRENTLY`, `DROP INDEX CONCURRENTLY` and `VACUUM` run in no transaction. */
function outsideOfTransaction(file: string, { statements, alone }: FollowUp, lineBreak: string): FileEdit[] {
  if (!alone || statements.some((sql) => /^(?:(?:CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY|VACUUM)\b/i.test(sql))) return [];
  return [{ kind: "create", file: `${file}.conf`, text: `executeInTransaction=false${lineBreak}` }];
}

/**
 * Liquibase's formatted SQL: changesets behind the one that is rewritten, one statement each outside of transactions. One that other
 * databases run, too, stays as it is for them.
 */
function changesets(place: MigrationPlace, rewriting: Rewriting, text: string, shared: boolean): readonly FileEdit[] | undefined {
  const { changeset, statements } = place.unit;
  if (changeset === undefined || !place.file.file.endsWith(".sql")) return undefined;
  const lineBreak = lineBreakOf(text);
  const all = rewriting.followUps.flatMap(({ statements: own, alone, whole }): readonly Added[] => {
    const attributes = `${alone ? " runInTransaction:false" : ""}${whole === true ? " splitStatements:false" : ""}${shared ? ONLY_HERE : ""}`;
    return alone ? own.map((sql) => ({ sql: [sql], attributes })) : [{ sql: own, attributes }];
  });
  const edits: TextEdit[] = [...(rewriting.more ?? [])];
  let added = all;
  const [first] = all;
  const isMoved = rewriting.here === undefined && first !== undefined && isWhole(place, rewriting.at) && statements.length === 1;
  if (shared) {
    if (!isMoved) added = [{ sql: [rewritten(place, edits, rewriting, text)], attributes: ONLY_HERE }, ...all];
    edits.splice(0, edits.length, insertAt(changeset.at.end, NOT_HERE));
  } else if (isMoved) {
    edits.push(replace(throughSemicolon(place.statement.span, text), first.sql.join(lineBreak)));
    // Attributes that are there already are what they would be.
    if (changeset.transactional && first.attributes !== "") edits.push(insertAt(changeset.at.end, first.attributes));
    added = all.slice(1);
  } else edits.push(inPlace(place, rewriting, text));
  const next = freeNumbers(place.file, changeset);
  const blocks = added.map(
    ({ sql, attributes }) => `--changeset ${changeset.name}-${next()}${attributes}${lineBreak}${sql.join(lineBreak)}${lineBreak}`,
  );
  // As one edit: what is added may touch what is taken away in front of it.
  const { start, end } = changeset.span;
  const shifted = edits.map(({ span, text: own }) => replace({ start: span.start - start, end: Math.min(span.end, end) - start }, own));
  const body = applyEdits(text.slice(start, end), shifted);
  const ending = end >= text.length ? "" : lineBreak;
  const whole = blocks.length === 0 ? body : `${body.trimEnd()}${lineBreak}${lineBreak}${blocks.join(lineBreak)}${ending}`;
  return [{ kind: "change", file: place.file.file, edits: [replace({ start, end }, whole)] }];
}

const ONLY_HERE = " dbms:postgresql";
const NOT_HERE = " dbms:!postgresql";

/** The statement with the edits, and with its semicolon. */
function rewritten(place: MigrationPlace, edits: readonly TextEdit[], rewriting: Rewriting, text: string): string {
  const { start, end } = throughSemicolon(place.statement.span, text);
  const own = [...edits, inPlace(place, rewriting, text)].map((edit) =>
    replace({ start: edit.span.start - start, end: edit.span.end - start }, edit.text),
  );
  return applyEdits(text.slice(start, end), own).replace(/;?$/, ";");
}

interface Added {
  readonly sql: readonly string[];
  /** Behind the changeset's name. */
  readonly attributes: string;
}

const isWhole = ({ statement }: MigrationPlace, at: Span): boolean => at.start === statement.span.start && at.end === statement.span.end;

export function throughSemicolon({ start, end }: Span, text: string): Span {
  return { start, end: end + (/^\s*;/.exec(text.slice(end, end + 200))?.[0].length ?? 0) };
}

function inPlace(place: MigrationPlace, { at, here }: Rewriting, text: string): TextEdit {
  if (here !== undefined) return replace(isWhole(place, at) && here.endsWith(";") ? throughSemicolon(at, text) : at, here);
  if (isWhole(place, at)) return remove(withLine(throughSemicolon(at, text), text));
  // One command of several: its comma goes with it.
  const behind = /^\s*,\s*/.exec(text.slice(at.end))?.[0].length;
  if (behind !== undefined) return remove({ start: at.start, end: at.end + behind });
  const before = /\s*,\s*$/.exec(text.slice(0, at.start))?.[0].length ?? 0;
  return remove({ start: at.start - before, end: at.end });
}

/** With its line where nothing else stands on it, and with one of the empty lines around it. */
function withLine(span: Span, text: string): Span {
  const { start, end } = wholeLine(text, span);
  if (end === span.end) return { start, end };
  const alone = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start)) || start === 0;
  const empty = alone ? (/^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return { start, end: end + empty };
}

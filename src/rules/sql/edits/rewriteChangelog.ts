import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { Changeset } from "../../../facts/sql/operationFacts.ts";
import type { SqlStatement } from "../../../facts/sql/sqlFacts.ts";
import { AUTHOR, xmlText } from "../../../model/schema/edits/changesetEdit.ts";
import type { FileEdit, TextEdit } from "../../../text/edits.ts";
import { applyEdits, indentAt, insertAt, lineBreakOf, remove, replace, wholeLine } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";
import type { MigrationPlace, Rewriting } from "./rewriteMigration.ts";

/** A changeset of its own behind the one that is rewritten. */
interface Added {
  readonly sql: string;
  /** In no transaction. */
  readonly alone: boolean;
  readonly whole: boolean;
}

/** How Liquibase calls the databases that a changeset is for. */
const ONLY_HERE = "postgresql";
const NOT_HERE = "!postgresql";

/** How a notation writes changesets and statements. */
interface Notation {
  /** Whether nothing but the element changes anything in the changeset. */
  isOnly(): boolean;
  statement(sql: string, whole: boolean): string;
  /** Edits that take the element away, with what would be left of it. */
  readonly removed: TextEdit;
  readonly outsideOfTransaction: readonly TextEdit[];
  /** Keeps the changeset from PostgreSQL. */
  readonly notHere: TextEdit;
  /** A changeset behind it; `dbms` where it is for one database. */
  changeset(number: number, added: Added, dbms?: string): string;
}

/**
 * Whether an element of a change log can be rewritten, with `alone` as an index that is built in no transaction. Where preconditions ask for
 * more than whether the index is there, each changeset would have to ask for itself.
 */
export function canRewriteElement({ file, unit, statement }: MigrationPlace, alone: boolean): boolean {
  const { changeset } = unit;
  const isXml = file.file.endsWith(".xml");
  if (changeset === undefined || !(isXml || /\.ya?ml$/.test(file.file))) return false;
  if (isSql(statement)) {
    const isConcurrent = statement.operations.some(({ form }) => form.endsWith(" concurrently"));
    return isXml && isConcurrent && changeset.transactional && unit.statements.length === 1;
  }
  // What a fix has written is what somebody has chosen: the gentler form is offered beside it.
  if (changeset.name.startsWith(`${AUTHOR}:`)) return false;
  return changeset.asks === undefined || (changeset.asks === "index" && alone && isXml);
}

/** What stands in an <sql> is a statement of its own. */
const isSql = ({ kind }: SqlStatement): boolean => /^[A-Z]/.test(kind ?? "S");

/**
 * A rewriting of an element of a change log in XML or YAML: SQL in its place, and changesets behind its own, whose attributes they have.
 * Undefined where preconditions ask for more than whether the index is there, since each changeset would have to ask for itself. Where
 * other databases run it, too, the changeset stays as it is for them.
 */
export function rewriteChangelog(
  { file, unit, statement }: MigrationPlace,
  rewriting: Rewriting,
  text: string,
  shared: boolean,
): readonly FileEdit[] | undefined {
  const { changeset } = unit;
  const { inChangelog } = rewriting;
  if (changeset === undefined) return undefined;
  const own = text.slice(changeset.span.start, changeset.span.end);
  const place: Place = { text, changeset, element: statement.span, lineBreak: lineBreakOf(text) };
  // What stands in an <sql> stays as it is, and may only be taken out of its transaction.
  if (isSql(statement)) {
    const same = rewriting.followUps.map(({ alone, statements }) => (alone ? statements.join() : "")).join();
    const isSame = same === `${text.slice(statement.span.start, statement.span.end)};`;
    const edits = isSame && isAlone(own) ? xml(place)?.outsideOfTransaction : undefined;
    return edits === undefined ? undefined : [{ kind: "change", file: file.file, edits }];
  }
  const asked = PRECONDITIONS.exec(own);
  const isBuilt = rewriting.followUps[0]?.statements[0]?.startsWith("DROP INDEX CONCURRENTLY IF EXISTS") === true;
  if (changeset.asks !== undefined && (asked === null || !isBuilt || inChangelog !== undefined)) return undefined;
  const notation = /\.ya?ml$/.test(file.file) ? yaml(place) : file.file.endsWith(".xml") ? xml(place) : undefined;
  if (notation === undefined) return undefined;
  let added: Added[] = rewriting.followUps.flatMap(({ statements, alone, whole = false }) =>
    statements.map((sql) => ({ sql: sql.replace(/;$/, ""), alone, whole })),
  );
  const edits: TextEdit[] = [];
  const [first, ...rest] = added;
  if (shared) {
    if (!notation.isOnly()) return undefined;
    edits.push(notation.notHere);
    if (inChangelog !== undefined) added.unshift({ sql: inChangelog, alone: false, whole: false });
  } else if (inChangelog !== undefined) edits.push(replace(statement.span, notation.statement(inChangelog, false)));
  else if (first !== undefined && notation.isOnly()) {
    edits.push(replace(statement.span, notation.statement(first.sql, first.whole)));
    if (first.alone && changeset.transactional) edits.push(...notation.outsideOfTransaction);
    added = rest;
  } else edits.push(notation.removed);
  if (asked !== null && !shared)
    edits.push(
      remove(wholeLine(text, { start: changeset.span.start + asked.index, end: changeset.span.start + asked.index + asked[0].length })),
    );
  const { start } = changeset.span;
  const next = freeNumbers(file, changeset);
  const blocks = added.map((one) => notation.changeset(next(), one, shared ? ONLY_HERE : undefined));
  const shifted = edits.map(({ span, text: own }) => replace({ start: span.start - start, end: span.end - start }, own));
  const body = applyEdits(own, shifted).trimEnd();
  return [{ kind: "change", file: file.file, edits: [replace({ start, end: start + own.trimEnd().length }, [body, ...blocks].join(""))] }];
}

/** Numbers behind the name of a changeset that no other has there: 2 of `ann:1-2`. */
export function freeNumbers({ sql }: SqlFile, { name }: Changeset): () => number {
  const taken = new Set(sql.changesets.map((changeset) => changeset.name));
  let number = 1;
  return () => {
    do number++;
    while (taken.has(`${name}-${number}`));
    return number;
  };
}

/** Whether the index is there already: one that was not finished is, too. What drops it first and builds it asks nothing. */
const PRECONDITIONS = /<preConditions\b[^>]*>\s*<not>\s*<indexExists\b[^>]*\/>\s*<\/not>\s*<\/preConditions>/;

/** Whether a changeset changes nothing but by one <sql>. */
function isAlone(changeset: string): boolean {
  const changes = changeset.replace(/<(preConditions|rollback)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, "");
  const names = [...changes.matchAll(/<([\w:]+)/g)].map(([, name]) => name);
  return names.filter((name) => !/^(?:changeSet|comment|validCheckSum|rollback)$/.test(name ?? "")).join() === "sql";
}

interface Place {
  readonly text: string;
  readonly changeset: Changeset;
  readonly element: Span;
  readonly lineBreak: string;
}

function xml({ text, changeset, element, lineBreak }: Place): Notation | undefined {
  const { span, at } = changeset;
  const opening = /^<[\w:]*changeSet\b(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(text.slice(span.start, span.end))?.[0];
  if (opening === undefined || at.start < span.start || at.end > span.start + opening.length) return undefined;
  const outer = indentAt(text, span.start);
  const inner = indentAt(text, element.start);
  const behindAttributes = span.start + opening.length - 1;
  const opened = (number: number, alone: boolean, dbms: string | undefined): string => {
    const id = { start: at.end - span.start, end: at.end - span.start };
    const off = `${dbms === undefined ? "" : ` dbms="${dbms}"`}${alone && changeset.transactional ? OFF : ""}`;
    return applyEdits(opening, [replace(id, `-${number}`), insertAt(opening.length - 1, off)]);
  };
  const statement = (sql: string, whole: boolean): string => `<sql${whole ? ' splitStatements="false"' : ""}>${xmlText(sql)}</sql>`;
  return {
    isOnly: () => {
      const others = text.slice(span.start + opening.length, element.start) + text.slice(element.end, span.end);
      return !/<(?!\/|!--|comment\b|validCheckSum\b)[\w:]/.test(others.replace(PRECONDITIONS, ""));
    },
    statement,
    removed: remove(wholeLine(text, element)),
    outsideOfTransaction: [insertAt(behindAttributes, OFF)],
    notHere: insertAt(behindAttributes, ` dbms="${NOT_HERE}"`),
    changeset: (number, { sql, alone, whole }, dbms) =>
      [``, ``, `${outer}${opened(number, alone, dbms)}`, `${inner}${statement(sql, whole)}`, `${outer}</changeSet>`].join(lineBreak),
  };
}

const OFF = ' runInTransaction="false"';

/** In block style, with `changes` at the end: what stands in braces has no lines of its own. */
function yaml({ text, changeset, element, lineBreak }: Place): Notation | undefined {
  const { span, at } = changeset;
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const own = text.slice(start, span.end);
  const [head, indent = ""] = /^[^\r\n]*\r?\n(?:[^\r\n]*\r?\n)*?([ \t]*)changes:[ \t]*\r?\n/.exec(own) ?? [];
  const [, dash, lead = ""] = /(?:^|\n)([ \t]*)(-[ \t]+)$/.exec(text.slice(0, element.start)) ?? [];
  const idLine = at.end <= start + (head?.length ?? 0) ? /^[^\r\n]*(?:\r?\n)?/.exec(text.slice(at.end))?.[0] : undefined;
  if (head === undefined || dash === undefined || idLine === undefined || !/^[ \t]*-[ \t]+changeSet:/.test(own)) return undefined;
  // Keys behind the changes belong to the changeset.
  const body = own.slice(head.length);
  if (new RegExp(`^${indent}\\w`, "m").test(body)) return undefined;
  const key = `${dash}${" ".repeat(lead.length)}`;
  const behindId = at.end - start + idLine.length;
  const quoted = /["']/.test(text[at.end - 1] ?? "") ? 1 : 0;
  const off = `${indent}runInTransaction: false${lineBreak}`;
  const statement = (sql: string, whole: boolean): string =>
    [`sql:`, `${key}  sql: ${JSON.stringify(sql)}`, ...(whole ? [`${key}  splitStatements: false`] : [])].join(lineBreak);
  return {
    isOnly: () => body.split(/\r?\n/).filter((line) => line.startsWith(`${dash}- `)).length === 1,
    statement,
    removed: remove(wholeLine(text, { start: element.start - lead.length, end: element.end })),
    outsideOfTransaction: [insertAt(start + behindId, off)],
    notHere: insertAt(start + behindId, `${indent}dbms: "${NOT_HERE}"${lineBreak}`),
    changeset: (number, { sql, alone, whole }, dbms) => {
      const id = at.end - start - quoted;
      const more = `${dbms === undefined ? "" : `${indent}dbms: ${dbms}${lineBreak}`}${alone && changeset.transactional ? off : ""}`;
      const header = applyEdits(head, [replace({ start: id, end: id }, `-${number}`), insertAt(behindId, more)]);
      return `${lineBreak}${header}${dash}${lead}${statement(sql, whole)}`;
    },
  };
}

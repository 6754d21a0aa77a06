import { type FileEdit, insertAt, lineBreakOf, remove, type TextEdit } from "../../../text/edits.ts";
import type { Sources } from "../../finding.ts";
import { freeNumbers } from "./rewriteChangelog.ts";
import { type MigrationPlace, settingsBefore, throughSemicolon } from "./rewriteMigration.ts";

/** Whether a migration can be ended in front of a statement. */
export function canSplit({ file, migration, unit, statement }: MigrationPlace): boolean {
  if (!migration.editable || statement.kind === "DoStmt" || file.sql.changelog !== undefined) return false;
  if (migration.tool === "liquibase") return unit.changeset !== undefined && file.file.endsWith(".sql");
  return migration.schema.naming?.isLast(file.file) === true;
}

/**
 * Ends a migration in front of a statement: it and all behind it run in the next one. Undefined where other migrations come in between,
 * which may need what is moved.
 */
export function splitMigration(
  place: MigrationPlace,
  description: string,
  text: string,
  lineBreak: string,
  texts: Sources,
): readonly FileEdit[] | undefined {
  const { file, migration, unit, statement } = place;
  if (!canSplit(place)) return undefined;
  const line = text.lastIndexOf("\n", statement.span.start - 1) + 1;
  if (text.slice(line, statement.span.start).trim() !== "") return undefined;
  const { changeset } = unit;
  if (migration.tool === "liquibase") {
    if (changeset === undefined) return undefined;
    const name = `${changeset.name}-${freeNumbers(file, changeset)()}`;
    return [{ kind: "change", file: file.file, edits: [insertAt(line, `${lineBreak}--changeset ${name}${lineBreak}`)] }];
  }
  const next = migration.schema.naming?.nextFile(description.toLowerCase(), file.file);
  if (next === undefined || texts.text(next) !== undefined) return undefined;
  const cut = cutBefore(line, text, lineBreak);
  return [
    { kind: "change", file: file.file, edits: [cut.edit] },
    { kind: "create", file: next, text: [...settingsBefore(file, statement, text), text.slice(cut.at).trimEnd(), ""].join(lineBreak) },
  ];
}

/** What is said of the statement goes with it. */
function cutBefore(line: number, text: string, lineBreak: string): { readonly at: number; readonly edit: TextEdit } {
  const at = line - (/(?:(?<=^|\n)[ \t]*--.*\r?\n)+$/.exec(text.slice(0, line))?.[0].length ?? 0);
  const end = text.slice(0, at).trimEnd().length + lineBreak.length;
  return { at, edit: remove({ start: Math.min(end, at), end: text.length }) };
}

/** The same with other SQL in the statement's place, outside of any transaction, and what is behind it in a migration after that. */
export function splitAround(
  place: MigrationPlace,
  instead: { readonly sql: string; readonly description: string },
  text: string,
  texts: Sources,
): readonly FileEdit[] | undefined {
  const { file, migration, statement } = place;
  const { naming } = migration.schema;
  if (!canSplit(place) || naming === undefined || migration.tool === "liquibase") return undefined;
  const lineBreak = lineBreakOf(text);
  const line = text.lastIndexOf("\n", statement.span.start - 1) + 1;
  const { at, edit } = cutBefore(line, text, lineBreak);
  const behind = text.slice(throughSemicolon(statement.span, text).end).trim();
  const description = instead.description.toLowerCase();
  const [first, second] = [naming.nextFile(description, file.file), naming.nextFile(`after_${description}`, file.file, 1)];
  if (text.slice(line, statement.span.start).trim() !== "" || behind === "") return undefined;
  if (first === undefined || second === undefined || [first, second].some((one) => texts.text(one) !== undefined)) return undefined;
  const said = text.slice(at, line);
  return [
    { kind: "change", file: file.file, edits: [edit] },
    { kind: "create", file: first, text: `${said}${instead.sql.replaceAll("\n", lineBreak)}${lineBreak}` },
    { kind: "create", file: `${first}.conf`, text: `executeInTransaction=false${lineBreak}` },
    { kind: "create", file: second, text: `${behind}${lineBreak}` },
  ];
}

import { type FileEdit, insertAt, remove } from "../../../text/edits.ts";
import type { Sources } from "../../finding.ts";
import { freeNumbers } from "./rewriteChangelog.ts";
import { type MigrationPlace, settingsBefore } from "./rewriteMigration.ts";

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
  // What is said of the statement goes with it.
  const at = line - (/(?:(?<=^|\n)[ \t]*--.*\r?\n)+$/.exec(text.slice(0, line))?.[0].length ?? 0);
  const end = text.slice(0, at).trimEnd().length + lineBreak.length;
  return [
    { kind: "change", file: file.file, edits: [remove({ start: Math.min(end, at), end: text.length })] },
    { kind: "create", file: next, text: [...settingsBefore(file, statement, text), text.slice(at).trimEnd(), ""].join(lineBreak) },
  ];
}

import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type WrittenStatement, wordAt } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** `select *` → `select id, code`, and `select t.*` → `select t.id, t.code`: the columns as SQL spells them. */
export const listColumns = (file: JavaFile, query: Query, columns: readonly string[]): readonly Fix[] =>
  changeStatement(file, query, `Select ${columns.length === 1 ? columns[0] : `the ${columns.length} columns`}`, (statement) =>
    edits(statement, columns),
  );

function edits(statement: WrittenStatement, columns: readonly string[]): readonly (TextEdit | undefined)[] | undefined {
  const { tokens, text, edit } = statement;
  const isAliased = wordAt(statement, 2) === "." && wordAt(statement, 3) === "*";
  const star = isAliased ? 3 : 1;
  const [first, last] = [tokens[1], tokens[star]];
  if (wordAt(statement, 0) !== "select" || wordAt(statement, star) !== "*" || wordAt(statement, star + 1) !== "from") return undefined;
  if (first === undefined || last === undefined) return undefined;
  const prefix = isAliased ? `${text.slice(first.start, first.end)}.` : "";
  return [edit({ start: first.start, end: last.end }, columns.map((column) => `${prefix}${column}`).join(", "))];
}

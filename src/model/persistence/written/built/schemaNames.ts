import { sqlName } from "../../../schema/edits/migrationEdit.ts";

const [TABLE, COLUMN, OF] = ["\uE001", "\uE002", "\uE003"];

/** The names of tables and columns that a text takes from generated constants, marked, so that a schema can spell them. */
export const tableMark = (table: string): string => `${TABLE}${table}${TABLE}`;
export const columnMark = (table: string, column: string): string => `${COLUMN}${table}${OF}${column}${COLUMN}`;

/** How a schema spells names; undefined for those that it does not have. */
export interface Spelling {
  table(name: string): string | undefined;
  column(table: string, name: string): string | undefined;
}

/** The text with its names as PostgreSQL folds them. */
export const withoutMarks = (text: string): string => spelled(text, { table: sqlName, column: (_, column) => sqlName(column) }, () => {});

/** The text with its names as a schema has them; `missing` is told of each that it does not have. */
export function spelled(text: string, spelling: Spelling, missing: (name: string) => void): string {
  return text
    .replace(/\uE001([^\uE001]+)\uE001/g, (_, table: string) => spelling.table(table) ?? lost(table, missing))
    .replace(
      /\uE002([^\uE003]+)\uE003([^\uE002]+)\uE002/g,
      (_, table: string, column: string) => spelling.column(table, column) ?? lost(`${table}.${column}`, missing),
    );
}

function lost(name: string, missing: (name: string) => void): string {
  missing(name);
  return name;
}

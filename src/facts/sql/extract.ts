import type { SqlParser } from "../../syntax/sql.ts";
import type { Extracted } from "../extract.ts";
import type { SqlFacts } from "./sqlFacts.ts";

export function sqlFacts(_file: string, _text: string, _sql: SqlParser): Extracted<SqlFacts> {
  return { facts: { statements: [] }, unparsed: [], problems: [] };
}

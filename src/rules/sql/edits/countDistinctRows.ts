import type { JavaFile } from "../../../facts/fileFacts.ts";
import { pathAt, type WrittenStatement, wordAt } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** `select count(distinct a) from t` → `select count(a) from (select distinct a from t) d`, which PostgreSQL hashes. */
export const countDistinctRows = (file: JavaFile, query: Query): readonly Fix[] =>
  query.source === "native" ? changeStatement(file, query, "Count the rows of SELECT DISTINCT", edits) : [];

function edits(statement: WrittenStatement): readonly (TextEdit | undefined)[] | undefined {
  const { tokens, text, edit } = statement;
  const words = tokens.map((_, at) => wordAt(statement, at));
  const counted = pathAt(statement, 4);
  if (words.slice(0, 4).join(" ") !== "select count ( distinct" || counted === undefined) return undefined;
  if (words[counted.next] !== ")" || words[counted.next + 1] !== "from" || words.some((word) => ENDS.has(word))) return undefined;
  const last = tokens[words.indexOf("") - (words.at(-2) === ";" ? 2 : 1)];
  const [first, closing] = [tokens[1], tokens[counted.next]];
  if (first === undefined || closing === undefined || last === undefined) return undefined;
  const column = text.slice(tokens[counted.next - 1]?.start, tokens[counted.next - 1]?.end);
  const upper = tokens[0]?.text === "SELECT";
  const [from, select, as] = upper ? ["FROM", "SELECT DISTINCT", "AS"] : ["from", "select distinct", "as"];
  const count = text.slice(first.start, first.end);
  return [
    edit({ start: first.start, end: closing.end }, `${count}(counted.${column}) ${from} (${select} ${counted.text}`),
    edit({ start: last.end, end: last.end }, `) ${as} counted`),
  ];
}

const ENDS: ReadonlySet<string> = new Set(["group", "having", "order", "limit", "offset", "union", "intersect", "except", "?"]);

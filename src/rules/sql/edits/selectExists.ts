import type { JavaFile } from "../../../facts/fileFacts.ts";
import { takeOut, type WrittenStatement } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** `select count(t) > 0 from …` → `select exists (select 1 from …)`. */
export const selectExists = (file: JavaFile, query: Query): readonly Fix[] =>
  changeStatement(file, query, "Ask EXISTS instead", (statement) => edits(statement, query));

/** A number above 0, written as a comparison or as a case; what is counted is never NULL. */
const COUNTED =
  /^(?:case when |\( )?(?:\( )?count \( (?:distinct )?(?<counted>\*|1|[\w$]+(?: \. id)?) \)(?: \))? (?:> 0|>= 1|(?:<>|!=) 0)(?: \))?(?: then true else false end)?$/;

function edits(statement: WrittenStatement, { source }: Query): readonly (TextEdit | undefined)[] | undefined {
  const { tokens, edit } = statement;
  const words = tokens.map(({ kind, text }) => (kind === "word" ? text.toLowerCase() : text));
  const from = words.indexOf("from");
  const last = tokens.at(-2);
  if (words[0] !== "select" || from < 0 || last === undefined || words.some((word) => ENDS.has(word))) return undefined;
  const of = COUNTED.exec(words.slice(1, from).join(" "))?.groups?.["counted"];
  // SQL counts a column without its NULLs.
  if (of === undefined || (source === "native" && of !== "*" && of !== "1")) return undefined;
  const isUpper = tokens[0]?.text === "SELECT";
  const end = words.at(-2) === ";" ? tokens.at(-3) : last;
  const counted = tokens[from - 1];
  if (counted === undefined || end === undefined) return undefined;
  return [
    ...takeOut(statement, 1, from - 1),
    edit(counted, isUpper ? "EXISTS (SELECT 1" : "exists (select 1"),
    edit({ start: end.end, end: end.end }, ")"),
  ];
}

const ENDS: ReadonlySet<string> = new Set(["group", "having", "order", "limit", "offset", "union", "intersect", "except"]);

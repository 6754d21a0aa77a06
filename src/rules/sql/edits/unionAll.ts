import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type WrittenStatement, wordAt } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** Each UNION becomes UNION ALL, where the statement has no others than these. */
export const unionAll = (file: JavaFile, query: Query, unions: number): readonly Fix[] =>
  changeStatement(file, query, "Use UNION ALL", (statement) => edits(statement, unions));

function edits(statement: WrittenStatement, unions: number): readonly (TextEdit | undefined)[] | undefined {
  const found = statement.tokens.flatMap((token, at) => {
    if (wordAt(statement, at) !== "union" || wordAt(statement, at + 1) === "all") return [];
    return [statement.edit({ start: token.end, end: token.end }, token.text === "UNION" ? " ALL" : " all")];
  });
  return found.length === unions ? found : undefined;
}

import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type WrittenStatement, wordAt } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** Takes DISTINCT out of a statement: that of what is selected or counted, or those of what IN looks up. */
export const withoutDistinct = (file: JavaFile, query: Query, which: Place): readonly Fix[] =>
  changeStatement(file, query, "Remove DISTINCT", (statement) => removals(statement, which));

type Place = "selected" | "counted" | "looked up";

function removals(statement: WrittenStatement, which: Place): readonly (TextEdit | undefined)[] | undefined {
  const isWord = (at: number, word: string): boolean => wordAt(statement, at) === word;
  const edits = statement.tokens.flatMap((token, at) => {
    if (which === "counted") return at === 3 && isWord(at, "distinct") && isWord(at - 2, "count") ? [statement.edit(token, "")] : [];
    if (!isWord(at, "distinct") || !isWord(at - 1, "select") || isWord(at + 1, "on")) return [];
    const isLookedUp = isWord(at - 2, "(") && isWord(at - 3, "in") && !isWord(at - 4, "not");
    return (which === "selected" ? at === 1 : isLookedUp) ? [statement.edit(token, "")] : [];
  });
  return edits.length === 0 ? undefined : edits;
}

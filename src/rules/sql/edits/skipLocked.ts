import type { JavaFile } from "../../../facts/fileFacts.ts";
import { wordAt } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** `… for update` → `… for update skip locked`, at the end of the only statement that locks. */
export const skipLocked = (file: JavaFile, query: Query): readonly Fix[] =>
  changeStatement(file, query, "Pass over rows that others have locked", (statement) => {
    const { tokens, text } = statement;
    const locks = tokens.flatMap((_, at) => (wordAt(statement, at) === "for" && wordAt(statement, at + 1) === "update" ? [at + 1] : []));
    const [lock = -1, ...more] = locks;
    const end = tokens.findIndex((_, at) => at > lock && ["", ";"].includes(wordAt(statement, at)));
    const behind = tokens.slice(lock + 1, end).map((_, i) => wordAt(statement, lock + 1 + i));
    const last = tokens[end - 1];
    const isLast = behind.length === 0 || (behind[0] === "of" && behind.every((word) => /^(?:\w+|,)$/.test(word)));
    if (lock < 0 || more.length > 0 || !isLast || last === undefined) return undefined;
    return [statement.edit(last, `${text.slice(last.start, last.end)} ${text.includes("FOR UPDATE") ? "SKIP LOCKED" : "skip locked"}`)];
  });

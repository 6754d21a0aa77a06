import type { JavaFile } from "../../../facts/fileFacts.ts";
import { wordAt } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** `order by t.createdAt desc nulls last` → `order by t.createdAt desc`, for columns that are never NULL. */
export const withoutNulls = (file: JavaFile, query: Query): readonly Fix[] =>
  changeStatement(file, query, "Leave out where NULL comes: there is none", (statement) => {
    const places = statement.tokens.flatMap((_, at) =>
      wordAt(statement, at) === "nulls" && /^(?:first|last)$/.test(wordAt(statement, at + 1)) ? [at] : [],
    );
    if (places.length === 0) return undefined;
    return places.map((at) => statement.edit({ start: statement.tokens[at - 1]?.end ?? 0, end: statement.tokens[at + 1]?.end ?? 0 }, ""));
  });

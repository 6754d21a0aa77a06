import type { JavaFile } from "../../../facts/fileFacts.ts";
import { notExistsEdits } from "../../../model/persistence/edits/notExistsEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** `x not in (select y from …)` → `not exists (select 1 from … where y = x)`: the same rows where neither column is ever NULL. */
export function notExists(file: JavaFile, query: Query): readonly Fix[] {
  const count = query.remarks.filter(({ kind }) => kind === "notIn").length;
  return changeStatement(file, query, "Ask NOT EXISTS instead", (statement) => notExistsEdits(statement, count));
}

import type { JavaFile } from "../../../facts/fileFacts.ts";
import { takeOut, wordAt } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { Fix } from "../../finding.ts";
import { changeStatement } from "./statement.ts";

/** `as materialized (select …)` → `as (select …)`, which PostgreSQL joins with the query around it where it is read once. */
export const withoutMaterialized = (file: JavaFile, query: Query): readonly Fix[] =>
  changeStatement(file, query, "Leave MATERIALIZED out", (statement) => {
    const places = statement.tokens.flatMap((_, at) => (wordAt(statement, at) === "materialized" ? [at] : []));
    const [only = -1, ...more] = places;
    return only < 1 || more.length > 0 || wordAt(statement, only - 1) !== "as" ? undefined : takeOut(statement, only, only + 1);
  });

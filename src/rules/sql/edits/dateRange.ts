import type { JavaFile } from "../../../facts/fileFacts.ts";
import { dateRangeEdits } from "../../../model/persistence/edits/dateRangeEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import { annotationNamed, annotationValue } from "../../../model/types/constants.ts";
import { bareName } from "../../../model/types/typeIndex.ts";
import type { Fix } from "../../finding.ts";
import { declarationOf } from "../shared/queries/declarations.ts";
import { changeStatement } from "./statement.ts";

/** Compares a column of times with the bounds of a day, which its index knows, in place of its own day. */
export function dateRange(file: JavaFile, query: Query, column: string): readonly Fix[] {
  const method = declarationOf(query, file)?.method;
  if (method === undefined || query.source !== "native") return [];
  const isDay = (parameter: string): boolean => {
    const found = method.parameters.find(({ name, annotations }, i) => {
      const given = annotationValue(annotationNamed(annotations, "Param", "Bind"), "value");
      return (given?.kind === "text" ? given.text : name) === parameter || String(i + 1) === parameter;
    });
    return found !== undefined && bareName(found.type) === "LocalDate";
  };
  return changeStatement(file, query, "Compare with the bounds of the day", (statement) => dateRangeEdits(statement, column, isDay));
}

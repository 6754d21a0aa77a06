import type { Model } from "../../../../model/model.ts";
import { idColumns } from "../../../../model/persistence/mapping/entity.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { schemaOf } from "./queries.ts";

/** Whether no two rows of a table have the same value of a column: the mapping of the query's entity says so, or an index. */
export function isKey(table: string, column: string | undefined, query: Query, file: string, model: Model): boolean {
  if (column === undefined) return false;
  const entity = query.source === "jpql" && query.entity !== undefined ? model.persistence.entity(query.entity) : undefined;
  const mapped = entity?.table === table ? idColumns(entity) : [];
  return (mapped.length === 1 && mapped[0] === column) || haveNoTwins(table, [column], file, model);
}

/** Whether a unique index of the schema knows no two rows of a table with the same values of these columns. */
export function haveNoTwins(name: string, columns: readonly string[], file: string, model: Model): boolean {
  const schema = schemaOf(model, file);
  const table = schema === undefined ? undefined : model.schema.tableOf(schema.id, name);
  if (table === undefined || table.kind !== "table" || table.uncertain) return false;
  // NULL is no twin of NULL.
  const fixed = columns.filter((column) => table.columns.get(column)?.nullable === false);
  return table.indexes.some(
    ({ unique, predicate, invalid, keys }) =>
      unique && predicate === undefined && !invalid && keys.every(({ column }) => column !== undefined && fixed.includes(column)),
  );
}

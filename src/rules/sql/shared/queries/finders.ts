import type { Model } from "../../../../model/model.ts";
import { looksUp, type Query } from "../../../../model/persistence/scans/query.ts";
import type { Table } from "../../../../model/schema/schema.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { ledByRows, schemaOf } from "./queries.ts";

/** The queries that find rows of a table by the values of a column, or come to it by a join. */
export function findersBy(column: string, table: Table, model: Model): readonly Query[] {
  const name = table.key;
  return ledQueriesOn(name, model).filter(({ understood, scans }) =>
    scans.some(
      (scan, position) =>
        understood &&
        scan.table === name &&
        scan.tests.some((test) => test.column === column && test.folded === undefined && looksUp(test, position)),
    ),
  );
}

/** The queries that look at a table, with the joins that ask for a value. */
export const ledQueriesOn = (table: string, model: Model): readonly Query[] =>
  model.tableQueries.of(table).map((query) => ledIn(query, model));

/** A query with the joins that ask for a value in the schema of its file; itself where it has none. */
export function ledIn(query: Query, model: Model): Query {
  const schema = schemaOf(model, query.at.file);
  return schema === undefined ? query : ledByRows(query, schema, model);
}

/** So many of them as somebody reads. */
export function finderPlaces(queries: readonly Query[], columns: readonly string[]): readonly RelatedPlace[] {
  return queries.slice(0, MOST_NAMED).map(({ at, method }) => ({ at, message: `${method} finds rows by ${columns.join(", ")}` }));
}

const MOST_NAMED = 5;

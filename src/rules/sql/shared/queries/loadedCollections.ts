import type { Model } from "../../../../model/model.ts";
import { attributeOf } from "../../../../model/persistence/mapping/entity.ts";
import { looksUp, type Query } from "../../../../model/persistence/scans/query.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { ledIn } from "./finders.ts";

/**
 * What looks rows up by a column: the queries, each as the other columns that it gives values for, and the collections that the other side
 * maps, whoever reads them. Undefined where the queries are not known, and there is no collection.
 */
export function lookupsOn(table: string, column: string, file: string, model: Model): readonly (readonly string[])[] | undefined {
  const asked = withLed(model.usage.lookupsBy(table, column, file), table, column, model);
  // One that asks for nothing else says as much as a collection that is loaded.
  if (asked?.some((others) => others.length === 0) === true || model.usage.collectionsBy(table, column).length === 0) return asked;
  return [...(asked ?? []), []];
}

/** Lookups as they are where queries find the rows of another table first, which these are joined to. */
function withLed(
  asked: readonly (readonly string[])[] | undefined,
  table: string,
  column: string,
  model: Model,
): readonly (readonly string[])[] | undefined {
  const queries = model.tableQueries.of(table).filter(({ kind }) => kind !== "delete");
  const led = queries.map((query) => ledIn(query, model));
  if (led.every((query, i) => query === queries[i])) return asked;
  const lookups = (query: Query): readonly string[] => lookupsIn(query, table, column).map((others) => others.join());
  const unled = new Set(queries.flatMap((query, i) => (query === led[i] ? lookups(query) : [])));
  const narrowed = new Set(queries.flatMap((query, i) => (query === led[i] ? [] : lookups(query))));
  const left = asked?.filter((others) => !narrowed.has(others.join()) || unled.has(others.join()));
  const more = led.flatMap((query, i) => (query === queries[i] ? [] : lookupsIn(query, table, column)));
  return left === undefined && more.length === 0 ? undefined : [...(left ?? []), ...more];
}

/** The lookups of a query by a column of a table, each as the other columns that it gives values for. */
const lookupsIn = ({ scans }: Query, table: string, column: string): readonly (readonly string[])[] =>
  scans.flatMap((scan, position) => {
    const given = scan.table === table ? scan.tests.filter((test) => looksUp(test, position)).map((test) => test.column) : [];
    return given.includes(column) ? [[...new Set(given)].filter((other) => other !== column).sort()] : [];
  });

/** The collections that are loaded by a column, where they are mapped. */
export function collectionPlaces(table: string, column: string, model: Model): readonly RelatedPlace[] {
  const places = model.usage.collectionsBy(table, column).flatMap(({ owner, name }) => {
    const entity = model.persistence.entity(owner);
    const attribute = entity && attributeOf(entity, name);
    return attribute === undefined ? [] : [{ at: attribute.at, message: `${entity?.name}.${name} is loaded by ${column}` }];
  });
  return places.slice(0, MOST_NAMED);
}

const MOST_NAMED = 5;

import type { Model } from "../../../../model/model.ts";
import { attributeOf } from "../../../../model/persistence/mapping/entity.ts";
import { type ColumnTest, looksUp } from "../../../../model/persistence/scans/query.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { ledQueriesOn } from "./finders.ts";

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

/** Lookups with those of queries that find the rows of another table first, which these are joined to. */
function withLed(
  asked: readonly (readonly string[])[] | undefined,
  table: string,
  column: string,
  model: Model,
): readonly (readonly string[])[] | undefined {
  const led = ledQueriesOn(table, model).flatMap((query) =>
    query.kind === "delete"
      ? []
      : query.scans.flatMap((scan) => {
          const isLed = ({ partner, test }: ColumnTest): boolean => partner !== undefined && test !== "join";
          if (scan.table !== table || !scan.tests.some((test) => test.column === column && isLed(test))) return [];
          const given = scan.tests.filter((test) => looksUp(test, 0)).map((test) => test.column);
          return [[...new Set(given)].filter((other) => other !== column).sort()];
        }),
  );
  return led.length === 0 ? asked : [...(asked ?? []), ...led];
}

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

import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { RoutineCaller } from "../../model/persistence/routines/routineCallers.ts";
import type { RoutineQuery } from "../../model/persistence/routines/routineQueries.ts";
import type { Schema, Table } from "../../model/schema/schema.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { indexOfNeeds, type WantedIndex } from "./shared/indexes/indexOfNeeds.ts";
import { type Lack, lacksOf } from "./shared/indexes/lacks.ts";
import { ageOf, indexOfAge, isCut, isOrdered } from "./shared/indexes/purges.ts";
import { isAskedBy, isLoudKey } from "./shared/indexes/unindexedKeys.ts";
import { entryOf } from "./shared/queries/entries.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { isFelt, isFoundByIndex, schemaOfScript } from "./shared/queries/queries.ts";
import { isKindByName } from "./shared/tables/quietTables.ts";

export const routineWithoutIndex = defineRule({
  id: "sql/routine-without-index",
  title: "A function in the database that looks for rows without an index",
  language: "sql",
  certainty: "likely",
  cost: "each call of the function reads the whole table",
  references: [
    "https://www.postgresql.org/docs/current/indexes-multicolumn.html",
    "https://www.postgresql.org/docs/current/plpgsql-statements.html",
  ],
  messages: {
    filters: "{{routine}} filters {{table}} by {{columns}} without an index",
    sorts: "{{routine}} reads {{table}} in order of {{columns}} without an index",
    purges: "{{routine}} deletes from {{table}} by {{columns}}, which no index starts with",
  },

  check({ file, model, report }) {
    const queries = model.routines.in(file.file);
    const schema = queries.length === 0 ? undefined : schemaOfScript(model, file.file);
    if (schema === undefined) return;
    const perRow = rowReads(file);
    const said = new Set<string>();
    for (const query of queries) {
      const callers = model.routineCallers.of(query.routine);
      const isTrigger = callers.some(({ kind }) => kind === "trigger");
      // What reads a table once for each row, sql/scan-per-row says.
      if (callers.length === 0 || perRow.get(query.at.start) === "loop" || (isTrigger && perRow.has(query.at.start))) continue;
      for (const { table, columns, index, kind } of wantsOf(query, schema, model, file.file)) {
        const [first = ""] = columns;
        const felt = said.has(`${table.name} ${first}`) ? undefined : feltOn(table, model);
        if (felt === undefined || isSaidOfQueries(table, first, schema, model)) continue;
        said.add(`${table.name} ${first}`);
        report({
          at: query.at,
          message: kind,
          data: { routine: query.method, table: table.name, columns: columns.join(", ") },
          related: [
            ...columns.flatMap((column) => {
              const at = table.columns.get(column)?.at;
              return at === undefined ? [] : [{ at, message: `no index leads with ${column}` }];
            }),
            ...callers.slice(0, MOST_CALLERS).flatMap((caller) => placeOf(caller, model)),
            ...felt.related,
          ],
          fixes: createIndexEitherWay(model, schema.id, table, index.keys, table.at, index),
          ...weight(callers, kind, model),
          ...felt.rank,
        });
      }
    }
  },
});

const MOST_CALLERS = 3;

interface Want {
  readonly table: Table;
  /** What the query finds or sorts rows by. */
  readonly columns: readonly string[];
  readonly index: WantedIndex;
  readonly kind: "filters" | "sorts" | "purges";
}

/** Where the statements of a file's routines begin that run once for each row. */
function rowReads({ sql }: SqlFile): ReadonlyMap<number, "loop" | "look"> {
  const looks = sql.statements.flatMap(({ routine }) => routine?.looks ?? []);
  return new Map(looks.map(({ at, loop }) => [at.start, loop === undefined ? "look" : "loop"]));
}

function wantsOf(query: RoutineQuery, schema: Schema, model: Model, file: string): readonly Want[] {
  const purge = purgeOf(query, schema, model);
  if (purge !== undefined) return [purge];
  return lacksOf(query, schema, model, file).flatMap((lack): readonly Want[] => {
    const { table, need } = lack;
    // Order and spread decide how much is read there, and nobody knows them.
    if (need.orderOnly || (need.walked ?? need.weak ?? need.ranged) !== undefined) return [];
    if (isQuietKind(table, model) || isSaidByKey(lack, schema.id, model)) return [];
    const kind = need.filters.length > 0 ? "filters" : "sorts";
    return [{ table, columns: need[kind], index: indexOfNeeds(need, [], table, schema), kind }];
  });
}

/** `delete from sessions where expires_at < now()`. */
function purgeOf(query: RoutineQuery, schema: Schema, model: Model): Want | undefined {
  const [scan] = query.scans;
  if (query.kind !== "delete" || !query.understood || scan === undefined) return undefined;
  const table = model.schema.tableOf(schema.id, scan.table);
  if (!isFelt(model, table) || isCut(table, schema) || isFoundByIndex(scan, table, query)) return undefined;
  const age = ageOf(scan, table);
  if (age === undefined || isOrdered(table, age.column)) return undefined;
  return { table, columns: [age.column], index: indexOfAge(age, table, schema), kind: "purges" };
}

const isQuietKind = (table: Table, model: Model): boolean => isKindByName(table) && model.tableSizes.rowsOf(table.name) === undefined;

const isSaidByKey = ({ need, table }: Lack, schema: string, model: Model): boolean =>
  table.foreignKeys.some((key) => isAskedBy(key, need) && isLoudKey(key, schema, table, model));

/** Whether a query of the application lacks the same index: sql/missing-index-for-query says so there. */
const isSaidOfQueries = (table: Table, column: string, schema: Schema, model: Model): boolean =>
  model.tableQueries
    .of(table.name)
    .some((query) => lacksOf(query, schema, model, query.at.file).some((lack) => lack.table === table && lack.need.columns[0] === column));

/** Who waits for it: nobody for what the database's clock starts, and hardly anybody for what is deleted. */
function weight(callers: readonly RoutineCaller[], kind: Want["kind"], model: Model): Pick<Report, "certainty" | "severity"> {
  const isWaitedFor = callers.some((caller) => {
    if (caller.kind === "clock") return false;
    if (caller.kind === "trigger") return isFelt(model, model.schema.table(caller.table, caller.at.file));
    if (caller.kind === "method") return model.effects.reachedFrom(caller.method) !== undefined;
    const file = model.types.declared(caller.query.repository)?.file;
    return file !== undefined && entryOf(caller.query, file, model) !== undefined;
  });
  return isWaitedFor && kind !== "purges" ? {} : { certainty: "possible" };
}

function placeOf(caller: RoutineCaller, model: Model): readonly RelatedPlace[] {
  if (caller.kind === "query") return [{ at: caller.query.at, message: `${caller.query.method} calls it` }];
  if (caller.kind === "trigger") return [{ at: caller.at, message: `a trigger calls it for each row of ${caller.table}` }];
  const declared = caller.kind === "method" ? model.calls.method(caller.method)?.declared : undefined;
  if (declared === undefined) return [];
  return [{ at: { file: declared.owner.file.file, ...declared.method.nameSpan }, message: `${declared.method.name} calls it` }];
}

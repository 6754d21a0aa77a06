import type { IndexFact } from "../../../facts/sql/sqlFacts.ts";
import type { Place } from "../../../text/positions.ts";
import type { Index, IndexKey, Table } from "../schema.ts";
import type { ChangingTables } from "./changingTables.ts";
import { indexName } from "./defaultNames.ts";
import { lower } from "./tableChanges.ts";

/** The index of a statement, or of a constraint, as its table gets it; `among` are the tables whose names are taken. */
export function madeIndex(table: Table, fact: IndexFact, constraint: Index["constraint"], at: Place, among: ChangingTables): Index {
  const { name, unique, nullsNotDistinct, method, predicate, concurrently, operators, only } = fact;
  const keys = fact.keys.map((key): IndexKey => ({ ...key, column: key.column?.toLowerCase() }));
  const include = fact.include.map(lower);
  return {
    name: name ?? indexName(table, { keys, include, constraint }, among),
    keys,
    unique,
    nullsNotDistinct,
    method,
    predicate,
    include,
    constraint,
    at,
    ...(concurrently && { concurrently }),
    ...(operators && { operators }),
    ...(only && table.partitionBy && { invalid: only }),
  };
}

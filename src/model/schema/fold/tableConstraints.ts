import type { CheckFact, ConstraintFact, ForeignKeyFact } from "../../../facts/sql/sqlFacts.ts";
import type { Place } from "../../../text/positions.ts";
import type { Check, ForeignKey, Table } from "../schema.ts";
import type { ChangingTables } from "./changingTables.ts";
import { constraintName } from "./defaultNames.ts";
import { lower, named } from "./tableChanges.ts";

export function withForeignKey(t: Table, fact: ForeignKeyFact, at: Place, tables: ChangingTables): Table {
  const columns = fact.columns.map(lower);
  const name = fact.name ?? constraintName(t, columns, "fkey", tables);
  if (t.foreignKeys.some(named(name))) return t;
  const { onDelete, onUpdate, parent, parentColumns, matchFull, notValid, deferrable } = fact;
  const key: ForeignKey = {
    name,
    columns,
    parent: tables.keyOf(parent),
    parentColumns: parentColumns.map(lower),
    onDelete,
    onUpdate,
    at,
    ...(matchFull && { matchFull }),
    ...(notValid && { notValid }),
    ...(deferrable && { deferrable }),
  };
  return { ...t, foreignKeys: [...t.foreignKeys, key] };
}

/** The check of a table as its parts have it, too: under the same name. */
export function checkOf(t: Table, fact: CheckFact, at: Place, tables: ChangingTables): Check {
  const columns = fact.columns.map(lower);
  const name = fact.name ?? constraintName(t, columns.length === 1 ? columns : [], "check", tables);
  const { type: _, ...rest } = fact;
  return { ...rest, name, columns, column: fact.column?.toLowerCase(), at };
}

export const withCheck = (t: Table, check: Check): Table => (t.checks.some(named(check.name)) ? t : { ...t, checks: [...t.checks, check] });

/** A part keeps the check that is its own, too. */
export const withoutInherited = (t: Table, name: string): Table => {
  const goes = (check: Check): boolean => named(name)(check) && (check.inherited === true || t.partitionOf !== undefined);
  return t.checks.some(goes) ? { ...t, checks: t.checks.filter((check) => !goes(check)) } : t;
};

export const inherited = (check: Check): Check => ({ ...check, inherited: true });

export type KeyFact = Exclude<ConstraintFact, ForeignKeyFact | CheckFact>;

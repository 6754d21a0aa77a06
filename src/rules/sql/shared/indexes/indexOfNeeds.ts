import type { Flag, IndexNeed } from "../../../../model/persistence/scans/indexNeed.ts";
import type { KeyDirection } from "../../../../model/persistence/scans/indexOrder.ts";
import { columnSql } from "../../../../model/schema/edits/migrationEdit.ts";
import type { Schema, Table } from "../../../../model/schema/schema.ts";

/** An index that queries of one table want together. */
export interface WantedIndex {
  /** Columns, in order. */
  readonly keys: readonly string[];
  /** SQL of the rows that it holds, where all queries ask for these. */
  readonly where?: string;
  /** Its columns, those of `where` too. */
  readonly about: readonly string[];
  readonly directions?: Readonly<Record<string, KeyDirection>>;
}

/**
 * The index that serves the need that wants most, and with it all others. Values of flags that all queries ask for say which rows it
 * holds. Other flags come first where all queries test them, as in an entity's `@Index`, which holds all rows, and else last.
 * docs/decisions/indexes.md has the measurement.
 */
export function indexOfNeeds(need: IndexNeed, others: readonly IndexNeed[], table: Table, { mapped }: Schema): WantedIndex {
  const { columns, flags, directions } = need;
  const directed = directions === undefined ? {} : { directions };
  const isAsked = ({ column, up }: Flag): boolean =>
    others.every((other) => other.flags.some((flag) => flag.column === column && (up === undefined || flag.up === up)));
  const held = mapped ? [] : flags.filter((flag) => flag.up !== undefined && isAsked(flag));
  if (held.length > 0) {
    const where = held.map(({ column, up }) => `${up === true ? "" : "NOT "}${columnSql(table, column)}`).join(" AND ");
    return { keys: columns, where, about: [...columns, ...held.map(({ column }) => column)], ...directed };
  }
  const isTested = (flag: Flag): boolean => isAsked({ ...flag, up: undefined });
  const [first, last] = [flags.filter(isTested), flags.filter((flag) => !isTested(flag))];
  const keys = [...first.map(({ column }) => column), ...columns, ...last.map(({ column }) => column)];
  return { keys, about: keys, ...directed };
}

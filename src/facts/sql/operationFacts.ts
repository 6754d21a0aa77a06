import type { Span } from "../../text/positions.ts";
import type { TableName } from "./sqlFacts.ts";

/**
 * The forms of statements and of ALTER TABLE's commands that decide which lock PostgreSQL takes, and whether it reads or writes the
 * whole table under it: the keys of the table of lock levels. See `src/model/schema/locks.ts`.
 */
export type LockForm =
  | "create index"
  | "create index concurrently"
  | "drop index"
  | "drop index concurrently"
  | "reindex"
  | "reindex concurrently"
  | "add column"
  | "add column with default"
  | "add column with volatile default"
  | "add serial column"
  | "add identity column"
  | "add stored generated column"
  | "add virtual generated column"
  | "drop column"
  | "set column type"
  | "rewrite column type"
  | "set default"
  | "set not null"
  | "drop not null"
  | "add not null not valid"
  | "add identity"
  | "add foreign key"
  | "add foreign key not valid"
  | "add check"
  | "add check not valid"
  | "add unique"
  | "add primary key"
  | "add constraint using index"
  | "add exclusion"
  | "validate constraint"
  | "drop constraint"
  | "rename column"
  | "rename table"
  | "rename constraint"
  | "rename index"
  | "drop table"
  | "truncate"
  | "create trigger"
  | "drop trigger"
  | "toggle trigger"
  | "attach partition"
  | "detach partition"
  | "detach partition concurrently"
  | "create partition"
  | "inherit"
  | "no inherit"
  | "set logged"
  | "set tablespace"
  | "set storage parameters"
  | "set statistics"
  | "refresh materialized view"
  | "refresh materialized view concurrently"
  | "vacuum full"
  | "cluster"
  | "lock table"
  | "update"
  | "delete"
  | "insert select";

/** What a statement, or one command of an ALTER TABLE, does to a table that others may be working with. */
export interface Operation {
  readonly form: LockForm;
  /** Undefined where the statement names none: `DROP INDEX`, `REINDEX INDEX`. */
  readonly table: TableName | undefined;
  /** The command of an ALTER TABLE, else the statement. */
  readonly at: Span;
  /** Of the index, constraint, column or trigger that it is about; undefined where PostgreSQL makes one up. */
  readonly name: string | undefined;
  /** The keys of an index or constraint that are columns, or the column. */
  readonly columns: readonly string[];
  /** The parent of a foreign key or of a table that inherits, the partition that is attached or detached. */
  readonly other: TableName | undefined;
  /** `IF NOT EXISTS`, `IF EXISTS`. */
  readonly conditional: boolean;
  /** The constraint is written behind a new column, which has no other values than its default. */
  readonly ofNewColumn: boolean;
  /** A new type, a new name, a lock mode, a default: what the form says only in kind. */
  readonly detail: string | undefined;
  /** UPDATE, DELETE: whether a WHERE leaves rows out that have been there before. */
  readonly filtered: boolean;
  /**
   * Nothing but what the form says: an UPDATE of one table by its own rows, a new column whose default is a call with constants and that
   * has no constraint but NOT NULL.
   */
  readonly plain: boolean;
}

type Details = Partial<Omit<Operation, "form" | "table" | "at">>;

export function operation(form: LockForm, table: TableName | undefined, at: Span, details: Details = {}): Operation {
  return {
    form,
    table,
    at,
    name: details.name,
    columns: details.columns ?? [],
    other: details.other,
    conditional: details.conditional === true,
    ofNewColumn: details.ofNewColumn === true,
    detail: details.detail,
    filtered: details.filtered === true,
    plain: details.plain === true,
  };
}

/** What a file says about its own transaction. */
export type TransactionMark = "begin" | "commit" | "set lock_timeout";

/** A changeset of Liquibase; those that do not run on PostgreSQL are left out. */
export interface Changeset {
  /** `author:id`. */
  readonly name: string;
  /** The comment that opens it; its id in XML, YAML and JSON. */
  readonly at: Span;
  /** From there to the next one. */
  readonly span: Span;
  readonly transactional: boolean;
  /** As written; where the configuration names contexts or labels, they decide whether it runs. */
  readonly contexts?: string;
  readonly labels?: string;
  /** The databases that it runs on, as written; all where none is named. */
  readonly dbms?: string;
  /** What its preconditions ask for: whether an index is not there yet, or anything else. */
  readonly asks?: "index" | "other";
}

import type { ColumnDefault, Dialect, ForeignKeyAction, PolicyCall, SchemaObjectKind, SelectedColumn } from "../../facts/sql/sqlFacts.ts";
import type { Place } from "../../text/positions.ts";

export type { Dialect };

/** Whether a schema is PostgreSQL as far as its migrations tell: no others are judged. */
export function isJudged(dialect: Dialect): boolean {
  return dialect === "postgresql" || dialect === "unknown";
}

/** A database schema, folded from one ordered set of migrations. Immutable: an edit folds a new one. */
export interface Schema {
  /** The folder or file that the migrations come from: its identity. */
  readonly id: string;
  readonly dialect: Dialect;
  /** The migrations belong to tests. */
  readonly test: boolean;
  /** Change logs of Liquibase, which lists its files itself. */
  readonly liquibase: boolean;
  /** Hibernate makes it of entities: tables, columns and keys stand in Java, and its identity is the configuration that says so. */
  readonly mapped: boolean;
  /** By lower-case name; where two PostgreSQL schemas have a table of one name, the later one with its schema before it (`billing.orders`). */
  readonly tables: ReadonlyMap<string, Table>;
  /** Views, functions, types and the like, by kind and lower-case name: `view:open_tickets`. */
  readonly objects: ReadonlyMap<string, SchemaObject>;
  readonly migrations: readonly Migration[];
  /** Of change logs: which other one includes a file, by the file. */
  readonly inclusions: ReadonlyMap<string, Inclusion>;
  /** How the next migration is named; undefined where the files follow no scheme that we know. */
  readonly naming: MigrationNaming | undefined;
  /** A statement can be put behind its migrations: of change logs one has to have changesets, or to run plain scripts one by one. */
  readonly takesStatements: boolean;
}

export interface Migration {
  readonly file: string;
  /** Version parts as numbers; undefined for repeatable ones. */
  readonly version: readonly number[] | undefined;
  readonly description: string;
  /** "plain": a script without a version. */
  readonly kind: "versioned" | "repeatable" | "plain";
}

/** What makes a file part of a change log. */
export interface Inclusion {
  /** The change log that includes it. */
  readonly by: string;
  /** `include` of the one, `includeAll` of a folder that it lies in, or a changeset's `sqlFile`. */
  readonly kind: "file" | "folder" | "script";
  /** As written there. */
  readonly path: string;
}

export interface MigrationNaming {
  /**
   * The workspace path of the next migration of the history that `near` belongs to, for a description in snake_case; with `ahead`, of
   * one so many versions behind it.
   */
  nextFile(description: string, near: string, ahead?: number): string;
  /** Whether a file is the last version of the history that it belongs to. */
  isLast(file: string): boolean;
}

export interface Table {
  readonly name: string;
  /** Its key among the tables of the schema. */
  readonly key: string;
  /** PostgreSQL schema, where the migrations name one. */
  readonly namespace: string | undefined;
  /** By lower-case name. */
  readonly columns: ReadonlyMap<string, Column>;
  /** All indexes, those of PRIMARY KEY and UNIQUE constraints included. */
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  /** The name, where the table was created. */
  readonly at: Place;
  readonly kind: "table" | "materialized view";
  /** The table that this one is a partition of: its indexes hold here too. */
  readonly partitionOf: string | undefined;
  /** `INHERITS`: the tables whose columns and checks are this one's too; their keys and indexes are not. */
  readonly inherits?: readonly string[];
  /** Rows that migrations insert. */
  readonly seededRows: number;
  /** Files that are not read have more of them. */
  readonly seededByFiles?: true;
  readonly checks: readonly Check[];
  /** The strategy of a partitioned table: "range", "list", "hash"; "chunks" of one that TimescaleDB cuts by time. */
  readonly partitionBy?: string;
  /** Made of the rows of a query. */
  readonly copied?: true;
  /** Of a materialized view: what its query reads, lower case. */
  readonly reads?: readonly string[];
  /** Of a materialized view: what its query names, `orders.code`, `orders.*`, or `code` of whatever table. */
  readonly uses?: readonly string[];
  /** A statement that mentions the table did not parse: what we know of it may be incomplete. */
  readonly uncertain: boolean;
  /** Why the table stays small: rows inserted by migrations only, CHECK … IN, a single-row table. */
  readonly small: string | undefined;
}

export interface SchemaObject {
  readonly what: SchemaObjectKind;
  readonly name: string;
  readonly namespace: string | undefined;
  /** The statement. */
  readonly at: Place;
  /** The labels of an enum, new ones last. */
  readonly values?: readonly string[];
  /** Of what belongs to a table, lower case. */
  readonly table?: string;
  /** Of a trigger that runs for each row: the function's name, lower case. */
  readonly calledPerRow?: string;
  /** Of a policy: what it calls with the same arguments for each row. */
  readonly constantCalls?: readonly PolicyCall[];
  /** Of a policy: the columns that its condition for reading holds against values. */
  readonly asks?: readonly string[];
  /** Of a view whose rows are its tables' rows put together: where its columns come from. */
  readonly selected?: readonly SelectedColumn[];
  /** Of a view: what its query reads, lower case. */
  readonly reads?: readonly string[];
  /** Of a view: what its query names, `orders.code`, `orders.*`, or `code` of whatever table. */
  readonly uses?: readonly string[];
  /** Of a sequence: the steps that it counts in, where they are not one; 0 where nobody knows. */
  readonly increment?: number;
  /** Of a sequence: its first number, or the one that it was set to, where it is not one; 0 where nobody knows. */
  readonly start?: number;
  /** Of a sequence: another one of that name is made, too, and not dropped; which one somebody means is not known. */
  readonly several?: true;
}

export interface Check {
  /** Given, or as PostgreSQL makes it up. */
  readonly name: string;
  /** Source text of the condition. */
  readonly text: string;
  /** All that it names, lower case. */
  readonly columns: readonly string[];
  /** The column that it leaves only so many values. */
  readonly column: string | undefined;
  /** Infinity where it limits none. */
  readonly values: number;
  readonly notValid?: true;
  /** It is there for a table that this one inherits from. */
  readonly inherited?: true;
  readonly at: Place;
}

export interface Column {
  readonly name: string;
  /** PostgreSQL's name of the type, lower case, with modifiers: "varchar(255)", "int8", "timestamptz". */
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: ColumnDefault;
  readonly collation?: string;
  readonly at: Place;
}

export interface Index {
  /** Given, or as PostgreSQL makes it up. */
  readonly name: string;
  readonly keys: readonly IndexKey[];
  readonly unique: boolean;
  /** "btree", "gin", … */
  readonly method: string;
  /** Source text of the WHERE clause of a partial index. */
  readonly predicate: string | undefined;
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly constraint: "primary" | "unique" | "exclusion" | undefined;
  /** Of a constraint that can be put off: how it begins a transaction. */
  readonly deferrable?: "immediate" | "deferred";
  readonly concurrently?: true;
  /** Of an exclusion constraint: of each key the operator that no two rows may satisfy for all keys. */
  readonly operators?: readonly string[];
  /** Made `ON ONLY` a partitioned table, and partitions are missing. */
  readonly invalid?: true;
  /** The index of the partitioned table that this one is a part of. */
  readonly attachedTo?: string;
  readonly at: Place;
}

export interface IndexKey {
  /** Lower-case column name; undefined for an expression. */
  readonly column: string | undefined;
  /** Source text of an expression. */
  readonly expression: string | undefined;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly opclass: string | undefined;
  readonly collation: string | undefined;
}

export interface ForeignKey {
  readonly name: string;
  /** Lower case, as are the parent's. */
  readonly columns: readonly string[];
  /** The key of the table. */
  readonly parent: string;
  /** Empty when the parent's primary key is meant. */
  readonly parentColumns: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  /** Of several columns none or all are null. */
  readonly matchFull?: true;
  readonly notValid?: true;
  /** How it begins a transaction, where it can be put off. */
  readonly deferrable?: "immediate" | "deferred";
  readonly at: Place;
}

import type { Span } from "../../text/positions.ts";
import type { ChangelogFacts } from "../changelog/changelogFacts.ts";
import type { Refresh } from "./blocks/refreshes.ts";
import type { RoutineFacts } from "./blocks/routine.ts";
import type { Changeset, Operation, TransactionMark } from "./operationFacts.ts";

export type Dialect = "postgresql" | "mysql" | "h2" | "oracle" | "sqlserver" | "sqlite" | "other" | "unknown";

/** Rows that a file inserts into a table. */
export interface InsertedRows {
  /** Lower case, without the PostgreSQL schema. */
  readonly table: string;
  readonly rows: number;
  /** There may be many more: those of a file that is not read. */
  readonly atLeast?: true;
}

/** What one SQL file says about a database schema. */
export interface SqlFacts {
  /** By the file's own words; "unknown" where nothing tells. Statements of other dialects than PostgreSQL are not read. */
  readonly dialect: Dialect;
  /** The text is a change log of Liquibase: `--liquibase formatted sql`. */
  readonly liquibase: boolean;
  /** Of a change log of Liquibase. */
  readonly changesets: readonly Changeset[];
  /** In order; INSERTs of values are only counted. */
  readonly statements: readonly SqlStatement[];
  /** Once for each table. Rows of a query count as `MANY_ROWS`. */
  readonly insertedRows: readonly InsertedRows[];
  /** Of a migration written in Java: whether Flyway runs it in a transaction; "unknown" where it looks after transactions itself. */
  readonly runs?: "in transaction" | "without transaction" | "unknown";
  /** Of a change log in XML, YAML or JSON. */
  readonly changelog?: ChangelogFacts;
  /** Of another dialect than PostgreSQL: what it says of tables, their keys and indexes. No schema of ours is folded from it. */
  readonly elsewhere?: readonly SchemaChange[];
}

export interface SqlStatement {
  readonly span: Span;
  /** PostgreSQL's name of the statement ("CreateStmt", "IndexStmt", "DoStmt"); undefined where it did not parse. */
  readonly kind: string | undefined;
  readonly changes: readonly SchemaChange[];
  /** What it does to tables that others may be working with. */
  readonly operations: readonly Operation[];
  readonly mark?: TransactionMark;
  /** Of `CREATE FUNCTION`, `CREATE PROCEDURE` and `DO`. */
  readonly routine?: RoutineFacts;
  /** Of `CREATE FUNCTION`, `CREATE PROCEDURE`, and of a query that hands statements to a scheduler. */
  readonly refreshes?: readonly Refresh[];
  /** Of `CREATE FUNCTION` and `CREATE PROCEDURE`: what changes for whoever calls it. */
  readonly makes?: { readonly name: string; readonly changes: readonly SchemaChange[] };
  /** Of `CREATE FUNCTION` and `CREATE PROCEDURE`: the tables that its body adds rows to, lower case. */
  readonly insertsInto?: readonly string[];
  /** Functions that a text for the database's clock calls, lower case: `cron.schedule('0 3 * * *', 'select f()')`. */
  readonly scheduled?: readonly string[];
  /** Calls of functions that another script may have made. */
  readonly calls?: readonly FunctionCall[];
}

/** A call of a function, lower case, with the texts that it is given. */
export interface FunctionCall {
  readonly name: string;
  readonly given: readonly string[];
}

/** A table as a statement names it: case as PostgreSQL folds it. */
export interface TableName {
  readonly namespace: string | undefined;
  readonly name: string;
  /** The PostgreSQL schema in which a name without one is looked for first: `SET search_path`. */
  readonly within?: string;
}

export type SchemaChange =
  | CreateTable
  | CreateIndex
  | { readonly kind: "addColumn"; readonly table: TableName; readonly column: ColumnFact; readonly constraints: readonly ConstraintFact[] }
  | CreateObject
  | { readonly kind: "dropObject"; readonly what: SchemaObjectKind; readonly name: TableName; readonly cascade?: true }
  | { readonly kind: "renameObject"; readonly what: SchemaObjectKind; readonly name: TableName; readonly to: string }
  | { readonly kind: "enumValue"; readonly name: TableName; readonly value: string; readonly renamed?: string }
  | { readonly kind: "alterSequence"; readonly name: TableName; readonly increment?: number; readonly start?: number }
  | { readonly kind: "dropNamespace"; readonly name: string }
  /** `ALTER INDEX … ATTACH PARTITION`: the partitioned index is valid once all are attached. */
  | { readonly kind: "attachIndex"; readonly parent: string; readonly child: string }
  /** `CASCADE`: what reads it goes, too. */
  | { readonly kind: "dropColumn"; readonly table: TableName; readonly column: string; readonly cascade?: true }
  | { readonly kind: "columnType"; readonly table: TableName; readonly column: string; readonly type: string }
  | { readonly kind: "columnDefault"; readonly table: TableName; readonly column: string; readonly default: ColumnDefault | undefined }
  | { readonly kind: "validateConstraint"; readonly table: TableName; readonly name: string }
  | { readonly kind: "columnNullable"; readonly table: TableName; readonly column: string; readonly nullable: boolean }
  | { readonly kind: "addConstraint"; readonly table: TableName; readonly constraint: ConstraintFact }
  | { readonly kind: "dropConstraint"; readonly table: TableName; readonly name: string; readonly cascade?: true }
  /** Whatever the key is called. */
  | { readonly kind: "dropPrimaryKey"; readonly table: TableName }
  | { readonly kind: "dropTable"; readonly table: TableName; readonly cascade?: true }
  | { readonly kind: "dropIndex"; readonly name: string; readonly namespace?: string }
  | { readonly kind: "renameTable"; readonly table: TableName; readonly to: string }
  | { readonly kind: "renameColumn"; readonly table: TableName; readonly column: string; readonly to: string }
  | { readonly kind: "renameConstraint"; readonly table: TableName; readonly name: string; readonly to: string }
  | { readonly kind: "renameIndex"; readonly name: string; readonly namespace?: string; readonly to: string }
  | { readonly kind: "moveTable"; readonly table: TableName; readonly namespace: string }
  /** `ATTACH PARTITION`, and `INHERIT`, which takes columns and checks only. */
  | { readonly kind: "attach"; readonly parent: TableName; readonly child: TableName; readonly inherits?: true }
  /** `DETACH PARTITION`, and `NO INHERIT`: the child keeps what it has. */
  | { readonly kind: "detach"; readonly parent: TableName; readonly child: TableName }
  | Hypertable
  /** A statement that did not parse, or SQL put together at run time: the names in it, lower case. */
  | { readonly kind: "unclear"; readonly names: readonly string[] }
  /** The rest of a script that is too long to be read: it may do anything to the tables that there are. */
  | { readonly kind: "unread" };

/** A table that TimescaleDB cuts into chunks by the time in a column, and by another one. */
export interface Hypertable {
  readonly kind: "hypertable";
  readonly table: TableName;
  readonly time: string;
  readonly space?: string;
  /** It makes the indexes that it makes unless it is told not to. */
  readonly indexed: boolean;
  /** The statement. */
  readonly at: Span;
}

export interface CreateTable {
  readonly kind: "createTable";
  readonly table: TableName;
  /** The name. */
  readonly at: Span;
  readonly what: "table" | "materialized view";
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnFact[];
  readonly constraints: readonly ConstraintFact[];
  /** `INHERITS` and `PARTITION OF`: their columns are the table's too. */
  readonly parents: readonly TableName[];
  readonly partitionOf: boolean;
  /** What `LIKE` takes along. */
  readonly likes: readonly { readonly table: TableName; readonly indexes: boolean; readonly defaults: boolean; readonly checks: boolean }[];
  /** The strategy of a partitioned table, lower case: "range", "list", "hash". */
  readonly partitionBy?: string;
  /** `CREATE TABLE AS`: the columns are those of a query, as far as it names them. */
  readonly fromQuery: boolean;
  /** Where those columns come from, in their order, where all of the query is read. */
  readonly selected?: readonly SelectedColumn[];
  /** Of a materialized view: the relations that its query reads, lower case, without the PostgreSQL schema. */
  readonly reads?: readonly string[];
  /** Of a materialized view: what its query names, `orders.code`, `orders.*`, or `code` of whatever table. */
  readonly uses?: readonly string[];
}

/** A column of a query's result, or all columns of a table. */
export type SelectedColumn =
  | { readonly all: TableName }
  /** What a column of one of the tables holds. */
  | { readonly name: string; readonly tables: readonly TableName[]; readonly column: string }
  /** An expression; its type is empty where nobody knows it. */
  | { readonly name: string; readonly type: string };

/** What else than tables a schema holds; "row security" says that a table's policies count, and has its name. */
export type SchemaObjectKind =
  | "view"
  | "function"
  | "procedure"
  | "enum"
  | "domain"
  | "composite"
  | "range"
  | "sequence"
  | "trigger"
  | "policy"
  | "row security"
  | "extension";

export interface CreateObject {
  readonly kind: "createObject";
  readonly what: SchemaObjectKind;
  readonly name: TableName;
  /** The whole statement. */
  readonly at: Span;
  /** Of an enum: its labels in order. */
  readonly values?: readonly string[];
  /** Of what belongs to a table. */
  readonly table?: TableName;
  /** Of a trigger that runs for each row: the function's name, lower case. */
  readonly calledPerRow?: string;
  /** Of a policy: the calls in its conditions that get nothing of the row, each as it stands there. */
  readonly constantCalls?: readonly PolicyCall[];
  /** Of a policy: the columns that its condition for reading holds against values. */
  readonly asks?: readonly string[];
  /** Of a view whose rows are its tables' rows put together: where its columns come from. */
  readonly selected?: readonly SelectedColumn[];
  /** Of a view: the relations that its query reads, lower case, without the PostgreSQL schema. */
  readonly reads?: readonly string[];
  /** Of a view: what its query names, `orders.code`, `orders.*`, or `code` of whatever table. */
  readonly uses?: readonly string[];
  /** Of a sequence that counts in other steps than one; 0 where nobody knows in which. */
  readonly increment?: number;
  /** Of a sequence: its first number, where that is not one; 0 where nobody knows. */
  readonly start?: number;
}

/** A function that a policy calls with arguments that are the same for all rows, outside of a subquery. */
export interface PolicyCall {
  /** Lower case, with its schema where that is written. */
  readonly name: string;
  /** `current_setting('app.tenant')`. */
  readonly text: string;
  readonly at: Span;
}

export interface CreateIndex {
  readonly kind: "createIndex";
  readonly table: TableName;
  readonly ifNotExists: boolean;
  readonly index: IndexFact;
}

export interface ColumnFact {
  readonly name: string;
  /** PostgreSQL's name, lower case, with modifiers; a serial type is its integer type. */
  readonly type: string;
  readonly nullable: boolean;
  readonly at: Span;
  readonly default?: ColumnDefault;
  readonly collation?: string;
}

export interface ColumnDefault {
  /**
   * "constant", "stable" (`now()`: one value for a transaction), "volatile" (another value for each row) and "unknown" are defaults;
   * "stored" and "virtual" columns are generated.
   */
  readonly kind: "constant" | "stable" | "volatile" | "unknown" | "serial" | "identity" | "stored" | "virtual";
  /** Source text of the expression; empty for an identity, and for a serial whose sequence is called after it. */
  readonly text: string;
}

export interface IndexFact {
  readonly name: string | undefined;
  readonly keys: readonly IndexKeyFact[];
  readonly unique: boolean;
  readonly nullsNotDistinct: boolean;
  readonly method: string;
  readonly predicate: string | undefined;
  readonly include: readonly string[];
  readonly at: Span;
  readonly concurrently?: true;
  /** Of an exclusion constraint: of each key the operator that no two rows may satisfy for all keys. */
  readonly operators?: readonly string[];
  /** `ON ONLY`: partitions get none, and the index is not valid before theirs are attached. */
  readonly only?: true;
}

export interface IndexKeyFact {
  readonly column: string | undefined;
  readonly expression: string | undefined;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly opclass: string | undefined;
  readonly collation: string | undefined;
}

export type ConstraintFact =
  | {
      readonly type: "primary" | "unique" | "exclusion";
      readonly name: string | undefined;
      readonly index: IndexFact;
      /** `USING INDEX`: the index exists already and takes the constraint's name. */
      readonly usingIndex: string | undefined;
      readonly deferrable?: "immediate" | "deferred";
    }
  | ForeignKeyFact
  | CheckFact;

export interface ForeignKeyFact {
  readonly type: "foreign";
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly parent: TableName;
  readonly parentColumns: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  readonly at: Span;
  /** `MATCH FULL`: of a key of several columns none or all are null. */
  readonly matchFull?: true;
  readonly notValid?: true;
  /** How it begins a transaction, where it can be put off. */
  readonly deferrable?: "immediate" | "deferred";
}

export type ForeignKeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

export interface CheckFact {
  readonly type: "check";
  readonly name: string | undefined;
  /** Source text of the condition. */
  readonly text: string;
  readonly columns: readonly string[];
  readonly at: Span;
  /** The column that it leaves only so many values. */
  readonly column: string | undefined;
  /** Infinity where it limits none. */
  readonly values: number;
  readonly notValid?: true;
}

/** More than any lookup table holds. */
export const MANY_ROWS = 1_000_000;

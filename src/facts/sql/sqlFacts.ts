import type { Span } from "../../text/positions.ts";

export type Dialect = "postgresql" | "mysql" | "h2" | "oracle" | "sqlserver" | "sqlite" | "other" | "unknown";

/** What one SQL file says about a database schema. */
export interface SqlFacts {
  /** By the file's own words; "unknown" where nothing tells. Statements of other dialects than PostgreSQL are not read. */
  readonly dialect: Dialect;
  /** The text is a change log of Liquibase: `--liquibase formatted sql`. */
  readonly liquibase: boolean;
  /** In order; plain INSERTs are only counted. */
  readonly statements: readonly SqlStatement[];
  /** Rows that the file inserts, by table: lower case, without the PostgreSQL schema. Those of a query count as `MANY_ROWS`. */
  readonly insertedRows: readonly { readonly table: string; readonly rows: number }[];
}

export interface SqlStatement {
  readonly span: Span;
  /** PostgreSQL's name of the statement ("CreateStmt", "IndexStmt", "DoStmt"); undefined where it did not parse. */
  readonly kind: string | undefined;
  readonly changes: readonly SchemaChange[];
}

/** A table as a statement names it: case as PostgreSQL folds it. */
export interface TableName {
  readonly namespace: string | undefined;
  readonly name: string;
}

export type SchemaChange =
  | CreateTable
  | CreateIndex
  | { readonly kind: "addColumn"; readonly table: TableName; readonly column: ColumnFact; readonly constraints: readonly ConstraintFact[] }
  | { readonly kind: "dropColumn"; readonly table: TableName; readonly column: string }
  | { readonly kind: "columnType"; readonly table: TableName; readonly column: string; readonly type: string }
  | { readonly kind: "columnNullable"; readonly table: TableName; readonly column: string; readonly nullable: boolean }
  | { readonly kind: "addConstraint"; readonly table: TableName; readonly constraint: ConstraintFact }
  | { readonly kind: "dropConstraint"; readonly table: TableName; readonly name: string }
  | { readonly kind: "dropTable"; readonly table: TableName }
  | { readonly kind: "dropIndex"; readonly name: string }
  | { readonly kind: "renameTable"; readonly table: TableName; readonly to: string }
  | { readonly kind: "renameColumn"; readonly table: TableName; readonly column: string; readonly to: string }
  | { readonly kind: "renameConstraint"; readonly table: TableName; readonly name: string; readonly to: string }
  | { readonly kind: "renameIndex"; readonly name: string; readonly to: string }
  | { readonly kind: "moveTable"; readonly table: TableName; readonly namespace: string }
  /** `ATTACH PARTITION` and `INHERIT`. */
  | { readonly kind: "attach"; readonly parent: TableName; readonly child: TableName }
  /** A statement that did not parse, or SQL put together at run time: the names in it, lower case. */
  | { readonly kind: "unclear"; readonly names: readonly string[] };

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
  readonly likes: readonly { readonly table: TableName; readonly indexes: boolean }[];
  /** `CREATE TABLE AS`: the columns are those of a query, as far as it names them. */
  readonly fromQuery: boolean;
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
    }
  | ForeignKeyFact
  | CheckFact;

export interface ForeignKeyFact {
  readonly type: "foreign";
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly parent: TableName;
  readonly parentColumns: readonly string[];
  readonly onDelete: "no action" | "restrict" | "cascade" | "set null" | "set default";
  readonly at: Span;
}

/** A check that leaves a column only so many values; other checks are not kept. */
export interface CheckFact {
  readonly type: "check";
  readonly name: string | undefined;
  readonly column: string;
  readonly values: number;
}

/** More than any lookup table holds. */
export const MANY_ROWS = 1_000_000;

import type { Place } from "../../../text/positions.ts";
import type { Duplicates } from "./duplicates.ts";

/** What one method of a repository, or one call in a body, sends to the database. Plain data. */
export interface Query {
  /** Qualified name of the repository that the method was looked up in; of a query in a body, of the class around it. */
  readonly repository: string;
  readonly method: string;
  readonly parameters: number;
  readonly kind: "find" | "count" | "exists" | "delete" | "update" | "insert" | "other";
  /** `native` is SQL as it stands, also that of npjt, JDBI and MyBatis; `built` is put together by calls, as Querydsl and jOOQ do. */
  readonly source: "derived" | "jpql" | "native" | "built";
  /** Qualified name of the entity that the query starts from. */
  readonly entity: string | undefined;
  /** One for each table read, the query's own table first. */
  readonly scans: readonly Scan[];
  /** Nothing but aggregates or different values of columns is selected, or rows are grouped: fewer come back than are read. */
  readonly aggregates: boolean;
  /** Of a statement whose parts depend on its parameters: what all that is sent looks at, and asks of it. */
  readonly always?: readonly Scan[];
  /** How many rows it brings at most: a number, a page of the caller's choice, or all. */
  readonly limit: number | "page" | "none";
  /** A parameter of the method decides the order. */
  readonly dynamicSort: boolean;
  /** Its order is the one that all of its calls ask for: its own text has none. */
  readonly orderOfCalls?: true;
  readonly returns: Returns;
  /** What else the statement does that costs, in the order of its text. */
  readonly remarks: readonly Remark[];
  /** False where some of the text was passed over: there may be more tables and conditions. */
  readonly understood: boolean;
  /** Tables that it adds rows to, lower case. */
  readonly into?: readonly string[];
  /** Functions that it calls, most built-in ones left out; lower case. Of SQL alone. */
  readonly calls?: readonly string[];
  /** Columns of the first table: all that the answer of a SELECT hangs on where whole rows are not given, and all that an UPDATE sets. */
  readonly touched?: readonly string[];
  /** The whole statement, where no method and no call has it: the select of a `@Formula`, whose attribute `method` is. */
  readonly statement?: string;
  /** The method's name; of a query in a body, the call that sends it. */
  readonly at: Place;
}

export type Returns = "one" | "optional" | "list" | "page" | "slice" | "stream" | "scalar" | "void";

/** Something in a statement that costs, and that its tests of columns do not tell. Tables and columns in lower case. */
export type Remark =
  /** `:x is null or t.x = :x`, `t.x = coalesce(:x, t.x)`. */
  | { readonly kind: "optional"; readonly table: string; readonly column: string; readonly parameter: string }
  /** `:x is null or lower(t.x) like :x`: the condition falls away where the parameter is null, whatever it asks of whichever column. */
  | { readonly kind: "unasked"; readonly parameter: string }
  /** `not in (select …)` of a subquery that no value bounds; the table that it reads first, and what is compared with which of its columns. */
  | { readonly kind: "notIn"; readonly table: string; readonly compared: ComparedColumns | undefined }
  /** `:tag member of t.tags`: the collection of each row of a table is looked through; the table that holds them. */
  | { readonly kind: "member"; readonly table: string; readonly collection: string; readonly rows: string }
  /** `group by` of the statement itself: the columns that it names. */
  | { readonly kind: "grouped"; readonly by: readonly NamedColumn[] }
  /** `select count(t) > 0 from T t`: how many rows there are is not what is asked; the table that it reads first. */
  | { readonly kind: "counted"; readonly table: string }
  /** `select distinct t from T t`: what it takes out of whole rows. */
  | { readonly kind: "distinct"; readonly table: string; readonly duplicates: Duplicates }
  /**
   * `select count(distinct t.page) from T t`: of the table that it reads first the column whose values are counted, undefined where an
   * expression is; `joined` where a row of that table may come several times.
   */
  | { readonly kind: "distinctCount"; readonly table: string; readonly column: string | undefined; readonly joined: boolean }
  /** `in (select distinct …)`; the table that the subquery reads first. */
  | { readonly kind: "distinctIn"; readonly table: string }
  /**
   * `select 'a', … union select 'b', …`: arms that have no row in common, how many UNION there are, and what has to be unique so that no
   * arm has a row twice.
   */
  | { readonly kind: "apart"; readonly table: string; readonly unions: number; readonly keys: readonly NamedColumns[] }
  /** `in (select … union select …)` of arms that no value bounds; the table that the first one reads. */
  | { readonly kind: "unionIn"; readonly table: string; readonly unions: number }
  /** `order by random()`. */
  | { readonly kind: "random" }
  /** Two tables that no condition connects. */
  | { readonly kind: "product"; readonly tables: readonly [string, string] }
  /** `order by case …`, `order by lower(t.name)`: rows in the order of what is computed from a column. */
  | { readonly kind: "sortExpression"; readonly expression: string; readonly table: string; readonly column: string }
  /** `offset :n`: a number of rows that the caller chooses is read and thrown away; `ordered` unless the statement has no order. */
  | { readonly kind: "offset"; readonly ordered: boolean }
  /** `t.data ->> 'state' = :state`, `t.data @> :part`, `t.tags && :tags`, `t.words @@ :query`, `:tag = any(t.tags)`: a document, a list is asked for a part of it. */
  | {
      readonly kind: "document";
      readonly operator: string;
      readonly key: string | undefined;
      readonly table: string;
      readonly column: string;
      /** `(t.data ->> 'count')::int`: lower case. */
      readonly castTo?: string;
    }
  /** `refresh materialized view v`. */
  | { readonly kind: "refresh"; readonly view: string; readonly concurrently: boolean }
  /** `for update` of the rows found. */
  | { readonly kind: "lock"; readonly waits: boolean }
  /** `date(t.created_at) = :day`: a column compared through a function, or through a cast. */
  | { readonly kind: "function"; readonly name: string; readonly table: string; readonly column: string }
  /**
   * `select (select count(*) from items i where i.order_id = o.id) from orders o`: what a subquery asks for once for each row around it.
   * The scan of the subquery and those of the select around it, by their places among the query's.
   */
  | { readonly kind: "perRow"; readonly scan: number; readonly around: readonly number[]; readonly columns: readonly string[] }
  /** `update t set …` and `delete from t` without a condition; of an update the columns that it sets. */
  | { readonly kind: "allRows"; readonly table: string; readonly set: readonly string[] }
  /** `t.data -> 'state'`, `json_array_length(t.data)`, wherever it stands: a document is read for a part of it. */
  | { readonly kind: "documentRead"; readonly by: string; readonly table: string; readonly column: string }
  /** `with o as materialized (select …) select … from o where o.owner = :owner`: the name and the column of the table behind it. */
  | { readonly kind: "materialized"; readonly name: string; readonly table: string; readonly column: string }
  /** `select *`, `select t.*` from one table of SQL: all columns of it, and no others. */
  | { readonly kind: "allColumns"; readonly table: string }
  /** `t.code = :code or t.name = :name`: of each side what must hold there. */
  | { readonly kind: "either"; readonly arms: readonly (readonly ArmTest[])[] };

/** A column outside of a subquery, and the one that the subquery gives. */
export interface ComparedColumns {
  readonly outer: NamedColumn;
  readonly inner: NamedColumn;
  /** The subquery leaves out NULLs. */
  readonly notNull: boolean;
}

export interface NamedColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

export interface NamedColumn {
  readonly table: string;
  readonly column: string;
}

/** What one side of an OR asks of a column; `subquery` is IN with a subquery, or EXISTS, which has no column. */
export interface ArmTest extends Omit<ColumnTest, "test" | "ambiguous" | "partner" | "outer"> {
  readonly table: string;
  readonly test: ColumnTestKind | "subquery";
}

/** How one query looks at one table. */
export interface Scan {
  /** Lower case, without the schema; the key of the table in its schema (`Table.key`) where that is known. */
  readonly table: string;
  /** PostgreSQL's schema, lower case, where the statement or the mapping names it. */
  readonly namespace?: string;
  /** Conditions, all of which must hold. */
  readonly tests: readonly ColumnTest[];
  /** Given only where all sort keys lie in this table. */
  readonly sort: readonly SortKey[];
  /** `select max(t.createdAt) from Ticket t where …`: of all rows nothing but the first or last of this column is asked for. */
  readonly extreme?: string;
  /** SQL that the provider asks for besides, whoever asks: `@SQLRestriction`, `@Where`. */
  readonly restriction?: string;
}

export interface ColumnTest {
  /** Lower case. */
  readonly column: string;
  readonly test: ColumnTestKind;
  /** Compared with a constant of the query, not with a parameter. */
  readonly constant: boolean;
  /** The constant that the column equals: a literal, or the simple name of an enum's constant. */
  readonly value?: string;
  /** Of a range: whether rows lie below the value (`created_at < :cutoff`) or above it; undefined between two, and where nobody knows. */
  readonly bound?: Bound;
  /** Under lower() or upper(). */
  readonly folded: "lower" | "upper" | undefined;
  /** Cast to text: no index on the column serves it unless that holds text. */
  readonly asText?: true;
  /** The entity says that the column has few values: an enum or a boolean. */
  readonly fewValues: boolean;
  /** Of a join: with the rows of a query inside of this one, which may lead to the table whatever stands first. */
  readonly derived?: true;
  /** Of a join: the scan of the same select whose rows have to have the value, by its place among the query's. */
  readonly partner?: number;
  /** It stands in the ON of an outer join: rows that it does not hold for stay, without those that are joined to them. */
  readonly outer?: true;
  /** SQL names the column without its table, and there are several: whoever knows the columns can tell. */
  readonly ambiguous: boolean;
}

export type Bound = "below" | "above";

/**
 * `join` is equality with another table's column; `prefix` and `contains` are LIKE 'x%' and LIKE '%x'; `like` has a pattern that is
 * not known; `either` stands under OR; `other` is everything an ordinary index does not serve.
 */
export type ColumnTestKind =
  | "equals"
  | "in"
  | "join"
  | "null"
  | "notNull"
  | "range"
  | "prefix"
  | "contains"
  | "like"
  | "not"
  | "either"
  | "other";

/** Whether a test of the n-th scan of a query looks rows up: a join does in the tables that it comes to, not in the one that it starts from. */
export const looksUp = ({ test, derived }: ColumnTest, position: number): boolean =>
  test === "equals" || test === "in" || (test === "join" && (position > 0 || derived === true));

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
  /** Where NULL comes, if the query says otherwise than PostgreSQL does by itself: first where it descends, else last. */
  readonly nulls?: "first" | "last";
}

/** The columns of a query's own table of which all its rows have the same value, or none. */
export const fixedColumns = ([own]: readonly Scan[]): readonly string[] =>
  (own?.tests ?? []).filter(({ test }) => test === "equals" || test === "null").map(({ column }) => column);

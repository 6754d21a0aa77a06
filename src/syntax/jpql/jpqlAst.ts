/** A statement of JPQL, HQL or SQL, as far as it was understood. What was not is `opaque`, never an error. */
export type JpqlStatement = JpqlSelect | JpqlUpdate | JpqlDelete | JpqlOther;

export interface JpqlSelect {
  readonly kind: "select";
  readonly distinct: boolean;
  /** SQL's `distinct on (…)`. */
  readonly distinctOn: boolean;
  /** Empty where HQL leaves the clause out: "from Owner". */
  readonly items: readonly JpqlItem[];
  readonly from: readonly JpqlFrom[];
  readonly where: JpqlExpression | undefined;
  readonly groupBy: readonly JpqlExpression[];
  readonly having: JpqlExpression | undefined;
  readonly orderBy: readonly JpqlSort[];
  /** HQL's `limit` or `fetch first`: its row count. */
  readonly limit: JpqlExpression | undefined;
  /** How many rows are skipped. */
  readonly offset: JpqlExpression | undefined;
  /** `for update` and its kin, and what it does about rows that others have locked. */
  readonly lock: "waits" | "skips" | "fails" | undefined;
  /** What `union`, `intersect` or `except` joins to it. */
  readonly combined: readonly JpqlSelect[];
  /** How it is joined to the selects before it, where it is one of those. */
  readonly joinedBy: "union" | "union all" | "other" | undefined;
  readonly named: readonly NamedSelect[];
  /** False where some of the text was passed over: conditions may be missing. */
  readonly understood: boolean;
}

/** `with name as (select …)`. */
export interface NamedSelect {
  readonly name: string;
  readonly select: JpqlSelect;
  /** It says `as materialized`, and the statement is not `with recursive`. */
  readonly materialized: boolean;
}

export interface JpqlUpdate {
  readonly kind: "update";
  readonly from: JpqlFrom;
  readonly set: readonly JpqlExpression[];
  /** SQL's further tables: `update … from`. */
  readonly others: readonly JpqlFrom[];
  readonly where: JpqlExpression | undefined;
  /** SQL's selects in front of it: `with … as (…)`. */
  readonly named: JpqlSelect["named"];
  readonly understood: boolean;
}

export interface JpqlDelete {
  readonly kind: "delete";
  readonly from: JpqlFrom;
  /** SQL's further tables: `delete … using`. */
  readonly others: readonly JpqlFrom[];
  readonly where: JpqlExpression | undefined;
  /** SQL's selects in front of it: `with … as (…)`. */
  readonly named: JpqlSelect["named"];
  readonly understood: boolean;
}

/** An insert, or text that is no statement we know. */
export interface JpqlOther {
  readonly kind: "other";
  /** What an insert puts in: its select, or its values as the items of one. */
  readonly inserted?: JpqlSelect;
}

export interface JpqlItem {
  readonly value: JpqlExpression;
  readonly alias: string | undefined;
}

export interface JpqlFrom {
  readonly join: "none" | "inner" | "left" | "right" | "full" | "cross";
  /** `join fetch`. */
  readonly fetch: boolean;
  /** An entity or table name ("Owner", "org.example.Owner"), an association path ("o.pets"), a subquery, or a table function. */
  readonly source:
    | { readonly kind: "name"; readonly parts: readonly string[] }
    | { readonly kind: "subquery"; readonly select: JpqlSelect }
    /** The arguments only of functions that take a document apart: `json_array_elements(t.data)`. */
    | { readonly kind: "function"; readonly name: string; readonly args: readonly JpqlExpression[] };
  readonly alias: string | undefined;
  readonly on: JpqlExpression | undefined;
  /** The columns of SQL's `using (…)`. */
  readonly using: readonly string[];
}

export interface JpqlSort {
  readonly value: JpqlExpression;
  readonly descending: boolean;
  readonly nulls: "first" | "last" | undefined;
}

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";

export type JpqlExpression =
  /** Of what is selected also `*` and `t.*`. */
  /** `asText`: cast to text, which is another value unless the column holds text. */
  | { readonly kind: "path"; readonly parts: readonly string[]; readonly asText?: true }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "literal"; readonly sort: "string" | "number" | "boolean" | "null"; readonly value: string }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly distinct: boolean;
      readonly args: readonly JpqlExpression[];
      /** Of `cast(x as type)`: the type as written. */
      readonly type?: string;
      /** Of an aggregate: `filter (where …)`. */
      readonly filter?: JpqlExpression;
      /** What stands behind the arguments was passed over: `over (…)`, `within group (…)`, or words between them. */
      readonly cut?: true;
    }
  | { readonly kind: "constructor"; readonly type: string; readonly args: readonly JpqlExpression[] }
  | { readonly kind: "and" | "or"; readonly terms: readonly JpqlExpression[] }
  | { readonly kind: "not"; readonly term: JpqlExpression }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: JpqlExpression; readonly right: JpqlExpression }
  | {
      readonly kind: "between";
      readonly value: JpqlExpression;
      readonly low: JpqlExpression;
      readonly high: JpqlExpression;
      readonly negated: boolean;
    }
  | { readonly kind: "in"; readonly value: JpqlExpression; readonly items: readonly JpqlExpression[]; readonly negated: boolean }
  | {
      readonly kind: "like";
      readonly value: JpqlExpression;
      readonly pattern: JpqlExpression;
      readonly caseSensitive: boolean;
      readonly escape?: JpqlExpression;
      readonly negated: boolean;
    }
  | { readonly kind: "isNull" | "isEmpty"; readonly value: JpqlExpression; readonly negated: boolean }
  | { readonly kind: "memberOf"; readonly value: JpqlExpression; readonly collection: JpqlExpression; readonly negated: boolean }
  | { readonly kind: "exists"; readonly select: JpqlSelect; readonly negated: boolean }
  | { readonly kind: "subquery"; readonly select: JpqlSelect }
  /** `castTo`: `(a ->> b)::int`, the type in lower case. */
  | {
      readonly kind: "arithmetic";
      readonly operator: string;
      readonly left: JpqlExpression;
      readonly right: JpqlExpression;
      readonly castTo?: string;
    }
  | {
      readonly kind: "case";
      /** All expressions in it, in the order of the text. */
      readonly parts: readonly JpqlExpression[];
      /** What `case x when …` compares. */
      readonly subject: JpqlExpression | undefined;
      readonly branches: readonly { readonly when: JpqlExpression; readonly value: JpqlExpression }[];
      readonly otherwise: JpqlExpression | undefined;
    }
  | { readonly kind: "tuple"; readonly items: readonly JpqlExpression[] }
  | { readonly kind: "opaque" };

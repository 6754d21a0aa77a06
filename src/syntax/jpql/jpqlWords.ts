import type { Comparison, JpqlFrom } from "./jpqlAst.ts";

export const JOINS: readonly (readonly [readonly string[], JpqlFrom["join"]])[] = [
  [["join"], "inner"],
  [["inner", "join"], "inner"],
  [["left", "join"], "left"],
  [["left", "outer", "join"], "left"],
  [["right", "join"], "right"],
  [["right", "outer", "join"], "right"],
  [["full", "join"], "full"],
  [["full", "outer", "join"], "full"],
  [["cross", "join"], "cross"],
  [["natural", "join"], "inner"],
];

/** Words that end a clause, and so are never an alias. */
export const CLAUSES: ReadonlySet<string> = new Set(
  "where group order having join inner left right full cross natural on using with fetch set union intersect except limit offset as from select when then else end and or not in is between like for returning window tablesample".split(
    " ",
  ),
);

/** Words that begin what may follow the last clause of a select. */
export const TAIL = ["limit", "offset", "fetch", "union", "intersect", "except", "for", "returning", "window"] as const;

export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "^=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** PostgreSQL's operators that give a truth value. */
export const OPERATORS = /^(?:@>|@@|<@|&&|!?~\*?)$/;

/** Types whose literals are written `type 'text'`. */
export const TYPED_LITERALS: ReadonlySet<string> = new Set(["interval", "date", "time", "timestamp", "timestamptz", "e", "b", "x", "n"]);

/** Words that cannot begin an operand: an expression ends before them. */
export const STOPS: ReadonlySet<string> = new Set(
  "from where group order having join inner left right full cross natural on using set union intersect except limit offset and or as when then else end asc desc nulls is in like between for returning window ilike similar".split(
    " ",
  ),
);

import type { Span } from "../../text/positions.ts";

/** What one XML mapper of MyBatis says. */
export interface MapperFacts {
  /** The qualified name of the interface whose methods are its statements; "" for XML that is no mapper. */
  readonly namespace: string;
  readonly statements: readonly MapperStatement[];
  /** Those that ask for more by statements of their own, or extend others. */
  readonly resultMaps: readonly ResultMap[];
  /** What all sessions share is kept until one of its statements writes: `<cache/>`, `<cache-ref/>`. */
  readonly cached?: true;
  /** Of MyBatis's own file of settings: what it sets, by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How rows become objects. */
export interface ResultMap {
  readonly id: string;
  /** As written, with or without a namespace. */
  readonly extends?: string;
  readonly nested: readonly NestedSelect[];
}

/** `<collection property="lines" column="id" select="linesOf"/>`: a statement that is sent for each row. */
export interface NestedSelect {
  readonly kind: "association" | "collection";
  readonly property: string;
  /** The id of the statement as written, with or without a namespace. */
  readonly select: string;
  /** Sent when the property is looked at. */
  readonly lazy: boolean;
  /** The value of the `select` attribute. */
  readonly span: Span;
}

export interface MapperStatement {
  /** The method's name. */
  readonly id: string;
  readonly kind: "select" | "insert" | "update" | "delete";
  /** The statement with every optional part in it, parameters as written: `#{id}`. */
  readonly sql: string;
  /** Parts depend on the parameters, or stand in another file: `sql` is never sent as it is. */
  readonly dynamic: boolean;
  /** Of a dynamic one: without its optional parts. What it asks of its rows, all that is sent asks. */
  readonly always?: string;
  /** Whether what is kept is used and filled, where the statement says so itself. */
  readonly useCache?: boolean;
  /** Whether the session forgets what it has read before the statement runs, where the statement says so itself. */
  readonly flushCache?: boolean;
  /** The result map that makes objects of the rows, as written. */
  readonly resultMap?: string;
  /** The value of the `id` attribute. */
  readonly span: Span;
}

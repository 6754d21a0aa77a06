import type { Span } from "../../text/positions.ts";

/** What one XML mapper of MyBatis says. */
export interface MapperFacts {
  /** The qualified name of the interface whose methods are its statements; "" for XML that is no mapper. */
  readonly namespace: string;
  readonly statements: readonly MapperStatement[];
}

export interface MapperStatement {
  /** The method's name. */
  readonly id: string;
  readonly kind: "select" | "insert" | "update" | "delete";
  /** The statement with every optional part in it, parameters as written: `#{id}`. */
  readonly sql: string;
  /** Parts depend on the parameters, or stand in another file: `sql` is never sent as it is. */
  readonly dynamic: boolean;
  /** The value of the `id` attribute. */
  readonly span: Span;
}

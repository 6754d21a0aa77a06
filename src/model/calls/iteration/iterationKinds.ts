import type { Span } from "../../../text/positions.ts";

/** Something that runs code once per element. */
export interface Iteration {
  /** Items and rows are those that a framework hands to a method one by one. */
  readonly kind: "loop" | "lambda" | "items" | "rows";
  /** What is iterated, as a person would name it: "orders", "order.getLines()". */
  readonly over: string;
  readonly at: Span;
  /** The name of the element's variable; "" for a method reference. */
  readonly element: string;
}

/** Why code inside a loop does not run once per element, or code of a method not at each of its calls. */
export type Excuse =
  | "the method ends with the first hit"
  | "remembered per key"
  | "once in many calls"
  | "only when an element fails"
  | "only where memory has none";

/** Why a loop does not count as one over elements. */
export type NoIteration =
  | "at most three rounds"
  | "constants of an enum"
  | "one round per chunk"
  | "the loop ends with the first hit"
  | "one of the elements"
  | "retries"
  | "reads the next page"
  | "not over elements";

export interface IterationContext {
  /** The innermost iterations first; empty when the code runs once. */
  readonly iterations: readonly Iteration[];
  /** Why the code does not run once per element all the same. */
  readonly excuses: readonly Excuse[];
}

import type { CodeNode } from "../../../../facts/java/code.ts";
import type { MethodCode } from "../../../calls/callGraph.ts";
import type { TypeEntry } from "../../../types/typeIndex.ts";
import type { Condition } from "./conditions.ts";
import type { Pieces } from "./pieces.ts";

/** One body that is read, with what its parameters stand for. */
export interface Frame {
  readonly entry: TypeEntry;
  readonly code: MethodCode;
  readonly parameters: ReadonlyMap<string, Argument>;
  readonly depth: number;
  /** The calls that lead to the body. */
  readonly path: string;
  /** What parameters of lambdas in the body stand for. */
  readonly bound?: ReadonlyMap<CodeNode, Pieces>;
  /** In the lambda of a specification, the parameter that is the query. */
  readonly query?: CodeNode;
  /** What uses of variables stand for, as far as they have been asked for. */
  readonly known: Map<CodeNode, Pieces>;
}

export interface Argument {
  readonly pieces: Pieces;
  /** What the value is called where the call stands; undefined where it is none that has a name. */
  readonly name: string | undefined;
  /** Where the value stands that a call has given; undefined where nobody is known to have given one. */
  readonly value?: { readonly node: CodeNode; readonly frame: Frame; readonly by: Expressions };
}

/** Reads what stands in a body. */
export interface Expressions {
  pieces(node: CodeNode, frame: Frame): Pieces;
  /** What a body gives back. */
  returned(node: CodeNode, frame: Frame): Pieces;
  /** What a builder holds behind a chain of calls on it. */
  added(call: CodeNode, before: Pieces, frame: Frame): Pieces;
  condition(node: CodeNode | undefined, frame: Frame): Condition | undefined;
}

import type { DartNode } from "../../../facts/dart/code.ts";
import { bindingOf } from "./expressionTypes.ts";

/** How a statement of drift begins that is put together by calls. */
export const DRIFT_BEGINS: Readonly<Record<string, "read" | "write">> = {
  select: "read",
  selectOnly: "read",
  into: "write",
  update: "write",
  delete: "write",
};

/** What sends it: `select(t).get()`, `into(t).insert(row)`, `(delete(t)..where(…)).go()`. */
export const DRIFT_ENDS: Readonly<Record<string, "read" | "write">> = {
  get: "read",
  getSingle: "read",
  getSingleOrNull: "read",
  insert: "write",
  insertOnConflictUpdate: "write",
  insertReturning: "write",
  insertReturningOrNull: "write",
  write: "write",
  writeReturning: "write",
  replace: "write",
  go: "write",
  goAndReturn: "write",
};

/** The call that a statement begins with: `db.select(t)` of `(db.select(t)..where(…)).get()`. */
export interface DriftBegin {
  readonly chain: DartNode;
  /** The index of the call among the chain's children; its name stands before it. */
  readonly index: number;
}

/** Where the statement begins that the first `count` children of a chain have put together, or the local that they start at. */
export function driftBegin(chain: DartNode, count: number): DriftBegin | undefined {
  const [head] = chain.children;
  for (let index = 1; index < count; index++) {
    const name = chain.children[index - 1];
    const isNamed = name?.kind === "property" || name?.kind === "name";
    if (isNamed && chain.children[index]?.kind === "call" && Object.hasOwn(DRIFT_BEGINS, name.text)) return { chain, index };
  }
  if (head?.kind === "chain") return driftBegin(head, head.children.length);
  const binding = head?.kind === "name" ? bindingOf(head) : undefined;
  const held = binding !== undefined && binding !== "unknown" && binding.kind === "local" ? binding.children[0] : undefined;
  return held?.kind === "chain" ? driftBegin(held, held.children.length) : undefined;
}

import type { JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { DeclaredMethod } from "../calls/callees.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";

export type Propagation = "REQUIRED" | "REQUIRES_NEW" | "NESTED" | "SUPPORTS" | "NOT_SUPPORTED" | "NEVER" | "MANDATORY";

/** What @Transactional says of a method. */
export interface Transaction {
  readonly propagation: Propagation;
  readonly readOnly: boolean;
  /** Whether the annotation stands at the method, or at its class. */
  readonly on: "method" | "class";
  readonly annotation: JavaAnnotation;
}

const PROPAGATIONS: ReadonlySet<string> = new Set([
  "REQUIRED",
  "REQUIRES_NEW",
  "NESTED",
  "SUPPORTS",
  "NOT_SUPPORTED",
  "NEVER",
  "MANDATORY",
] satisfies Propagation[]);

/** Spring's, Jakarta's and javax' annotation at the method, or at the class for its public methods. */
export function transactionOf({ owner, method }: DeclaredMethod): Transaction | undefined {
  if (method.kind !== "method") return undefined;
  const own = annotationNamed(method.annotations, "Transactional");
  if (own !== undefined) return { ...readTransaction(own), on: "method" };
  const reachable = method.modifiers.includes("public") && !method.modifiers.includes("static");
  const shared = reachable ? annotationNamed(owner.type.annotations, "Transactional") : undefined;
  return shared === undefined ? undefined : { ...readTransaction(shared), on: "class" };
}

/** Whether a method called with this transaction runs in one, opened by itself or by its caller. */
export function needsTransaction({ propagation }: Transaction): boolean {
  return propagation !== "SUPPORTS" && propagation !== "NOT_SUPPORTED" && propagation !== "NEVER";
}

function readTransaction(annotation: JavaAnnotation): Omit<Transaction, "on"> {
  // Jakarta's annotation names the kind as its value; Spring's value is the transaction manager.
  const named = annotationValue(annotation, "propagation") ?? annotationValue(annotation, "value");
  const name = named?.kind === "reference" ? named.name.slice(named.name.lastIndexOf(".") + 1) : "";
  const readOnly = annotationValue(annotation, "readOnly");
  return {
    propagation: PROPAGATIONS.has(name) ? (name as Propagation) : "REQUIRED",
    readOnly: readOnly?.kind === "boolean" && readOnly.value,
    annotation,
  };
}

import type { JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { DeclaredMethod } from "../calls/typing/callees.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import type { NameContext, TypeIndex } from "../types/typeIndex.ts";

export type Propagation = "REQUIRED" | "REQUIRES_NEW" | "NESTED" | "SUPPORTS" | "NOT_SUPPORTED" | "NEVER" | "MANDATORY";

/** What @Transactional says of a method. */
export interface Transaction {
  readonly propagation: Propagation;
  readonly readOnly: boolean;
  /** Whether the annotation stands at the method, or at its class. */
  readonly on: "method" | "class";
  /** As it stands there: @Transactional, or one of the workspace's own that carries it. */
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

/** Spring's, Jakarta's and javax' annotation at the method, or at the class for its public methods; also behind one of the workspace's own. */
export function transactionOf({ owner, method }: DeclaredMethod, types: TypeIndex): Transaction | undefined {
  if (method.kind !== "method") return undefined;
  const own = transactionAmong(method.annotations, owner, types);
  if (own !== undefined) return { ...own, on: "method" };
  const reachable = method.modifiers.includes("public") && !method.modifiers.includes("static");
  const shared = reachable ? transactionAmong(owner.type.annotations, owner, types) : undefined;
  return shared === undefined ? undefined : { ...shared, on: "class" };
}

/** Whether a method called with this transaction runs in one, opened by itself or by its caller. */
export function needsTransaction({ propagation }: Transaction): boolean {
  return propagation !== "SUPPORTS" && propagation !== "NOT_SUPPORTED" && propagation !== "NEVER";
}

/** Annotations that carry others that carry it, over so many declarations. */
const DEEPEST = 3;

function transactionAmong(annotations: readonly JavaAnnotation[], context: NameContext, types: TypeIndex) {
  const direct = annotationNamed(annotations, "Transactional");
  if (direct !== undefined) return readTransaction(direct, []);
  for (const annotation of annotations) {
    const carried = carriedBy(annotation, context, types, 0);
    if (carried.length > 0) return readTransaction(annotation, carried);
  }
  return undefined;
}

/** What an annotation of the workspace's own is annotated with, on the way to @Transactional; empty where none leads there. */
function carriedBy(annotation: JavaAnnotation, context: NameContext, types: TypeIndex, depth: number): readonly JavaAnnotation[] {
  if (depth === DEEPEST) return [];
  const entry = types.declared(types.resolveName(annotation.name, context), context.file.file);
  if (entry?.type.kind !== "annotation") return [];
  const direct = annotationNamed(entry.type.annotations, "Transactional");
  if (direct !== undefined) return [direct];
  for (const above of entry.type.annotations) {
    const carried = carriedBy(above, entry, types, depth + 1);
    if (carried.length > 0) return [above, ...carried];
  }
  return [];
}

/** The outermost annotation that gives a value decides: an alias hands it on. */
function readTransaction(annotation: JavaAnnotation, behind: readonly JavaAnnotation[]): Omit<Transaction, "on"> {
  const carried = [annotation, ...behind];
  const given = (name: string) => carried.map((one) => annotationValue(one, name)).find((value) => value !== undefined);
  // Jakarta's annotation names the kind as its value; Spring's value is the transaction manager.
  const named = given("propagation") ?? annotationValue(carried.at(-1), "value");
  const name = named?.kind === "reference" ? named.name.slice(named.name.lastIndexOf(".") + 1) : "";
  const readOnly = given("readOnly");
  return {
    propagation: PROPAGATIONS.has(name) ? (name as Propagation) : "REQUIRED",
    readOnly: readOnly?.kind === "boolean" && readOnly.value,
    annotation,
  };
}

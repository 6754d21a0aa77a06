import type { JavaAnnotation } from "../../facts/java/javaFacts.ts";
import { mayOverride } from "../calls/dispatch.ts";
import type { DeclaredMethod } from "../calls/typing/callees.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import type { NameContext, TypeEntry, TypeIndex } from "../types/typeIndex.ts";

export type Propagation = "REQUIRED" | "REQUIRES_NEW" | "NESTED" | "SUPPORTS" | "NOT_SUPPORTED" | "NEVER" | "MANDATORY";

/** What @Transactional says of a method. */
export interface Transaction {
  readonly propagation: Propagation;
  readonly readOnly: boolean;
  /** Whether the annotation stands at the method, at its class, or at what the method overrides or its class extends. */
  readonly on: "method" | "class" | "above";
  /** As it stands there: @Transactional, or one of the workspace's own that carries it. */
  readonly annotation: JavaAnnotation;
  /** The file that it stands in. */
  readonly file: string;
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

/**
 * Spring's, Jakarta's and javax' annotation at the method, or at the class for its public methods; also behind one of the workspace's
 * own. What a method overrides hands Spring's annotation down, and so does what a class extends.
 */
export function transactionOf(declared: DeclaredMethod, types: TypeIndex): Transaction | undefined {
  const { owner, method } = declared;
  if (method.kind !== "method") return undefined;
  const own = transactionAmong(method.annotations, owner, types);
  if (own !== undefined) return { on: "method", ...own };
  const [, ...above] = owner.type.superclass === undefined && owner.type.interfaces.length === 0 ? [] : types.lineage(owner);
  const overridden = firstOf(above, (entry) => (isJakartas(entry) ? undefined : overriddenIn(entry, declared, types)));
  if (overridden !== undefined) return { on: "above", ...overridden };
  if (!method.modifiers.includes("public") || method.modifiers.includes("static")) return undefined;
  const shared = transactionAmong(owner.type.annotations, owner, types);
  if (shared !== undefined) return { on: "class", ...shared };
  const inherited = firstOf(above, (entry) =>
    entry.type.kind === "interface" && isJakartas(entry) ? undefined : transactionAmong(entry.type.annotations, entry, types),
  );
  return inherited && { on: "above", ...inherited };
}

type Read = Omit<Transaction, "on">;

function firstOf(entries: readonly TypeEntry[], read: (entry: TypeEntry) => Read | undefined): Read | undefined {
  for (const entry of entries) {
    const found = read(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands at the method of a type that a method below it overrides. */
function overriddenIn(owner: TypeEntry, runs: DeclaredMethod, types: TypeIndex): Read | undefined {
  const { name, parameters } = runs.method;
  const method = owner.type.methods.find(
    (one) =>
      one.annotations.length > 0 &&
      one.name === name &&
      one.parameters.length === parameters.length &&
      mayOverride(runs, { owner, method: one }),
  );
  return method === undefined ? undefined : transactionAmong(method.annotations, owner, types);
}

/** Jakarta's annotation is looked for at the method itself, and at its class and those above. */
const isJakartas = ({ file }: TypeEntry): boolean => file.java.imports.some(({ name }) => /^(?:jakarta|javax)\.transaction\b/.test(name));

/** Whether a method called with this transaction runs in one, opened by itself or by its caller. */
export function needsTransaction({ propagation }: Transaction): boolean {
  return propagation !== "SUPPORTS" && propagation !== "NOT_SUPPORTED" && propagation !== "NEVER";
}

/** Annotations that carry others that carry it, over so many declarations. */
const DEEPEST = 3;

function transactionAmong(annotations: readonly JavaAnnotation[], context: NameContext, types: TypeIndex): Read | undefined {
  const { file } = context.file;
  const direct = annotationNamed(annotations, "Transactional");
  if (direct !== undefined) return { file, ...readTransaction(direct, []) };
  for (const annotation of annotations) {
    const carried = carriedBy(annotation, context, types, 0);
    if (carried.length > 0) return { file, ...readTransaction(annotation, carried) };
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
function readTransaction(annotation: JavaAnnotation, behind: readonly JavaAnnotation[]): Omit<Read, "file"> {
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

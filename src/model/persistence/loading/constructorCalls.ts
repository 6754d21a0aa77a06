import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import { methodKey } from "../../calls/methodKey.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import { annotationNamed } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";

/** Constructors that an expression runs without calling a method. */
export interface ConstructorCall {
  readonly keys: readonly string[];
  /** The parameter that the first argument becomes. */
  readonly first: number;
}

/** What `new Label(…)`, `Label::new`, `this(…)`, `super(…)` and a step of `Label.builder().code(…)` run; undefined for anything else. */
export function constructorCall(types: TypeIndex, typer: Typer, node: CodeNode): ConstructorCall | undefined {
  if (node.kind === "new") return ofCount(entryOf(types, typer, node.type), childrenOf(node, "argument").length);
  if (node.kind === "reference") return node.text === "new" ? ofCount(namedBy(types, typer, childOf(node, "receiver")), 1) : undefined;
  if (node.kind !== "call") return undefined;
  const on = childOf(node, "receiver");
  const given = childrenOf(node, "argument");
  if (on !== undefined) return given.length === 1 ? builderStep(types, typer, node) : undefined;
  if (node.text === "this") return ofCount(typer.entry, given.length);
  if (node.text !== "super") return undefined;
  const { superclass } = typer.entry.type;
  return ofCount(superclass === undefined ? undefined : entryOf(types, typer, superclass), given.length);
}

/** Lombok's `@Builder` on a constructor: each step hands over the parameter of its name, and the last one runs the constructor. */
function builderStep(types: TypeIndex, typer: Typer, step: CodeNode): ConstructorCall | undefined {
  let root: CodeNode | undefined = step;
  while (root?.kind === "call" && root.text !== "builder") root = childOf(root, "receiver");
  if (root?.kind !== "call" || childrenOf(root, "argument").length > 0) return undefined;
  const on = childOf(root, "receiver");
  const entry = on === undefined ? typer.entry : namedBy(types, typer, on);
  const method = entry?.type.methods.find(
    ({ kind, annotations }) => kind === "constructor" && annotationNamed(annotations, "Builder") !== undefined,
  );
  const first = method?.parameters.findIndex(({ name }) => name === step.text) ?? -1;
  return entry === undefined || method === undefined || first < 0 ? undefined : { keys: [methodKey({ owner: entry, method })], first };
}

function ofCount(entry: TypeEntry | undefined, count: number): ConstructorCall | undefined {
  if (entry === undefined) return undefined;
  const constructors = entry.type.methods.filter(({ kind, parameters }) => kind === "constructor" && parameters.length === count);
  return { keys: constructors.map((method) => methodKey({ owner: entry, method })), first: 0 };
}

/** `Label` and `Labels.Label`. */
function namedBy(types: TypeIndex, typer: Typer, name: CodeNode | undefined): TypeEntry | undefined {
  const type = name === undefined ? undefined : typer.namedType(name);
  return type === undefined ? undefined : types.entryOf(type, typer.entry.file.file);
}

function entryOf(types: TypeIndex, typer: Typer, text: string | undefined): TypeEntry | undefined {
  const type = text === undefined ? undefined : typer.resolve(text.replace(/<.*$/, ""));
  return type === undefined ? undefined : types.entryOf(type, typer.entry.file.file);
}

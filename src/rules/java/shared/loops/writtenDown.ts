import { type CodeNode, childOf, childrenOf, unpack } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { classesOf } from "../../../../model/calls/dispatch.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { Type } from "../../../../model/types/type.ts";

/** Whether the elements of an expression are constants of an enum: there are as many as somebody has written down. */
export function givesConstants(model: Model, method: MethodNode, node: CodeNode): boolean {
  const { typer } = model.calls.codeOf(method);
  return typer.isEnum(typer.elementOf(typer.typeOf(node)));
}

/**
 * Whether a field holds few elements for sure: a constant that lists them, or objects behind an interface of the workspace, such as all
 * beans that implement it. What entities and records implement is data, of which there may be many.
 */
export function holdsFew(model: Model, method: MethodNode, field: CodeNode): boolean {
  const { owner } = method.declared;
  const found = model.types.fieldOf(owner, field.text)?.field;
  if (found === undefined) return false;
  const isConstant = found.modifiers.includes("static") && found.modifiers.includes("final");
  if (isConstant && found.initializer >= 0 && isList(unpack(owner.file.java.code, found.initializer))) return true;
  const { typer } = model.calls.codeOf(method);
  const entry = model.types.entryOf(heldBy(typer.typeOf(field), typer.elementOf(typer.typeOf(field))), owner.file.file);
  if (entry?.type.kind !== "interface") return false;
  const classes = classesOf(model.types, entry);
  if (classes.length === 0) return REGISTERED.test(entry.type.name);
  return classes.every(
    ({ type }) => type.kind === "class" && annotationNamed(type.annotations, "Entity", "Embeddable", "Data", "Value") === undefined,
  );
}

/** What is told of events: lambdas and method references that somebody has registered. */
const REGISTERED = /(?:Listener|Observer|Handler|Callback|Hook|Interceptor)$/;

/** The values of a map, the elements of anything else. */
const heldBy = (type: Type | undefined, element: Type | undefined): Type | undefined => (type?.args.length === 2 ? type.args[1] : element);

/** `List.of("a", "b")`, `Set.of(…)`, `Arrays.asList(…)`. */
const isList = (value: CodeNode): boolean =>
  value.kind === "call" &&
  /^(?:of|asList|copyOf|unmodifiable(?:List|Set|Collection|Map)|ofEntries)$/.test(value.text) &&
  /^\p{Lu}/u.test(childOf(value, "receiver")?.text ?? "") &&
  childrenOf(value, "argument").every((given) => given.kind !== "call" || isList(given) || given.text === "entry");

import { type CodeNode, childOf } from "../../facts/java/code.ts";
import type { JavaAnnotation, JavaField, JavaType } from "../../facts/java/javaFacts.ts";
import { beanNameOf, isConditional, stereotypeOf } from "../types/beans.ts";
import { annotationNamed, annotationText } from "../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { classesOf } from "./dispatch.ts";
import { Supertypes } from "./typing/supertypes.ts";
import type { Typer } from "./typing/typer.ts";

/**
 * The class of the bean that a call is made on, where Spring is told which of several a field is given, or where the arguments of the
 * field's type leave one: `Handler<Order, Import>`. Undefined everywhere else.
 */
export function injectedOn(types: TypeIndex, call: CodeNode, typer: Typer): TypeEntry | undefined {
  const on = childOf(call, "receiver");
  const name = on === undefined ? undefined : fieldNamed(on, typer);
  if (name === undefined) return undefined;
  return types.remembered(typer.entry, `given to ${name}`, () => {
    const found = types.fieldOf(typer.entry, name);
    if (found === undefined) return undefined;
    const { owner, field } = found;
    const asked = types.resolve(field.type, owner);
    const declared = types.entryOf(asked, owner.file.file);
    if (asked === undefined || declared === undefined) return undefined;
    const classes = classesOf(types, declared);
    if (classes.length < 2) return undefined;
    // A wildcard is resolved to its bound, which others may stand for.
    const standing = field.type.includes("?") ? classes : new Supertypes(types, owner.file.file).standingFor(asked, classes);
    // No other class may be assigned to the field, whoever sets it.
    if (standing.length < 2) return standing[0];
    return stereotypeOf(owner.type) === undefined ? undefined : injectedInto(owner.type, field, standing);
  });
}

function fieldNamed(on: CodeNode, typer: Typer): string | undefined {
  if (on.kind === "field") return childOf(on, "receiver")?.kind === "this" ? on.text : undefined;
  if (on.kind !== "name" || typer.declarationOf(on) !== undefined) return undefined;
  return typer.method?.parameters.some(({ name }) => name === on.text) === true ? undefined : on.text;
}

/** How a field gets its bean: what names it, and whether a generated constructor may have lost that. */
interface Injection {
  readonly qualifier: string | undefined;
  readonly isGenerated: boolean;
}

function injectedInto(owner: JavaType, field: JavaField, classes: readonly TypeEntry[]): TypeEntry | undefined {
  const injection = injectionOf(owner, field);
  if (injection === undefined) return undefined;
  const others = classes.filter(({ type }) => type.qualified !== owner.qualified);
  const primary = others.filter(({ type }) => annotationNamed(type.annotations, "Primary") !== undefined);
  const byField = others.filter(({ type }) => beanNameOf(type) === field.name);
  const { qualifier, isGenerated } = injection;
  if (qualifier !== undefined) {
    const named = only(others.filter(({ type }) => isNamed(type, qualifier)));
    // Lombok copies a qualifier to its constructor where it is told so: it must be, where nothing else decides.
    return isGenerated && [...primary, ...byField].some((one) => one !== named) ? undefined : named;
  }
  if (annotationNamed(owner.annotations, "Primary") !== undefined && classes.some(({ type }) => type === owner)) return undefined;
  // What a method makes may be the primary one.
  const decides = primary.length > 0 || others.every(({ type }) => stereotypeOf(type) !== undefined);
  const chosen = decides ? only(primary.length > 0 ? primary : byField) : undefined;
  return chosen === undefined || stereotypeOf(chosen.type) === undefined || isConditional(chosen.type) ? undefined : chosen;
}

const only = ([one, ...others]: readonly TypeEntry[]): TypeEntry | undefined => (others.length > 0 ? undefined : one);

const isNamed = (type: JavaType, name: string): boolean =>
  beanNameOf(type) === name ||
  (stereotypeOf(type) !== undefined && annotationText(annotationNamed(type.annotations, "Qualifier"), "value") === name);

/** Undefined for a field that is set in another way, and for a qualifier that is no plain text. */
function injectionOf(owner: JavaType, field: JavaField): Injection | undefined {
  const { annotations } = field;
  if (annotationNamed(annotations, "Autowired", "Inject", "Resource") !== undefined) return named(annotations, false);
  const constructors = owner.methods.filter(({ kind }) => kind === "constructor");
  const [written] = constructors;
  if (written === undefined)
    return field.modifiers.includes("final") && field.initializer < 0 && annotationNamed(owner.annotations, ...LOMBOK) !== undefined
      ? named(annotations, true)
      : undefined;
  const parameter = written.parameters.find(({ name, type }) => name === field.name && type === field.type);
  return constructors.length > 1 || parameter === undefined ? undefined : named(parameter.annotations, false);
}

const LOMBOK = ["RequiredArgsConstructor", "AllArgsConstructor", "Data", "Value"] as const;

function named(annotations: readonly JavaAnnotation[], isGenerated: boolean): Injection | undefined {
  const annotation = annotationNamed(annotations, "Qualifier", "Named", "Resource");
  const qualifier = annotationText(annotation, "value") ?? annotationText(annotation, "name");
  return qualifier === undefined && (annotation?.values.length ?? 0) > 0 ? undefined : { qualifier, isGenerated };
}

import { type CodeNode, unpack } from "../../facts/java/code.ts";
import type { AnnotationValue, JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { NameContext, TypeEntry, TypeIndex } from "./typeIndex.ts";

/** Constants that refer to each other in a circle end here. */
const DEEPEST = 8;

/** The text that an annotation's value has at run time, constants of the workspace put in; undefined where it is none or unknown. */
export function constantText(value: AnnotationValue, context: NameContext, types: TypeIndex, depth = 0): string | undefined {
  switch (value.kind) {
    case "text":
      return value.text;
    case "number":
      return String(value.number);
    case "concatenation":
      return joined(value.parts.map((part) => constantText(part, context, types, depth)));
    case "reference":
      return referenced(value.name, context, types, depth);
    case "array":
      return value.values.length === 1 ? constantText(value.values[0] as AnnotationValue, context, types, depth) : undefined;
    default:
      return undefined;
  }
}

/** The same of an expression in a body; its local variables are not looked at. */
export const constantOf = (node: CodeNode, context: NameContext, types: TypeIndex): string | undefined =>
  valueOfNode(node, context, types, 0);

/** The number that an expression in a body is, as `constantOf` reads it; undefined where it is none or unknown. */
export function constantNumberOf(node: CodeNode, context: NameContext, types: TypeIndex): number | undefined {
  const text = constantOf(node, context, types);
  return text === undefined ? undefined : numberOf(text);
}

/** The number that an annotation's value is, products and constants of the workspace worked out; undefined where it is none or unknown. */
export function constantNumber(value: AnnotationValue, context: NameContext, types: TypeIndex): number | undefined {
  if (value.kind !== "other") {
    const text = constantText(value, context, types);
    return text === undefined ? undefined : numberOf(text);
  }
  return product(
    value.source.split("*").map((part) => {
      const factor = part.trim();
      return /^[\w.]+$/.test(factor) && !/^\d/.test(factor) ? constantText({ kind: "reference", name: factor }, context, types) : factor;
    }),
  );
}

/** The texts of a value that may be one or a list; what is not known is left out. */
export function constantTexts(value: AnnotationValue, context: NameContext, types: TypeIndex): readonly string[] {
  const values = value.kind === "array" ? value.values : [value];
  return values.map((one) => constantText(one, context, types)).filter((text) => text !== undefined);
}

/** The annotation of one of these simple names, where there is one. */
export function annotationNamed(annotations: readonly JavaAnnotation[], ...names: readonly string[]): JavaAnnotation | undefined {
  for (const annotation of annotations) {
    const { name } = annotation;
    const dot = name.lastIndexOf(".");
    if (names.includes(dot < 0 ? name : name.slice(dot + 1))) return annotation;
  }
  return undefined;
}

export function annotationValue(annotation: JavaAnnotation | undefined, name: string): AnnotationValue | undefined {
  return annotation?.values.find((argument) => argument.name === name)?.value;
}

/** A text that is written out in an annotation; undefined for an empty one, which says as much as none. */
export function annotationText(annotation: JavaAnnotation | undefined, name: string): string | undefined {
  const value = annotationValue(annotation, name);
  return value?.kind === "text" && value.text !== "" ? value.text : undefined;
}

function referenced(name: string, context: NameContext, types: TypeIndex, depth: number): string | undefined {
  if (depth >= DEEPEST) return undefined;
  const found = constantField(name, context, types);
  if (found === undefined) return undefined;
  const { owner, initializer } = found;
  return initializer < 0
    ? undefined
    : valueOfNode(unpack(owner.file.java.code, initializer), { file: owner.file, type: owner.type }, types, depth + 1);
}

function constantField(
  name: string,
  context: NameContext,
  types: TypeIndex,
): { readonly owner: TypeEntry; readonly initializer: number } | undefined {
  const dot = name.lastIndexOf(".");
  const field = name.slice(dot + 1);
  const owners = dot >= 0 ? [types.resolveName(name.slice(0, dot), context)] : ownersInScope(field, context);
  for (const qualified of owners) {
    const entry = types.declared(qualified, context.file.file);
    const found = entry === undefined ? undefined : types.fieldOf(entry, field);
    if (found !== undefined) return { owner: found.owner, initializer: found.field.initializer };
  }
  return undefined;
}

function ownersInScope(field: string, { file, type }: NameContext): readonly string[] {
  const owners: string[] = [];
  for (let at = type; at !== undefined; at = at.outer < 0 ? undefined : file.java.types[at.outer]) owners.push(at.qualified);
  for (const declared of file.java.imports) {
    if (!declared.isStatic) continue;
    if (declared.wildcard) owners.push(declared.name);
    else if (declared.name.endsWith(`.${field}`)) owners.push(declared.name.slice(0, -field.length - 1));
  }
  return owners;
}

function valueOfNode(node: CodeNode, context: NameContext, types: TypeIndex, depth: number): string | undefined {
  switch (node.kind) {
    case "literal":
      return node.type === "null" ? undefined : node.type === "char" ? node.text.replace(/^'\\?(.)'$/s, "$1") : node.text;
    case "name":
      return referenced(node.text, context, types, depth);
    case "field":
      return referenced(dotted(node), context, types, depth);
    case "binary":
      if (node.text === "*") return product(node.children.map((child) => valueOfNode(child, context, types, depth)))?.toString();
      return node.text === "+" ? joined(node.children.map((child) => valueOfNode(child, context, types, depth))) : undefined;
    default:
      return undefined;
  }
}

function dotted(node: CodeNode): string {
  const [receiver] = node.children;
  return receiver === undefined ? node.text : `${dotted(receiver)}.${node.text}`;
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}

const product = (factors: readonly (string | undefined)[]): number | undefined =>
  factors.reduce<number | undefined>((before, factor) => {
    const next = factor === undefined ? undefined : numberOf(factor);
    return before === undefined || next === undefined ? undefined : before * next;
  }, 1);

function numberOf(text: string): number | undefined {
  const digits = text.replace(/_|[lL]$/g, "");
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}

/** Annotations that may stand alone or in their container: `@JoinColumns({@JoinColumn(…), …})`. */
export function nestedAnnotations(annotations: readonly JavaAnnotation[], single: string, container: string): readonly JavaAnnotation[] {
  return annotations.flatMap((annotation) => {
    if (annotationNamed([annotation], single) !== undefined) return [annotation];
    if (annotationNamed([annotation], container) === undefined) return [];
    const value = annotationValue(annotation, "value");
    const values = value === undefined ? [] : value.kind === "array" ? value.values : [value];
    return values.filter((one) => one.kind === "annotation").map((one) => one.annotation);
  });
}

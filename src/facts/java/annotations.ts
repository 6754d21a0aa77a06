import { detached } from "./code.ts";
import type { AnnotationArgument, AnnotationValue, JavaAnnotation } from "./javaFacts.ts";
import { type JavaTree, stringValue } from "./reader.ts";

const NONE: readonly JavaAnnotation[] = [];
const NO_VALUES: readonly AnnotationArgument[] = [];

/** The annotations among the modifiers of a declaration; `modifiers` is -1 where it has none. */
export function annotationsOf(tree: JavaTree, modifiers: number): readonly JavaAnnotation[] {
  if (modifiers < 0 || !tree.hasChildren(modifiers)) return NONE;
  return tree
    .children(modifiers)
    .filter((child) => isAnnotation(tree.kind(child)))
    .map((child) => annotation(tree, child));
}

const isAnnotation = (kind: string): boolean => kind === "annotation" || kind === "marker_annotation";

function annotation(tree: JavaTree, node: number): JavaAnnotation {
  const [name, list] = tree.children(node);
  const values = list === undefined ? NO_VALUES : tree.children(list).map((child) => argument(tree, child));
  return { name: name === undefined ? "" : shared(tree.text(name)), span: tree.span(node), values };
}

function argument(tree: JavaTree, node: number): AnnotationArgument {
  if (tree.kind(node) !== "element_value_pair") return { name: "value", value: value(tree, node), span: tree.span(node) };
  const [key, given] = tree.children(node);
  return {
    name: key === undefined ? "" : shared(tree.text(key)),
    value: given === undefined ? { kind: "other", source: "" } : value(tree, given),
    span: tree.span(given ?? node),
  };
}

function value(tree: JavaTree, node: number): AnnotationValue {
  const kind = tree.kind(node);
  const source = tree.text(node);
  switch (kind) {
    case "string_literal":
      return { kind: "text", text: detached(stringValue(source)) };
    case "true":
    case "false":
      return { kind: "boolean", value: kind === "true" };
    case "identifier":
    case "scoped_identifier":
    case "field_access":
    case "class_literal":
      return { kind: "reference", name: detached(source.replace(/\s+/g, "")) };
    case "element_value_array_initializer":
    case "array_initializer":
      return { kind: "array", values: tree.children(node).map((child) => value(tree, child)) };
    case "annotation":
    case "marker_annotation":
      return { kind: "annotation", annotation: annotation(tree, node) };
    case "parenthesized_expression": {
      const [inner] = tree.children(node);
      return inner === undefined ? { kind: "other", source: "" } : value(tree, inner);
    }
    case "binary_expression":
      return concatenation(tree, node);
    default: {
      const number = Number(source.replaceAll("_", "").replace(/[lLdDfF]$/, ""));
      return Number.isFinite(number) && source !== "" ? { kind: "number", number } : { kind: "other", source: detached(source) };
    }
  }
}

const SHARED = new Map<string, string>();

/** One copy of the names that return in every file: of annotations and of their attributes. */
function shared(text: string): string {
  const known = SHARED.get(text);
  if (known !== undefined) return known;
  if (SHARED.size === MOST_SHARED) SHARED.clear();
  const own = detached(text);
  SHARED.set(own, own);
  return own;
}

const MOST_SHARED = 2000;

/** `"a" + B + "c"` is left-deep: it is read without recursion into the left side, which may be thousands of terms deep. */
function concatenation(tree: JavaTree, node: number): AnnotationValue {
  const parts: AnnotationValue[] = [];
  let at = node;
  for (;;) {
    const [left, right] = tree.children(at);
    if (left === undefined || right === undefined) return { kind: "other", source: detached(tree.text(node)) };
    parts.unshift(value(tree, right));
    if (tree.kind(left) !== "binary_expression") {
      parts.unshift(value(tree, left));
      break;
    }
    at = left;
  }
  const texts = parts.map((part) => (part.kind === "text" ? part.text : undefined));
  return texts.every((text) => text !== undefined) ? { kind: "text", text: texts.join("") } : { kind: "concatenation", parts };
}

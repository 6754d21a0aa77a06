import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import { describe } from "../../../../model/calls/iteration/describe.ts";
import { type Attribute, attributeOf, type Entity } from "../../../../model/persistence/mapping/entity.ts";
import { withoutCapital } from "../../../../text/capitals.ts";

/** A test of an element, a lambda or a reference to an accessor, in a few words; undefined where SQL could not make it. */
export function testOf(predicate: CodeNode, entity: Entity | undefined): string | undefined {
  if (predicate.kind === "reference")
    return columnNamed(predicate.text, entity) !== undefined
      ? `${childOf(predicate, "receiver")?.text ?? ""}::${predicate.text}`.replace(/^::/, "")
      : undefined;
  const lambda = expressionOf(predicate);
  return lambda !== undefined && readsColumns(lambda.body, lambda.element, entity) ? describeTest(lambda.body) : undefined;
}

/** Whether a test leaves out what a query should: more than one row, and by what it can ask for. */
export const readsColumns = (test: CodeNode, element: string, entity: Entity | undefined): boolean =>
  comparesColumns(test, element, entity) && !keepsNearlyAll(test) && !asksForKey(test, entity);

/** Comparisons that SQL has: of columns of the element with values that do not hang on it. */
export function comparesColumns(test: CodeNode, element: string, entity: Entity | undefined): boolean {
  let columns = 0;
  const holds = (node: CodeNode): boolean => {
    switch (node.kind) {
      case "unary":
        return node.text === "!" && node.children.every(holds);
      case "binary":
        return /^(?:&&|\|\||==|!=|<|>|<=|>=)$/.test(node.text) && node.children.every(holds);
      case "call": {
        if (isColumnOf(node)) {
          columns++;
          return true;
        }
        if (!mentions(node, element)) return true;
        if (asksConstant(node, element, entity)) {
          columns++;
          return true;
        }
        const on = childOf(node, "receiver");
        return (
          /^(?:equals|equalsIgnoreCase|isBefore|isAfter|startsWith|isEmpty|contains|compareTo)$/.test(node.text) &&
          on !== undefined &&
          [on, ...childrenOf(node, "argument")].every(holds)
        );
      }
      case "field":
        if (isColumnOf(node)) {
          columns++;
          return true;
        }
        return !mentions(node, element);
      default:
        return node.kind === "literal" || !mentions(node, element);
    }
  };
  const isColumnOf = (node: CodeNode): boolean => columnOf(node, element, entity) !== undefined;
  return holds(test) && columns > 0;
}

/** `order.getState().isOpen()`, `States.isOpen(order.getState())`: what an enum's constant is asked, a list of constants answers. */
function asksConstant(call: CodeNode, element: string, entity: Entity | undefined): boolean {
  const on = childOf(call, "receiver");
  const [given, ...more] = childrenOf(call, "argument");
  if (on === undefined || more.length > 0 || !/^(?:is|has|can|should|contains)/.test(call.text)) return false;
  const asked = given === undefined ? on : on.kind === "name" && /^\p{Lu}/u.test(on.text) ? given : undefined;
  const column = asked === undefined ? undefined : columnOf(asked, element, entity);
  return column?.fewValues === true && !/^(?:java\.lang\.)?[bB]oolean$/.test(column.type);
}

/** Everything but one: the rows that are left out are not what such a query costs. */
function keepsNearlyAll(test: CodeNode): boolean {
  const [inner] = test.children;
  if (test.kind === "unary") return inner?.kind === "call" && /^equals/.test(inner.text);
  return test.kind === "binary" && test.text === "!=" && !test.children.some(({ kind, type }) => kind === "literal" && type === "null");
}

/** `order.getId() != null`: every row has a key. */
function asksForKey(test: CodeNode, entity: Entity | undefined): boolean {
  if (test.kind !== "binary" || test.text !== "!=" || entity === undefined) return false;
  return test.children.some(
    ({ kind, text }) => (kind === "call" || kind === "field") && namesOf(text).some((name) => attributeOf(entity, name)?.id === true),
  );
}

export const mentions = (node: CodeNode, name: string): boolean =>
  nodesOf(node).some((inner) => inner.kind === "name" && inner.text === name);

/** A comparator that an ORDER BY says as well: `comparing(Order::getPlacedAt).reversed()`, `(a, b) -> a.getAge() - b.getAge()`. */
export function ordersByColumn(comparator: CodeNode | undefined, entity: Entity | undefined): boolean {
  if (comparator === undefined) return false;
  if (comparator.kind === "lambda") return comparesTwo(comparator, entity);
  if (comparator.kind !== "call") return false;
  const [by] = childrenOf(comparator, "argument");
  if (/^comparing(?:Int|Long|Double)?$/.test(comparator.text)) return by !== undefined && givesColumn(by, entity);
  const before = childOf(comparator, "receiver");
  if (comparator.text === "reversed") return ordersByColumn(before, entity);
  const isNext = /^thenComparing(?:Int|Long|Double)?$/.test(comparator.text) && by !== undefined;
  return isNext && (givesColumn(by, entity) || ordersByColumn(by, entity)) && ordersByColumn(before, entity);
}

function comparesTwo(lambda: CodeNode, entity: Entity | undefined): boolean {
  const names = childrenOf(lambda, "parameter").map(({ text }) => text);
  const body = childOf(lambda, "body");
  const isComparison = body?.text === "compareTo" || body?.text === "compare" || (body?.kind === "binary" && body.text === "-");
  const sides = body?.children.filter((side) => names.some((name) => mentions(side, name))) ?? [];
  return isComparison && sides.length === 2 && sides.every((side) => names.some((name) => columnOf(side, name, entity) !== undefined));
}

/** A reference to an accessor of a column, or a lambda that calls it. */
export function givesColumn(accessor: CodeNode, entity: Entity | undefined): boolean {
  if (accessor.kind === "reference") return columnNamed(accessor.text, entity) !== undefined;
  const lambda = expressionOf(accessor);
  return lambda !== undefined && columnOf(lambda.body, lambda.element, entity) !== undefined;
}

/** A lambda of one parameter that is an expression. */
export function expressionOf(lambda: CodeNode): { readonly element: string; readonly body: CodeNode } | undefined {
  const [parameter, ...more] = childrenOf(lambda, "parameter");
  const body = childOf(lambda, "body");
  if (lambda.kind !== "lambda" || parameter === undefined || more.length > 0 || body === undefined || body.kind === "block")
    return undefined;
  return { element: parameter.text, body };
}

/** The basic attribute of an element that a getter or a field gives. */
export function columnOf(node: CodeNode, element: string, entity: Entity | undefined): Attribute | undefined {
  const on = childOf(node, "receiver");
  const isAccess = (node.kind === "call" || node.kind === "field") && on?.kind === "name" && on.text === element;
  return isAccess && childrenOf(node, "argument").length === 0 ? columnNamed(node.text, entity) : undefined;
}

/** The basic attribute that an accessor gives: what the code computes itself is no column. */
export function columnNamed(accessor: string, entity: Entity | undefined): Attribute | undefined {
  if (entity === undefined) return undefined;
  return namesOf(accessor)
    .map((name) => attributeOf(entity, name))
    .find((attribute) => attribute?.kind === "basic");
}

/** What an accessor may give: itself, as a record's does, or the property of a getter. */
function namesOf(accessor: string): readonly string[] {
  const bare = accessor.replace(/^(?:get|is)(?=\p{Lu})/u, "");
  return [accessor, withoutCapital(bare)];
}

export function describeTest(test: CodeNode): string {
  const inner = test.kind === "unary" ? test.children[0] : test;
  if (inner?.kind === "call") return describe(inner);
  const call = nodesOf(test).find((node) => node.kind === "call");
  return call === undefined ? "a test" : describe(call);
}

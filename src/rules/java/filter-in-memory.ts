import { type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import { describe } from "../../model/calls/iteration/describe.ts";
import type { Model } from "../../model/model.ts";
import { attributeOf, type Entity } from "../../model/persistence/mapping/entity.ts";
import { withoutCapital } from "../../text/capitals.ts";
import { defineRule } from "../rule.ts";
import { callOn, type ListRead, listRead } from "./shared/listReads.ts";

export const filterInMemory = defineRule({
  id: "java/filter-in-memory",
  title: "Rows are loaded and then chosen or counted in memory by a column",
  language: "java",
  certainty: "likely",
  cost: "every row is read and becomes an object; those left out are loaded for nothing",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html#jpa.query-methods.query-creation",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-keywords-reference.html",
  ],
  messages: {
    filters: "{{query}} loads rows that {{filter}} leaves out in memory",
    counts: "{{query}} loads rows that are only counted",
  },
  subsumes: ["java/unbounded-find-all"],

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const read = site.work?.kind === "read" ? listRead(model, method, code, site) : undefined;
        if (read === undefined) continue;
        const values = code.valuesOf(read.node);
        const [use, ...others] = values.map((value) => useOf(model, read, value));
        if (use === undefined || others.length > 0 || isLookedUp(values[0] as CodeNode, read.node)) continue;
        report({
          at: site.at,
          message: use.kind,
          data: { query: read.call.label, filter: use.filter },
          certainty: read.whole ? "likely" : "possible",
          related: [
            ...(use.node === undefined
              ? []
              : [{ at: { file: file.file, start: use.node.start, end: use.node.end }, message: "rows are left out here" }]),
            ...(read.call.query === undefined ? [] : [{ at: read.call.query.at, message: `${read.call.label} is declared here` }]),
          ],
        });
      }
    }
  },
});

/** A list that is searched for each of other elements is wanted whole. */
function isLookedUp(value: CodeNode, read: CodeNode): boolean {
  const from = value.role === "iterable" && value.parent?.kind === "foreach" ? value.parent : value;
  for (let at = from.parent; at !== undefined; at = at.parent)
    if (REPEATS.has(at.kind) && (at.start > read.start || at.end < read.end)) return true;
  return false;
}

const REPEATS: ReadonlySet<string> = new Set(["for", "foreach", "while", "do", "lambda"]);

interface Use {
  readonly kind: "filters" | "counts";
  readonly filter: string;
  readonly node: CodeNode | undefined;
}

function useOf(model: Model, read: ListRead, value: CodeNode): Use | undefined {
  const entity = read.call.repository.entity === undefined ? undefined : model.persistence.entity(read.call.repository.entity);
  if (value.role === "iterable" && value.parent?.kind === "foreach") return ofLoop(value.parent, entity);
  const call = callOn(value);
  if (call?.text === "size" && !isComparedWithZero(call)) return { kind: "counts", filter: "", node: undefined };
  if (call?.text !== "stream" && call?.text !== "removeIf") return undefined;
  for (let step: CodeNode | undefined = call.text === "stream" ? callOn(call) : call; step !== undefined; step = callOn(step)) {
    if (step.text === "filter" || step.text === "removeIf") {
      const [predicate] = childrenOf(step, "argument");
      const test = predicate === undefined ? undefined : testOf(predicate, entity);
      return test === undefined ? undefined : { kind: "filters", filter: test, node: predicate };
    }
    if (step.text === "count") return { kind: "counts", filter: "", node: undefined };
    if (step.text !== "sorted" && step.text !== "distinct") return undefined;
  }
  return undefined;
}

const isComparedWithZero = (call: CodeNode): boolean =>
  call.parent?.kind === "binary" && call.parent.children.some((other) => other.kind === "literal" && other.text === "0");

/** A loop whose whole body hangs on one test of the element. */
function ofLoop(loop: CodeNode, entity: Entity | undefined): Use | undefined {
  const body = childOf(loop, "body");
  const only = body?.kind === "block" ? (body.children.length === 1 ? body.children[0] : undefined) : body;
  const condition = only?.kind === "if" && childOf(only, "else") === undefined ? childOf(only, "condition") : undefined;
  if (condition === undefined || !readsColumns(condition, loop.text, entity)) return undefined;
  return { kind: "filters", filter: describeTest(condition), node: condition };
}

function testOf(predicate: CodeNode, entity: Entity | undefined): string | undefined {
  if (predicate.kind === "reference")
    return isColumn(predicate.text, entity)
      ? `${childOf(predicate, "receiver")?.text ?? ""}::${predicate.text}`.replace(/^::/, "")
      : undefined;
  const [parameter, ...more] = childrenOf(predicate, "parameter");
  const body = childOf(predicate, "body");
  if (predicate.kind !== "lambda" || parameter === undefined || more.length > 0 || body === undefined || body.kind === "block")
    return undefined;
  return readsColumns(body, parameter.text, entity) ? describeTest(body) : undefined;
}

/** Comparisons that SQL has: of columns of the element with values that do not hang on it. */
function readsColumns(test: CodeNode, element: string, entity: Entity | undefined): boolean {
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
  const isColumnOf = (node: CodeNode): boolean => {
    const on = childOf(node, "receiver");
    return on?.kind === "name" && on.text === element && childrenOf(node, "argument").length === 0 && isColumn(node.text, entity);
  };
  return holds(test) && columns > 0 && !keepsNearlyAll(test) && !asksForKey(test, entity);
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

const mentions = (node: CodeNode, name: string): boolean => nodesOf(node).some((inner) => inner.kind === "name" && inner.text === name);

/** The accessor of a basic attribute: what the code computes itself is no column. */
function isColumn(accessor: string, entity: Entity | undefined): boolean {
  if (entity === undefined) return false;
  return namesOf(accessor).some((name) => attributeOf(entity, name)?.kind === "basic");
}

/** What an accessor may give: itself, as a record's does, or the property of a getter. */
function namesOf(accessor: string): readonly string[] {
  const bare = accessor.replace(/^(?:get|is)(?=\p{Lu})/u, "");
  return [accessor, withoutCapital(bare)];
}

function describeTest(test: CodeNode): string {
  const inner = test.kind === "unary" ? test.children[0] : test;
  if (inner?.kind === "call") return describe(inner);
  const call = nodesOf(test).find((node) => node.kind === "call");
  return call === undefined ? "a test" : describe(call);
}

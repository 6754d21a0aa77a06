import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { describe } from "../../model/calls/iteration/describe.ts";
import { iterationsAround } from "../../model/calls/iteration/iteration.ts";
import type { Iteration } from "../../model/calls/iteration/iterationKinds.ts";
import { heldBy } from "../../model/calls/locals.ts";
import type { Model } from "../../model/model.ts";
import { isUnconditional } from "../../model/persistence/sent/sentQueries.ts";
import { simpleName } from "../../model/types/type.ts";
import { indentAt, insertAt, lineBreakOf, replace } from "../../text/edits.ts";
import { contains } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { importEdits } from "./edits/imports.ts";
import { wholeReadBehind } from "./shared/reads/wholeReads.ts";
import { type Body, bodiesWith, LOOPS, waitsBeside } from "./shared/running/hotPath.ts";
import { onlyCall } from "./shared/running/onlyCall.ts";

export const nestedLinearLookup = defineRule({
  id: "java/nested-linear-lookup",
  title: "A list is searched from its start for every element of another",
  language: "java",
  certainty: "likely",
  cost: "N × M comparisons, N elements and M entries of the list",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/ArrayList.html",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/HashSet.html",
  ],
  messages: { searched: "{{list}} is searched from its start once per element of {{over}}" },

  check({ file, model, report }) {
    const isCalledInLoop = (method: MethodNode): boolean => (onlyCall(model, method)?.site.iterations.length ?? 0) > 0;
    for (const body of bodiesWith(model, file, NAMES, [...LOOPS, "lambda"], isCalledInLoop)) {
      for (const node of body.nodes) {
        const lookup = lookupOf(node, body);
        const round = lookup === undefined ? undefined : roundAround(model, body, node, lookup);
        if (lookup === undefined || round === undefined) continue;
        const { iteration, list, of, call } = round;
        if (isFewByType(model, list, of) || (node.text === "filter" && waitsBeside(model, of, call))) continue;
        report({
          at: node.kind === "foreach" ? { start: node.start, end: (childOf(node, "iterable") ?? node).end } : node,
          message: "searched",
          data: { list: describe(list), over: iteration.over },
          related: [
            { at: { file: file.file, ...iteration.at }, message: `once per element of ${iteration.over}` },
            ...(call === node
              ? []
              : [{ at: { file: file.file, start: call.start, end: call.end }, message: `${call.text} is called here` }]),
          ],
          certainty: isLoaded(model, list, of) ? "likely" : "possible",
          fixes: node.text === "contains" && call === node ? lookUpInSet(body, list, round.loop) : [],
        });
      }
    }
  },
});

const NAMES = ["contains", "indexOf", "findFirst", "findAny", "anyMatch", "filter", "equals"];
const LISTS: ReadonlySet<string> = new Set(["List", "ArrayList", "LinkedList", "CopyOnWriteArrayList"]);

interface Lookup {
  /** The local variable or parameter that holds the list. */
  readonly list: CodeNode;
  /** What compares, where it is not all of it. */
  readonly asks?: CodeNode;
}

interface Round {
  readonly iteration: Iteration;
  readonly loop: CodeNode;
  /** The list, in the body that has the loop. */
  readonly list: CodeNode;
  readonly of: Body;
  /** What the loop runs: the lookup itself, or the call of the private method that makes it. */
  readonly call: CodeNode;
}

/** The loop that looks something up for each of its elements: around the lookup, or around the one call of the private method that it stands in. */
function roundAround(model: Model, body: Body, node: CodeNode, { list, asks = node }: Lookup): Round | undefined {
  const own = loopAround(node, body);
  if (own !== undefined)
    return dependsOnElement(node, asks, own.loop, body) && !changesWithin(own.loop, list, body)
      ? { list, of: body, call: node, ...own }
      : undefined;
  const only = onlyCall(model, body.method);
  if (only === undefined || !isUnconditional(node) || iterationsAround(node, body.typer).iterations.length > 0) return undefined;
  const of = { method: only.caller, ...model.calls.codeOf(only.caller) };
  const call = of.nodes[only.site.order];
  const around = call?.kind === "call" ? loopAround(call, of) : undefined;
  if (call === undefined || around === undefined) return undefined;
  const { parameters } = body.method.declared.method;
  const args = childrenOf(call, "argument");
  const given = (name: CodeNode): CodeNode | undefined =>
    name.kind === "name" && body.typer.declarationOf(name) === undefined
      ? args[parameters.findIndex((parameter) => parameter.name === name.text)]
      : undefined;
  const outside = given(list);
  const found = outside === undefined ? undefined : listOf(outside, of);
  if (found === undefined || changesWithin(body.body, list, body) || changesWithin(around.loop, found.list, of)) return undefined;
  const changes = nodesOf(asks).some((name) => {
    const value = name.text === list.text ? undefined : given(name);
    return value !== undefined && dependsOnElement(call, value, around.loop, of);
  });
  return changes ? { list: found.list, of, call, ...around } : undefined;
}

function loopAround(node: CodeNode, { typer }: Body): Pick<Round, "iteration" | "loop"> | undefined {
  const { iterations, excuses } = iterationsAround(node, typer);
  const [iteration] = iterations;
  if (iteration === undefined || excuses.length > 0) return undefined;
  const loop = [...ancestorsOf(node)].find((around) => around.start === iteration.at.start);
  return loop === undefined ? undefined : { iteration, loop };
}

/**
 * `list.contains(x)`, `list.indexOf(x)`, `list.stream().filter(…equals…).findFirst()` or `.toList()`, `list.stream().anyMatch(…equals…)`,
 * `Iterables.filter(list, …equals…)` of Guava.
 */
function lookupOf(node: CodeNode, body: Body): Lookup | undefined {
  if (node.kind === "foreach") return searchedByLoop(node, body);
  if (node.kind !== "call" || node.text === "equals" || !NAMES.includes(node.text)) return undefined;
  const on = childOf(node, "receiver");
  if (on === undefined) return undefined;
  if (node.text === "contains" || node.text === "indexOf") return childrenOf(node, "argument").length === 1 ? listOf(on, body) : undefined;
  if (on.kind === "name" && GUAVA.test(on.text)) return filteredByGuava(node, body);
  const [filter, held] = /^(?:anyMatch|filter)$/.test(node.text) ? [node, on] : [on, childOf(on, "receiver")];
  const declared = held?.kind === "name" ? body.typer.declarationOf(held) : undefined;
  const stream = declared === undefined ? held : heldBy(body, declared);
  const { parent } = node;
  // Told at what ends it.
  if (node.text === "filter" && parent?.kind === "call" && node.role === "receiver" && /^find(?:First|Any)$/.test(parent.text))
    return undefined;
  if (stream?.kind !== "call" || stream.text !== "stream") return undefined;
  if (filter.kind !== "call" || !/^(filter|anyMatch)$/.test(filter.text) || !comparesEqual(childrenOf(filter, "argument")[0]))
    return undefined;
  const source = childOf(stream, "receiver");
  return source === undefined ? undefined : listOf(source, body);
}

/** `for (Line line : lines) if (line.getOrderId().equals(order.getId())) …`, and nothing else. */
function searchedByLoop(loop: CodeNode, body: Body): Lookup | undefined {
  let [only, ...more] = childrenOf(loop, "body");
  if (only?.kind === "block") [only, ...more] = only.children;
  if (only?.kind !== "if" || more.length > 0 || childOf(only, "else") !== undefined) return undefined;
  let condition = childOf(only, "condition");
  while (condition?.kind === "binary" && condition.text === "&&") condition = childOf(condition, "left");
  if (condition?.kind !== "call" || condition.text !== "equals" || !nodesOf(condition).some((name) => isElement(name, loop, body)))
    return undefined;
  const list = childOf(loop, "iterable");
  const found = list && listOf(list, body);
  return found && { ...found, asks: condition };
}

const isElement = (node: CodeNode, loop: CodeNode, { typer }: Body): boolean => node.kind === "name" && typer.declarationOf(node) === loop;

const GUAVA = /^(?:Collections2|Iterables|Lists|Sets)$/;

function filteredByGuava(node: CodeNode, body: Body): Lookup | undefined {
  const [list, predicate] = childrenOf(node, "argument");
  return node.text === "filter" && list !== undefined && comparesEqual(predicate) ? listOf(list, body) : undefined;
}

function listOf(node: CodeNode, { typer }: Body): Lookup | undefined {
  const declaration = typer.declarationOf(node);
  const type = typer.typeOf(node);
  if (node.kind !== "name" || type === undefined || !LISTS.has(simpleName(type)) || type.dimensions > 0) return undefined;
  // A parameter of the method has no node in its body.
  if (declaration === undefined) {
    const isField = typer.entry.type.fields.some(({ name }) => name === node.text);
    return isField ? undefined : { list: node };
  }
  if (declaration.kind !== "local") return declaration.kind === "parameter" ? { list: node } : undefined;
  return isWritten(childOf(declaration, "value")) ? undefined : { list: node };
}

/** `List.of(a, b)`, `Arrays.asList(wanted)`, `new ArrayList<>() {{ add(a); }}`: what people write is short, and so are their arrays. */
function isWritten(value: CodeNode | undefined): boolean {
  if (value?.kind === "new") return value.children.some(({ role }) => role === "body");
  if (value?.kind !== "call" || !/^(of|asList|emptyList|singletonList)$/.test(value.text)) return false;
  const [first, ...more] = childrenOf(value, "argument");
  return more.length > 0 || first?.kind !== "call";
}

/** A list of an enum's constants has a handful of entries. */
function isFewByType(model: Model, list: CodeNode, { method, typer }: Body): boolean {
  const element = model.types.entryOf(typer.elementOf(typer.typeOf(list)), method.declared.owner.file.file);
  return element?.type.kind === "enum";
}

/** `x -> x.getId().equals(id)`, `x -> x.id() == id`, alone; also as the one method of an anonymous class. */
function comparesEqual(lambda: CodeNode | undefined): boolean {
  const value = lambda?.kind === "lambda" ? childOf(lambda, "body") : lambda?.kind === "new" ? madeValue(lambda) : undefined;
  if (value === undefined) return false;
  return (value.kind === "call" && /^(equals|equalsIgnoreCase)$/.test(value.text)) || (value.kind === "binary" && value.text === "==");
}

/** What `new Predicate<Order>() { public boolean apply(Order order) { return …; } }` gives. */
function madeValue(made: CodeNode): CodeNode | undefined {
  const [method, ...others] = made.children.flatMap((child) => nodesOf(child).filter(({ kind }) => kind === "method"));
  const [only, ...more] = (method === undefined || others.length > 0 ? undefined : childOf(method, "body"))?.children ?? [];
  return only?.kind === "return" && more.length === 0 ? only.children[0] : undefined;
}

/** Whether the list stays and what is looked for changes with the loop: declared outside of it, asked with something of it. */
function dependsOnElement(node: CodeNode, asks: CodeNode, loop: CodeNode, { typer }: Body): boolean {
  return nodesOf(asks).some((inner) => {
    const declared = inner.kind === "name" ? typer.declarationOf(inner) : undefined;
    if (declared === undefined) return false;
    const outsideOfLookup = !contains(node, declared);
    return outsideOfLookup && contains(loop, declared) && inner !== childOf(node, "receiver");
  });
}

/**
 * Whether the list is a whole table, or what a query without conditions leaves of it: any number. What belongs to a key, as the
 * organizations of a user or the settings of an extension, is most often a handful, and so are lists that are not loaded.
 */
function isLoaded(model: Model, list: CodeNode, { method, nodes, typer }: Body): boolean {
  const declared = typer.declarationOf(list);
  if (declared === undefined) return false;
  const isRead = method.sites.some(({ order, work, targets }) => {
    const call = nodes[order];
    if (call === undefined || call.start < declared.start || call.end > declared.end) return false;
    if (childrenOf(call, "argument").length > 0) return false;
    return work?.kind === "read" || targets.some((target) => model.effects.passedOn(target, "read") !== undefined);
  });
  return isRead || wholeReadBehind(model, method, new BodyCode(model.calls, method), list) !== undefined;
}

/** A list made within the loop is another one each time; one that grows within it is asked while it is built. */
function changesWithin(loop: CodeNode, list: CodeNode, { typer }: Body): boolean {
  const declared = typer.declarationOf(list);
  if (declared !== undefined && contains(loop, declared)) return true;
  return nodesOf(loop).some((node) => {
    if (node.kind === "assign") return childOf(node, "target")?.text === list.text;
    return (
      node.kind === "call" &&
      /^(add|addAll|remove|removeIf|removeAll|clear|set|addFirst)$/.test(node.text) &&
      childOf(node, "receiver")?.text === list.text
    );
  });
}

/** `Set<T> xSet = new HashSet<>(x);` before the loop, and every `x.contains(…)` in it asks the set. */
function lookUpInSet(body: Body, list: CodeNode, loop: CodeNode): readonly Fix[] {
  const { method, typer, nodes } = body;
  const element = typer.elementOf(typer.typeOf(list));
  const name = `${list.text.replace(/List$/, "") || "list"}Set`;
  if (loop.kind !== "foreach" || loop.parent?.kind !== "block" || element === undefined || nodes.some(({ text }) => text === name))
    return [];
  if (method.declared.method.parameters.some((parameter) => parameter.name === name) || element.args.length > 0) return [];
  if (mayBeNull(list, body) || isHandedOn(list, loop)) return [];
  const asked = nodesOf(loop)
    .filter((node) => node.kind === "call" && node.text === "contains")
    .flatMap((node) => childOf(node, "receiver") ?? [])
    .filter((on) => on.kind === "name" && on.text === list.text);
  const source = method.declared.owner.file;
  return [
    {
      title: `Look up in a HashSet of ${list.text}`,
      safe: false,
      edits: (sources) => {
        const text = sources.text(source.file);
        if (text === undefined) return undefined;
        const declaration = `Set<${simpleName(element)}> ${name} = new HashSet<>(${list.text});`;
        return [
          {
            kind: "change",
            file: source.file,
            edits: [
              ...importEdits(source, text, ["java.util.HashSet", "java.util.Set"]),
              insertAt(loop.start, `${declaration}${lineBreakOf(text)}${indentAt(text, loop.start)}`),
              ...asked.map((on) => replace(on, name)),
            ],
          },
        ];
      },
    },
  ];
}

/** A list that is compared with null may be: a copy of it would fail. */
function mayBeNull(list: CodeNode, { nodes }: Body): boolean {
  return nodes.some(
    (node) =>
      node.kind === "binary" &&
      /^[!=]=$/.test(node.text) &&
      node.children.some((child) => child.kind === "name" && child.text === list.text) &&
      node.children.some((child) => child.kind === "literal" && child.type === "null"),
  );
}

/** Whoever is handed the list within the loop may add to it, and the copy would not know. */
function isHandedOn(list: CodeNode, loop: CodeNode): boolean {
  return nodesOf(loop).some((node) => node.kind === "name" && node.text === list.text && node.role === "argument");
}

import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { heldBy } from "../../calls/locals.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import { simpleName } from "../../types/type.ts";
import type { Entity } from "../mapping/entity.ts";
import type { ColumnTest, ColumnTestKind } from "../scans/query.ts";
import type { ColumnRef, ScanBuilder, Source } from "../scans/scanBuilder.ts";
import type { QueryContent } from "./builtQueries.ts";

/** Calls of JpaSpecificationExecutor. */
export const TAKES_SPECIFICATION = /\.(?:findAll|findOne|count|exists)$/;

/** A specification may come from a method that gets it from another one. */
const DEEPEST = 4;

/** What a call asks for that is given a specification, but for what the specification says; undefined for other calls. */
export function specifiedContent(calls: CallGraph, method: MethodNode, call: CodeNode, entity: Entity): SpecifiedContent | undefined {
  const [given, more] = childrenOf(call, "argument");
  const { typer } = calls.codeOf(method);
  if (given === undefined || !isSpecification(given, typer)) return undefined;
  const paged = more === undefined ? undefined : typer.typeOf(more);
  const isPage = paged !== undefined && /^(?:Pageable|PageRequest)$/.test(simpleName(paged));
  return {
    kind: call.text === "count" ? "count" : call.text === "exists" ? "exists" : "find",
    source: "built",
    entity: entity.qualified,
    aggregates: call.text === "count",
    limit: call.text === "exists" ? 1 : isPage ? "page" : "none",
    dynamicSort: more !== undefined,
    returns: call.text === "findAll" ? (isPage ? "page" : "list") : call.text === "findOne" ? "optional" : "scalar",
  };
}

type SpecifiedContent = Omit<QueryContent, "scans" | "remarks" | "understood">;

/**
 * The query of `owners.findAll(livesIn(town).and((root, query, cb) -> cb.equal(root.get("name"), name)), page)`, as much of it as is read
 * where its text is not known.
 */
export function specifiedQuery(
  calls: CallGraph,
  method: MethodNode,
  call: CodeNode,
  builder: ScanBuilder,
  entity: Entity,
  content: SpecifiedContent,
): QueryContent {
  const reader = new SpecificationReader(calls, builder, builder.openEntity(entity));
  const understood = reader.must(childrenOf(call, "argument")[0] as CodeNode, method, 0);
  return { scans: builder.done(), remarks: [], understood, ...content };
}

function isSpecification(node: CodeNode, typer: Typer): boolean {
  if (node.kind === "lambda") return childrenOf(node, "parameter").length === 3;
  const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
  if (on !== undefined && (isStatic(on) || (/^(?:and|or)$/.test(node.text) && isSpecification(on, typer)))) return true;
  const type = typer.typeOf(node);
  return type !== undefined && /Specification$/.test(simpleName(type));
}

/** The class itself: `Specification.where(…)`. */
const isStatic = ({ kind, text }: CodeNode): boolean => kind === "name" && /^Specifications?$/.test(text);

/** The lambda of a specification: its root and its builder, by their names. */
interface Frame {
  readonly root: string;
  readonly criteria: string;
}

interface Operand {
  readonly refs: readonly ColumnRef[];
  readonly folded: ColumnTest["folded"];
}

class SpecificationReader {
  readonly #calls: CallGraph;
  readonly #builder: ScanBuilder;
  readonly #source: Source;

  constructor(calls: CallGraph, builder: ScanBuilder, source: Source) {
    this.#calls = calls;
    this.#builder = builder;
    this.#source = source;
  }

  /** Enters what a specification demands; whether all of it is understood. */
  must(node: CodeNode, method: MethodNode, depth: number): boolean {
    if (depth > DEEPEST) return false;
    switch (node.kind) {
      case "literal":
        return node.type === "null";
      case "cast": {
        const value = childOf(node, "value");
        return value !== undefined && this.must(value, method, depth);
      }
      case "name": {
        const code = this.#calls.codeOf(method);
        const local = code.typer.declarationOf(node);
        const value = local === undefined ? undefined : heldBy(code, local);
        return value !== undefined && this.must(value, method, depth + 1);
      }
      case "lambda":
        return this.#lambda(node);
      case "call":
        return this.#call(node, method, depth);
      default:
        return false;
    }
  }

  #call(node: CodeNode, method: MethodNode, depth: number): boolean {
    const on = childOf(node, "receiver");
    const args = childrenOf(node, "argument");
    if (on !== undefined && isStatic(on))
      return /^(?:where|allOf)$/.test(node.text) ? all(args, (arg) => this.must(arg, method, depth)) : node.text === "unrestricted";
    if (on !== undefined && node.text === "and") return all([on, ...args], (part) => this.must(part, method, depth));
    const { nodes } = this.#calls.codeOf(method);
    const site = method.sites.find(({ order }) => nodes[order] === node);
    const [target, ...overloads] = site?.targets ?? [];
    const called = target === undefined || overloads.length > 0 ? undefined : this.#calls.method(target);
    if (called === undefined || called.declared.method.body < 0 || this.#calls.overridesOf(called.key).size > 0) return false;
    this.#calls.noteBody(called);
    const value = onlyValue(this.#calls.codeOf(called).body);
    return value !== undefined && this.must(value, called, depth + 1);
  }

  #lambda(lambda: CodeNode): boolean {
    const [root, , criteria] = childrenOf(lambda, "parameter");
    const body = childOf(lambda, "body");
    const value = body?.kind === "block" ? onlyValue(body) : body;
    if (root === undefined || criteria === undefined || value === undefined) return false;
    return this.#predicate(value, { root: root.text, criteria: criteria.text }, undefined);
  }

  /** `weak` under OR and NOT, where no single index answers. */
  #predicate(node: CodeNode, frame: Frame, weak: "either" | undefined): boolean {
    if (node.kind !== "call") return node.kind === "literal" && node.type === "null";
    const on = childOf(node, "receiver");
    const args = childrenOf(node, "argument");
    if (on?.kind !== "name" || on.text !== frame.criteria) {
      const path = on === undefined ? NO_OPERAND : this.#operand(on, frame);
      const test = ON_PATHS[node.text];
      return path.refs.length > 0 && test !== undefined && this.#enter(path, args, weak ?? test, frame);
    }
    if (node.text === "and") return all(args, (part) => this.#predicate(part, frame, weak));
    if (node.text === "or" || node.text === "not") return all(args, (part) => this.#predicate(part, frame, "either"));
    if (node.text === "conjunction") return true;
    const [left, ...others] = args;
    const test = node.text === "like" ? patternOf(others[0]) : ON_BUILDER[node.text];
    return left !== undefined && test !== undefined && this.#enter(this.#operand(left, frame), others, weak ?? test, frame);
  }

  #enter({ refs, folded }: Operand, others: readonly CodeNode[], test: ColumnTestKind, frame: Frame): boolean {
    if (refs.length === 0) return false;
    const compared = others.flatMap((other) => this.#operand(other, frame).refs);
    if (compared.length > 0) for (const ref of [...refs, ...compared]) this.#builder.add(ref, "other");
    else for (const ref of refs) this.#builder.add(ref, test, others.length > 0 && others.every(isConstant), folded);
    return true;
  }

  /** `root.get("town").get(Town_.name)`, `cb.lower(root.get("name"))`. */
  #operand(node: CodeNode, frame: Frame): Operand {
    const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
    const [only] = childrenOf(node, "argument");
    if (on?.kind === "name" && on.text === frame.criteria && (node.text === "lower" || node.text === "upper") && only !== undefined)
      return { refs: this.#operand(only, frame).refs, folded: node.text };
    if (node.kind === "call" && node.text === "as" && on !== undefined) return this.#operand(on, frame);
    const path = pathOf(node, frame.root);
    return path === undefined || path.length === 0 ? NO_OPERAND : { refs: this.#builder.columns(this.#source, path), folded: undefined };
  }
}

const NO_OPERAND: Operand = { refs: [], folded: undefined };

/** The attributes from the root on; undefined for what is no path of it. */
function pathOf(node: CodeNode, root: string): readonly string[] | undefined {
  if (node.kind === "name") return node.text === root ? [] : undefined;
  const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
  const [only, ...more] = childrenOf(node, "argument");
  if (on === undefined || only === undefined || (node.text !== "get" && node.text !== "join") || (more.length > 0 && node.text === "get"))
    return undefined;
  const before = pathOf(on, root);
  const name = attributeNamed(only);
  return before === undefined || name === undefined ? undefined : [...before, name];
}

/** `"town"`, `Owner_.town`, and the constant of the generated class, `Owner_.HOME_TOWN`. */
export function attributeNamed(node: CodeNode): string | undefined {
  if (node.kind === "literal") return node.type === "String" && /^\w+$/.test(node.text) ? node.text : undefined;
  const owner = node.kind === "field" ? childOf(node, "receiver") : undefined;
  if (owner === undefined || !owner.text.endsWith("_")) return undefined;
  return /^[\p{Lu}\d_]+$/u.test(node.text)
    ? node.text.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    : node.text;
}

/** What a body gives back that does nothing else. */
function onlyValue(body: CodeNode): CodeNode | undefined {
  const [only, ...more] = body.kind === "block" || body.kind === "method" ? body.children : [body];
  return more.length === 0 && only?.kind === "return" ? only.children[0] : undefined;
}

function patternOf(pattern: CodeNode | undefined): ColumnTestKind {
  let first = pattern;
  while (first?.kind === "binary") first = first.children[0];
  if (first?.kind !== "literal") return "like";
  return first.text.startsWith("%") || first.text.startsWith("_") ? "contains" : "prefix";
}

const ON_PATHS: Readonly<Record<string, ColumnTestKind>> = { in: "in", isNull: "null", isNotNull: "notNull", equalTo: "equals" };
const ON_BUILDER: Readonly<Record<string, ColumnTestKind>> = {
  equal: "equals",
  notEqual: "not",
  isTrue: "equals",
  isFalse: "equals",
  isNull: "null",
  isNotNull: "notNull",
  in: "in",
  notLike: "not",
  between: "range",
  gt: "range",
  ge: "range",
  lt: "range",
  le: "range",
  greaterThan: "range",
  greaterThanOrEqualTo: "range",
  lessThan: "range",
  lessThanOrEqualTo: "range",
};

/** Every part is looked at, also behind one that is not understood. */
const all = (parts: readonly CodeNode[], look: (part: CodeNode) => boolean): boolean => parts.map(look).every((understood) => understood);

const isConstant = ({ kind, text }: CodeNode): boolean => kind === "literal" || (kind === "field" && /^[\p{Lu}\d_]+$/u.test(text));

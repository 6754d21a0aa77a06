import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../calls/callGraph.ts";
import { heldBy } from "../../calls/locals.ts";
import { methodKey } from "../../calls/methodKey.ts";
import { constantOf } from "../../types/constants.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { attributeNamed } from "./specifications.ts";

/** A specification may come from a method that gets it from another one. */
const DEEPEST = 5;

/** What code says of a query by the criteria API. */
export interface CriteriaRead {
  /** The attribute paths that are fetched: "owner", "pets.type". */
  readonly fetched: readonly string[];
  /** The attributes of the root that are compared for equality, whatever the conditions of the code. */
  readonly equal: readonly string[];
  /** Texts of JPQL stand there, too: what belongs to the query is not known. */
  readonly mixed: boolean;
  /** A path that is fetched is not known where it is read: the caller names it. */
  readonly open: boolean;
  /** The texts that stand there and may name attributes. */
  readonly named: readonly string[];
}

/**
 * What the code of an expression, and what it may run, fetches and compares: `root.fetch("owner")`, `cb.equal(root.get("owner"), owner)`.
 * Of fetches no conditions count: a path that is fetched now and then is none that is left out.
 */
export function criteriaRead(types: TypeIndex, calls: CallGraph, method: MethodNode, from: CodeNode): CriteriaRead {
  const reader = new CriteriaReader(types, calls);
  reader.visit(method, from, 0);
  return {
    fetched: [...reader.paths].sort(),
    equal: [...reader.equal].sort(),
    mixed: reader.mixed,
    open: reader.open,
    named: [...reader.named],
  };
}

/** Texts of queries: what they compare and fetch is not read here. */
const QUERIES = /\bjoin\s+fetch\b|^\s*(?:select\s.*\sfrom|from)\s+\w/is;

const isConstantName = ({ kind, text }: CodeNode): boolean => (kind === "name" || kind === "field") && /^[\p{Lu}\d_]+$/u.test(text);

/** The attribute, or the path of some, that a literal, a constant or a field of a generated class names. */
export function textOf(types: TypeIndex, { declared: { owner } }: MethodNode, node: CodeNode): string | undefined {
  if (node.kind !== "literal" && node.kind !== "field" && !isConstantName(node)) return undefined;
  const text = attributeNamed(node) ?? constantOf(node, { file: owner.file, type: owner.type }, types);
  return text !== undefined && /^[\w.]+$/.test(text) ? text : undefined;
}

class CriteriaReader {
  readonly paths = new Set<string>();
  readonly equal = new Set<string>();
  readonly named = new Set<string>();
  mixed = false;
  open = false;
  readonly #types: TypeIndex;
  readonly #calls: CallGraph;
  readonly #seen = new Set<CodeNode | string>();
  /** Whether what is visited runs in any case. */
  #always = true;

  constructor(types: TypeIndex, calls: CallGraph) {
    this.#types = types;
    this.#calls = calls;
  }

  visit(method: MethodNode, from: CodeNode, depth: number): void {
    const code = this.#calls.codeOf(method);
    for (const node of nodesOf(from)) {
      if (this.#seen.has(node)) continue;
      this.#seen.add(node);
      const before = this.#always;
      this.#always &&= !/^(?:name|new|call)$/.test(node.kind) || !isConditional(node);
      if (node.kind === "literal" || isConstantName(node)) {
        this.mixed ||= QUERIES.test(this.#textOf(method, node));
        const named = textOf(this.#types, method, node);
        if (named !== undefined) this.named.add(named);
      } else if (node.kind === "name") this.#held(method, code, node, depth);
      else if (node.kind === "new" && depth < DEEPEST) this.#made(node, code, depth);
      else if (node.kind === "call") {
        if (node.text === "fetch" && childOf(node, "receiver") !== undefined) this.#fetch(method, code, node);
        if (node.text === "equal" && this.#always) for (const side of childrenOf(node, "argument")) this.#compared(method, side);
        if (depth < DEEPEST) this.#called(method, code, node, depth);
      }
      this.#always = before;
    }
  }

  #fetch(method: MethodNode, code: MethodCode, call: CodeNode): void {
    const path = this.#pathOf(method, code, call);
    if (path === undefined) this.open ||= childrenOf(call, "argument").length > 0;
    else if (path !== "") this.paths.add(path);
  }

  #textOf({ declared: { owner } }: MethodNode, node: CodeNode): string {
    return constantOf(node, { file: owner.file, type: owner.type }, this.#types) ?? "";
  }

  /** "owner" of `root.get("owner").get("id")`. */
  #compared(method: MethodNode, side: CodeNode): void {
    for (let at: CodeNode | undefined = side; at?.kind === "call"; at = childOf(at, "receiver")) {
      const on = childOf(at, "receiver");
      if (on?.kind !== "name" || (at.text !== "get" && at.text !== "join")) continue;
      const name = this.#nameOf(method, childrenOf(at, "argument")[0]);
      if (name !== undefined) this.equal.add(name);
    }
  }

  #nameOf({ declared: { owner } }: MethodNode, node: CodeNode | undefined): string | undefined {
    return node && (attributeNamed(node) ?? constantOf(node, { file: owner.file, type: owner.type }, this.#types));
  }

  /** "lines.product" of `root.fetch("lines").fetch("product")`, also over a local variable. */
  #pathOf(method: MethodNode, code: MethodCode, node: CodeNode): string | undefined {
    if (node.kind === "cast") {
      const value = childOf(node, "value");
      return value === undefined ? "" : this.#pathOf(method, code, value);
    }
    if (node.kind === "name") {
      const local = code.typer.declarationOf(node);
      const value = local === undefined ? undefined : heldBy(code, local);
      return value === undefined ? "" : this.#pathOf(method, code, value);
    }
    if (node.kind !== "call" || node.text !== "fetch") return "";
    const [only] = childrenOf(node, "argument");
    const on = childOf(node, "receiver");
    const name = this.#nameOf(method, only);
    if (name === undefined || on === undefined) return undefined;
    const before = this.#pathOf(method, code, on);
    return before === undefined ? undefined : before === "" ? name : `${before}.${name}`;
  }

  /** A local variable: whatever it is set to. */
  #held(method: MethodNode, code: MethodCode, name: CodeNode, depth: number): void {
    const local = code.typer.declarationOf(name);
    if (local?.kind !== "local" || this.#seen.has(local)) return;
    this.#seen.add(local);
    const value = childOf(local, "value");
    if (value !== undefined) this.visit(method, value, depth);
    for (const node of code.nodes) {
      if (node.kind !== "assign") continue;
      const target = childOf(node, "target");
      const set = childOf(node, "value");
      if (target?.kind === "name" && target.text === local.text && set !== undefined) this.visit(method, set, depth);
    }
  }

  #called(method: MethodNode, { nodes }: MethodCode, call: CodeNode, depth: number): void {
    const site = method.sites.find(({ order }) => nodes[order] === call);
    for (const target of site?.targets ?? []) {
      this.#body(target, depth);
      for (const key of this.#calls.overridesOf(target)) this.#body(key, depth);
    }
  }

  /** `new OwnerSpecification(name)`: its `toPredicate` runs, and its constructor. */
  #made(node: CodeNode, { typer }: MethodCode, depth: number): void {
    const type = typer.resolve(node.type.replace(/<.*$/, ""));
    const owner = type === undefined ? undefined : this.#types.entryOf(type, typer.entry.file.file);
    if (owner === undefined) return;
    for (const method of owner.type.methods)
      if (method.kind === "constructor" || method.name === "toPredicate") this.#body(methodKey({ owner, method }), depth);
  }

  #body(key: string, depth: number): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const called = this.#calls.method(key);
    if (called === undefined || called.declared.method.body < 0) return;
    this.#calls.noteBody(called);
    this.visit(called, this.#calls.codeOf(called).body, depth + 1);
  }
}

/** Code that some calls leave out, and conditions that others stand beside: `if (town != null)`, `cb.or(…)`. */
function isConditional(node: CodeNode): boolean {
  let inner = node;
  for (let around = node.parent; around !== undefined; inner = around, around = around.parent) {
    if (/^(?:if|conditional|case|catch)$/.test(around.kind) && inner.role !== "condition") return true;
    if (around.kind === "call" && /^(?:or|not|anyOf)$/.test(around.text) && inner.role === "argument") return true;
    const before = around.kind === "block" || around.kind === "method" ? around.children.slice(0, around.children.indexOf(inner)) : [];
    if (before.some((statement) => statement.kind === "if" && nodesOf(statement).some(({ kind }) => kind === "return"))) return true;
  }
  return false;
}

import { type CodeNode, childOf, childrenOf, unpackNodes } from "../../../../facts/java/code.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../../calls/callGraph.ts";
import { methodKey } from "../../../calls/callSites.ts";
import { Typer } from "../../../calls/typing/typer.ts";
import { constantOf } from "../../../types/constants.ts";
import { simpleName } from "../../../types/type.ts";
import type { TypeIndex } from "../../../types/typeIndex.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import { formatted } from "./format.ts";
import type { Expressions, Frame } from "./frame.ts";
import { choice, EMPTY, type Pieces, textPieces, UNKNOWN, wholeText } from "./pieces.ts";
import { isBuilder, TextFlow } from "./textFlow.ts";

/** A text may come from a method that gets parts of it from another one. */
const DEEPEST = 5;

/** Reads the texts that code puts together, without running it. Bodies of other files that are read are noted. */
export class TextReader implements Expressions {
  readonly #types: TypeIndex;
  readonly #calls: CallGraph;
  readonly #flow = new TextFlow(this);

  constructor(types: TypeIndex, calls: CallGraph) {
    this.#types = types;
    this.#calls = calls;
  }

  /** A body of which nothing is known but what it says itself. */
  frameOf({ declared: { owner, method } }: MethodNode, code: MethodCode): Frame {
    const parameters = new Map(method.parameters.map(({ name }) => [name, { pieces: UNKNOWN, name }]));
    return { entry: owner, code, parameters, depth: 0, known: new Map() };
  }

  /** The body of the method of the workspace that a call runs, where nothing overrides it. */
  enter(call: CodeNode, frame: Frame): Frame | undefined {
    const [declared, ...overloads] = frame.code.typer.calleeOf(call).declared;
    const called = declared === undefined || overloads.length > 0 ? undefined : this.#calls.method(methodKey(declared));
    if (declared === undefined || called === undefined || frame.depth >= DEEPEST) return undefined;
    const { owner, method } = declared;
    const args = childrenOf(call, "argument");
    if (method.body < 0 || args.length !== method.parameters.length || this.#calls.overridesOf(called.key).size > 0) return undefined;
    this.#calls.methodsIn(owner.file.file);
    const parameters = new Map(
      method.parameters.map(({ name }, i) => {
        const arg = args[i] as CodeNode;
        const asked = conditionOf(arg, (one) => this.#nameOfValue(one, frame));
        return [name, { pieces: this.pieces(arg, frame), name: asked?.kind === "question" ? asked.id : undefined }];
      }),
    );
    return { entry: owner, code: this.#calls.codeOf(called), parameters, depth: frame.depth + 1, known: new Map() };
  }

  pieces(node: CodeNode, frame: Frame): Pieces {
    switch (node.kind) {
      case "literal":
        return node.type === "null" ? UNKNOWN : this.#constant(node, frame);
      case "name":
        return this.#named(node, frame);
      case "field":
        return this.#field(node, frame);
      case "binary":
        return this.#binary(node, frame);
      case "conditional": {
        const [then, otherwise] = [childOf(node, "then"), childOf(node, "else")].map((part) => (part ? this.pieces(part, frame) : UNKNOWN));
        return choice(this.condition(childOf(node, "condition"), frame), then ?? UNKNOWN, otherwise ?? UNKNOWN);
      }
      case "cast":
      case "assign": {
        const value = childOf(node, "value");
        return value === undefined || (node.kind === "assign" && node.text !== "=") ? UNKNOWN : this.pieces(value, frame);
      }
      case "new": {
        const [first] = childrenOf(node, "argument");
        if (!isBuilder(node.type)) return UNKNOWN;
        return first === undefined || isNumber(first, frame) ? EMPTY : this.pieces(first, frame);
      }
      case "call":
        return this.#call(node, frame);
      default:
        return this.#unknown(node, frame);
    }
  }

  condition(node: CodeNode | undefined, frame: Frame): Condition | undefined {
    return node && conditionOf(node, (name) => this.#nameOfValue(name, frame));
  }

  #nameOfValue(name: CodeNode, { code, entry, parameters }: Frame): string | undefined {
    const local = code.typer.declarationOf(name);
    if (local !== undefined) return this.#flow.changes(local, code) ? undefined : `${entry.type.qualified}@${local.start}`;
    const given = parameters.get(name.text);
    if (given !== undefined) return given.name;
    const isAssigned = code.nodes.some((node) => node.kind === "name" && node.text === name.text && node.role === "target");
    return isAssigned ? undefined : name.text;
  }

  #constant(node: CodeNode, { entry }: Frame): Pieces {
    const text = constantOf(node, { file: entry.file, type: entry.type }, this.#types);
    return text === undefined ? UNKNOWN : textPieces(text);
  }

  /** A number stands for a value; of anything else a text is unknown. */
  #unknown(node: CodeNode, frame: Frame): Pieces {
    return isNumber(node, frame) ? NUMBER : UNKNOWN;
  }

  #named(node: CodeNode, frame: Frame): Pieces {
    const local = frame.code.typer.declarationOf(node);
    if (local !== undefined)
      return local.kind === "local" ? this.#orNumber(this.#flow.at(local, node, frame), node, frame) : this.#unknown(node, frame);
    const given = frame.parameters.get(node.text);
    if (given !== undefined) return this.#orNumber(given.pieces, node, frame);
    return this.#field(node, frame);
  }

  #orNumber(pieces: Pieces, node: CodeNode, frame: Frame): Pieces {
    return pieces === UNKNOWN ? this.#unknown(node, frame) : pieces;
  }

  /** A constant, or a field that only its initializer or the only constructor sets. */
  #field(node: CodeNode, frame: Frame): Pieces {
    const constant = this.#constant(node, frame);
    if (constant !== UNKNOWN) return constant;
    const on = node.kind === "field" ? childOf(node, "receiver") : undefined;
    const type = on === undefined || on.kind === "this" ? undefined : frame.code.typer.typeOf(on);
    const owner = on === undefined || on.kind === "this" ? frame.entry : type && this.#types.entryOf(type, frame.entry.file.file);
    const found = owner && this.#types.fieldOf(owner, node.text);
    if (found === undefined || frame.depth >= DEEPEST || !found.field.modifiers.includes("final")) return this.#unknown(node, frame);
    const { owner: holder, field } = found;
    if (field.initializer >= 0) {
      const nodes = unpackNodes(holder.file.java.code, field.initializer);
      const body = nodes[0] as CodeNode;
      const code = { body, nodes, typer: new Typer(this.#types, holder, undefined, nodes) };
      return this.pieces(body, { entry: holder, code, parameters: new Map(), depth: frame.depth + 1, known: new Map() });
    }
    const [only, ...more] = holder.type.methods.filter(({ kind }) => kind !== "method");
    const set = only === undefined || more.length > 0 ? undefined : this.#calls.method(methodKey({ owner: holder, method: only }));
    if (set === undefined) return this.#unknown(node, frame);
    this.#calls.methodsIn(holder.file.file);
    const code = this.#calls.codeOf(set);
    const targets = code.nodes.filter(
      (one) => one.role === "target" && one.text === field.name && code.typer.declarationOf(one) === undefined,
    );
    const [assigned, again] = targets.map(({ parent }) => parent);
    const value =
      assigned?.kind === "assign" && again === undefined && assigned.parent === code.body ? childOf(assigned, "value") : undefined;
    return value === undefined
      ? this.#unknown(node, frame)
      : this.pieces(value, { entry: holder, code, parameters: new Map(), depth: frame.depth + 1, known: new Map() });
  }

  #binary(node: CodeNode, frame: Frame): Pieces {
    if (node.text !== "+") return this.#constant(node, frame);
    const parts = operandsOf(node);
    return parts.every((part) => isNumber(part, frame)) ? NUMBER : parts.flatMap((part) => this.pieces(part, frame));
  }

  #call(node: CodeNode, frame: Frame): Pieces {
    const on = childOf(node, "receiver");
    const args = childrenOf(node, "argument");
    if (frame.code.typer.calleeOf(node).declared.length > 0) {
      const inner = this.enter(node, frame);
      return this.#orNumber(inner === undefined ? UNKNOWN : this.#flow.result(inner), node, frame);
    }
    const [first] = args;
    switch (node.text) {
      case "toString":
      case "trim":
      case "strip":
      case "stripIndent":
      case "intern":
        return on !== undefined && args.length === 0 ? this.pieces(on, frame) : UNKNOWN;
      case "append":
      case "concat":
        return on !== undefined && first !== undefined && args.length === 1
          ? [...this.pieces(on, frame), ...this.pieces(first, frame)]
          : UNKNOWN;
      case "valueOf":
        return on?.text === "String" && first !== undefined ? this.pieces(first, frame) : this.#unknown(node, frame);
      case "format":
        return on?.text === "String" && first !== undefined ? this.#formatted(first, args.slice(1), frame) : UNKNOWN;
      case "formatted":
        return on === undefined ? UNKNOWN : this.#formatted(on, args, frame);
      case "join":
        return on?.text === "String" && first !== undefined && args.length > 2 ? this.#joined(first, args.slice(1), frame) : UNKNOWN;
      case "replace":
        return on !== undefined && args.length === 2 ? this.#replaced(on, args, frame) : UNKNOWN;
      default:
        return this.#unknown(node, frame);
    }
  }

  #formatted(format: CodeNode, args: readonly CodeNode[], frame: Frame): Pieces {
    const text = wholeText(this.pieces(format, frame));
    return text === undefined
      ? UNKNOWN
      : (formatted(
          text,
          args.map((arg) => this.pieces(arg, frame)),
        ) ?? UNKNOWN);
  }

  #joined(separator: CodeNode, parts: readonly CodeNode[], frame: Frame): Pieces {
    const between = this.pieces(separator, frame);
    return parts.flatMap((part, i) => (i === 0 ? this.pieces(part, frame) : [...between, ...this.pieces(part, frame)]));
  }

  #replaced(on: CodeNode, args: readonly CodeNode[], frame: Frame): Pieces {
    const [text, from, to] = [on, ...args].map((part) => wholeText(this.pieces(part, frame)));
    return text === undefined || from === undefined || to === undefined ? UNKNOWN : textPieces(text.replaceAll(from, () => to));
  }
}

export const NUMBER: Pieces = [{ kind: "number" }];

/** `a`, `b` and `c` of `a + b + c`. */
function operandsOf(sum: CodeNode): readonly CodeNode[] {
  const [left, right] = sum.children;
  const first = left?.kind === "binary" && left.text === "+" ? operandsOf(left) : left === undefined ? [] : [left];
  return right === undefined ? first : [...first, right];
}

const isNumber = (node: CodeNode, frame: Frame): boolean => {
  if (node.kind === "binary") return node.text !== "+" || node.children.every((child) => isNumber(child, frame));
  const type = frame.code.typer.typeOf(node);
  return type !== undefined && type.dimensions === 0 && /^(?:int|long|short|Integer|Long|Short|BigInteger)$/.test(simpleName(type));
};

import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { CallGraph } from "../../../calls/callGraph.ts";
import { constantOf } from "../../../types/constants.ts";
import { simpleName } from "../../../types/type.ts";
import type { TypeIndex } from "../../../types/typeIndex.ts";
import { BodyReader } from "./bodyReader.ts";
import { formatted } from "./format.ts";
import type { Frame } from "./frame.ts";
import { choice, EMPTY, type Pieces, textPieces, UNKNOWN, wholeText } from "./pieces.ts";
import { isBuilder, TEXT_BUILDERS } from "./textFlow.ts";

/** Reads the texts that code puts together. */
export class TextReader extends BodyReader {
  constructor(types: TypeIndex, calls: CallGraph) {
    super(types, calls, TEXT_BUILDERS);
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

  #constant(node: CodeNode, { entry }: Frame): Pieces {
    const text = constantOf(node, { file: entry.file, type: entry.type }, this.types);
    return text === undefined ? UNKNOWN : textPieces(text);
  }

  /** A number stands for a value; of anything else a text is unknown. */
  #unknown(node: CodeNode, frame: Frame): Pieces {
    return isNumber(node, frame) ? NUMBER : UNKNOWN;
  }

  #named(node: CodeNode, frame: Frame): Pieces {
    const local = frame.code.typer.declarationOf(node);
    if (local !== undefined)
      return local.kind === "local" ? this.#orNumber(this.flow.at(local, node, frame), node, frame) : this.#unknown(node, frame);
    const given = this.given(node, frame);
    if (given !== undefined) return this.#orNumber(given, node, frame);
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
    const owner = on === undefined || on.kind === "this" ? frame.entry : type && this.types.entryOf(type, frame.entry.file.file);
    const found = owner && this.types.fieldOf(owner, node.text);
    return (found && this.held(found, frame)) ?? this.#unknown(node, frame);
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
      return this.#orNumber(inner === undefined ? UNKNOWN : this.flow.result(inner), node, frame);
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
      case "getName":
      case "getCanonicalName":
      case "getSimpleName":
        return on !== undefined && args.length === 0 ? this.#nameOf(on, node.text, frame) : UNKNOWN;
      case "replace":
        return on !== undefined && args.length === 2 ? this.#replaced(on, args, frame) : UNKNOWN;
      default:
        return this.#unknown(node, frame);
    }
  }

  /**
   * `Order.class.getName()`, which a query that makes objects of the class names, and `entityClass.getSimpleName()` where the class that
   * runs the body says which entity `Class<T>` is of.
   */
  #nameOf(on: CodeNode, call: string, { entry, code: { typer } }: Frame): Pieces {
    const type = on.kind === "class" ? undefined : typer.typeOf(on);
    const [of] = type !== undefined && simpleName(type) === "Class" ? type.args : [];
    const name = on.kind === "class" ? this.types.resolveName(on.type, entry) : typer.isEntity(of) ? of?.name : undefined;
    if (name === undefined) return UNKNOWN;
    return textPieces(call === "getSimpleName" ? name.slice(name.lastIndexOf(".") + 1) : name);
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

const NUMBER: Pieces = [{ kind: "number" }];

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

import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { CallGraph } from "../../../calls/callGraph.ts";
import { simpleName, type Type } from "../../../types/type.ts";
import type { TypeIndex } from "../../../types/typeIndex.ts";
import type { Frame } from "../texts/frame.ts";
import { choice, EMPTY, type Pieces } from "../texts/pieces.ts";
import { BuiltReader, first, hasUnknown, isPlainValue } from "./builtReader.ts";
import { STEP } from "./builtTree.ts";
import { isWrapper, WRAPPERS } from "./wrapperForms.ts";

const ROOT = first("root", "wrapper");

/** Reads the conditions of MyBatis-Plus, which calls put on a wrapper, as texts of the notation of `builtTree`. */
export class WrapperReader extends BuiltReader {
  constructor(types: TypeIndex, calls: CallGraph) {
    super(types, calls, WRAPPERS);
  }

  /** The conditions that a call is given; without a wrapper there are none. */
  conditions(wrapper: CodeNode | undefined, frame: Frame): Pieces {
    return wrapper === undefined || (wrapper.kind === "literal" && wrapper.type === "null") ? ROOT : this.pieces(wrapper, frame);
  }

  override pieces(node: CodeNode, frame: Frame): Pieces {
    // A column: `Order::getStatus`.
    if (node.kind === "reference") return first("code", `::${node.text}`);
    if (node.kind === "lambda") return this.#inner(node, frame);
    return super.pieces(node, frame);
  }

  protected override isPart(type: Type | undefined): boolean {
    return type !== undefined && (isWrapper(simpleName(type)) || simpleName(type) === "SFunction");
  }

  protected override named(node: CodeNode, frame: Frame): Pieces {
    const declared = frame.code.typer.declarationOf(node);
    const bound = declared === undefined ? undefined : frame.bound?.get(declared);
    return bound ?? super.named(node, frame);
  }

  protected override made(node: CodeNode, frame: Frame): Pieces {
    const type = node.type.replace(/<.*$/s, "");
    if (!isWrapper(type)) return super.made(node, frame);
    return hasClassesOnly(childrenOf(node, "argument")) ? ROOT : this.notKnown(node);
  }

  protected override call(node: CodeNode, frame: Frame): Pieces {
    const on = childOf(node, "receiver");
    const args = childrenOf(node, "argument");
    const type = frame.code.typer.typeOf(node);
    if (
      BEGINS.test(node.text) &&
      hasClassesOnly(args) &&
      (on?.text === "Wrappers" || (type !== undefined && /ChainWrapper$/.test(type.name)))
    )
      return ROOT;
    const inner = on === undefined ? undefined : this.pieces(on, frame);
    if (inner === undefined || isPlainValue(inner) || hasUnknown(inner)) return super.call(node, frame);
    return node.text === "lambda" ? inner : [...inner, ...this.#condition(node, args, frame)];
  }

  /** One step on a wrapper: what stands first may say whether it is one at all. */
  #condition(node: CodeNode, args: readonly CodeNode[], frame: Frame): Pieces {
    const [asked] = args;
    const isAsked = asked !== undefined && !isColumn(asked, frame);
    const given = isAsked ? args.slice(1) : args;
    const name = node.text.replace(/IfPresent$/, "");
    const step: Pieces[number][] = [{ kind: "text", text: STEP.call(name) }];
    for (const [i, arg] of given.entries()) {
      if (i > 0) step.push({ kind: "text", text: STEP.between });
      step.push(...this.pieces(arg, frame));
    }
    step.push({ kind: "text", text: STEP.end });
    if (isAsked) return choice(this.condition(asked, frame), step, EMPTY);
    return name === node.text ? step : choice(undefined, step, EMPTY);
  }

  /** `w -> w.eq(…).or().eq(…)`: conditions in parentheses. */
  #inner(lambda: CodeNode, frame: Frame): Pieces {
    const [wrapper, ...more] = childrenOf(lambda, "parameter");
    const body = childOf(lambda, "body");
    if (wrapper === undefined || more.length > 0 || body === undefined || body.kind === "block") return this.notKnown(lambda);
    return this.pieces(body, { ...frame, bound: new Map(frame.bound).set(wrapper, ROOT), known: new Map() });
  }
}

const BEGINS = /^(?:lambdaQuery|query|lambdaQueryChain|queryChain|emptyWrapper|lambdaUpdate)$/;

/** Of another object it would take the conditions. */
const hasClassesOnly = (args: readonly CodeNode[]): boolean => args.every(({ kind }) => kind === "class");

/** What is no condition: a column, text, or conditions in parentheses. */
function isColumn(node: CodeNode, { code }: Frame): boolean {
  if (node.kind === "reference" || node.kind === "lambda" || node.kind === "class") return true;
  if (node.kind === "literal") return node.type === "String";
  const type = code.typer.typeOf(node);
  return type !== undefined && /^(?:String|SFunction)$/.test(simpleName(type));
}

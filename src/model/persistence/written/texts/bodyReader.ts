import { type CodeNode, childOf, childrenOf, unpackNodes } from "../../../../facts/java/code.ts";
import type { JavaField } from "../../../../facts/java/javaFacts.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../../calls/callGraph.ts";
import { methodKey } from "../../../calls/methodKey.ts";
import { Typer } from "../../../calls/typing/typer.ts";
import type { TypeEntry, TypeIndex } from "../../../types/typeIndex.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import type { Expressions, Frame } from "./frame.ts";
import { type Pieces, UNKNOWN } from "./pieces.ts";
import { type Builders, TextFlow } from "./textFlow.ts";

/** What is put together may come from a method that gets parts of it from another one. */
const DEEPEST = 5;

/** Reads what code puts together, without running it, through variables, fields and methods. Bodies of other files that are read are noted. */
export abstract class BodyReader implements Expressions {
  protected readonly types: TypeIndex;
  protected readonly flow: TextFlow;
  readonly #calls: CallGraph;

  constructor(types: TypeIndex, calls: CallGraph, builders: Builders) {
    this.types = types;
    this.#calls = calls;
    this.flow = new TextFlow(this, builders);
  }

  abstract pieces(node: CodeNode, frame: Frame): Pieces;

  returned(node: CodeNode, frame: Frame): Pieces {
    return this.pieces(node, frame);
  }

  added(call: CodeNode, _before: Pieces, frame: Frame): Pieces {
    return this.pieces(call, frame);
  }

  /** A body of which nothing is known but what it says itself. */
  frameOf({ declared: { owner, method } }: MethodNode, code: MethodCode): Frame {
    const parameters = new Map(method.parameters.map(({ name }) => [name, { pieces: UNKNOWN, name }]));
    return { entry: owner, code, parameters, depth: 0, path: "", known: new Map() };
  }

  /** The body of the method of the workspace that a call runs, where nothing overrides it. */
  enter(call: CodeNode, frame: Frame): Frame | undefined {
    const inner = this.bodyOf(call, frame);
    if (inner === undefined) return undefined;
    const args = childrenOf(call, "argument");
    const parameters = new Map(
      [...inner.parameters.keys()].map((name, i) => {
        const arg = args[i] as CodeNode;
        const asked = conditionOf(arg, (one) => this.#nameOfValue(one, frame));
        return [name, { pieces: this.pieces(arg, frame), name: asked?.kind === "question" ? asked.id : undefined }];
      }),
    );
    return { ...inner, parameters };
  }

  /** The same body, without what the call gives it. */
  protected bodyOf(call: CodeNode, frame: Frame): Frame | undefined {
    const [declared, ...overloads] = frame.code.typer.calleeOf(call).declared;
    const called = declared === undefined || overloads.length > 0 ? undefined : this.#calls.method(methodKey(declared));
    if (declared === undefined || called === undefined || frame.depth >= DEEPEST) return undefined;
    const { owner, method } = declared;
    if (method.body < 0 || childrenOf(call, "argument").length !== method.parameters.length) return undefined;
    if (this.#calls.overridesOf(called.key).size > 0) return undefined;
    this.#calls.methodsIn(owner.file.file);
    const body = this.frameOf(called, this.#calls.codeOf(called));
    return { ...body, depth: frame.depth + 1, path: `${frame.path}/${call.start}` };
  }

  /** What a parameter of the body stands for; not known where the body sets it, or changes what it holds. */
  protected given(name: CodeNode, frame: Frame): Pieces | undefined {
    const given = frame.parameters.get(name.text);
    const isSame = (use: CodeNode): boolean =>
      use.kind === "name" && use.text === name.text && frame.code.typer.declarationOf(use) === undefined;
    if (given === undefined || given.pieces === UNKNOWN) return given?.pieces;
    return frame.code.nodes.some((use) => use !== name && isSame(use) && this.flow.isChanged(use, frame)) ? UNKNOWN : given.pieces;
  }

  condition(node: CodeNode | undefined, frame: Frame): Condition | undefined {
    return node && conditionOf(node, (name) => this.#nameOfValue(name, frame));
  }

  #nameOfValue(name: CodeNode, { code, entry, parameters }: Frame): string | undefined {
    const local = code.typer.declarationOf(name);
    if (local !== undefined) return this.flow.changes(local, code) ? undefined : `${entry.type.qualified}@${local.start}`;
    const given = parameters.get(name.text);
    if (given !== undefined) return given.name;
    const isAssigned = code.nodes.some((node) => node.kind === "name" && node.text === name.text && node.role === "target");
    return isAssigned ? undefined : name.text;
  }

  /** What a field holds that only its initializer or the only constructor sets. */
  protected held({ owner: holder, field }: { readonly owner: TypeEntry; readonly field: JavaField }, frame: Frame): Pieces | undefined {
    if (frame.depth >= DEEPEST || !field.modifiers.includes("final")) return undefined;
    if (field.initializer >= 0) {
      const nodes = unpackNodes(holder.file.java.code, field.initializer);
      const body = nodes[0] as CodeNode;
      const code = { body, nodes, typer: new Typer(this.types, holder, undefined, nodes) };
      return this.pieces(body, { entry: holder, code, parameters: new Map(), depth: frame.depth + 1, path: frame.path, known: new Map() });
    }
    const [only, ...more] = holder.type.methods.filter(({ kind }) => kind !== "method");
    const set = only === undefined || more.length > 0 ? undefined : this.#calls.method(methodKey({ owner: holder, method: only }));
    if (set === undefined) return undefined;
    this.#calls.methodsIn(holder.file.file);
    const code = this.#calls.codeOf(set);
    const targets = code.nodes.filter(
      (one) => one.role === "target" && one.text === field.name && code.typer.declarationOf(one) === undefined,
    );
    const [assigned, again] = targets.map(({ parent }) => parent);
    const value =
      assigned?.kind === "assign" && again === undefined && assigned.parent === code.body ? childOf(assigned, "value") : undefined;
    return value === undefined
      ? undefined
      : this.pieces(value, { entry: holder, code, parameters: new Map(), depth: frame.depth + 1, path: frame.path, known: new Map() });
  }
}

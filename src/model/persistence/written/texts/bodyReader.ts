import { type CodeNode, childOf, childrenOf, unpackNodes } from "../../../../facts/java/code.ts";
import type { JavaField, JavaMethod } from "../../../../facts/java/javaFacts.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../../calls/callGraph.ts";
import { keyAs, runsIn } from "../../../calls/dispatch.ts";
import { methodKey } from "../../../calls/methodKey.ts";
import type { DeclaredMethod } from "../../../calls/typing/callees.ts";
import { Typer } from "../../../calls/typing/typer.ts";
import type { TypeEntry, TypeIndex } from "../../../types/typeIndex.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import type { Argument, Expressions, Frame } from "./frame.ts";
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
    const last = inner.parameters.size - 1;
    const parameters = new Map(
      // Of a variable number of values there may be none, or several.
      [...inner.parameters.keys()].map((name, i) => [name, this.#argument(i === last && i < args.length - 1 ? undefined : args[i], frame)]),
    );
    return { ...inner, parameters };
  }

  #argument(arg: CodeNode | undefined, frame: Frame): Argument {
    if (arg === undefined) return { pieces: UNKNOWN, name: undefined };
    const asked = conditionOf(arg, (one) => this.#nameOfValue(one, frame));
    const name = asked?.kind === "question" ? asked.id : undefined;
    return { pieces: this.pieces(arg, frame), name, value: { node: arg, frame, by: this } };
  }

  /** The same body, without what the call gives it. */
  protected bodyOf(call: CodeNode, frame: Frame): Frame | undefined {
    const [declared, ...overloads] = frame.code.typer.calleeOf(call).declared;
    const called = declared === undefined || overloads.length > 0 ? undefined : this.#calledAs(declared, call, frame);
    if (called === undefined || frame.depth >= DEEPEST) return undefined;
    const { owner, method } = called.declared;
    if (method.body < 0 || !takes(method, childrenOf(call, "argument").length)) return undefined;
    if (this.#calls.overridesOf(called.key).size > 0) return undefined;
    this.#calls.noteBodies(owner.file.file);
    const body = this.frameOf(called, this.#calls.codeOf(called));
    return { ...body, depth: frame.depth + 1, path: `${frame.path}/${call.start}` };
  }

  /** What a body calls on itself is what the class at hand runs. */
  #calledAs(declared: DeclaredMethod, call: CodeNode, { code: { typer }, entry }: Frame): MethodNode | undefined {
    const on = childOf(call, "receiver");
    const isOwn = typer.runs !== entry && (on === undefined || on.kind === "this") && !declared.method.modifiers.includes("static");
    const runs = isOwn ? runsIn(this.types, typer.runs, declared) : undefined;
    return this.#calls.method(runs === undefined ? methodKey(declared) : keyAs(methodKey(runs), typer.runs.type.qualified));
  }

  /** What a parameter of the body stands for at one place. */
  protected given(name: CodeNode, frame: Frame): Pieces | undefined {
    const given = this.handed(name, frame);
    return given === undefined || given === UNKNOWN ? given : this.flow.given(name, given, frame);
  }

  /** What a call has handed to a parameter of the body. */
  protected handed(name: CodeNode, { parameters }: Frame): Pieces | undefined {
    const given = parameters.get(name.text);
    if (given?.value === undefined || given.value.by === this) return given?.pieces;
    // Another reader has entered the body: to it the value was no part of what it reads.
    const { node, frame } = given.value;
    return this.pieces(node, { ...frame, known: new Map() });
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
    if (this.flow.mayAdd(field.type) && this.#isAddedTo(holder, field)) return undefined;
    if (field.initializer >= 0) {
      const nodes = unpackNodes(holder.file.java.code, field.initializer);
      const body = nodes[0] as CodeNode;
      const code = { body, nodes, typer: new Typer(this.types, holder, undefined, nodes) };
      return this.pieces(body, { entry: holder, code, parameters: new Map(), depth: frame.depth + 1, path: frame.path, known: new Map() });
    }
    const [only, ...more] = holder.type.methods.filter(({ kind }) => kind !== "method");
    const set = only === undefined || more.length > 0 ? undefined : this.#calls.method(methodKey({ owner: holder, method: only }));
    if (set === undefined) return undefined;
    this.#calls.noteBodies(holder.file.file);
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

  /** Whether a method of its class changes the builder that a field holds. */
  #isAddedTo(holder: TypeEntry, { name }: JavaField): boolean {
    return holder.type.methods.some((method) => {
      const called = this.#calls.method(methodKey({ owner: holder, method }));
      if (called === undefined || method.body < 0) return false;
      const code = this.#calls.codeOf(called);
      const frame = this.frameOf(called, code);
      const uses = code.nodes.filter((one) => (one.kind === "name" || one.kind === "field") && one.text === name);
      return uses.some((use) => code.typer.declarationOf(use) === undefined && this.flow.isChanged(use, frame));
    });
  }
}

const takes = ({ parameters }: JavaMethod, given: number): boolean =>
  given === parameters.length || (parameters.at(-1)?.type.endsWith("[]") === true && given >= parameters.length - 1);

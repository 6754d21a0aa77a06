import type { DartNode } from "../../../facts/dart/code.ts";
import type { DartMethod } from "../../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../../facts/fileFacts.ts";
import { initializerOf } from "../bodies.ts";
import type { ClassEntry, ClientModel } from "../clientModel.ts";
import { simpleName } from "../typeNames.ts";

/** Where an expression stands. */
export interface TypePlace {
  readonly file: DartFile;
  /** undefined in a top-level function. */
  readonly entry: ClassEntry | undefined;
  /** undefined in an initializer. */
  readonly method: DartMethod | undefined;
}

/** A type as written, and the file that wrote it, in which its names have a meaning. */
export interface DartType {
  readonly type: string;
  readonly file: DartFile;
  /** Somebody else's value: a parameter, or what is made of one. */
  readonly isGiven: boolean;
}

/** Assignments, getters and initializers that are followed for one type. */
const HOPS = 6;

/** The types of expressions, as far as declarations tell. Of libraries only what opens sqflite's databases is known. */
export class ExpressionTypes {
  readonly #model: ClientModel;

  constructor(model: ClientModel) {
    this.#model = model;
  }

  /** undefined where nothing is written that tells. */
  typeOf(node: DartNode, place: TypePlace, hops = HOPS): DartType | undefined {
    if (hops === 0) return undefined;
    switch (node.kind) {
      case "name":
        return this.#ofName(node, place, hops);
      case "this":
        return ofThis(place);
      case "chain":
        return this.typeOfChain(node, node.children.length, place, hops);
      case "await": {
        const future = node.children[0] === undefined ? undefined : this.typeOf(node.children[0], place, hops - 1);
        return future === undefined ? undefined : awaited(future);
      }
      case "cast":
        return { type: node.type, file: place.file, isGiven: false };
      case "assign":
        return this.#first(node.children.toReversed(), place, hops);
      case "binary":
        return node.text === "??" ? this.#first(node.children, place, hops) : undefined;
      default:
        return undefined;
    }
  }

  /** The type of the first `count` children of a chain. */
  typeOfChain(chain: DartNode, count: number, place: TypePlace, hops = HOPS): DartType | undefined {
    const [head, ...parts] = chain.children.slice(0, count).filter(({ kind }) => kind !== "bang" && kind !== "cascade");
    if (head === undefined) return undefined;
    let at = 0;
    let type: DartType | undefined;
    if (head.kind === "name" && parts[0]?.kind === "call") {
      at = 1;
      type = this.#called(head.text, place);
    } else {
      const named = head.kind === "name" && !isBound(head, place) ? this.#static(head.text, place.file) : undefined;
      type = named ?? this.typeOf(head, place, hops);
    }
    while (at < parts.length && type !== undefined) {
      const part = parts[at] as DartNode;
      if (part.kind !== "property") return undefined;
      const isCall = parts[at + 1]?.kind === "call";
      type = this.#memberOf(type, part.text, isCall, hops);
      at += isCall ? 2 : 1;
    }
    return type;
  }

  /** The class that a type means; undefined for those of libraries. */
  classOf({ type, file }: DartType): ClassEntry | undefined {
    return this.#model.classOf(simpleName(type), file);
  }

  #first(nodes: readonly DartNode[], place: TypePlace, hops: number): DartType | undefined {
    for (const node of nodes) {
      const type = this.typeOf(node, place, hops - 1);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  #ofName(node: DartNode, place: TypePlace, hops: number): DartType | undefined {
    const { file, entry, method } = place;
    const binding = bindingOf(node);
    if (binding === "unknown") return undefined;
    if (binding !== undefined) {
      const value = binding.children[0];
      const made = binding.kind === "local" && value !== undefined ? this.typeOf(value, place, hops - 1) : undefined;
      const isGiven = binding.kind === "parameter" || made?.isGiven === true;
      if (binding.type !== "") return { type: binding.type, file, isGiven };
      return binding.kind === "local" ? made : undefined;
    }
    const parameter = method?.parameters.find(({ name }) => name === node.text);
    if (parameter !== undefined) return parameter.type === undefined ? undefined : { type: parameter.type, file, isGiven: true };
    const self = ofThis(place);
    const member = self === undefined ? undefined : this.#memberOf(self, node.text, false, hops);
    if (member !== undefined || entry?.type.fields.some(({ name }) => name === node.text)) return member;
    const getter = file.dart.functions.find(({ name, kind }) => name === node.text && kind === "getter");
    if (getter !== undefined) return getter.returns === undefined ? undefined : { type: getter.returns, file, isGiven: false };
    const variable = this.#model.variableOf(node.text);
    if (variable === undefined) return undefined;
    const type = variable.field.type;
    if (type !== undefined) return { type, file: variable.file, isGiven: false };
    const value = initializerOf(variable.field, variable.file);
    const there = { file: variable.file, entry: undefined, method: undefined };
    return value === undefined ? undefined : this.typeOf(value, there, hops - 1);
  }

  /** What a call of a name alone answers with: a method, a function of the file, a constructor, or what opens a database. */
  #called(name: string, { file, entry }: TypePlace): DartType | undefined {
    const own = entry === undefined ? undefined : this.#model.methodOf(entry, name);
    if (own !== undefined)
      return own.method.returns === undefined ? undefined : { type: own.method.returns, file: own.owner.file, isGiven: false };
    const local = file.dart.functions.find((candidate) => candidate.name === name);
    if (local !== undefined) return local.returns === undefined ? undefined : { type: local.returns, file, isGiven: false };
    if (name === "openDatabase" || name === "openReadOnlyDatabase") return { type: "Future<Database>", file, isGiven: false };
    return this.#static(name, file);
  }

  #static(name: string, file: DartFile): DartType | undefined {
    return this.#model.classOf(name, file) === undefined ? undefined : { type: name, file, isGiven: false };
  }

  #memberOf(of: DartType, name: string, isCall: boolean, hops: number): DartType | undefined {
    const entry = this.classOf(of);
    if (entry === undefined) return ofLibrary(of, name);
    const method = this.#model.methodOf(entry, name);
    if (method !== undefined) {
      const { returns, kind } = method.method;
      if (kind === "factory") return { ...of, type: simpleName(of.type) };
      return returns === undefined || isCall !== (kind === "method")
        ? undefined
        : { type: returns, file: method.owner.file, isGiven: of.isGiven };
    }
    const field = this.#model.fieldOf(entry, name);
    if (field === undefined)
      return isCall && entry.type.methods.some((made) => made.kind === "constructor" && made.name === name) ? of : undefined;
    if (isCall) return undefined;
    if (field.field.type !== undefined) return { type: field.field.type, file: field.owner.file, isGiven: of.isGiven };
    const value = initializerOf(field.field, field.owner.file);
    const there = { file: field.owner.file, entry: field.owner, method: undefined };
    return value === undefined ? undefined : this.typeOf(value, there, hops - 1);
  }
}

const ofThis = ({ entry, file }: TypePlace): DartType | undefined =>
  entry === undefined ? undefined : { type: entry.type.name, file, isGiven: false };

/** What sqflite's own objects lead to. */
function ofLibrary({ file, isGiven }: DartType, name: string): DartType | undefined {
  if (name === "openDatabase") return { type: "Future<Database>", file, isGiven: false };
  if (name === "database") return { type: "Database", file, isGiven };
  if (name === "batch") return { type: "Batch", file, isGiven };
  return undefined;
}

/** "Database" of `Future<Database>` and `FutureOr<Database?>?`. */
function awaited(type: DartType): DartType {
  const inner = /^(?:Future|FutureOr)<(.+)>\??$/.exec(type.type)?.[1];
  return inner === undefined ? type : { ...type, type: inner };
}

/**
 * What gives a name its meaning inside of the body: the local or the closure's parameter. "unknown" for names that loops and patterns
 * bind, undefined for names that come from outside of the body.
 */
export function bindingOf(name: DartNode): DartNode | "unknown" | undefined {
  for (let at = name; at.parent !== undefined; at = at.parent) {
    const around = at.parent;
    if (around.kind === "foreach" && around.text === name.text) return "unknown";
    for (const sibling of around.children) {
      if (sibling.start >= at.start && sibling.role !== "parameter") break;
      if (sibling === at) continue;
      if ((sibling.kind === "local" || sibling.kind === "parameter") && sibling.text === name.text) return sibling;
      if (sibling.kind === "function" && sibling.text === name.text) return "unknown";
      if (sibling.kind === "destructure" || sibling.role === "pattern" || (sibling.kind === "name" && sibling.role === "parameter")) {
        if (holdsName(sibling, name.text)) return "unknown";
      }
    }
  }
  return undefined;
}

const holdsName = (node: DartNode, text: string): boolean => node.text === text || node.children.some((child) => holdsName(child, text));

function isBound(head: DartNode, { method, entry }: TypePlace): boolean {
  if (bindingOf(head) !== undefined) return true;
  const { text } = head;
  return (
    method?.parameters.some(({ name }) => name === text) === true ||
    entry?.type.fields.some(({ name }) => name === text) === true ||
    entry?.type.methods.some(({ name, kind }) => name === text && kind === "getter") === true
  );
}

import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import { isPrimitive, simpleName, type Type, typeNamed } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { LibraryCallee, Supertypes } from "./supertypes.ts";

/** A method that the workspace declares. */
export interface DeclaredMethod {
  readonly owner: TypeEntry;
  readonly method: JavaMethod;
}

/** What a call means, as far as source tells. */
export interface Callee {
  /** The type that the call is made on; undefined for unqualified calls and for unknown receivers. */
  readonly receiver: Type | undefined;
  /** The declaration, or several overloads that the arguments do not tell apart. */
  readonly declared: readonly DeclaredMethod[];
  readonly library: LibraryCallee | undefined;
}

/** The expressions that a call stands among. */
export interface Expressions {
  /** The type around the body. */
  readonly entry: TypeEntry;
  typeOf(node: CodeNode): Type | undefined;
  /** The type that an expression names, where it is a type name: `Owner` in `Owner.of(…)`. */
  namedType(node: CodeNode): Type | undefined;
  own(): Type;
  /** The bound of a type variable that is declared around the body, where it has one; any other type itself. */
  bounded(type: Type | undefined): Type | undefined;
  /** What a step gives to the function that it is handed, by place: the element of `stream.map(this::label)`. */
  givenTo(reference: CodeNode, index: number): Type | undefined;
  /** The type that a text means where the body stands. */
  resolve(text: string): Type | undefined;
  calleeOf(call: CodeNode): Callee;
  /** What a method gives that the object calls on itself, where the class in whose objects the body runs says more of it. */
  runningResult(called: DeclaredMethod): Type | undefined;
}

/** Finds what calls and method references mean. */
export class Callees {
  readonly #types: TypeIndex;
  readonly #supertypes: Supertypes;
  readonly #at: Expressions;

  constructor(types: TypeIndex, supertypes: Supertypes, at: Expressions) {
    this.#types = types;
    this.#supertypes = supertypes;
    this.#at = at;
  }

  calleeOf(call: CodeNode): Callee {
    return call.kind === "reference" ? this.#referenced(call) : this.#called(call);
  }

  #called(call: CodeNode): Callee {
    const on = childOf(call, "receiver");
    if (on === undefined) return this.#unqualified(call);
    if (on.kind === "super") return this.#inherited(call);
    const receiver = this.#at.bounded(this.#at.typeOf(on)) ?? this.#at.namedType(on);
    if (receiver === undefined) return NO_CALLEE;
    const entry = this.#types.entryOf(receiver, this.#at.entry.file.file);
    const declared = entry === undefined ? [] : this.#overloads(entry, call);
    return { receiver, declared, library: declared.length > 0 ? undefined : this.#supertypes.libraryMethod(receiver, call.text) };
  }

  #unqualified(call: CodeNode): Callee {
    const { file } = this.#at.entry;
    for (
      let type: TypeEntry["type"] | undefined = this.#at.entry.type;
      type !== undefined;
      type = type.outer < 0 ? undefined : file.java.types[type.outer]
    ) {
      const declared = this.#overloads({ file, type }, call);
      if (declared.length > 0) return { receiver: undefined, declared, library: undefined };
    }
    for (const imported of file.java.imports) {
      if (!imported.isStatic) continue;
      const owner = imported.wildcard ? imported.name : imported.name.slice(0, imported.name.lastIndexOf("."));
      if (!imported.wildcard && imported.name.slice(owner.length + 1) !== call.text) continue;
      const entry = this.#types.declared(owner, file.file);
      const declared = entry === undefined ? [] : this.#overloads(entry, call);
      if (declared.length > 0) return { receiver: typeNamed(owner), declared, library: undefined };
      if (entry === undefined && !imported.wildcard)
        return { receiver: typeNamed(owner), declared: [], library: this.#supertypes.libraryMethod(typeNamed(owner), call.text) };
    }
    const inherited = this.#supertypes.libraryMethod(this.#at.own(), call.text);
    return { receiver: undefined, declared: [], library: inherited };
  }

  #inherited(call: CodeNode): Callee {
    for (const above of this.#types.supertypesOf(this.#at.entry)) {
      const entry = this.#types.entryOf(above, this.#at.entry.file.file);
      const declared = entry === undefined ? [] : this.#overloads(entry, call);
      if (declared.length > 0) return { receiver: above, declared, library: undefined };
    }
    return { receiver: undefined, declared: [], library: this.#supertypes.libraryMethod(this.#at.own(), call.text) };
  }

  #referenced(reference: CodeNode): Callee {
    const on = childOf(reference, "receiver");
    if (on === undefined || reference.text === "new") return NO_CALLEE;
    const value = on.kind === "super" ? undefined : this.#at.bounded(this.#at.typeOf(on));
    const receiver = value ?? (on.kind === "super" ? undefined : this.#at.namedType(on));
    if (receiver === undefined) return NO_CALLEE;
    const entry = this.#types.entryOf(receiver, this.#at.entry.file.file);
    const declared = entry === undefined ? [] : this.#referencedIn(entry, reference, value === undefined);
    return { receiver, declared, library: declared.length > 0 ? undefined : this.#supertypes.libraryMethod(receiver, reference.text) };
  }

  /**
   * `mapper::toView` of several: the one that takes what the step gives. An instance method of a type that is named, `Task::join`, is
   * asked of the first thing given.
   */
  #referencedIn(entry: TypeEntry, reference: CodeNode, named: boolean): readonly DeclaredMethod[] {
    const declared = nearestOwner(this.#types.methodsOf(entry, reference.text));
    if (declared.length < 2) return declared;
    const [first, second] = [this.#at.givenTo(reference, 0), this.#at.givenTo(reference, 1)];
    if (first === undefined) return declared;
    const given = second === undefined ? [first] : [first, second];
    const isAsked = ({ method }: DeclaredMethod): boolean => named && !method.modifiers.includes("static");
    const argumentsOf = (one: DeclaredMethod): readonly Type[] => (isAsked(one) ? given.slice(1) : given);
    const fitting = declared.filter((one) => one.method.parameters.length === argumentsOf(one).length);
    const [some] = fitting;
    if (some === undefined) return declared;
    return fitting.every((one) => isAsked(one) === isAsked(some)) ? this.#bestOf(fitting, argumentsOf(some)) : fitting;
  }

  /** The methods that a call may mean, by name, number and known types of its arguments. */
  #overloads(entry: TypeEntry, call: CodeNode): readonly DeclaredMethod[] {
    const args = childrenOf(call, "argument");
    const named = this.#types.methodsOf(entry, call.text).filter(({ method }) => acceptsCount(method, args.length));
    const fitting = named.filter(({ method }) => !this.#givesTextForClass(method, args) && !givesFunctionForData(method, args));
    return fitting.length < 2
      ? fitting
      : this.#bestOf(
          fitting,
          args.map((arg) => this.#at.typeOf(arg)),
        );
  }

  /** `find("name", name)` does not mean `find(Class<T> type, Filter filter)`, but what a library declares above. */
  #givesTextForClass({ parameters }: JavaMethod, args: readonly CodeNode[]): boolean {
    return parameters.some(({ type }, i) => {
      const given = /^Class(?:<|$)/.test(type) ? args[i] : undefined;
      return given !== undefined && this.#at.typeOf(given)?.name === "java.lang.String";
    });
  }

  #bestOf(fitting: readonly DeclaredMethod[], args: readonly (Type | undefined)[]): readonly DeclaredMethod[] {
    const scored = fitting.map((candidate) => ({ candidate, score: this.#score(candidate, args) }));
    const best = Math.max(...scored.map(({ score }) => score));
    const kept = scored.filter(({ score }) => score === best).map(({ candidate }) => candidate);
    return nearestOwner(kept);
  }

  /** How well arguments fit: the number of parameters whose type is the argument's, minus those where it cannot be. */
  #score({ owner, method }: DeclaredMethod, args: readonly (Type | undefined)[]): number {
    let score = method.parameters.length === args.length ? 1 : 0;
    args.forEach((given, i) => {
      const parameter = method.parameters[Math.min(i, method.parameters.length - 1)];
      if (parameter === undefined) return;
      const wanted = this.#types.resolve(parameter.type, { file: owner.file, type: owner.type });
      if (wanted === undefined || given === undefined) return;
      if (wanted.name === given.name && wanted.dimensions === given.dimensions) score += 2;
      else if (isPrimitive(wanted) !== isPrimitive(given) || wanted.dimensions !== given.dimensions) score -= 1;
      else if (this.#supertypes.isA(given, new Set([simpleName(wanted)]))) score += 1;
      else if (VALUES.has(given.name) && MANY.has(wanted.name)) score -= 1;
    });
    return score;
  }
}

/** What is one of these is no collection: `get(orderId)` means no `get(List<String> ids)`. */
const VALUES: ReadonlySet<string> = new Set(["java.lang.String", "java.lang.Integer", "java.lang.Long", "java.util.UUID"]);
const MANY: ReadonlySet<string> = new Set(["Collection", "List", "Map", "Set"].map((name) => `java.util.${name}`));

/** `report(request, tickets::findById)` means no `report(Request request, Stream<T> rows)`. */
function givesFunctionForData({ parameters }: JavaMethod, args: readonly CodeNode[]): boolean {
  return args.some(({ kind }, i) => (kind === "lambda" || kind === "reference") && DATA.test(parameters[i]?.type ?? ""));
}

const DATA = /^(?:java\.util\.(?:stream\.)?)?(?:String|Collection|List|Set|Map|Stream|Optional|Class)(?:<|$)|^(?:int|long|boolean|double)$/;

export const NO_CALLEE: Callee = { receiver: undefined, declared: [], library: undefined };

function acceptsCount(method: JavaMethod, count: number): boolean {
  const { parameters } = method;
  if (parameters.length === count) return true;
  return parameters.at(-1)?.type.endsWith("[]") === true && count >= parameters.length - 1;
}

/** Overrides further up say nothing new: what the nearest type declares is meant. */
function nearestOwner(methods: readonly DeclaredMethod[]): readonly DeclaredMethod[] {
  const nearest = methods[0]?.owner.type.qualified;
  return methods.filter(({ owner }) => owner.type.qualified === nearest);
}

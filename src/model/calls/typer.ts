import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import type { JavaMethod } from "../../facts/java/javaFacts.ts";
import { elementOfArray, known, parseType, simpleName, substitute, type Type, typeNamed, UNKNOWN_ARGUMENT } from "../types/type.ts";
import { isPrimitive, type NameContext, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import { ELEMENT_COLLECTORS, type LibraryMethod, libraryType } from "./library.ts";
import { Scope } from "./scope.ts";

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
  /** The library method: its type's simple name, its line in the table, and what the type variables stand for. */
  readonly library: LibraryCallee | undefined;
}

export interface LibraryCallee {
  readonly type: string;
  /** Undefined where the type is known and the method is not in the table. */
  readonly method: LibraryMethod | undefined;
  readonly bindings: ReadonlyMap<string, Type | undefined>;
}

/** Types of the expressions of one body. Everything it looks up is noted by the type index. */
export class Typer {
  readonly #types: TypeIndex;
  readonly #entry: TypeEntry;
  readonly #method: JavaMethod | undefined;
  readonly #context: NameContext;
  readonly #scope: Scope;
  readonly #known = new Map<CodeNode, Type | undefined>();
  readonly #callees = new Map<CodeNode, Callee>();

  constructor(types: TypeIndex, entry: TypeEntry, method: JavaMethod | undefined, body: CodeNode) {
    this.#types = types;
    this.#entry = entry;
    this.#method = method;
    this.#context = { file: entry.file, type: entry.type };
    this.#scope = new Scope(body);
  }

  typeOf(node: CodeNode): Type | undefined {
    if (this.#known.has(node)) return this.#known.get(node);
    this.#known.set(node, undefined);
    const type = this.#infer(node);
    this.#known.set(node, type);
    return type;
  }

  /** The declaration node of a local variable or parameter that a name means; undefined for fields and types. */
  declarationOf(name: CodeNode): CodeNode | undefined {
    return name.kind === "name" ? this.#scope.variable(name.text, name.start)?.node : undefined;
  }

  calleeOf(call: CodeNode): Callee {
    let callee = this.#callees.get(call);
    if (callee === undefined) {
      this.#callees.set(call, NO_CALLEE);
      callee = call.kind === "reference" ? this.#referenced(call) : this.#called(call);
      this.#callees.set(call, callee);
    }
    return callee;
  }

  resolve(text: string): Type | undefined {
    return this.#types.resolve(text, this.#context);
  }

  /** What iterating over a value gives: the element of a collection, array or stream. */
  elementOf(type: Type | undefined): Type | undefined {
    if (type === undefined) return undefined;
    const element = elementOfArray(type);
    if (element !== undefined) return element;
    const found = this.#librarySuper(type, "forEach");
    return found?.bindings.get("T");
  }

  /** Whether a type is, or extends, a library type of one of these simple names. */
  isA(type: Type | undefined, names: ReadonlySet<string>): boolean {
    if (type === undefined) return false;
    if (names.has(simpleName(type))) return true;
    const entry = this.#types.entryOf(type, this.#entry.file.file);
    return entry === undefined ? [...libraryLineage(simpleName(type))].some((name) => names.has(name)) : this.#types.reaches(entry, names);
  }

  #infer(node: CodeNode): Type | undefined {
    switch (node.kind) {
      case "literal":
        return node.type === "null" ? undefined : typeNamed(node.type === "String" ? "java.lang.String" : node.type);
      case "name":
        return this.#typeOfName(node);
      case "this":
        return this.#own();
      case "field":
        return this.#typeOfField(node);
      case "call":
        return this.#typeOfCall(node);
      case "new":
      case "cast":
        return this.#declaredType(node.type);
      case "class":
        return typeNamed("java.lang.Class", this.resolve(node.type) ?? UNKNOWN_ARGUMENT);
      case "array": {
        const element = this.resolve(node.type);
        return element === undefined ? undefined : { ...element, dimensions: Math.max(1, element.dimensions + 1) };
      }
      case "conditional":
        return this.#first(childrenOf(node, "then")) ?? this.#first(childrenOf(node, "else"));
      case "assign":
        return this.#first(childrenOf(node, "value")) ?? this.#first(childrenOf(node, "target"));
      case "unary":
        return node.text === "!" ? typeNamed("boolean") : this.#first(node.children);
      case "binary":
        return this.#typeOfBinary(node);
      case "instanceof":
        return typeNamed("boolean");
      case "index": {
        const array = childOf(node, "receiver");
        const type = array === undefined ? undefined : this.typeOf(array);
        return type === undefined ? undefined : elementOfArray(type);
      }
      case "switch":
        return this.#first(childrenOf(node, "body").flatMap((one) => childrenOf(one, "body")));
      default:
        return undefined;
    }
  }

  #own(): Type {
    const { type } = this.#entry;
    return { name: type.qualified, args: type.typeParameters.map((parameter) => typeNamed(parameter.name)), dimensions: 0 };
  }

  #first(nodes: readonly CodeNode[]): Type | undefined {
    for (const node of nodes) {
      const type = this.typeOf(node);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  #declaredType(text: string): Type | undefined {
    return text === "" || text === "var" ? undefined : this.resolve(text.endsWith("<>") ? text.slice(0, -2) : text);
  }

  #typeOfName(node: CodeNode): Type | undefined {
    const variable = this.#scope.variable(node.text, node.start);
    if (variable !== undefined) return this.#typeOfVariable(variable.node);
    const parameter = this.#method?.parameters.find((candidate) => candidate.name === node.text);
    if (parameter !== undefined) return this.resolve(parameter.type);
    return this.#typeOfOwnField(node.text);
  }

  /** A field of the type around the body, of what it inherits from, or of a type further out. */
  #typeOfOwnField(name: string): Type | undefined {
    const { file } = this.#entry;
    for (
      let type: TypeEntry["type"] | undefined = this.#entry.type;
      type !== undefined;
      type = type.outer < 0 ? undefined : file.java.types[type.outer]
    ) {
      const found = this.#types.fieldOf({ file, type }, name);
      if (found === undefined) continue;
      const declared = this.#types.resolve(found.field.type, { file: found.owner.file, type: found.owner.type });
      const self = { name: type.qualified, args: type.typeParameters.map((parameter) => typeNamed(parameter.name)), dimensions: 0 };
      return declared === undefined ? undefined : substitute(declared, this.#bindings(self, found.owner));
    }
    return undefined;
  }

  #typeOfVariable(node: CodeNode): Type | undefined {
    if (node.type !== "" && node.type !== "var" && node.type !== "val") return this.resolve(node.type.split(" | ")[0] as string);
    switch (node.kind) {
      case "local": {
        const value = childOf(node, "value");
        return value === undefined ? undefined : this.typeOf(value);
      }
      case "foreach": {
        const iterable = childOf(node, "iterable");
        return iterable === undefined ? undefined : this.elementOf(this.typeOf(iterable));
      }
      case "parameter":
        return this.#typeOfLambdaParameter(node);
      default:
        return undefined;
    }
  }

  #typeOfField(node: CodeNode): Type | undefined {
    const on = childOf(node, "receiver");
    if (on === undefined) return undefined;
    const type = this.typeOf(on) ?? this.#namedType(on);
    if (type === undefined) return undefined;
    if (type.dimensions > 0) return node.text === "length" ? typeNamed("int") : undefined;
    const entry = this.#types.entryOf(type, this.#entry.file.file);
    const found = entry === undefined ? undefined : this.#types.fieldOf(entry, node.text);
    if (found === undefined) return undefined;
    const declared = this.#types.resolve(found.field.type, { file: found.owner.file, type: found.owner.type });
    return declared === undefined ? undefined : substitute(declared, this.#bindings(type, found.owner));
  }

  /** The type that an expression names, where it is a type name: `Owner` in `Owner.of(…)`. */
  #namedType(node: CodeNode): Type | undefined {
    if (node.kind === "class") return this.resolve(node.type);
    const text = dotted(node);
    if (text === undefined || !/(^|\.)\p{Lu}[\p{L}\p{N}_$]*$/u.test(text)) return undefined;
    return this.resolve(text);
  }

  #typeOfBinary(node: CodeNode): Type | undefined {
    if (/^(==|!=|<|>|<=|>=|&&|\|\|)$/.test(node.text)) return typeNamed("boolean");
    const left = childOf(node, "left");
    const type = left === undefined ? undefined : this.typeOf(left);
    if (node.text === "+" && type !== undefined && !isPrimitive(type)) return typeNamed("java.lang.String");
    return type;
  }

  #typeOfCall(call: CodeNode): Type | undefined {
    const { declared, library, receiver } = this.calleeOf(call);
    const [only] = declared;
    if (only !== undefined) return this.#resultOf(only, receiver, call);
    if (library?.method !== undefined) return this.#libraryResult(library.method, library.bindings, call);
    if (library !== undefined && libraryType(library.type)?.fluent) return receiver;
    return this.#accessorType(call, receiver);
  }

  /** Lombok's getters and a record's accessors have no declaration. */
  #accessorType(call: CodeNode, receiver: Type | undefined): Type | undefined {
    if (childrenOf(call, "argument").length > 0) return undefined;
    const on = receiver ?? (childOf(call, "receiver") === undefined ? this.#own() : undefined);
    const entry = this.#types.entryOf(on, this.#entry.file.file);
    if (entry === undefined || on === undefined) return undefined;
    const bean = /^(?:get|is)(\p{Lu}.*)$/u.exec(call.text)?.[1];
    const names = bean === undefined ? [call.text] : [bean.charAt(0).toLowerCase() + bean.slice(1), call.text];
    for (const name of names) {
      const found = this.#types.fieldOf(entry, name);
      if (found === undefined || found.field.modifiers.includes("static")) continue;
      const declared = this.#types.resolve(found.field.type, { file: found.owner.file, type: found.owner.type });
      return declared === undefined ? undefined : substitute(declared, this.#bindings(on, found.owner));
    }
    return undefined;
  }

  #called(call: CodeNode): Callee {
    const on = childOf(call, "receiver");
    if (on === undefined) return this.#unqualified(call);
    if (on.kind === "super") return this.#inherited(call);
    const receiver = this.typeOf(on) ?? this.#namedType(on);
    if (receiver === undefined) return NO_CALLEE;
    const entry = this.#types.entryOf(receiver, this.#entry.file.file);
    const declared = entry === undefined ? [] : this.#overloads(entry, call);
    return { receiver, declared, library: declared.length > 0 ? undefined : this.#librarySuper(receiver, call.text) };
  }

  #unqualified(call: CodeNode): Callee {
    const { file } = this.#entry;
    for (
      let type: TypeEntry["type"] | undefined = this.#entry.type;
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
        return { receiver: typeNamed(owner), declared: [], library: this.#librarySuper(typeNamed(owner), call.text) };
    }
    const inherited = this.#librarySuper(this.#own(), call.text);
    return { receiver: undefined, declared: [], library: inherited };
  }

  #inherited(call: CodeNode): Callee {
    for (const above of this.#types.supertypesOf(this.#entry)) {
      const entry = this.#types.entryOf(above, this.#entry.file.file);
      const declared = entry === undefined ? [] : this.#overloads(entry, call);
      if (declared.length > 0) return { receiver: above, declared, library: undefined };
    }
    return { receiver: undefined, declared: [], library: this.#librarySuper(this.#own(), call.text) };
  }

  #referenced(reference: CodeNode): Callee {
    const on = childOf(reference, "receiver");
    if (on === undefined || reference.text === "new") return NO_CALLEE;
    const receiver = on.kind === "super" ? undefined : (this.typeOf(on) ?? this.#namedType(on));
    if (receiver === undefined) return NO_CALLEE;
    const entry = this.#types.entryOf(receiver, this.#entry.file.file);
    const declared = entry === undefined ? [] : nearestOwner(this.#types.methodsOf(entry, reference.text));
    return { receiver, declared, library: declared.length > 0 ? undefined : this.#librarySuper(receiver, reference.text) };
  }

  /** The methods that a call may mean, by name, number and known types of its arguments. */
  #overloads(entry: TypeEntry, call: CodeNode): readonly DeclaredMethod[] {
    const args = childrenOf(call, "argument");
    const fitting = this.#types.methodsOf(entry, call.text).filter(({ method }) => acceptsCount(method, args.length));
    if (fitting.length < 2) return fitting;
    const scored = fitting.map((candidate) => ({ candidate, score: this.#score(candidate, args) }));
    const best = Math.max(...scored.map(({ score }) => score));
    const kept = scored.filter(({ score }) => score === best).map(({ candidate }) => candidate);
    return nearestOwner(kept);
  }

  /** How well arguments fit: the number of parameters whose type is the argument's, minus those where it cannot be. */
  #score({ owner, method }: DeclaredMethod, args: readonly CodeNode[]): number {
    let score = method.parameters.length === args.length ? 1 : 0;
    args.forEach((arg, i) => {
      const parameter = method.parameters[Math.min(i, method.parameters.length - 1)];
      if (parameter === undefined) return;
      const wanted = this.#types.resolve(parameter.type, { file: owner.file, type: owner.type });
      const given = this.typeOf(arg);
      if (wanted === undefined || given === undefined) return;
      if (wanted.name === given.name && wanted.dimensions === given.dimensions) score += 2;
      else if (isPrimitive(wanted) !== isPrimitive(given) || wanted.dimensions !== given.dimensions) score -= 1;
      else if (this.isA(given, new Set([simpleName(wanted)]))) score += 1;
    });
    return score;
  }

  #resultOf({ owner, method }: DeclaredMethod, receiver: Type | undefined, call: CodeNode): Type | undefined {
    const declared = this.#types.resolve(method.returns, { file: owner.file, type: owner.type });
    if (declared === undefined) return undefined;
    const bindings = new Map(this.#bindings(receiver ?? this.#own(), owner));
    for (const { name } of method.typeParameters) bindings.set(name, this.#inferArgument(name, { owner, method }, call));
    return substitute(declared, bindings);
  }

  /** What a method's own type variable stands for, from the first argument that tells. */
  #inferArgument(variable: string, { owner, method }: DeclaredMethod, call: CodeNode): Type | undefined {
    const args = childrenOf(call, "argument");
    for (const [i, parameter] of method.parameters.entries()) {
      const arg = args[i];
      if (arg === undefined || !new RegExp(`\\b${variable}\\b`).test(parameter.type)) continue;
      const wanted = this.#types.resolve(parameter.type, { file: owner.file, type: owner.type });
      if (wanted === undefined) continue;
      const given = arg.kind === "lambda" || arg.kind === "reference" ? undefined : this.typeOf(arg);
      const found = given === undefined ? this.#fromFunction(variable, wanted, arg) : match(variable, wanted, given);
      if (known(found)) return found;
    }
    return undefined;
  }

  #fromFunction(variable: string, wanted: Type, arg: CodeNode): Type | undefined {
    const result = wanted.args.at(-1);
    return result?.name === variable && (arg.kind === "lambda" || arg.kind === "reference") ? this.#resultOfFunction(arg) : undefined;
  }

  #libraryResult(method: LibraryMethod, bindings: ReadonlyMap<string, Type | undefined>, call: CodeNode): Type | undefined {
    if (call.text === "collect") return this.#collected(call, bindings.get("T"));
    const result = method.result === "" ? undefined : parseType(method.result);
    if (result === undefined) return undefined;
    const args = childrenOf(call, "argument");
    const all = new Map(bindings);
    if (/\bR\b/.test(method.result)) {
      const functional = args.find((arg) => arg.kind === "lambda" || arg.kind === "reference");
      all.set("R", functional === undefined ? undefined : this.#resultOfFunction(functional));
    }
    args.slice(0, 2).forEach((arg, i) => {
      if (!new RegExp(`[ACEXQ]${i}`).test(method.result)) return;
      const given = this.typeOf(arg);
      all.set(`A${i}`, given);
      all.set(`C${i}`, given !== undefined && simpleName(given) === "Class" ? given.args[0] : undefined);
      all.set(`E${i}`, this.elementOf(given));
      all.set(`X${i}`, given === undefined ? undefined : elementOfArray(given));
      all.set(`Q${i}`, queryDslEntity(given, this.#types, this.#entry));
    });
    for (const letter of ["A", "C", "E", "X", "Q"])
      for (const i of [0, 1]) if (!all.has(`${letter}${i}`)) all.set(`${letter}${i}`, undefined);
    return substitute(result, all);
  }

  #collected(call: CodeNode, element: Type | undefined): Type | undefined {
    const [collector] = childrenOf(call, "argument");
    const of = (name: string, ...args: (Type | undefined)[]): Type => typeNamed(name, ...args.map((arg) => arg ?? UNKNOWN_ARGUMENT));
    const functions =
      collector === undefined
        ? []
        : childrenOf(collector, "argument").map((arg) =>
            arg.kind === "lambda" || arg.kind === "reference" ? this.#resultOfFunction(arg) : undefined,
          );
    switch (collector?.text) {
      case "toList":
      case "toUnmodifiableList":
      case "toImmutableList":
        return of("java.util.List", element);
      case "toSet":
      case "toUnmodifiableSet":
      case "toImmutableSet":
        return of("java.util.Set", element);
      case "toMap":
      case "toUnmodifiableMap":
      case "toConcurrentMap":
        return of("java.util.Map", functions[0], functions[1] ?? (isIdentity(childrenOf(collector, "argument")[1]) ? element : undefined));
      case "groupingBy":
        return of("java.util.Map", functions[0], childrenOf(collector, "argument").length > 1 ? undefined : of("java.util.List", element));
      case "partitioningBy":
        return of("java.util.Map", typeNamed("java.lang.Boolean"), of("java.util.List", element));
      case "joining":
        return typeNamed("java.lang.String");
      case "toCollection":
        return of("java.util.Collection", element);
      default:
        return undefined;
    }
  }

  /** The type that a lambda or method reference returns. */
  #resultOfFunction(node: CodeNode): Type | undefined {
    if (node.kind === "reference") {
      const on = childOf(node, "receiver");
      if (node.text === "new") return on === undefined ? undefined : this.#namedType(on);
      const callee = this.calleeOf(node);
      const [only] = callee.declared;
      if (only !== undefined) {
        const declared = this.#types.resolve(only.method.returns, { file: only.owner.file, type: only.owner.type });
        return declared === undefined ? undefined : substitute(declared, this.#bindings(callee.receiver ?? this.#own(), only.owner));
      }
      if (callee.library?.method !== undefined) {
        const result = parseType(callee.library.method.result);
        return result === undefined ? undefined : substitute(result, callee.library.bindings);
      }
      return this.#accessorType(node, callee.receiver ?? (on === undefined ? undefined : this.#namedType(on)));
    }
    const body = childOf(node, "body");
    if (body === undefined) return undefined;
    if (body.kind !== "block") return this.typeOf(body);
    for (const inner of nodesOf(body)) {
      if (inner.kind === "return" && inner.children[0] !== undefined) {
        const type = this.typeOf(inner.children[0]);
        if (type !== undefined) return type;
      }
    }
    return undefined;
  }

  #typeOfLambdaParameter(parameter: CodeNode): Type | undefined {
    const lambda = parameter.parent;
    if (lambda?.kind !== "lambda") return undefined;
    const index = childrenOf(lambda, "parameter").indexOf(parameter);
    return this.#functionParameter(lambda, index);
  }

  #functionParameter(lambda: CodeNode, index: number): Type | undefined {
    const call = lambda.parent;
    if (call === undefined || lambda.role !== "argument" || (call.kind !== "call" && call.kind !== "new")) return undefined;
    if (call.kind === "new") return undefined;
    const collected = this.#collectedElement(call);
    if (collected !== undefined) return collected;
    const { declared, library, receiver } = this.calleeOf(call);
    if (library?.method !== undefined) {
      const text = library.method.lambda[index];
      const type = text === undefined ? undefined : parseType(text);
      return type === undefined ? undefined : substitute(type, library.bindings);
    }
    const [only] = declared;
    if (only === undefined) return undefined;
    const at = childrenOf(call, "argument").indexOf(lambda);
    const wanted = only.method.parameters[at];
    const type = wanted === undefined ? undefined : this.#types.resolve(wanted.type, { file: only.owner.file, type: only.owner.type });
    if (type === undefined) return undefined;
    const bindings = new Map(this.#bindings(receiver ?? this.#own(), only.owner));
    for (const { name } of only.method.typeParameters) if (!bindings.has(name)) bindings.set(name, this.#inferArgument(name, only, call));
    const given = functionalParameter(type, index);
    return given === undefined ? undefined : substitute(given, bindings);
  }

  /** The element that a collector's function, or a comparator's, is given: `collect(toMap(x -> …))`. */
  #collectedElement(call: CodeNode): Type | undefined {
    if (!ELEMENT_COLLECTORS.has(call.text) && call.text !== "comparing" && !call.text.startsWith("comparing")) return undefined;
    for (const around of ancestorsOf(call)) {
      if (around.kind !== "call") return undefined;
      if (["collect", "sorted", "sort", "min", "max"].includes(around.text)) return this.calleeOf(around).library?.bindings.get("T");
    }
    return undefined;
  }

  /** What the type variables of `owner`'s declaration stand for, seen from a value of type `type`. */
  #bindings(type: Type, owner: TypeEntry): ReadonlyMap<string, Type | undefined> {
    const above = this.#asSuper(type, owner.type.qualified, 0);
    const bindings = new Map<string, Type | undefined>();
    owner.type.typeParameters.forEach((parameter, i) => {
      const given = above?.args[i];
      if (given?.name !== parameter.name) bindings.set(parameter.name, given === UNKNOWN_ARGUMENT ? undefined : given);
    });
    return bindings;
  }

  #asSuper(type: Type, qualified: string, depth: number): Type | undefined {
    if (type.name === qualified) return type;
    const entry = depth > 12 ? undefined : this.#types.entryOf(type, this.#entry.file.file);
    if (entry === undefined) return undefined;
    for (const above of this.#types.supertypesOf(entry)) {
      const bound = substitute(above, argumentsOf(entry, type));
      const found = bound === undefined ? undefined : this.#asSuper(bound, qualified, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The library type, at or above `type`, that has a method of this name; the nearest known library type otherwise. */
  #librarySuper(type: Type, method: string): LibraryCallee | undefined {
    let fallback: LibraryCallee | undefined;
    const seen = new Set<string>();
    const queue: Type[] = [type];
    for (let next = queue.shift(); next !== undefined && seen.size < 40; next = queue.shift()) {
      if (seen.has(next.name)) continue;
      seen.add(next.name);
      const entry = this.#types.entryOf(next, this.#entry.file.file);
      if (entry !== undefined) {
        for (const above of this.#types.supertypesOf(entry)) {
          const bound = substitute(above, argumentsOf(entry, next));
          if (bound !== undefined) queue.push(bound);
        }
        continue;
      }
      const name = simpleName(next);
      const library = libraryType(name);
      if (library === undefined) {
        fallback ??= { type: name, method: undefined, bindings: new Map() };
        continue;
      }
      const bindings = new Map<string, Type | undefined>(
        library.parameters.map((parameter, i) => [parameter, known(next.args[i]) ? next.args[i] : undefined]),
      );
      const found = library.methods.get(method);
      if (found !== undefined) return { type: name, method: found, bindings };
      if (fallback === undefined || !libraryType(fallback.type)) fallback = { type: name, method: undefined, bindings };
      for (const above of library.supertypes) {
        const parsed = parseType(above);
        const bound = parsed === undefined ? undefined : substitute(parsed, bindings);
        if (bound !== undefined) queue.push(bound);
      }
    }
    return fallback;
  }
}

const NO_CALLEE: Callee = { receiver: undefined, declared: [], library: undefined };

/** "a.b.C" of names and field accesses; undefined for anything else. */
export function dotted(node: CodeNode): string | undefined {
  if (node.kind === "name") return node.text;
  if (node.kind !== "field") return undefined;
  const on = childOf(node, "receiver");
  const front = on === undefined ? undefined : dotted(on);
  return front === undefined ? undefined : `${front}.${node.text}`;
}

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

function argumentsOf(entry: TypeEntry, type: Type): ReadonlyMap<string, Type | undefined> {
  return new Map(entry.type.typeParameters.map((parameter, i) => [parameter.name, known(type.args[i]) ? type.args[i] : undefined]));
}

/** Finds what `variable` stands for by laying the type that is wanted beside the one that is given. */
function match(variable: string, wanted: Type, given: Type): Type | undefined {
  if (wanted.name === variable)
    return wanted.dimensions <= given.dimensions ? { ...given, dimensions: given.dimensions - wanted.dimensions } : undefined;
  for (const [i, arg] of wanted.args.entries()) {
    const inner = given.args[i];
    const found = inner === undefined ? undefined : match(variable, arg, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The parameter that a function of the JDK is called with. */
function functionalParameter(type: Type, index: number): Type | undefined {
  switch (simpleName(type)) {
    case "Function":
    case "Consumer":
    case "Predicate":
    case "UnaryOperator":
    case "ToIntFunction":
    case "ToLongFunction":
    case "ToDoubleFunction":
      return index === 0 ? type.args[0] : undefined;
    case "BiFunction":
    case "BiConsumer":
    case "BiPredicate":
    case "Comparator":
    case "BinaryOperator":
      return type.args[Math.min(index, type.args.length - 1)];
    default:
      return undefined;
  }
}

const isIdentity = (node: CodeNode | undefined): boolean => node?.kind === "call" && node.text === "identity";

/** `QOwner.owner` is generated and unseen: its name tells the entity. */
function queryDslEntity(type: Type | undefined, types: TypeIndex, near: TypeEntry): Type | undefined {
  if (type === undefined) return undefined;
  const name = simpleName(type);
  if (!/^Q\p{Lu}/u.test(name)) return undefined;
  const qualified = type.name.slice(0, type.name.length - name.length) + name.slice(1);
  return types.declared(qualified, near.file.file) === undefined ? undefined : typeNamed(qualified);
}

function* libraryLineage(name: string): Generator<string> {
  const library = libraryType(name);
  for (const above of library?.supertypes ?? []) {
    const bare = above.replace(/<.*/, "");
    yield bare;
    yield* libraryLineage(bare);
  }
}

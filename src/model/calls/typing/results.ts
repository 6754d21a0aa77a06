import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import { withoutCapital } from "../../../text/capitals.ts";
import { elementOfArray, known, parseKnownType, simpleName, substitute, type Type, typeNamed, UNKNOWN_ARGUMENT } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { DeclaredMethod, Expressions } from "./callees.ts";
import { ELEMENT_COLLECTORS, type LibraryMethod, libraryType } from "./library.ts";
import { ownFunction } from "./ownFunctions.ts";
import { queryTypeEntity } from "./queryTypes.ts";
import type { Supertypes } from "./supertypes.ts";

/** Variables of the library's table that stand for what is given to the call, not to its receiver. */
const OF_ARGUMENTS = /\bE?R\b|[ACEXQ][01]/;

/** `stub.withDeadlineAfter(…)` of gRPC, `record.setName(…)` of jOOQ. */
const givesItself = (type: string, method: string): boolean =>
  (type.endsWith("Stub") && /^with\p{Lu}/u.test(method)) || (type === "UpdatableRecord" && /^set\p{Lu}/u.test(method));

/** `document.getParts().stream()` of a library that is not read: what is streamed is not known, that it is streamed is. */
const isStreamOfUnknown = (call: CodeNode): boolean =>
  /^(?:stream|parallelStream)$/.test(call.text) && childOf(call, "receiver") !== undefined && childrenOf(call, "argument").length === 0;

const STREAM: Type = typeNamed("java.util.stream.Stream", UNKNOWN_ARGUMENT);

/** `FirebaseMessaging.getInstance()`, `KeyPairGenerator.getInstance("RSA")`. */
const isOwnFactory = ({ text }: CodeNode): boolean => text === "getInstance";

/** What calls return and what lambdas are given, type variables filled in. */
export class Results {
  readonly #types: TypeIndex;
  readonly #supertypes: Supertypes;
  readonly #at: Expressions;

  constructor(types: TypeIndex, supertypes: Supertypes, at: Expressions) {
    this.#types = types;
    this.#supertypes = supertypes;
    this.#at = at;
  }

  ofCall(call: CodeNode): Type | undefined {
    const { declared, library, receiver } = this.#at.calleeOf(call);
    const [only] = declared;
    if (only !== undefined) return this.#resultOf(only, receiver, call);
    if (library?.method !== undefined) return this.#libraryResult(library.method, library.bindings, call);
    if (library !== undefined && (libraryType(library.type)?.fluent || givesItself(library.type, call.text) || isOwnFactory(call)))
      return receiver;
    return this.#accessorType(call, receiver) ?? (receiver === undefined && isStreamOfUnknown(call) ? STREAM : undefined);
  }

  ofParameter(lambda: CodeNode, index: number): Type | undefined {
    const call = lambda.parent;
    if (call?.kind === "local" && lambda.role === "value") {
      const type = this.#at.resolve(call.type);
      return type === undefined ? undefined : (functionalParameter(type, index) ?? this.#ownParameter(type, index));
    }
    if (call?.kind !== "call" || lambda.role !== "argument") return undefined;
    const collected = this.#collectedElement(call);
    if (collected !== undefined) return collected;
    const { declared, library, receiver } = this.#at.calleeOf(call);
    if (library?.method !== undefined) {
      const text = library.method.lambda[index];
      const type = text === undefined ? undefined : parseKnownType(text);
      return type === undefined ? undefined : substitute(type, text === "C0" ? this.#classGiven(call) : library.bindings);
    }
    const [only] = declared;
    if (only === undefined) return undefined;
    const at = childrenOf(call, "argument").indexOf(lambda);
    const wanted = only.method.parameters[at];
    const type = wanted === undefined ? undefined : this.#types.resolve(wanted.type, { file: only.owner.file, type: only.owner.type });
    if (type === undefined) return undefined;
    const bindings = new Map(this.#supertypes.bindings(receiver ?? this.#at.own(), only.owner));
    for (const { name } of only.method.typeParameters) if (!bindings.has(name)) bindings.set(name, this.#inferArgument(name, only, call));
    const given = functionalParameter(type, index) ?? this.#ownParameter(type, index);
    return given === undefined ? undefined : substitute(given, bindings);
  }

  /** `Handle` of `inHandle(handle -> …)`, where the project declares `interface Work<T> { T with(Handle handle); }`. */
  #ownParameter(type: Type, index: number): Type | undefined {
    const run = ownFunction(this.#types, type, this.#at.entry.file.file);
    const parameter = run?.method.parameters[index];
    if (run === undefined || parameter === undefined) return undefined;
    const declared = this.#types.resolve(parameter.type, { file: run.owner.file, type: run.owner.type });
    return declared === undefined ? undefined : substitute(declared, this.#supertypes.bindings(type, run.owner));
  }

  /** `Dao` of `jdbi.withExtension(Dao.class, dao -> …)`. */
  #classGiven(call: CodeNode): ReadonlyMap<string, Type | undefined> {
    const [given] = childrenOf(call, "argument");
    const type = given === undefined ? undefined : this.#at.typeOf(given);
    return new Map([["C0", type !== undefined && simpleName(type) === "Class" ? type.args[0] : undefined]]);
  }

  /** Lombok's getters and a record's accessors have no declaration. */
  #accessorType(call: CodeNode, receiver: Type | undefined): Type | undefined {
    if (childrenOf(call, "argument").length > 0) return undefined;
    const on = receiver ?? (childOf(call, "receiver") === undefined ? this.#at.own() : undefined);
    const entry = this.#types.entryOf(on, this.#at.entry.file.file);
    if (entry === undefined || on === undefined) return undefined;
    const bean = /^(?:get|is)(\p{Lu}.*)$/u.exec(call.text)?.[1];
    const names = bean === undefined ? [call.text] : [withoutCapital(bean), call.text];
    for (const name of names) {
      const found = this.#types.fieldOf(entry, name);
      if (found === undefined || found.field.modifiers.includes("static")) continue;
      const declared = this.#types.resolve(found.field.type, { file: found.owner.file, type: found.owner.type });
      return declared === undefined ? undefined : substitute(declared, this.#supertypes.bindings(on, found.owner));
    }
    return undefined;
  }

  #resultOf({ owner, method }: DeclaredMethod, receiver: Type | undefined, call: CodeNode): Type | undefined {
    const running =
      receiver === undefined || childOf(call, "receiver")?.kind === "this" ? this.#at.runningResult({ owner, method }) : undefined;
    if (running !== undefined) return running;
    const declared = this.#types.resolve(method.returns, { file: owner.file, type: owner.type });
    if (declared === undefined) return undefined;
    const bindings = new Map(this.#supertypes.bindings(receiver ?? this.#at.own(), owner));
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
      const given = arg.kind === "lambda" || arg.kind === "reference" ? undefined : this.#at.typeOf(arg);
      const found = given === undefined ? this.#fromFunction(variable, wanted, arg) : match(variable, wanted, given);
      if (known(found)) return found;
    }
    return undefined;
  }

  #fromFunction(variable: string, wanted: Type, arg: CodeNode): Type | undefined {
    if (arg.kind !== "lambda" && arg.kind !== "reference") return undefined;
    const run = ownFunction(this.#types, wanted, this.#at.entry.file.file);
    const own = run?.owner.type.typeParameters.findIndex(({ name }) => name === run.method.returns) ?? -1;
    const result =
      own < 0 ? (/^Handle(?:Callback|Consumer)$/.test(simpleName(wanted)) ? wanted.args[0] : wanted.args.at(-1)) : wanted.args[own];
    return result?.name === variable ? this.#resultOfFunction(arg) : undefined;
  }

  #libraryResult(method: LibraryMethod, bindings: ReadonlyMap<string, Type | undefined>, call: CodeNode): Type | undefined {
    if (call.text === "collect") return this.#collected(call, bindings.get("T"));
    const args = childrenOf(call, "argument");
    const result = method.result === "" ? undefined : parseKnownType(this.#isPaged(call, args) ? "Page<T>" : method.result);
    if (result === undefined) return undefined;
    if (!OF_ARGUMENTS.test(method.result)) return substitute(result, bindings);
    const all = new Map(bindings);
    if (/\bE?R\b/.test(method.result)) {
      const functional = args.find((arg) => arg.kind === "lambda" || arg.kind === "reference");
      const given = functional === undefined ? undefined : this.#resultOfFunction(functional);
      all.set("R", given);
      all.set("ER", given?.args[0]);
    }
    args.slice(0, 2).forEach((arg, i) => {
      if (!new RegExp(`[ACEXQ]${i}`).test(method.result)) return;
      const given = this.#at.typeOf(arg);
      all.set(`A${i}`, given);
      all.set(`C${i}`, given !== undefined && simpleName(given) === "Class" ? given.args[0] : undefined);
      all.set(`E${i}`, this.#supertypes.elementOf(given));
      all.set(`X${i}`, given === undefined ? undefined : elementOfArray(given));
      all.set(`Q${i}`, method.result.includes(`Q${i}`) ? queryTypeEntity(arg, this.#at, this.#types) : undefined);
    });
    for (const letter of ["A", "C", "E", "X", "Q"])
      for (const i of [0, 1]) if (!all.has(`${letter}${i}`)) all.set(`${letter}${i}`, undefined);
    return substitute(result, all);
  }

  /** `findAll(pageable)` and `findAll(specification, pageable)` of Spring Data give a page. */
  #isPaged(call: CodeNode, args: readonly CodeNode[]): boolean {
    if (call.text !== "findAll") return false;
    return args.some((arg) => {
      const type = this.#at.typeOf(arg);
      return type !== undefined && /^(?:Pageable|PageRequest)$/.test(simpleName(type));
    });
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
      if (node.text === "new") return on === undefined ? undefined : this.#at.namedType(on);
      const callee = this.#at.calleeOf(node);
      const [only] = callee.declared;
      if (only !== undefined) {
        const declared = this.#types.resolve(only.method.returns, { file: only.owner.file, type: only.owner.type });
        return declared === undefined
          ? undefined
          : substitute(declared, this.#supertypes.bindings(callee.receiver ?? this.#at.own(), only.owner));
      }
      if (callee.library?.method !== undefined) {
        const result = parseKnownType(callee.library.method.result);
        return result === undefined ? undefined : substitute(result, callee.library.bindings);
      }
      return this.#accessorType(node, callee.receiver ?? (on === undefined ? undefined : this.#at.namedType(on)));
    }
    const body = childOf(node, "body");
    if (body === undefined) return undefined;
    if (body.kind !== "block") return this.#at.typeOf(body);
    for (const value of returnedBy(body)) {
      const type = this.#at.typeOf(value);
      if (type !== undefined) return type;
    }
    return undefined;
  }

  /** The element that a collector's function, or a comparator's, is given: `collect(toMap(x -> …))`. */
  #collectedElement(call: CodeNode): Type | undefined {
    if (!ELEMENT_COLLECTORS.has(call.text) && call.text !== "comparing" && !call.text.startsWith("comparing")) return undefined;
    for (const around of ancestorsOf(call)) {
      if (around.kind !== "call") return undefined;
      if (["collect", "sorted", "sort", "min", "max"].includes(around.text)) return this.#at.calleeOf(around).library?.bindings.get("T");
    }
    return undefined;
  }
}

/** The values that a body returns; those of lambdas and anonymous classes in it are not its own. */
function returnedBy(node: CodeNode): readonly CodeNode[] {
  if (node.kind === "return") return node.children.slice(0, 1);
  if (node.kind === "lambda" || node.kind === "method") return [];
  return node.children.flatMap(returnedBy);
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
    case "HandleCallback":
    case "HandleConsumer":
      return index === 0 ? typeNamed("org.jdbi.v3.core.Handle") : undefined;
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

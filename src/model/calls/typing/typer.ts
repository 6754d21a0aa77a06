import { type CodeNode, childOf, childrenOf, unpackNodes } from "../../../facts/java/code.ts";
import type { JavaMethod, JavaType } from "../../../facts/java/javaFacts.ts";
import { withCapital } from "../../../text/capitals.ts";
import { annotationNamed } from "../../types/constants.ts";
import { elementOfArray, isPrimitive, simpleName, substitute, type Type, typeNamed, UNKNOWN_ARGUMENT } from "../../types/type.ts";
import type { NameContext, TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { type Callee, Callees, type DeclaredMethod, type Expressions, NO_CALLEE } from "./callees.ts";
import { Results } from "./results.ts";
import { Scope } from "./scope.ts";
import { Supertypes } from "./supertypes.ts";

/** Types of the expressions of one body, given as its nodes in source order. Everything it looks up is noted by the type index. */
export class Typer implements Expressions {
  readonly entry: TypeEntry;
  /** The class in whose objects the body runs; the one that declares it where no other is known. */
  readonly runs: TypeEntry;
  readonly #types: TypeIndex;
  readonly method: JavaMethod | undefined;
  readonly #context: NameContext;
  readonly #scope: Scope;
  readonly #supertypes: Supertypes;
  readonly #calls: Callees;
  readonly #results: Results;
  /** What the type variables of the class around the body stand for, where it is known in whose objects the body runs. */
  readonly #given: ReadonlyMap<string, Type | undefined>;
  readonly #known = new Map<CodeNode, Type | undefined>();
  readonly #callees = new Map<CodeNode, Callee>();

  constructor(types: TypeIndex, entry: TypeEntry, method: JavaMethod | undefined, nodes: readonly CodeNode[], runs?: TypeEntry) {
    this.#types = types;
    this.entry = entry;
    this.runs = runs ?? entry;
    this.method = method;
    this.#context = { file: entry.file, type: entry.type };
    this.#scope = new Scope(nodes);
    this.#supertypes = new Supertypes(types, entry.file.file);
    this.#given = this.runs === entry ? NONE_GIVEN : this.#supertypes.given(this.own(), entry);
    this.#calls = new Callees(types, this.#supertypes, this);
    this.#results = new Results(types, this.#supertypes, this);
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

  /** What a name stands for that means a local which is never set again; the expression itself otherwise. */
  meant(node: CodeNode): CodeNode {
    let at = node;
    for (let local = this.declarationOf(at); local?.kind === "local" && !this.#scope.isSetAgain(local); local = this.declarationOf(at)) {
      const value = childOf(local, "value");
      if (value === undefined) return at;
      at = value;
    }
    return at;
  }

  calleeOf(call: CodeNode): Callee {
    let callee = this.#callees.get(call);
    if (callee === undefined) {
      this.#callees.set(call, NO_CALLEE);
      callee = this.#calls.calleeOf(call);
      this.#callees.set(call, callee);
    }
    return callee;
  }

  resolve(text: string): Type | undefined {
    const type = this.#types.resolve(text, this.#context);
    return type === undefined || this.#given.size === 0 ? type : substitute(type, this.#given);
  }

  /** What iterating over a value gives: the element of a collection, array or stream. */
  elementOf(type: Type | undefined): Type | undefined {
    return this.#supertypes.elementOf(type);
  }

  /** Whether a type is, or extends, a library type of one of these simple names. */
  isA(type: Type | undefined, names: ReadonlySet<string>): boolean {
    return this.#supertypes.isA(type, names);
  }

  /** Whether a type is an enum of the workspace. */
  isEnum(type: Type | undefined): boolean {
    return type !== undefined && this.#types.entryOf(type, this.entry.file.file)?.type.kind === "enum";
  }

  /** Whether a class is mapped as an entity. */
  isEntity(type: Type | undefined): boolean {
    const entry = type === undefined ? undefined : this.#types.entryOf(type, this.entry.file.file);
    return entry !== undefined && annotationNamed(entry.type.annotations, "Entity") !== undefined;
  }

  /** Whether a class of the workspace runs a method that it leaves to those below it once per element. */
  runsPerElement(type: string, method: string): boolean {
    const entry = this.#types.entryOf(this.resolve(type), this.entry.file.file);
    return entry !== undefined && this.#types.methodsOf(entry, method).some((declared) => declared.method.perElement === true);
  }

  /** What a method reference gives, where one method of the workspace is meant. */
  resultOf(reference: CodeNode): Type | undefined {
    const [only, ...others] = this.calleeOf(reference).declared;
    if (only === undefined || others.length > 0) return undefined;
    return this.#types.resolve(only.method.returns, { file: only.owner.file, type: only.owner.type });
  }

  own(): Type {
    return typeOfThis(this.runs.type);
  }

  runningResult(called: DeclaredMethod): Type | undefined {
    if (this.runs === this.entry) return undefined;
    const { name, parameters } = called.method;
    const runs = this.#types
      .methodsOf(this.runs, name)
      .find(({ method }) => method.body >= 0 && method.parameters.length === parameters.length);
    if (runs === undefined || runs.method === called.method) return undefined;
    return this.#handedOut(runs) ?? this.#types.resolve(runs.method.returns, { file: runs.owner.file, type: runs.owner.type });
  }

  /** `OrderRepository` of `JpaRepository<Order, Long> getRepository() { return orders; }`. */
  #handedOut({ owner, method }: DeclaredMethod): Type | undefined {
    this.#types.noteBody(owner.file);
    const nodes = unpackNodes(owner.file.java.code, method.body);
    const [statement, ...more] = nodes[0]?.children ?? [];
    const value = statement?.kind === "return" && more.length === 0 ? statement.children[0] : undefined;
    if (value?.kind !== "name" && value?.kind !== "field") return undefined;
    return new Typer(this.#types, owner, method, nodes, this.runs).typeOf(value);
  }

  /** What Spring injects for a `BaseRepository<Order>`, where one repository is one. */
  #injected(type: Type | undefined): Type | undefined {
    return type === undefined ? type : (this.#supertypes.onlyBelow(type) ?? type);
  }

  givenTo(reference: CodeNode, index: number): Type | undefined {
    return this.#results.ofParameter(reference, index);
  }

  bounded(type: Type | undefined): Type | undefined {
    if (type === undefined || type.dimensions > 0 || type.name.includes(".")) return type;
    const bound = this.#boundOf(type.name);
    return bound === undefined ? type : this.resolve(bound);
  }

  #boundOf(variable: string): string | undefined {
    const named = ({ name }: { readonly name: string }) => name === variable;
    const own = this.method?.typeParameters.find(named);
    if (own !== undefined) return own.bound;
    for (const type of this.#around()) {
      const declared = type.typeParameters.find(named);
      if (declared !== undefined) return declared.bound;
    }
    return undefined;
  }

  /** The type around the body and those around it, the innermost first. */
  *#around(): Generator<JavaType> {
    const { types } = this.entry.file.java;
    for (let type: JavaType | undefined = this.entry.type; type !== undefined; type = types[type.outer]) yield type;
  }

  /** The type that an expression names, where it is a type name: `Owner` in `Owner.of(…)`. */
  namedType(node: CodeNode): Type | undefined {
    if (node.kind === "class") return this.resolve(node.type);
    const text = dotted(node);
    if (text === undefined || !/(^|\.)\p{Lu}[\p{L}\p{N}_$]*$/u.test(text)) return undefined;
    return this.resolve(text);
  }

  #infer(node: CodeNode): Type | undefined {
    switch (node.kind) {
      case "literal":
        return node.type === "null" ? undefined : typeNamed(node.type === "String" ? "java.lang.String" : node.type);
      case "name":
        return this.#typeOfName(node);
      case "this":
        return this.own();
      case "field":
        return this.#typeOfField(node);
      case "call":
        return this.#results.ofCall(node);
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
    const parameter = this.method?.parameters.find((candidate) => candidate.name === node.text);
    if (parameter !== undefined) return this.resolve(parameter.type);
    return this.#typeOfOwnField(node.text);
  }

  /** A field of the type around the body, of what it inherits from, or of a type further out. */
  #typeOfOwnField(name: string): Type | undefined {
    const { file } = this.entry;
    for (const type of this.#around()) {
      const found = this.#types.fieldOf({ file, type }, name);
      if (found === undefined) continue;
      const declared = this.#types.resolve(found.field.type, { file: found.owner.file, type: found.owner.type });
      const self = type === this.entry.type ? this.own() : typeOfThis(type);
      return declared === undefined ? undefined : this.#injected(substitute(declared, this.#supertypes.bindings(self, found.owner)));
    }
    return this.#inheritedMapper(this.own(), name);
  }

  /** `baseMapper`, which MyBatis-Plus's ServiceImpl has for what extends it. */
  #inheritedMapper(type: Type, name: string): Type | undefined {
    return name === "baseMapper" ? this.#supertypes.libraryMethod(type, "getBaseMapper")?.bindings.get("M") : undefined;
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
    const type = this.bounded(this.typeOf(on)) ?? this.namedType(on);
    if (type === undefined) return undefined;
    if (type.dimensions > 0) return node.text === "length" ? typeNamed("int") : undefined;
    const entry = this.#types.entryOf(type, this.entry.file.file);
    const found = entry === undefined ? undefined : this.#types.fieldOf(entry, node.text);
    // Its constants are units themselves, and the one instance of a query type, which is generated and unseen, is named after its entity.
    if (type.name === "java.util.concurrent.TimeUnit") return type;
    if (entry === undefined && simpleName(type) === `Q${withCapital(node.text)}`) return type;
    if (found === undefined) return this.#inheritedMapper(type, node.text);
    const declared = this.#types.resolve(found.field.type, { file: found.owner.file, type: found.owner.type });
    return declared === undefined ? undefined : substitute(declared, this.#supertypes.bindings(type, found.owner));
  }

  #typeOfBinary(node: CodeNode): Type | undefined {
    if (/^(==|!=|<|>|<=|>=|&&|\|\|)$/.test(node.text)) return typeNamed("boolean");
    const left = childOf(node, "left");
    const type = left === undefined ? undefined : this.typeOf(left);
    if (node.text === "+" && type !== undefined && !isPrimitive(type)) return typeNamed("java.lang.String");
    return type;
  }

  #typeOfLambdaParameter(parameter: CodeNode): Type | undefined {
    const lambda = parameter.parent;
    if (lambda?.kind !== "lambda") return undefined;
    const index = childrenOf(lambda, "parameter").indexOf(parameter);
    return this.#results.ofParameter(lambda, index);
  }
}

const typeOfThis = ({ qualified, typeParameters }: JavaType): Type =>
  typeNamed(qualified, ...typeParameters.map((parameter) => typeNamed(parameter.name)));

const NONE_GIVEN: ReadonlyMap<string, Type | undefined> = new Map();

/** "a.b.C" of names and field accesses; undefined for anything else. */
export function dotted(node: CodeNode): string | undefined {
  if (node.kind === "name") return node.text;
  if (node.kind !== "field") return undefined;
  const on = childOf(node, "receiver");
  const front = on === undefined ? undefined : dotted(on);
  return front === undefined ? undefined : `${front}.${node.text}`;
}

import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { elementsBeside } from "../../calls/iteration/functions.ts";
import { ELEMENT_COLLECTORS } from "../../calls/typing/library.ts";
import type { Typer } from "../../calls/typing/typer.ts";
import type { Type } from "../../types/type.ts";
import { attributeOf, type Entity } from "../mapping/entity.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { sentSelection } from "../sent/sentSelection.ts";
import {
  collected,
  compose,
  type EntityValue,
  elementOf,
  heldByKey,
  heldStep,
  holding,
  inOptional,
  isOfKeys,
  isRepeated,
  oneOf,
  SAME_MANY,
  spanOf,
} from "./entityValue.ts";
import { COMPARING, FOR_ONE, innermost, ORDERING, propertyOf, SAME_ONE } from "./expressionForms.ts";
import { FilledLocals } from "./filledLocals.ts";
import { isResponse, isWrapper, RUNNING, wraps } from "./libraryWrappers.ts";
import { NO_ENTITY } from "./noEntity.ts";
import { parameterValue } from "./parameterValue.ts";
import type { Surroundings } from "./surroundings.ts";

/** Follows entities through the expressions of one body: locals, loops, streams, getters. */
export class EntityValues {
  readonly nodes: readonly CodeNode[];
  readonly typer: Typer;
  readonly sites = new Map<CodeNode, CallSite>();
  readonly #persistence: PersistenceModel;
  readonly #calls: CallGraph;
  readonly #method: MethodNode;
  readonly #around: Surroundings;
  readonly #known = new Map<CodeNode, EntityValue | undefined>();
  #filled: FilledLocals | undefined;

  constructor(persistence: PersistenceModel, calls: CallGraph, method: MethodNode, around: Surroundings) {
    const { nodes, typer } = calls.codeOf(method);
    this.nodes = nodes;
    this.typer = typer;
    this.#persistence = persistence;
    this.#calls = calls;
    this.#method = method;
    this.#around = around;
    for (const site of method.sites) {
      const node = this.nodes[site.order];
      if (node !== undefined && !this.sites.has(node)) this.sites.set(node, site);
    }
  }

  of(node: CodeNode | undefined): EntityValue | undefined {
    if (node === undefined) return undefined;
    if (this.#known.has(node)) return this.#known.get(node);
    this.#known.set(node, undefined);
    const value = this.#follow(node);
    this.#known.set(node, value);
    return value;
  }

  /** What a lambda's parameter or a method reference is given once per element, or once for an Optional. */
  given(functional: CodeNode, parameter = 0): EntityValue | undefined {
    const call = functional.parent;
    if (call?.kind !== "call" || functional.role !== "argument") return undefined;
    if (COMPARING.test(call.text)) return this.#compared(call);
    if (ELEMENT_COLLECTORS.has(call.text)) {
      for (let around = call.parent; around?.kind === "call"; around = around.parent)
        if (around.text === "collect") return elementOf(this.of(childOf(around, "receiver")));
      return undefined;
    }
    if (ORDERING.test(call.text)) return elementOf(this.#ordered(call));
    const value = this.of(childOf(call, "receiver"));
    if (value === undefined) return parameter > 0 ? undefined : elementOf(this.of(elementsBeside(functional, this.typer)));
    if (parameter > 0) return call.text === "forEach" ? heldByKey(value) : call.text === "reduce" ? elementOf(value) : undefined;
    if (!value.many && value.held === undefined) return FOR_ONE.has(call.text) ? value : undefined;
    if (call.text === "forEach" && (value.held === "map" || value.held === "groups")) return value.key;
    return elementOf(value);
  }

  /** What `Comparator.comparing(…)` is given where it orders elements. */
  #compared(comparing: CodeNode): EntityValue | undefined {
    let around = comparing.parent;
    while (around?.kind === "call" && !ORDERING.test(around.text)) around = around.parent;
    return around?.kind === "call" ? elementOf(this.#ordered(around)) : undefined;
  }

  /** What `all.sort(…)`, `all.stream().max(…)` or `Collections.sort(all, …)` orders. */
  #ordered(call: CodeNode): EntityValue | undefined {
    const on = childOf(call, "receiver");
    return on?.text === "Collections" ? this.of(childrenOf(call, "argument")[0]) : this.of(on);
  }

  /** The entity that `this` is, where the body belongs to one. */
  own(): EntityValue | undefined {
    const { owner, method } = this.#method.declared;
    if (method.modifiers.includes("static")) return undefined;
    const entity = this.#persistence.entity(owner.type.qualified) ?? this.#around.holders?.of(owner)?.entity;
    return entity === undefined ? undefined : { origin: { parameter: -1 }, entity, path: [], many: false, each: undefined };
  }

  #follow(node: CodeNode): EntityValue | undefined {
    switch (node.kind) {
      case "name":
        return this.#name(node);
      case "this":
        return this.own();
      case "field":
        return this.#step(this.of(childOf(node, "receiver")), node.text);
      case "call":
        return this.#call(node);
      case "cast":
        return this.#narrowed(this.of(childOf(node, "value")), node.type);
      case "assign":
        return this.of(childOf(node, "value"));
      case "conditional":
        return oneOf([this.of(childOf(node, "then")), this.of(childOf(node, "else"))]);
      case "switch":
        return this.#first(childrenOf(node, "body").flatMap((one) => childrenOf(one, "body")));
      case "new": {
        const [first, ...more] = childrenOf(node, "argument");
        return isWrapper(node.type, more.length === 0) ? this.of(first) : this.#made(node);
      }
      default:
        return undefined;
    }
  }

  /** `new Result(orders, total)`, which is asked for its orders later. */
  #made(node: CodeNode): EntityValue | undefined {
    const filled = this.#around.filled?.(node);
    const holder = filled === undefined ? undefined : this.#holderOf(this.typer.typeOf(node));
    if (filled === undefined || holder === undefined) return undefined;
    const args = childrenOf(node, "argument");
    const parts = [...filled].flatMap(([name, part]): [string, EntityValue][] => {
      const given = "parameter" in part.origin ? this.of(args[part.origin.parameter]) : undefined;
      const value = given === undefined ? undefined : compose(given, part);
      return value === undefined ? [] : [[name, value]];
    });
    return holding(holder, new Map(parts));
  }

  #holderOf(type: Type | undefined): Entity | undefined {
    return this.#around.holders?.ofType(type, this.#method.declared.owner.file.file)?.entity;
  }

  #first(nodes: readonly CodeNode[]): EntityValue | undefined {
    for (const node of nodes) {
      const value = this.of(node);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #local(declaration: CodeNode, use: CodeNode): EntityValue | undefined {
    const value = this.of(childOf(declaration, "value"));
    this.#filled ??= new FilledLocals(this.nodes, this.typer);
    const later = value && this.#filled.assignedBefore(use, declaration);
    // A library's call may give what it is given: `found = Lists.reverse(found)`.
    if (value !== undefined) return later === undefined ? value : (this.of(later) ?? (this.sites.has(later) ? undefined : value));
    return this.#filled.of(
      declaration,
      (given) => this.of(given),
      (reference) => this.given(reference),
    );
  }

  #name(node: CodeNode): EntityValue | undefined {
    const declaration = this.typer.declarationOf(node);
    if (declaration !== undefined) {
      if (declaration.kind === "local") return this.#local(declaration, node);
      if (declaration.kind === "instanceof") return this.#narrowed(this.of(childOf(declaration, "value")), declaration.type);
      if (declaration.kind === "foreach") return elementOf(this.of(childOf(declaration, "iterable")));
      const lambda = declaration.parent;
      return declaration.kind === "parameter" && lambda?.kind === "lambda"
        ? this.given(lambda, childrenOf(lambda, "parameter").indexOf(declaration))
        : undefined;
    }
    const index = this.#method.declared.method.parameters.findIndex(({ name }) => name === node.text);
    if (index < 0) return this.#step(this.own(), node.text);
    const type = this.typer.typeOf(node);
    const value = parameterValue(this.#method.declared, index, type, this.typer, (one) => this.#entityOf(one));
    const holder = value === undefined ? this.#holderOf(type) : undefined;
    return holder === undefined ? value : { origin: { parameter: index }, entity: holder, path: [], many: false, each: undefined };
  }

  /** An entity that is cast to a class below its own. */
  #narrowed(value: EntityValue | undefined, type: string): EntityValue | undefined {
    const entity = value === undefined || value.many || value.held !== undefined ? undefined : this.#entityOf(this.typer.resolve(type));
    return value === undefined || entity === undefined ? value : { ...value, entity };
  }

  #call(node: CodeNode): EntityValue | undefined {
    const on = childOf(node, "receiver");
    const value = on === undefined ? this.own() : this.of(on);
    const args = childrenOf(node, "argument");
    if (value?.held !== undefined) {
      if (node.text === "flatMap" && value.held === "lists") return this.#flattened(value, args[0]);
      if (/^(?:map|flatMap)$/.test(node.text) && value.held === "maybe") return inOptional(this.#flattened(value, args[0]));
      return heldStep(value, node);
    }
    if (value !== undefined) {
      if (!value.many && args.length === 0) {
        const next = this.#step(value, propertyOf(node.text)) ?? this.#step(value, node.text);
        if (next !== undefined) return this.#givenInstead(node, next) ?? next;
      }
      if (on !== undefined && (value.many ? SAME_MANY : SAME_ONE).has(node.text)) return value;
      if (value.many && node.text === "collect") return collected(value, args[0], (functional) => this.#applied(value, functional));
      if (value.many && node.text === "next") return isRepeated(node) ? elementOf(value) : undefined;
      if (value.many && node.text === "get") return args.length === 0 ? value : isRepeated(node) ? elementOf(value) : undefined;
      if (args.length === 1 && (node.text === "map" || node.text === "flatMap")) return this.#mapped(value, node.text, args[0] as CodeNode);
    }
    const site = this.sites.get(node);
    if (site === undefined || (site.work === undefined && site.targets.length === 0)) {
      const wrapped = this.#wrapped(node, on, args);
      if (wrapped !== undefined) return wrapped;
    }
    if (site === undefined) return undefined;
    return this.#sent(node, site) ?? (site.work === undefined ? this.#through(node, site) : undefined);
  }

  /** What a query gives that is sent here. */
  #sent(node: CodeNode, site: CallSite): EntityValue | undefined {
    const selection = sentSelection(this.#persistence, this.#calls, this.#method, site);
    const entity = selection && this.#persistence.entity(selection.entity);
    return entity && { origin: { selection, call: spanOf(node) }, entity, path: [], many: selection.rows === "many", each: undefined };
  }

  /** `getTags()` that gives the tags of an association called `tags`, whose elements are something else. */
  #givenInstead(node: CodeNode, attribute: EntityValue): EntityValue | undefined {
    const site = this.sites.get(node);
    const [target, ...others] = site?.targets ?? [];
    const declared = target === undefined || others.length > 0 ? undefined : this.#calls.method(target)?.declared;
    if (site === undefined || declared === undefined || declared.method.body < 0) return undefined;
    const type = this.typer.typeOf(node);
    const given = this.#entityOf(type) ?? this.#entityOf(this.typer.elementOf(type));
    return given === undefined || given.qualified === attribute.entity.qualified ? undefined : this.#through(node, site);
  }

  /** What another method gives back: its own query's result, or something of what it was given. */
  #through(node: CodeNode, site: CallSite): EntityValue | undefined {
    const returned = this.#around.returned(site);
    if (returned?.parts === undefined) return returned && this.#handedBack(node, returned);
    const parts = [...returned.parts].flatMap(([name, part]): [string, EntityValue][] => {
      const value = this.#handedBack(node, part);
      return value === undefined ? [] : [[name, value]];
    });
    return holding(returned.entity, new Map(parts));
  }

  #handedBack(node: CodeNode, returned: EntityValue): EntityValue | undefined {
    if (!("parameter" in returned.origin)) return { ...returned, origin: { ...returned.origin, call: spanOf(node) } };
    const index = returned.origin.parameter;
    const on = childOf(node, "receiver");
    const given = index < 0 ? (on === undefined ? this.own() : this.of(on)) : this.of(childrenOf(node, "argument")[index]);
    return given === undefined ? undefined : compose(given, returned);
  }

  /** `List.copyOf(all)`, `Optional.ofNullable(one)`, `Stream.concat(some, others)`, `transaction.execute(status -> …)`. */
  #wrapped(node: CodeNode, on: CodeNode | undefined, args: readonly CodeNode[]): EntityValue | undefined {
    const [first] = args;
    if (on?.kind === "call" && node.text === "body") return isResponse(on) ? this.of(first) : undefined;
    if (first !== undefined && (node.text === "map" || node.text === "flatMap")) return this.#foundForEach(node, on, first);
    if (first?.kind === "lambda") return RUNNING.test(node.text) ? this.#resultOf(first) : undefined;
    if (on?.kind !== "name" || first === undefined) return undefined;
    if (on.text === "Lists" && node.text === "partition") {
      const value = this.of(first);
      return value?.many === true && value.held === undefined ? { ...value, held: "lists" } : undefined;
    }
    if (!wraps(on.text, node.text)) return undefined;
    const value = this.#first(node.text === "concat" ? args : [first]);
    return on.text === "Optional" || (on.text === "Stream" && node.text !== "concat") ? inOptional(value, on.text) : value;
  }

  /** `ids.stream().flatMap(id -> orders.findByCustomer(id).stream())`: all that is found for elements that are no entities. */
  #foundForEach(node: CodeNode, on: CodeNode | undefined, functional: CodeNode): EntityValue | undefined {
    if (on?.kind !== "call" || (this.typer.elementOf(this.typer.typeOf(on)) === undefined && !isOfKeys(on))) return undefined;
    const site = this.sites.get(functional);
    const found = functional.kind === "lambda" ? this.#resultOf(functional) : site && this.#sent(functional, site);
    if (found?.many !== true || found.held !== undefined) return undefined;
    return node.text === "flatMap" ? found : { ...found, held: "lists" };
  }

  /** What a lambda gives back. */
  #resultOf(lambda: CodeNode): EntityValue | undefined {
    const body = childOf(lambda, "body");
    if (body?.kind !== "block") return this.of(body);
    return this.#first(
      this.nodes.flatMap((node) => (node.kind === "return" && innermost(node) === lambda ? node.children.slice(0, 1) : [])),
    );
  }

  #mapped(value: EntityValue, by: string, functional: CodeNode): EntityValue | undefined {
    const result = this.#applied(value, functional);
    if (result === undefined || !value.many) return result;
    if (result.held !== undefined) return undefined;
    return { ...result, many: true, ...(by === "flatMap" && functional.kind === "lambda" && { gathered: true as const }) };
  }

  /** `groups.values().stream().flatMap(List::stream)`. */
  #flattened(value: EntityValue, functional: CodeNode | undefined): EntityValue | undefined {
    if (functional?.kind === "reference") return functional.text === "stream" ? elementOf(value) : undefined;
    return functional?.kind === "lambda" ? this.#resultOf(functional) : undefined;
  }

  /** What a function that is given entities gives for one of them. */
  gives(functional: CodeNode): EntityValue | undefined {
    const value = this.given(functional);
    return value === undefined ? undefined : this.#applied(value, functional);
  }

  #applied(value: EntityValue, functional: CodeNode): EntityValue | undefined {
    return functional.kind === "lambda" ? this.#resultOf(functional) : this.#referenced(value, functional);
  }

  #referenced(value: EntityValue, functional: CodeNode): EntityValue | undefined {
    if (functional.kind !== "reference") return undefined;
    const given = value.many ? elementOf(value) : value;
    return this.#step(given, propertyOf(functional.text)) ?? this.#step(given, functional.text);
  }

  #step(value: EntityValue | undefined, name: string | undefined): EntityValue | undefined {
    if (value === undefined || value.many || value.held !== undefined || name === undefined) return undefined;
    if (value.parts !== undefined) return value.parts.get(name);
    const attribute = attributeOf(value.entity, name);
    if (attribute === undefined || attribute.kind === "basic") return undefined;
    const field = this.#around.holders?.fieldOf(value.entity, name);
    if (field !== undefined)
      return { ...value, entity: field.entity, path: [...value.path, attribute], many: field.many, held: field.held };
    const entity = attribute.kind === "elements" ? NO_ENTITY : this.#persistence.entity(attribute.type);
    if (entity === undefined) return undefined;
    const many = attribute.kind === "toMany" || attribute.kind === "elements";
    return { ...value, entity, path: [...value.path, attribute], many: many && attribute.container !== "map" };
  }

  #entityOf(type: Type | undefined): Entity | undefined {
    const entity = type === undefined || type.dimensions > 0 ? undefined : this.#persistence.entity(type.name);
    return entity?.kind === "entity" ? entity : undefined;
  }
}

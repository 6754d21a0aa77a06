import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { withoutCapital } from "../../text/capitals.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import { ELEMENT_COLLECTORS } from "../calls/library.ts";
import type { Typer } from "../calls/typer.ts";
import { simpleName, type Type } from "../types/type.ts";
import { type Attribute, attributeOf, type Entity } from "./entity.ts";
import type { PersistenceModel } from "./persistenceModel.ts";
import type { Selection } from "./selection.ts";
import { sentSelection } from "./sentSelection.ts";

/** Where entities in a body come from: a parameter by its place, the object itself (-1), or a query. */
export type Origin = { readonly parameter: number } | { readonly selection: Selection; readonly call: CodeNode };

/** An entity or a collection of entities that an expression holds, followed from where it came. */
export interface EntityValue {
  readonly origin: Origin;
  readonly entity: Entity;
  /** Attributes from the origin's entity to this one. */
  readonly path: readonly Attribute[];
  readonly many: boolean;
  /** How many attributes were followed when the first iteration began; undefined while there is just one. */
  readonly each: number | undefined;
}

/** What a call of another method gives back, in terms of its own parameters and queries. */
export type ReturnedBy = (site: CallSite) => EntityValue | undefined;

/** Follows entities through the expressions of one body: locals, loops, streams, getters. */
export class EntityValues {
  readonly nodes: readonly CodeNode[];
  readonly typer: Typer;
  readonly sites = new Map<CodeNode, CallSite>();
  readonly #persistence: PersistenceModel;
  readonly #calls: CallGraph;
  readonly #method: MethodNode;
  readonly #returned: ReturnedBy;
  readonly #known = new Map<CodeNode, EntityValue | undefined>();

  constructor(persistence: PersistenceModel, calls: CallGraph, method: MethodNode, returned: ReturnedBy) {
    const { nodes, typer } = calls.codeOf(method);
    this.nodes = nodes;
    this.typer = typer;
    this.#persistence = persistence;
    this.#calls = calls;
    this.#method = method;
    this.#returned = returned;
    for (const site of method.sites) {
      const node = this.nodes[site.order];
      if (node !== undefined) this.sites.set(node, site);
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

  /** What a lambda or method reference is given once per element, or once for an Optional. */
  given(functional: CodeNode): EntityValue | undefined {
    const call = functional.parent;
    if (call?.kind !== "call" || functional.role !== "argument") return undefined;
    if (ELEMENT_COLLECTORS.has(call.text)) {
      for (let around = call.parent; around?.kind === "call"; around = around.parent)
        if (around.text === "collect") return elementOf(this.of(childOf(around, "receiver")));
      return undefined;
    }
    const value = this.of(childOf(call, "receiver"));
    if (value === undefined) return undefined;
    if (!value.many) return FOR_ONE.has(call.text) ? value : undefined;
    return elementOf(value);
  }

  /** The entity that `this` is, where the body belongs to one. */
  own(): EntityValue | undefined {
    const { owner, method } = this.#method.declared;
    if (method.modifiers.includes("static")) return undefined;
    const entity = this.#persistence.entity(owner.type.qualified);
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
      case "assign":
        return this.of(childOf(node, "value"));
      case "conditional":
        return this.of(childOf(node, "then")) ?? this.of(childOf(node, "else"));
      case "new": {
        const [only, ...more] = childrenOf(node, "argument");
        return more.length === 0 && COPIES.test(node.type) ? this.of(only) : undefined;
      }
      default:
        return undefined;
    }
  }

  #name(node: CodeNode): EntityValue | undefined {
    const declaration = this.typer.declarationOf(node);
    if (declaration !== undefined) {
      if (declaration.kind === "local") return this.of(childOf(declaration, "value"));
      if (declaration.kind === "foreach") return elementOf(this.of(childOf(declaration, "iterable")));
      const lambda = declaration.parent;
      return declaration.kind === "parameter" && lambda?.kind === "lambda" && childOf(lambda, "parameter") === declaration
        ? this.given(lambda)
        : undefined;
    }
    const index = this.#method.declared.method.parameters.findIndex(({ name }) => name === node.text);
    if (index < 0) return this.#step(this.own(), node.text);
    const type = this.typer.typeOf(node);
    const single = this.#entityOf(type);
    const entity = single ?? this.#entityOf(this.typer.elementOf(type) ?? type?.args[0]);
    return entity === undefined
      ? undefined
      : { origin: { parameter: index }, entity, path: [], many: single === undefined && !isOptional(type), each: undefined };
  }

  #call(node: CodeNode): EntityValue | undefined {
    const on = childOf(node, "receiver");
    const value = on === undefined ? this.own() : this.of(on);
    const args = childrenOf(node, "argument");
    if (value !== undefined) {
      if (!value.many && args.length === 0) {
        const next = this.#step(value, propertyOf(node.text)) ?? this.#step(value, node.text);
        if (next !== undefined) return next;
      }
      if (on !== undefined && (value.many ? SAME_MANY : SAME_ONE).has(node.text)) return value;
      if (value.many && node.text === "collect") return args[0]?.text === "toMap" || args[0]?.text === "groupingBy" ? undefined : value;
      if (value.many && node.text === "next") return elementOf(value);
      if (value.many && node.text === "get" && args.length === 1 && isCounted(node)) return elementOf(value);
      if (args.length === 1 && (node.text === "map" || node.text === "flatMap")) return this.#mapped(value, args[0] as CodeNode);
    }
    if (on?.text === "Optional" && /^of/.test(node.text)) return this.of(args[0]);
    const site = this.sites.get(node);
    if (site === undefined) return undefined;
    const selection = sentSelection(this.#persistence, this.#calls, this.#method, site);
    if (selection !== undefined) {
      const entity = this.#persistence.entity(selection.entity);
      return entity && { origin: { selection, call: node }, entity, path: [], many: selection.rows === "many", each: undefined };
    }
    return site.work === undefined ? this.#through(node, site) : undefined;
  }

  /** What another method gives back: its own query's result, or something of what it was given. */
  #through(node: CodeNode, site: CallSite): EntityValue | undefined {
    const returned = this.#returned(site);
    if (returned === undefined || !("parameter" in returned.origin))
      return returned && { ...returned, origin: { ...returned.origin, call: node } };
    const index = returned.origin.parameter;
    const on = childOf(node, "receiver");
    const given = index < 0 ? (on === undefined ? this.own() : this.of(on)) : this.of(childrenOf(node, "argument")[index]);
    return given === undefined ? undefined : compose(given, returned);
  }

  #mapped(value: EntityValue, functional: CodeNode): EntityValue | undefined {
    const result = functional.kind === "lambda" ? this.of(childOf(functional, "body")) : this.#referenced(value, functional);
    return result === undefined ? undefined : { ...result, many: result.many || value.many };
  }

  #referenced(value: EntityValue, functional: CodeNode): EntityValue | undefined {
    if (functional.kind !== "reference") return undefined;
    const given = value.many ? elementOf(value) : value;
    return this.#step(given, propertyOf(functional.text)) ?? this.#step(given, functional.text);
  }

  #step(value: EntityValue | undefined, name: string | undefined): EntityValue | undefined {
    if (value === undefined || value.many || name === undefined) return undefined;
    const attribute = attributeOf(value.entity, name);
    if (attribute === undefined || attribute.kind === "basic") return undefined;
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

/** The values of an `@ElementCollection` are no entities. */
const NO_ENTITY: Entity = {
  name: "",
  qualified: "",
  entityName: "",
  kind: "embeddable",
  table: "",
  attributes: [],
  grouped: false,
  cached: false,
  graphs: {},
  hiddenInJson: [],
  at: { file: "", start: 0, end: 0 },
};

const SAME_MANY: ReadonlySet<string> = new Set(
  "stream parallelStream filter sorted distinct peek limit skip getContent toList iterator reversed subList values boxed sequential parallel takeWhile dropWhile".split(
    " ",
  ),
);
const SAME_ONE: ReadonlySet<string> = new Set("get orElse orElseThrow orElseGet filter or stream".split(" "));
/** Methods of Optional that give their function the value. */
const FOR_ONE: ReadonlySet<string> = new Set("map ifPresent filter flatMap ifPresentOrElse".split(" "));
const COPIES = /(?:List|Set|Deque|Queue)(?:<.*>)?$/;

/** One of many, reached once for each of them. */
export function elementOf(value: EntityValue | undefined): EntityValue | undefined {
  return value?.many === true ? { ...value, many: false, each: value.each ?? value.path.length } : undefined;
}

/** What `inner` is of a parameter, where the parameter is `outer`. */
export function compose(outer: EntityValue, inner: Pick<EntityValue, "entity" | "path" | "many" | "each">): EntityValue {
  return {
    origin: outer.origin,
    entity: inner.entity,
    path: [...outer.path, ...inner.path],
    many: inner.many,
    each: outer.each ?? (inner.each === undefined ? undefined : outer.path.length + inner.each),
  };
}

/** "getOwner" → "owner". */
function propertyOf(getter: string): string | undefined {
  const name = /^(?:get|is)(\p{Lu}.*)$/u.exec(getter)?.[1];
  return name === undefined ? undefined : withoutCapital(name);
}

const isOptional = (type: Type | undefined): boolean => type !== undefined && simpleName(type) === "Optional";

function isCounted(node: CodeNode): boolean {
  for (let around = node.parent; around !== undefined; around = around.parent) if (around.kind === "for") return true;
  return false;
}

/** What the body returns, where every return that gives entities gives the same. */
export function returnedValue(values: EntityValues): EntityValue | undefined {
  for (const node of values.nodes) {
    if (node.kind !== "return" || isInner(node)) continue;
    const value = values.of(node.children[0]);
    if (value !== undefined) return value;
  }
  return undefined;
}

function isInner(node: CodeNode): boolean {
  for (let around = node.parent; around !== undefined; around = around.parent)
    if (around.kind === "lambda" || around.kind === "method") return true;
  return false;
}

import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { attributeOf, type Entity } from "../../../../model/persistence/mapping/entity.ts";
import { withoutCapital } from "../../../../text/capitals.ts";
import { callOn } from "./listReads.ts";

/** What code reads of entities, and how. */
export interface AttributesRead {
  readonly names: ReadonlySet<string>;
  /** The getters that are called, by their attribute; undefined where fields are read as they are, or getters of a class above. */
  readonly getters: ReadonlyMap<string, string> | undefined;
  /** Locals, loops, parameters and method references that may name the entity's type. */
  readonly typed: readonly CodeNode[];
}

/**
 * The attributes that code reads of the entities which a list or page holds; undefined where not every use of them is known: an entity
 * that is returned, handed on, changed, or asked for more than plain attributes.
 */
export function readAttributes(
  model: Model,
  method: MethodNode,
  code: BodyCode,
  entity: Entity,
  list: CodeNode,
): AttributesRead | undefined {
  const reader = new AttributeReader(model, method, code, entity);
  return reader.followList(list) ? reader.found() : undefined;
}

class AttributeReader {
  readonly #read = new Set<string>();
  readonly #getters = new Map<string, string>();
  readonly #typed: CodeNode[] = [];
  #readsFields = false;
  readonly #model: Model;
  readonly #method: MethodNode;
  readonly #code: BodyCode;
  readonly #entity: Entity;

  constructor(model: Model, method: MethodNode, code: BodyCode, entity: Entity) {
    this.#model = model;
    this.#method = method;
    this.#code = code;
    this.#entity = entity;
  }

  found(): AttributesRead {
    return { names: this.#read, getters: this.#readsFields ? undefined : this.#getters, typed: this.#typed };
  }

  /** Whether every use of a list is known. */
  followList(list: CodeNode): boolean {
    if (list.parent?.kind === "local" && list.role === "value") this.#typed.push(list.parent);
    const uses = this.#code.valuesOf(list);
    return uses.length > 0 && uses.every((use) => this.#followUse(use));
  }

  #followUse(use: CodeNode): boolean {
    const { parent } = use;
    if (parent?.kind === "foreach" && use.role === "iterable") return this.#followElement(parent);
    const on = callOn(use);
    if (on === undefined) return false;
    const functions = childrenOf(on, "argument");
    if (/^(?:isEmpty|size|count|hasNext|getTotalElements|getTotalPages|hasContent)$/.test(on.text)) return true;
    if (/^(?:stream|getContent|toList|parallelStream|distinct|limit|skip)$/.test(on.text)) return this.followList(on);
    if (/^(?:filter|peek|takeWhile|dropWhile)$/.test(on.text)) return this.#followFunctions(functions) && this.followList(on);
    if (on.text === "sorted") return functions.every((order) => this.#followOrder(order)) && functions.length > 0 && this.followList(on);
    if (/^(?:map|mapTo\w+|anyMatch|allMatch|noneMatch|forEach)$/.test(on.text)) return this.#followFunctions(functions);
    return on.text === "collect" && functions.every((collector) => this.#followCollector(collector));
  }

  /** `toMap(E::getId, E::getName)`: what it makes holds no entity. */
  #followCollector(collector: CodeNode): boolean {
    return (
      collector.kind === "call" &&
      /^toMap$|^toUnmodifiableMap$/.test(collector.text) &&
      this.#followFunctions(childrenOf(collector, "argument").slice(0, 2))
    );
  }

  #followOrder(order: CodeNode): boolean {
    if (order.kind !== "call") return false;
    const on = childOf(order, "receiver");
    if (order.text === "reversed" && on !== undefined) return this.#followOrder(on);
    return /^comparing(?:Int|Long|Double)?$/.test(order.text) && this.#followFunctions(childrenOf(order, "argument").slice(0, 1));
  }

  #followFunctions(functions: readonly CodeNode[]): boolean {
    return functions.length > 0 && functions.every((one) => this.#followFunction(one));
  }

  #followFunction(one: CodeNode): boolean {
    if (one.kind === "reference") {
      const on = childOf(one, "receiver");
      if (on !== undefined) this.#typed.push(on);
      const type = on === undefined ? undefined : this.#code.typer.namedType(on);
      if (type !== undefined && type.name !== this.#entity.qualified) this.#readsFields = true;
      return type !== undefined && this.#isEntityOrAbove(type.name) && this.#isAttribute(one.text);
    }
    const [parameter, ...more] = one.kind === "lambda" ? childrenOf(one, "parameter") : [];
    return parameter !== undefined && more.length === 0 && this.#followElement(parameter);
  }

  /** `Base::getId` of a class that the entity extends. */
  #isEntityOrAbove(type: string): boolean {
    if (type === this.#entity.qualified) return true;
    const { types, persistence } = this.#model;
    const entry = types.declared(this.#entity.qualified);
    if (entry === undefined || persistence.entity(type)?.kind !== "mapped") return false;
    return types.lineage(entry).some((above) => above.type.qualified === type);
  }

  /** Whether one entity, a loop's variable or a lambda's parameter, is asked for attributes and for nothing else. */
  #followElement(declaration: CodeNode): boolean {
    const uses = this.#code.usesOf(declaration);
    this.#typed.push(declaration);
    return (
      uses.length > 0 &&
      uses.every((use) => {
        const { parent } = use;
        if (parent === undefined || use.role !== "receiver") return false;
        if (parent.kind === "field") {
          this.#readsFields = true;
          return parent.role !== "target" && this.#note(parent.text);
        }
        return (
          parent.kind === "call" &&
          childrenOf(parent, "argument").length === 0 &&
          this.#isAttribute(parent.text) &&
          !this.#code.valuesOf(parent).some((value) => this.#isLookedUpAgain(value))
        );
      })
    );
  }

  /** A value that is given to code which reads: by its key the entity is found among those that the session has loaded (fineract's loans). */
  #isLookedUpAgain(value: CodeNode): boolean {
    const taker = value.role === "argument" ? value.parent : undefined;
    const site = taker === undefined ? undefined : this.#method.sites.find((one) => this.#code.callOf(one) === taker);
    if (site === undefined) return false;
    return site.work?.kind === "read" || site.targets.some((target) => this.#model.effects.of(target, "read") !== undefined);
  }

  /** Whether a method is the plain getter of a basic attribute. */
  #isAttribute(accessor: string): boolean {
    const bean = /^(?:get|is)(\p{Lu}.*)$/u.exec(accessor)?.[1];
    const name = bean === undefined ? accessor : withoutCapital(bean);
    this.#getters.set(name, accessor);
    return this.#note(name) && this.#isPlain(accessor, name);
  }

  #note(name: string): boolean {
    if (attributeOf(this.#entity, name)?.kind !== "basic") return false;
    this.#read.add(name);
    return true;
  }

  /** A getter may say more than its name; one of Lombok's, or of a class that is not seen, does not. */
  #isPlain(accessor: string, attribute: string): boolean {
    const { types, calls } = this.#model;
    const entry = types.declared(this.#entity.qualified);
    const [found] = entry === undefined ? [] : types.methodsOf(entry, accessor);
    // What an interface above declares and nobody writes out is generated.
    if (found === undefined || found.method.body < 0) return true;
    const method = calls.methodsIn(found.owner.file.file).find(({ declared }) => declared.method === found.method);
    if (method === undefined) return false;
    return calls
      .codeOf(method)
      .nodes.every(({ kind, text }) => kind !== "call" && ((kind !== "name" && kind !== "field") || text === attribute));
  }
}

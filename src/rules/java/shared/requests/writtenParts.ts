import { type CodeNode, childOf, childrenOf, isInLambda } from "../../../../facts/java/code.ts";
import type { JavaType } from "../../../../facts/java/javaFacts.ts";
import { bodiesRun } from "../../../../model/calls/bodiesRun.ts";
import type { MethodCode, MethodNode } from "../../../../model/calls/callGraph.ts";
import { Supertypes } from "../../../../model/calls/typing/supertypes.ts";
import type { Model } from "../../../../model/model.ts";
import type { EntityValue } from "../../../../model/persistence/loading/entityValue.ts";
import type { EntityValues } from "../../../../model/persistence/loading/entityValues.ts";
import { entityValuesOf } from "../../../../model/persistence/loading/lazyAccesses.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { simpleName, substitute, type Type } from "../../../../model/types/type.ts";
import { withCapital } from "../../../../text/capitals.ts";

/** Maps of names to whatever an answer holds. */
const MAPS: ReadonlySet<string> = new Set(["Map", "HashMap", "LinkedHashMap", "TreeMap"]);
/** Answers in answers: a page of an envelope, and no deeper. */
const DEEPEST = 3;

/**
 * The entities that an answer holds which is none itself: `new Answer<>(books)`, `Map.of("books", books)`, a map that is filled. Only
 * what comes from a query that is followed, since a class may be made of entities and keep none.
 */
export const partsOf = (model: Model, method: MethodNode, answer: CodeNode): readonly EntityValue[] =>
  new AnswerReader(model, method).inside(answer, 0);

/** The expressions that a method gives back. */
export const returnedIn = (nodes: readonly CodeNode[]): readonly CodeNode[] =>
  nodes.flatMap((node) => (node.kind === "return" && !isInLambda(node) ? node.children.slice(0, 1) : []));

function answersOf(model: Model, method: MethodNode, depth: number, type: Type): readonly EntityValue[] {
  if (depth > DEEPEST) return [];
  const reader = new AnswerReader(model, method);
  return returnedIn(model.calls.codeOf(method).nodes).flatMap((answer) => reader.inside(answer, depth, type));
}

class AnswerReader {
  readonly #model: Model;
  readonly #method: MethodNode;
  readonly #code: MethodCode;
  /** Most answers hold no entities, and nothing is followed for them. */
  #values: Pick<EntityValues, "of"> | undefined;

  constructor(model: Model, method: MethodNode) {
    this.#model = model;
    this.#method = method;
    this.#code = model.calls.codeOf(method);
  }

  /** `wanted` is what the node stands for: `new Page<>(…)` does not say of what. */
  inside(node: CodeNode, depth: number, wanted?: Type): readonly EntityValue[] {
    const own = depth > DEEPEST ? undefined : this.#code.typer.typeOf(node);
    const type = own?.args.length === 0 && own.name === wanted?.name ? wanted : own;
    if (type === undefined) return [];
    const isMap = MAPS.has(simpleName(type));
    const held = isMap ? new Map<string, Entity>() : heldIn(this.#model, type, this.#code.typer.entry.file.file);
    if (!isMap && held.size === 0) return [];
    const parts = this.#value(node)?.parts;
    if (parts !== undefined) return [...held.keys()].flatMap((name) => parts.get(name) ?? []);
    const kept = isMap ? undefined : new Set(held.values());
    const local = node.kind === "name" ? this.#code.typer.declarationOf(node) : undefined;
    if (local?.kind === "local") {
      const made = childOf(local, "value");
      return [...(made === undefined ? [] : this.inside(made, depth, type)), ...this.#given(this.#filling(local), kept, depth)];
    }
    const running = node.kind === "call" ? this.#running(node) : [];
    const [called, ...others] = running;
    if (called === undefined) return this.#given(madeOf(node), kept, depth);
    const answers = others.length > 0 ? [] : answersOf(this.#model, called, depth + 1, type);
    // Of what another method is given it may keep nothing, unless it is there to make the object.
    const makes = running.every(({ declared }) => declared.owner.type.qualified === type.name);
    return answers.length === 0 && makes ? this.#given(madeOf(node), kept, depth) : answers;
  }

  /** What comes from queries, of what an object is made of, or a map is filled with. */
  #given(nodes: readonly CodeNode[], kept: ReadonlySet<Entity> | undefined, depth: number): readonly EntityValue[] {
    return nodes.flatMap((given) => {
      const value = this.#value(given);
      if (value === undefined || value.parts !== undefined) return this.inside(given, depth + 1);
      return "selection" in value.origin && kept?.has(value.entity) !== false ? [value] : [];
    });
  }

  #value(node: CodeNode): EntityValue | undefined {
    this.#values ??= entityValuesOf(this.#model, this.#method);
    return this.#values.of(node);
  }

  /** What a local variable is filled with: `answer.put("books", books)`. */
  #filling(local: CodeNode): readonly CodeNode[] {
    return this.#code.nodes.flatMap((call) => {
      const on = call.kind === "call" && FILLS.test(call.text) ? childOf(call, "receiver") : undefined;
      return on?.kind === "name" && this.#code.typer.declarationOf(on) === local ? childrenOf(call, "argument") : [];
    });
  }

  /** The methods of the project that a call may run. */
  #running(call: CodeNode): readonly MethodNode[] {
    const site = this.#method.sites.find(({ order }) => this.#code.nodes[order] === call);
    return site === undefined ? [] : bodiesRun(this.#model.calls, this.#model.types, site.targets);
  }
}

/** What stands in the calls that make an object: `new Page<>(books, 3)`, `Answer.builder().data(books).build()`. */
function madeOf(node: CodeNode): readonly CodeNode[] {
  const on = node.kind === "call" ? childOf(node, "receiver") : undefined;
  return [...(on?.kind === "call" ? madeOf(on) : []), ...childrenOf(node, "argument")];
}

const FILLS = /^(?:put$|set\p{Lu})/u;

/** The fields of a class of the project that Jackson writes and that hold entities, by what they hold. */
export function heldIn(model: Model, type: Type, near: string): ReadonlyMap<string, Entity> {
  const held = new Map<string, Entity>();
  const entry = model.types.entryOf(type, near);
  if (entry === undefined || model.persistence.entity(type.name) !== undefined) return held;
  const supertypes = new Supertypes(model.types, near);
  const lineage = model.types.lineage(entry);
  const types = lineage.map((above) => above.type);
  for (const owner of lineage) {
    for (const field of owner.type.fields) {
      if (field.modifiers.includes("static") || !/\p{Lu}/u.test(field.type)) continue;
      const declared = model.types.resolve(field.type, { file: owner.file, type: owner.type });
      const meant = declared && substitute(declared, supertypes.bindings(type, owner));
      const entity = [meant, supertypes.elementOf(meant)].map((one) => one && model.persistence.entity(one.name)).find(Boolean);
      if (entity?.kind === "entity" && isWritten(types, field.name)) held.set(field.name, entity);
    }
  }
  return held;
}

/** Whether Jackson writes a property: there is a getter, written or Lombok's, and nothing that hides or replaces it. */
export function isWritten(types: readonly JavaType[], name: string): boolean {
  const getter = new RegExp(`^(?:get|is)${withCapital(name)}$`);
  for (const type of types) {
    const field = type.fields.find((candidate) => candidate.name === name);
    const written = type.methods.find((candidate) => candidate.parameters.length === 0 && getter.test(candidate.name));
    const annotations = [...(field?.annotations ?? []), ...(written?.annotations ?? [])];
    if (annotationNamed(annotations, "JsonIgnore", "JsonBackReference", "JsonSerialize", "JsonIdentityReference") !== undefined)
      return false;
    if (written !== undefined) return true;
    if (field === undefined) continue;
    if (field.origin === "component" || field.modifiers.includes("public")) return true;
    const getters = annotationNamed([...type.annotations, ...field.annotations], "Getter", "Data", "Value");
    if (
      getters !== undefined &&
      !getters.values.some(({ value }) => value.kind === "reference" && /NONE|PRIVATE|PROTECTED|PACKAGE/.test(value.name))
    )
      return true;
  }
  return false;
}

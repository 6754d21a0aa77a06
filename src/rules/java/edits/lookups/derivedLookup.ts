import type { JavaParameter } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { attributeOf } from "../../../../model/persistence/mapping/entity.ts";
import {
  type DerivedPart,
  type DerivedTest,
  parseDerivedQuery,
  resolvePropertyPath,
  splitAt,
} from "../../../../model/persistence/scans/derivedQuery.ts";
import { propertiesOf } from "../../../../model/persistence/scans/derivedScans.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { simpleName, type Type } from "../../../../model/types/type.ts";
import type { TypeEntry } from "../../../../model/types/typeIndex.ts";
import { withCapital, withoutCapital } from "../../../../text/capitals.ts";
import { carriedGraph } from "../fetching/carriedGraph.ts";
import { type BulkParameter, bulkMethodFor } from "./bulkMethod.ts";
import { accessorOf, identifierOf, keyOf } from "./keys.ts";
import type { Arguments, LookedUp } from "./lookedUp.ts";

/**
 * `findByOwner(x)`, `findPetsByOwnerIdAndDayAfterOrderByDay(x, day)`: the one argument that changes asks for a property, the others leave
 * rows out for all keys alike. What stands before `By` is the reader's, but for words that leave rows out
 * (https://docs.spring.io/spring-data/jpa/reference/repositories/query-keywords-reference.html).
 */
export function derivedLookup(model: Model, repository: TypeEntry, name: string, { position, count }: Arguments): LookedUp | undefined {
  const declared = model.types.methodsOf(repository, name).find(({ method }) => method.parameters.length === count);
  const bulkName = bulkNameOf(name, position, count);
  if (declared === undefined || bulkName === undefined) return undefined;
  const { parameters } = declared.method;
  const from = { file: declared.owner.file, type: declared.owner.type };
  const shape = shapeOf(model, model.types.resolve(declared.method.returns, from), repository);
  const changing = parameters[position];
  if (shape === undefined || changing === undefined) return undefined;
  const key = keyIn(model, shape.entity, bulkName.property, model.types.resolve(changing.type, from));
  if (key === undefined || (bulkName.isSorted && shape.result !== "list")) return undefined;
  const isOwn = declared.owner.type === repository.type;
  // What another file writes it may import, too.
  if (!isOwn && (count > 1 || key.identifier !== undefined)) return undefined;
  const { usual, alike } = bulkName;
  const present = [usual, alike].find((one) => model.types.methodsOf(repository, one).length > 0);
  const bulk = present ?? (shape.result === "list" && bulkName.isNamed ? alike : usual);
  const graph = carriedGraph(model, repository, name, count);
  // Rows that nobody has asked for may have EAGER associations, each with a query of its own.
  const isHeavy = shape.result === "exists" && carriedGraph(model, repository, "findById", 1) !== "nothing";
  if (graph === undefined || isHeavy) return undefined;
  const addTo = bulkMethodFor(model, {
    repository,
    entity: shape.entity,
    name: bulk,
    graph,
    parameters: parameters.map((one, i) => parameterOf(one, isOwn, i === position ? bulkName.property : undefined)),
    position,
    imports: [],
  });
  return addTo === undefined
    ? undefined
    : { bulk, addTo: addTo === "present" ? undefined : addTo, needsCollection: true, ...key, ...shape };
}

/** The changing one is called what it is compared with. */
function parameterOf({ type, name, annotations }: JavaParameter, isOwn: boolean, property: string | undefined): BulkParameter {
  const found = isOwn ? annotationNamed(annotations, "NonNull", "Nonnull", "NotNull") : undefined;
  const called = property === undefined || property.includes("_") ? name : withoutCapital(property);
  return { type, name: called, ...(found === undefined ? {} : { promise: `@${found.name} ` }) };
}

interface BulkName {
  /** "findBy…In". */
  readonly usual: string;
  /** The same with the words that the method for one key has before `By`. */
  readonly alike: string;
  /** Whether those are more than "find" or "findAll". */
  readonly isNamed: boolean;
  /** The property that is asked for many values, as the name writes it. */
  readonly property: string;
  readonly isSorted: boolean;
}

const SUBJECT = /^(find|get|read|query|search|exists)(\p{Lu}\w*?)??By(?=\p{Lu})/u;

/** Arguments that a test takes, where that is not one. */
const TAKES: Readonly<Partial<Record<DerivedTest, number>>> = {
  between: 2,
  true: 0,
  false: 0,
  null: 0,
  notNull: 0,
  empty: 0,
  notEmpty: 0,
};

/** The name of the method that asks for many values of one of the arguments; undefined where the name says no such thing. */
function bulkNameOf(name: string, position: number, count: number): BulkName | undefined {
  const [head, verb, subject = ""] = SUBJECT.exec(name) ?? [];
  const { distinct, first, alternatives } = parseDerivedQuery(name);
  const [parts, ...others] = alternatives;
  if (head === undefined || distinct || first !== undefined || parts === undefined || others.length > 0) return undefined;
  let at = 0;
  let changing = -1;
  parts.forEach(({ test }, i) => {
    if (at === position && TAKES[test] === undefined) changing = i;
    at += TAKES[test] ?? 1;
  });
  const part: DerivedPart | undefined = parts[changing];
  if (at !== count || part === undefined || part.test !== "equals" || part.ignoreCase) return undefined;
  const [predicate, ...order] = splitAt(name.slice(head.length), "OrderBy");
  const written = splitAt(predicate ?? "", "And").filter((one) => one !== "");
  if (written.length !== parts.length) return undefined;
  const sorted = order.map((by) => `OrderBy${by}`).join("");
  const asked = `By${written.map((one, i) => (i === changing ? `${part.property}In` : one)).join("And")}${sorted}`;
  const usual = `find${asked}`;
  return {
    usual,
    alike: verb === "exists" ? usual : `${verb}${subject}${asked}`,
    isNamed: verb !== "exists" && subject !== "" && subject !== "All",
    property: part.property,
    isSorted: sorted !== "",
  };
}

/** How a row's key is read, and what is looked up by becomes one. */
type RowKey = Pick<LookedUp, "property" | "accessors" | "identifier" | "key">;

/** A property of the row itself, or the identifier of what it belongs to, which is read of a reference without loading it. */
function keyIn(model: Model, entity: TypeEntry, written: string, given: Type | undefined): RowKey | undefined {
  const key = keyOf(given);
  if (key === undefined) return undefined;
  const property = withoutCapital(written);
  const accessor = accessorOf(model, entity, property);
  if (accessor === undefined) return idBehind(model, entity, written, key);
  if (model.persistence.entity(key.name) === undefined) return { property, accessors: [accessor], key };
  // Two sessions have two objects for one row, which no map takes for the same.
  const other = model.types.entryOf(key, entity.file.file);
  const id = other === undefined ? undefined : identifierOf(model, other);
  if (id?.key === undefined) return undefined;
  return { property: property + withCapital(id.name), accessors: [accessor, id.accessor], identifier: id.accessor, key: id.key };
}

/** `findByGuestId`: the identifier of the guest that a booking belongs to. */
function idBehind(model: Model, entity: TypeEntry, written: string, key: Type): RowKey | undefined {
  const mapped = model.persistence.entity(entity.type.qualified);
  if (mapped === undefined) return undefined;
  const [first, last, ...more] =
    resolvePropertyPath(
      written,
      propertiesOf(mapped, (name) => model.persistence.entity(name)),
    ) ?? [];
  const owner = first === undefined ? undefined : attributeOf(mapped, first);
  const other = owner?.kind === "toOne" ? model.types.declared(owner.type) : undefined;
  if (first === undefined || other === undefined || more.length > 0) return undefined;
  const accessor = accessorOf(model, entity, first);
  const id = identifierOf(model, other);
  if (accessor === undefined || id === undefined || (last !== id.name && last !== "id")) return undefined;
  return { property: first + withCapital(id.name), accessors: [accessor, id.accessor], key };
}

/** Of which rows there is one for a key, and of which many. */
function shapeOf(model: Model, returns: Type | undefined, near: TypeEntry): Pick<LookedUp, "entity" | "result"> | undefined {
  if (returns !== undefined && /^(?:java\.lang\.)?[bB]oolean$/.test(returns.name)) {
    const entity = model.types.declared(model.persistence.repository(near.type.qualified)?.entity ?? "");
    return entity === undefined ? undefined : { entity, result: "exists" };
  }
  const direct = returns === undefined ? undefined : model.types.entryOf(returns, near.file.file);
  if (returns === undefined || direct !== undefined) return direct === undefined ? undefined : { entity: direct, result: "one" };
  const inner = model.types.entryOf(returns.args[0], near.file.file);
  const name = simpleName(returns);
  if (inner === undefined || returns.args.length !== 1) return undefined;
  if (name === "Optional") return { entity: inner, result: "optional" };
  return name === "List" ? { entity: inner, result: "list" } : undefined;
}

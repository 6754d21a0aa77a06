import { type CodeNode, childOf } from "../../../facts/java/code.ts";
import { withoutCapital } from "../../../text/capitals.ts";
import type { Place, Span } from "../../../text/positions.ts";
import type { Attribute, Entity } from "../mapping/entity.ts";
import { type EntityValue, type Origin, spanOf } from "./entityValue.ts";
import type { EntityValues } from "./entityValues.ts";
import { ANY_ENTITY } from "./noEntity.ts";

/** An association that code looks into. */
export interface LazyAccess {
  readonly origin: Origin;
  /** The attributes to what is looked into, the last one included; none where it is a parameter itself, which may be an association. */
  readonly path: readonly Attribute[];
  /** How many attributes were followed when the first iteration began; undefined where it happens once. */
  readonly each: number | undefined;
  /** Where it happens, or the call that leads there. */
  readonly at: Span;
  /** The way from `at` to the place, the place last. */
  readonly chain: readonly { readonly at: Place; readonly message: string }[];
}

/** A node that looks into the association that its value came through. */
export function directLooks(values: EntityValues, node: CodeNode): readonly LazyAccess[] {
  if (node.kind === "reference" || node.kind === "lambda") {
    const keys = byKey(values, node);
    if (keys.length > 0 || node.kind === "lambda") return keys;
    return byReference(values, node);
  }
  if (node.kind !== "call" && node.kind !== "name" && node.kind !== "field") return [];
  const around = node.parent;
  const joined = around !== undefined && isJoined(node, around);
  if (around === undefined || (!joined && node.role !== "receiver" && node.role !== "iterable" && node.role !== "argument")) return [];
  const value = values.of(node);
  if (value === undefined || value.held !== undefined || !mayBeAssociation(value)) return [];
  if (value.gathered === true && !isListOfReferences(value)) return [];
  const looked = joined
    ? !isListOfReferences(value) && value.path.at(-1)?.kind !== "embedded"
    : node.role === "iterable"
      ? !isListOfReferences(value)
      : node.role === "argument"
        ? (!isListOfReferences(value) && (copies(value, around) || initializes(value, around))) || compares(value, around)
        : looksInto(value, around);
  return looked ? [{ origin: value.origin, path: value.path, each: value.each, at: spanOf(node), chain: [] }] : [];
}

/** `"of " + pet.getOwner()`: the text of a proxy, or of a bag, is asked of what it stands for. */
const isJoined = (node: CodeNode, { kind, text }: CodeNode): boolean =>
  kind === "binary" ? text === "+" : kind === "assign" && text === "+=" && node.role === "value";

/** `collect(groupingBy(Pet::getOwner))`: a map asks its keys for their hash codes. */
function byKey(values: EntityValues, node: CodeNode): readonly LazyAccess[] {
  const call = node.parent;
  if (call?.kind !== "call" || !/^(?:groupingBy|toMap)/.test(call.text) || childOf(call, "argument") !== node) return [];
  const value = values.gives(node);
  if (value === undefined || value.many || value.held !== undefined || !isComparedByLoading(value)) return [];
  return [{ origin: value.origin, path: value.path, each: value.each, at: spanOf(node), chain: [] }];
}

/** Going through references loads none of them. */
const isListOfReferences = ({ many, path }: Pick<EntityValue, "many" | "path">): boolean => many && path.at(-1)?.kind === "toOne";

/** A proxy whose entity has its own `equals` or `hashCode` asks the entity (`BasicLazyInitializer` of Hibernate 5 to 7). */
const isComparedByLoading = ({ path, entity }: EntityValue): boolean => path.at(-1)?.kind === "toOne" && entity.comparesItself === true;

/** `distinct()`, `collect(toSet())` and `new HashSet<>(…)` compare what they are given. */
function comparesAll({ kind, text, type, children }: CodeNode): boolean {
  if (kind === "new") return /(?:Set|Map)(?:<.*>)?$/.test(type);
  return kind === "call" && (text === "distinct" || (text === "collect" && children.some((child) => /^to\w*Set$/.test(child.text))));
}

/** `owners.map(Pet::getOwner).map(Owner::getName)`: the second looks into what the first gave. */
function byReference(values: EntityValues, node: CodeNode): readonly LazyAccess[] {
  const value = values.given(node);
  if (value === undefined || value.held !== undefined || !mayBeAssociation(value) || !looksInto(value, node)) return [];
  return [{ origin: value.origin, path: value.path, each: value.each, at: spanOf(node), chain: [] }];
}

/** What a method is given may be an association of its caller's entity. */
const mayBeAssociation = ({ origin, path, entity }: EntityValue): boolean =>
  path.length > 0 || ("parameter" in origin && origin.parameter >= 0 && entity !== ANY_ENTITY);

function looksInto({ path, many, entity }: EntityValue, use: CodeNode): boolean {
  const last = path.at(-1);
  if (last?.kind === "embedded") return false;
  if (use.kind !== "call" && use.kind !== "field" && use.kind !== "reference") return false;
  if (isListOfReferences({ path, many })) return entity.comparesItself === true && comparesAll(use);
  // Adding to a bag, and asking a proxy for its key, load nothing.
  if (many) return !/^(?:add|addAll|equals|hashCode)$/.test(use.text);
  if (last !== undefined && last.kind !== "toOne") return false;
  if (use.kind === "call" && /^(?:equals|hashCode)$/.test(use.text)) return entity.comparesItself === true;
  const property = withoutCapital(use.text.replace(/^get(?=\p{Lu})/u, ""));
  return !/^(?:equals|hashCode|getClass|orElse\w*|get|isPresent|map|ifPresent|filter|flatMap)$/.test(use.text) && !isKey(entity, property);
}

const isKey = (entity: Entity, property: string): boolean => entity.attributes.some(({ id, name }) => id && name === property);

/** `seen.contains(pet.getOwner())`, `byOwner.get(pet.getOwner())`, `new HashSet<>(owners)`. */
function compares(value: EntityValue, around: CodeNode): boolean {
  if (!isComparedByLoading(value)) return false;
  return value.many ? around.kind === "new" && comparesAll(around) : around.kind === "call" && /^contains(?:Key|Value)?$/.test(around.text);
}

const copies = ({ many }: EntityValue, around: CodeNode): boolean =>
  many &&
  ((around.kind === "new" && /(?:List|Set|Deque|Queue)(?:<.*>)?$/.test(around.type)) ||
    (around.kind === "call" && /^(?:copyOf|addAll)$/.test(around.text)));

/** `Hibernate.initialize(pet.getVisits())`, in Hibernate's own words. */
const initializes = ({ path }: EntityValue, { kind, text, children: [on] }: CodeNode): boolean =>
  kind === "call" && /^(?:initialize|unproxy)$/.test(text) && on?.text === "Hibernate" && /^to/.test(path.at(-1)?.kind ?? "");

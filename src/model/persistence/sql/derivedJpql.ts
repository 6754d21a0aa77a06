import type { JpqlExpression, JpqlSelect, JpqlStatement } from "../../../syntax/jpql/jpqlAst.ts";
import { ENTITY_NAME_PLACEHOLDER } from "../../../syntax/jpql/jpqlTokens.ts";
import { endsAtCollection } from "../mapping/collections.ts";
import type { Entity, EntityLookup } from "../mapping/entity.ts";
import { type DerivedPart, parseDerivedQuery, resolvePropertyPath } from "../scans/derivedQuery.ts";
import { propertiesOf } from "../scans/derivedScans.ts";

const ALIAS = "e";
/** Whatever the property is called. */
const KEY = "id";

/** The JPQL that Spring Data makes of a method's name; undefined where it names no property, or a test without a fixed meaning. */
export function derivedJpql(name: string, entity: Entity, entities: EntityLookup): JpqlStatement | undefined {
  const derived = parseDerivedQuery(name);
  const owner = propertiesOf(entity, entities);
  let parameter = 0;
  const next = (): JpqlExpression => ({ kind: "parameter", name: `?${++parameter}` });
  const pathOf = (property: string): Extract<JpqlExpression, { kind: "path" }> | undefined => {
    const path = resolvePropertyPath(property, owner);
    return path === undefined ? undefined : { kind: "path", parts: [ALIAS, ...path] };
  };
  const memberOf = (part: DerivedPart, path: Extract<JpqlExpression, { kind: "path" }>): JpqlExpression | undefined =>
    /ontaining$/.test(part.test) && endsAtCollection(entity, path.parts.slice(1), entities)
      ? { kind: "memberOf", value: next(), collection: path, negated: part.test === "notContaining" }
      : undefined;
  const alternatives: JpqlExpression[] = [];
  for (const parts of derived.alternatives) {
    const terms: JpqlExpression[] = [];
    for (const part of parts) {
      const path = pathOf(part.property);
      const condition = path === undefined ? undefined : (memberOf(part, path) ?? conditionOf(part, path, next));
      if (condition === undefined) return undefined;
      terms.push(condition);
    }
    alternatives.push(terms.length === 1 ? (terms[0] as JpqlExpression) : { kind: "and", terms });
  }
  const where =
    alternatives.length === 0 ? undefined : alternatives.length === 1 ? alternatives[0] : ({ kind: "or", terms: alternatives } as const);
  const orderBy: JpqlSelect["orderBy"][number][] = [];
  for (const { property, descending } of derived.order) {
    const value = pathOf(property);
    if (value === undefined) return undefined;
    orderBy.push({ value, descending, nulls: undefined });
  }
  const from = {
    join: "none",
    fetch: false,
    source: { kind: "name", parts: [ENTITY_NAME_PLACEHOLDER] },
    alias: ALIAS,
    on: undefined,
    using: [],
  } as const;
  // Without entities that were loaded before.
  if (entity.aggregate === true && derived.subject === "delete")
    return { kind: "delete", from, others: [], where, named: [], understood: true };
  const whole: JpqlExpression = { kind: "path", parts: [ALIAS] };
  // Deleting loads the entities first: that is what finds them.
  const value: JpqlExpression =
    derived.subject === "count"
      ? {
          kind: "call",
          name: "count",
          distinct: derived.distinct,
          args: entity.aggregate === true ? [] : [whole],
        }
      : derived.subject === "exists"
        ? { kind: "path", parts: [ALIAS, KEY] }
        : whole;
  const rows = derived.subject === "exists" ? 1 : derived.first;
  return {
    kind: "select",
    distinct: derived.distinct && derived.subject === "find",
    distinctOn: false,
    items: [{ value, alias: undefined }],
    from: [from],
    where,
    groupBy: [],
    having: undefined,
    orderBy,
    limit: rows === undefined ? undefined : { kind: "literal", sort: "number", value: String(rows) },
    offset: undefined,
    lock: undefined,
    combined: [],
    joinedBy: undefined,
    named: [],
    understood: true,
  };
}

function conditionOf(part: DerivedPart, path: JpqlExpression, next: () => JpqlExpression): JpqlExpression | undefined {
  const folded = (value: JpqlExpression): JpqlExpression =>
    part.ignoreCase ? { kind: "call", name: "upper", distinct: false, args: [value] } : value;
  const compare = (operator: "=" | "<>" | "<" | "<=" | ">" | ">="): JpqlExpression => ({
    kind: "compare",
    operator,
    left: folded(path),
    right: folded(next()),
  });
  const like = (negated: boolean): JpqlExpression => ({
    kind: "like",
    value: folded(path),
    pattern: folded(next()),
    caseSensitive: true,
    negated,
  });
  const truth = (value: string): JpqlExpression => ({
    kind: "compare",
    operator: "=",
    left: path,
    right: { kind: "literal", sort: "boolean", value },
  });
  switch (part.test) {
    case "equals":
      return compare("=");
    case "not":
      return compare("<>");
    case "less":
    case "before":
      return compare("<");
    case "lessEqual":
      return compare("<=");
    case "greater":
    case "after":
      return compare(">");
    case "greaterEqual":
      return compare(">=");
    case "between":
      return { kind: "between", value: path, low: next(), high: next(), negated: false };
    case "in":
    case "notIn":
      return { kind: "in", value: folded(path), items: [next()], negated: part.test === "notIn" };
    case "null":
    case "notNull":
      return { kind: "isNull", value: path, negated: part.test === "notNull" };
    case "true":
    case "false":
      return truth(part.test);
    case "empty":
    case "notEmpty":
      return { kind: "isEmpty", value: path, negated: part.test === "notEmpty" };
    case "like":
    case "startingWith":
    case "endingWith":
    case "containing":
      return like(false);
    case "notLike":
    case "notContaining":
      return like(true);
    default:
      return undefined;
  }
}

import type { JpqlExpression } from "../../../syntax/jpql/jpqlAst.ts";
import { attributeOf, type Entity } from "../mapping/entity.ts";
import { entityOf, type Scope, type SqlSources, Untranslatable } from "./sqlSources.ts";

/** The columns of a key that has several; undefined for every other expression. */
export function keyBehind(expression: JpqlExpression, sources: SqlSources, scope: Scope): readonly string[] | undefined {
  const start = expression.kind === "path" ? sources.starts(expression.parts, scope) : undefined;
  if (start?.source.entity === undefined || start.rest.length > 1) return undefined;
  const { source, rest } = start;
  const ids = entityOf(source).attributes.filter(({ id }) => id);
  const [only, more] = ids;
  const name = rest[0] ?? "id";
  if (only === undefined || (name !== "id" && (more !== undefined || name !== only.name))) return undefined;
  if (more !== undefined) return attributeOf(entityOf(source), name) === undefined ? sources.keyOf(source) : undefined;
  if (only.kind !== "embedded") return undefined;
  const embedded = sources.joined(source, only.name, "JOIN", scope);
  const columns = entityOf(embedded).attributes.flatMap((attribute) =>
    attribute.kind === "basic" ? attribute.columns.map((column) => sources.column(source, column)) : [""],
  );
  return columns.length < 2 || columns.includes("") ? undefined : columns;
}

/** Versions of Hibernate differ in what they compare where an association refers to another column than the key. */
export function sameReference(left: JpqlExpression, right: JpqlExpression, sources: SqlSources, scope: Scope): void {
  const [a, b] = [left, right].map((side) => {
    const start = side.kind === "path" ? sources.starts(side.parts, scope) : undefined;
    const attribute = start?.source.entity && start.rest.length === 1 && attributeOf(start.source.entity, start.rest[0] as string);
    return attribute ? attribute.referred?.join() : undefined;
  });
  if (a !== b) throw new Untranslatable("an association refers to another column than the key");
}

/** Whether a row is known by more than one column. */
export function hasSeveralKeys(entity: Entity | undefined): boolean {
  const [only, more] = entity?.attributes.filter(({ id }) => id) ?? [];
  return more !== undefined || only?.kind === "embedded" || (only?.columns.length ?? 0) > 1;
}

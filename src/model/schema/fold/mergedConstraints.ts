import type { ConstraintFact, IndexKeyFact } from "../../../facts/sql/sqlFacts.ts";

type Unique = Extract<ConstraintFact, { readonly index: unknown }>;

/**
 * The constraints of one CREATE TABLE as PostgreSQL makes them: of a primary key and unique constraints over the same columns it makes one
 * index, that of the primary key or of the first, under the first name that is given.
 */
export function mergedConstraints(constraints: readonly ConstraintFact[]): readonly ConstraintFact[] {
  const primaryFirst = [...constraints].sort((a, b) => rank(a) - rank(b));
  const kept: ConstraintFact[] = [];
  for (const constraint of primaryFirst) {
    const at = isUnique(constraint) ? kept.findIndex((one) => isUnique(one) && isSame(one, constraint)) : -1;
    const first = kept[at];
    if (first === undefined || !isUnique(first) || !isUnique(constraint)) kept.push(constraint);
    else if (first.name === undefined && constraint.name !== undefined)
      kept[at] = { ...first, name: constraint.name, index: { ...first.index, name: constraint.name } };
  }
  return kept;
}

const rank = ({ type }: ConstraintFact): number => (type === "primary" ? 0 : 1);

function isUnique(constraint: ConstraintFact): constraint is Unique {
  return constraint.type === "primary" || constraint.type === "unique";
}

function isSame(a: Unique, b: Unique): boolean {
  if (a.index.keys.length !== b.index.keys.length) return false;
  const text = ({ index, deferrable }: Unique): string =>
    JSON.stringify([index.keys.map(key), [...index.include], index.nullsNotDistinct, deferrable ?? null]);
  return text(a) === text(b);
}

const key = ({ column, expression }: IndexKeyFact): string => column?.toLowerCase() ?? expression ?? "";

import type { JpqlExpression } from "../../../syntax/jpql/jpqlAst.ts";
import { likeOf } from "./likePattern.ts";
import type { ArmTest } from "./query.ts";
import type { ColumnRef } from "./scanBuilder.ts";

type Arm = readonly ArmTest[];

/** The columns that a path means where it stands. */
type Columns = (parts: readonly string[]) => readonly ColumnRef[];

/** What the sides of an OR ask for; undefined where one of them is no test of a column, as a parameter that switches others off. */
export function armsOf(terms: readonly JpqlExpression[], columns: Columns): readonly Arm[] | undefined {
  const arms: Arm[] = [];
  for (const term of terms) {
    const more = term.kind === "or" ? armsOf(term.terms, columns) : armOf(term, columns);
    if (more === undefined) return undefined;
    if (term.kind === "or") arms.push(...(more as readonly Arm[]));
    else arms.push(more as Arm);
  }
  return arms;
}

/** The tests of one side, all of which must hold; those of no known column are left out where others are left. */
function armOf(term: JpqlExpression, columns: Columns): Arm | undefined {
  if (term.kind === "and") {
    const tests = term.terms.flatMap((inner) => armOf(inner, columns) ?? []);
    return tests.length === 0 ? undefined : tests;
  }
  const test = testOf(term, columns);
  return test === undefined ? undefined : [test];
}

function testOf(term: JpqlExpression, columns: Columns): ArmTest | undefined {
  const on = (value: JpqlExpression, test: ArmTest["test"], constant = false): ArmTest | undefined => {
    const folded = foldedBy(value);
    const inner = folded === undefined || value.kind !== "call" ? value : (value.args[0] as JpqlExpression);
    const [ref, ...others] = inner.kind === "path" ? columns(inner.parts) : [];
    return ref === undefined || others.length > 0 || ref.ambiguous ? undefined : armTest(ref, test, constant, folded);
  };
  switch (term.kind) {
    case "compare": {
      const test = term.operator === "=" ? "equals" : term.operator === "<>" ? "not" : "range";
      const [left, right] = [on(term.left, test, term.right.kind === "literal"), on(term.right, test, term.left.kind === "literal")];
      return left !== undefined && right !== undefined ? { ...left, test: "join" } : (left ?? right);
    }
    case "in":
      if (term.negated) return on(term.value, "not");
      return on(
        term.value,
        term.items[0]?.kind === "subquery" ? "subquery" : "in",
        term.items.every(({ kind }) => kind === "literal"),
      );
    case "between":
      return on(term.value, term.negated ? "not" : "range");
    case "like":
      return on(term.value, term.negated ? "not" : likeOf(term));
    case "isNull":
      return on(term.value, term.negated ? "notNull" : "null", true);
    case "path":
      return on(term, "equals", true);
    case "exists":
      return { table: "", column: "", test: term.negated ? "not" : "subquery", constant: false, folded: undefined, fewValues: false };
    default:
      return undefined;
  }
}

export const armTest = (
  { scan, column, fewValues }: ColumnRef,
  test: ArmTest["test"],
  constant: boolean,
  folded: ArmTest["folded"],
): ArmTest => ({
  table: scan.table,
  column,
  test,
  constant,
  folded,
  fewValues,
});

function foldedBy(value: JpqlExpression): ArmTest["folded"] {
  return value.kind === "call" && value.args.length === 1 && (value.name === "lower" || value.name === "upper") ? value.name : undefined;
}

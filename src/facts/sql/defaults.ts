import type { ColumnDef, Constraint } from "libpg-query";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import { nameOf, namesOf, textInParentheses } from "./parseTree.ts";
import type { ColumnDefault } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/** The default of a column, or what generates it; `own` are the column's constraints. */
export function defaultOf(column: ColumnDef, own: readonly Constraint[], source: StatementText): ColumnDefault | undefined {
  for (const constraint of own) {
    switch (constraint.contype) {
      case "CONSTR_IDENTITY":
        return { kind: "identity", text: "" };
      case "CONSTR_GENERATED": {
        const kind = constraint.generated_kind === "v" ? "virtual" : "stored";
        return { kind, text: textInParentheses(source, constraint.location) };
      }
      case "CONSTR_DEFAULT":
        return { kind: defaultKind(constraint.raw_expr), text: defaultText(constraint, [...own, column.collClause], source) };
      default:
    }
  }
  return undefined;
}

/** Behind DEFAULT, up to what else is said of the column. */
function defaultText(
  constraint: Constraint,
  others: readonly ({ readonly location?: number } | undefined)[],
  source: StatementText,
): string {
  const start = source.offset(constraint.location);
  let end = source.elementEnd(start);
  for (const other of others) {
    const next = other === undefined ? start : source.offset(other.location);
    if (next > start && next < end) end = next;
  }
  const text = source.source(start, end);
  return text.replace(/^(?:CONSTRAINT\s+\S+\s+)?DEFAULT\s*/i, "");
}

/** When an expression gives another value: never, with the transaction, with each row; or nobody knows. */
export function defaultKind(expression: SqlNode | undefined): ColumnDefault["kind"] {
  if (expression === undefined || "A_Const" in expression) return "constant";
  const called = callsIn(expression);
  if (called.some((name) => VOLATILE.test(name))) return "volatile";
  if (called.length === 0) return "constant";
  return called.every((name) => FIXED.test(name)) ? "stable" : "unknown";
}

/** PostgreSQL's volatile functions that people write into defaults, those of pgcrypto and uuid-ossp among them. */
const VOLATILE =
  /^(?:random|random_normal|gen_random_uuid|gen_random_bytes|gen_salt|uuidv[47]|uuid_generate_v(?:1|1mc|4)|clock_timestamp|timeofday|nextval|setval|currval|lastval)$/;

/** Functions that are stable or immutable; "" is CURRENT_DATE and its kin. */
const FIXED =
  /^(?:|now|transaction_timestamp|statement_timestamp|current_setting|timezone|to_timestamp|to_char|to_date|date_trunc|date_part|extract|age|make_(?:date|time|timestamp|timestamptz|interval)|lower|upper|initcap|concat|concat_ws|md5|sha256|encode|decode|length|left|right|substring|substr|replace|trim|btrim|ltrim|rtrim|lpad|rpad|repeat|abs|ceil|ceiling|floor|round|trunc|coalesce|nullif|jsonb?_build_(?:object|array)|jsonb?_object|to_jsonb?|array_fill|string_to_array|uuid_nil|uuid_generate_v[35]|hstore|point|int4range|int8range|numrange|tsrange|tstzrange|daterange|to_tsvector|current_schema|session_user|user)$/;

function callsIn(expression: SqlNode): string[] {
  const called: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("SQLValueFunction" in node) called.push("");
    if ("FuncCall" in node) called.push(nameOf((node.FuncCall as { funcname?: SqlNode[] }).funcname).toLowerCase());
    for (const key in node) visit((node as Readonly<Record<string, unknown>>)[key]);
  };
  visit(expression);
  return called;
}

export const SERIAL: ReadonlyMap<string, string> = new Map([
  ["smallserial", "int2"],
  ["serial2", "int2"],
  ["serial", "int4"],
  ["serial4", "int4"],
  ["bigserial", "int8"],
  ["serial8", "int8"],
]);

export const collationOf = ({ collClause }: ColumnDef): string | undefined => collClause && namesOf(collClause.collname).at(-1);

import type { JpqlExpression } from "../../../syntax/jpql/jpqlAst.ts";
import { Untranslatable } from "./sqlSources.ts";

type Call = Extract<JpqlExpression, { kind: "call" }>;
type Case = Extract<JpqlExpression, { kind: "case" }>;

/** How the expressions inside are written. */
export interface Writer {
  value(expression: JpqlExpression): string;
  condition(expression: JpqlExpression): string;
}

/** Functions that PostgreSQL has under the name and with the arguments that JPQL, or Hibernate, gives them. */
const SAME: ReadonlySet<string> = new Set(
  (
    "lower upper coalesce nullif count sum avg min max length concat abs round floor ceil ceiling mod substring replace greatest least now " +
    "left right lpad rpad ltrim rtrim sqrt exp ln power sign ascii date_trunc date_part to_char to_date to_timestamp unaccent similarity " +
    "md5 reverse initcap translate random"
  ).split(" "),
);

const AGGREGATES: ReadonlySet<string> = new Set(["count", "sum", "avg", "min", "max"]);

/** Parts of a date that are functions of their own in HQL. */
const PARTS: ReadonlySet<string> = new Set(["year", "month", "day", "hour", "minute", "second", "week", "quarter"]);

/** PostgreSQL's types for those that `cast` names. */
const CASTS: Readonly<Record<string, string>> = {
  string: "varchar",
  varchar: "varchar",
  text: "text",
  integer: "integer",
  int: "integer",
  long: "bigint",
  bigint: "bigint",
  short: "smallint",
  double: "double precision",
  float: "real",
  numeric: "numeric",
  big_decimal: "numeric",
  bigdecimal: "numeric",
  big_integer: "numeric",
  biginteger: "numeric",
  boolean: "boolean",
  date: "date",
  localdate: "date",
  timestamp: "timestamp",
  localdatetime: "timestamp",
  uuid: "uuid",
};

export function callSql({ name, distinct, args, type, filter, cut }: Call, writer: Writer): string {
  const [first] = args;
  if (cut === true && name !== "extract") throw new Untranslatable(`what stands behind ${name}() is not translated`);
  if (name === "ilike" && args.length === 2) return `(${args.map((argument) => writer.value(argument)).join(" ILIKE ")})`;
  if (name === "cast") return castSql(first, type, writer);
  if (name === "id" && first?.kind === "path" && args.length === 1) return writer.value(first);
  if (name === "extract") return partSql(first, args[1], writer);
  if (PARTS.has(name) && first !== undefined && args.length === 1) return `extract(${name} from ${writer.value(first)})`;
  if (name === "function" && first?.kind === "literal") return callNamed(first.value, args.slice(1), writer);
  if (name === "trim" && args.length === 1) return callNamed("btrim", args, writer);
  // JPQL looks for the first text in the second one.
  if (name === "locate" && args.length === 2)
    return `strpos(${args
      .toReversed()
      .map((one) => writer.value(one))
      .join(", ")})`;
  if (!SAME.has(name)) throw new Untranslatable(`${name}() has no fixed translation`);
  const filtered = filter === undefined ? "" : ` FILTER (WHERE ${writer.condition(filter)})`;
  if (filter !== undefined && !AGGREGATES.has(name)) throw new Untranslatable(`${name}() with a filter has no fixed translation`);
  if (name === "count" && (first === undefined || first.kind === "opaque")) return `count(*)${filtered}`;
  const values = args.map((argument) => writer.value(argument));
  // Parameters of concat have no type of their own.
  if (name === "concat") return `(${values.map((value) => (value.startsWith("$") ? `${value}::text` : value)).join(" || ")})`;
  return `${name}(${distinct ? "DISTINCT " : ""}${values.join(", ")})${filtered}`;
}

export function caseSql({ subject, branches, otherwise }: Case, writer: Writer): string {
  if (branches.length === 0) throw new Untranslatable("a case has no branches");
  const when = (test: JpqlExpression): string => (subject === undefined ? writer.condition(test) : writer.value(test));
  const arms = branches.map((branch) => `WHEN ${when(branch.when)} THEN ${writer.value(branch.value)}`).join(" ");
  const rest = otherwise === undefined ? "" : ` ELSE ${writer.value(otherwise)}`;
  return `CASE ${subject === undefined ? "" : `${writer.value(subject)} `}${arms}${rest} END`;
}

function castSql(value: JpqlExpression | undefined, type: string | undefined, writer: Writer): string {
  const known = type === undefined ? undefined : CASTS[type.slice(type.lastIndexOf(".") + 1)];
  if (value === undefined || known === undefined) throw new Untranslatable(`a cast to ${type ?? "something"} has no fixed translation`);
  return `cast(${writer.value(value)} as ${known})`;
}

function partSql(part: JpqlExpression | undefined, value: JpqlExpression | undefined, writer: Writer): string {
  const name = part?.kind === "path" && part.parts.length === 1 ? (part.parts[0] as string).toLowerCase() : "";
  if (!PARTS.has(name) || value === undefined) throw new Untranslatable("a part of a date is not known");
  return `extract(${name} from ${writer.value(value)})`;
}

/** `function('name', …)`, and what PostgreSQL calls otherwise. */
function callNamed(name: string, args: readonly JpqlExpression[], writer: Writer): string {
  if (!/^[\w.]+$/.test(name)) throw new Untranslatable(`${name}() has no fixed translation`);
  return `${name}(${args.map((argument) => writer.value(argument)).join(", ")})`;
}

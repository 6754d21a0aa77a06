import { sqlName } from "../../../schema/edits/migrationEdit.ts";
import { elementsOf, isQuery, patternSql, textSql } from "./builtParts.ts";
import { type Built, nameOf, type Step, Unwritten } from "./builtTree.ts";
import { plainSql } from "./jooqConditions.ts";
import { type JooqParts, jooqColumn, jooqName, namesIn } from "./jooqTables.ts";

/** Functions that jOOQ renders by their own names on PostgreSQL, as static methods and on fields. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  lower: "lower",
  upper: "upper",
  trim: "trim",
  ltrim: "ltrim",
  rtrim: "rtrim",
  length: "length",
  coalesce: "coalesce",
  greatest: "greatest",
  least: "least",
  nullif: "nullif",
  substring: "substring",
  replace: "replace",
  abs: "abs",
  round: "round",
  floor: "floor",
  ceil: "ceil",
  left: "left",
  right: "right",
  md5: "md5",
  splitPart: "split_part",
  max: "max",
  min: "min",
  sum: "sum",
  avg: "avg",
  arrayAgg: "array_agg",
  boolOr: "bool_or",
  boolAnd: "bool_and",
};

const DISTINCT_AGGREGATES: Readonly<Record<string, string>> = {
  countDistinct: "count",
  sumDistinct: "sum",
  avgDistinct: "avg",
  arrayAggDistinct: "array_agg",
};

const CONSTANTS: Readonly<Record<string, string>> = {
  now: "current_timestamp",
  currentTimestamp: "current_timestamp",
  currentOffsetDateTime: "current_timestamp",
  currentInstant: "current_timestamp",
  currentLocalDateTime: "localtimestamp",
  currentDate: "current_date",
  currentLocalDate: "current_date",
  trueCondition: "true",
  falseCondition: "false",
};

const ARITHMETIC: Readonly<Record<string, string>> = {
  plus: "+",
  add: "+",
  minus: "-",
  sub: "-",
  subtract: "-",
  mul: "*",
  multiply: "*",
  times: "*",
  div: "/",
  divide: "/",
  mod: "%",
};

/** An expression of jOOQ as SQL. */
export function jooqField(built: Built, parts: JooqParts): string {
  switch (built.kind) {
    case "value":
      return "?";
    case "null":
      return "null";
    case "literal":
      return built.sort === "string" ? textSql(built.text) : built.text.replace(/[lLdDfF]$/, "").replaceAll("_", "");
    case "pattern":
      return patternSql(built.text);
    // A constant of a class that nobody knows, where a value stands.
    case "constant":
      return "?";
    case "step":
      return fieldStep(built, parts);
    default:
      throw new Unwritten(`${nameOf(built)} is no field that is known`);
  }
}

function fieldStep(built: Step, parts: JooqParts): string {
  const { on, name, call, args } = built;
  if (isQuery(built)) return `(${parts.query(built)})`;
  const column = jooqColumn(built, parts);
  if (column !== undefined) return column;
  if (!call) throw new Unwritten(`${nameOf(built)} is no field that is known`);
  if (on.kind === "root") return ofClass(built, parts);
  switch (name) {
    case "as":
    case "asField":
    case "alias":
      // Where it is not selected, an alias stands for itself.
      if (args[0] === undefined) return isQuery(on) ? `(${parts.query(on)})` : parts.field(on);
      return isQuery(on) ? `(${parts.query(on)})` : sqlName(jooqName(args[0]));
    case "asc":
    case "desc":
    case "nullsFirst":
    case "nullsLast":
    case "sortAsc":
      throw new Unwritten("an order stands where a field is");
    case "cast":
      return `cast(${parts.field(on)} as ${typeSql(args[0])})`;
    case "coerce":
    case "convert":
      return parts.field(on);
    case "concat":
      return `(${[on, ...elementsOf(args)].map((one) => textOperand(parts.field(one))).join(" || ")})`;
    case "count":
      return `count(${parts.field(on)})`;
    case "filterWhere":
      return `${parts.field(on)} FILTER (WHERE ${required(args[0] && parts.condition(args[0]))})`;
    case "when":
    case "otherwise":
    case "else_":
      return caseSql(built, parts);
    case "neg":
      return `(- ${parts.field(on)})`;
  }
  const operator = ARITHMETIC[name];
  if (operator !== undefined && args.length === 1) return `(${parts.field(on)} ${operator} ${parts.field(args[0] as Built)})`;
  const own = FUNCTIONS[name];
  if (own !== undefined) return `${own}(${[on, ...args].map((one) => parts.field(one)).join(", ")})`;
  const distinct = DISTINCT_AGGREGATES[name];
  if (distinct !== undefined) return `${distinct}(DISTINCT ${parts.field(on)})`;
  return `(${required(parts.condition(built))})`;
}

function ofClass(built: Step, parts: JooqParts): string {
  const { name, args } = built;
  const [first] = args;
  const constant = CONSTANTS[name];
  if (constant !== undefined && args.length === 0) return constant;
  switch (name) {
    case "val":
    case "value":
    case "inline":
    case "param":
      if (first?.kind === "literal" || first?.kind === "null" || first?.kind === "pattern") return parts.field(first);
      return "?";
    case "one":
    case "zero":
      return name === "one" ? "1" : "0";
    case "field":
      return fieldNamed(args, parts);
    case "count":
      return first === undefined ? "count(*)" : `count(${parts.field(first)})`;
    case "asterisk":
      return "*";
    case "concat":
      return `(${elementsOf(args)
        .map((one) => textOperand(parts.field(one)))
        .join(" || ")})`;
    case "extract":
      if (first === undefined || args[1]?.kind !== "constant" || !/^[A-Z]+$/.test(args[1].name)) break;
      return `extract(${args[1].name.toLowerCase()} from ${parts.field(first)})`;
    case "cast":
      return `cast(${parts.field(first ?? { kind: "null" })} as ${typeSql(args[1])})`;
    case "castNull":
      return `cast(null as ${typeSql(first)})`;
    case "when":
    case "case_":
    case "choose":
      return caseSql(built, parts);
    case "function":
      if (first === undefined || args.length < 2) break;
      return `${jooqName(first)}(${elementsOf(args.slice(2))
        .map((one) => parts.field(one))
        .join(", ")})`;
    case "row":
      return `(${elementsOf(args)
        .map((one) => parts.field(one))
        .join(", ")})`;
    case "date":
      if (first?.kind === "step") return `cast(${parts.field(first)} as date)`;
      return "?";
    case "nvl":
    case "ifnull":
    case "isnull":
      return `coalesce(${args.map((one) => parts.field(one)).join(", ")})`;
  }
  const own = FUNCTIONS[name];
  if (own !== undefined && args.length > 0)
    return `${own}(${elementsOf(args)
      .map((one) => parts.field(one))
      .join(", ")})`;
  const distinct = DISTINCT_AGGREGATES[name];
  if (distinct !== undefined && args.length > 0)
    return `${distinct}(DISTINCT ${elementsOf(args)
      .map((one) => parts.field(one))
      .join(", ")})`;
  return `(${required(parts.condition(built))})`;
}

/** `field(name("a", "b"))`, `field("a.b")`, `field("upper({0})", …)`, `field(select)`. */
function fieldNamed([given, ...more]: readonly Built[], parts: JooqParts): string {
  if (given === undefined) throw new Unwritten("a field is not known");
  if (isQuery(given)) return `(${parts.query(given)})`;
  if (given.kind === "literal") {
    const args = more.filter(({ kind }) => kind !== "code");
    if (/^[\w$]+(?:\.[\w$]+)*$/.test(given.text) && !/^\d/.test(given.text)) return given.text;
    // A data type may stand in front of the values.
    return plainSql(
      given.text,
      args.filter((arg, i) => i > 0 || !isDataType(arg)),
      parts,
    );
  }
  const names = namesIn(given);
  if (names.length > 0 && given.kind === "step" && given.name === "name") return names.map(sqlName).join(".");
  return `(${required(parts.condition(given))})`;
}

const isDataType = (built: Built): boolean => built.kind === "step" && typeNameOf(built) !== undefined;

function caseSql(built: Step, parts: JooqParts): string {
  const arms: string[] = [];
  let rest = "";
  let subject = "";
  for (let at: Built = built; at.kind === "step"; at = at.on) {
    const [test, value] = at.args;
    if (at.name === "when" && test !== undefined && value !== undefined)
      arms.unshift(`WHEN ${whenSql(test, parts)} THEN ${parts.field(value)}`);
    else if ((at.name === "otherwise" || at.name === "else_") && test !== undefined) rest = ` ELSE ${parts.field(test)}`;
    else if ((at.name === "choose" || at.name === "case_") && at.on.kind === "root")
      subject = test === undefined ? "" : ` ${parts.field(test)}`;
    else throw new Unwritten("a case is not understood");
  }
  if (arms.length === 0) throw new Unwritten("a case is not understood");
  return `CASE${subject} ${arms.join(" ")}${rest} END`;
}

const whenSql = (test: Built, parts: JooqParts): string =>
  test.kind === "step" && test.call ? (parts.condition(test) ?? "true") : parts.field(test);

/** A parameter of a concatenation has no type of its own. */
const textOperand = (sql: string): string => (sql === "?" ? "cast(? as text)" : sql);

function required(sql: string | undefined): string {
  return sql ?? "true";
}

const TYPES: Readonly<Record<string, string>> = {
  String: "varchar",
  VARCHAR: "varchar",
  CLOB: "text",
  Integer: "integer",
  INTEGER: "integer",
  Long: "bigint",
  BIGINT: "bigint",
  Short: "smallint",
  Double: "double precision",
  DOUBLE: "double precision",
  BigDecimal: "numeric",
  NUMERIC: "numeric",
  DECIMAL: "numeric",
  Boolean: "boolean",
  BOOLEAN: "boolean",
  Date: "date",
  DATE: "date",
  LocalDate: "date",
  LOCALDATE: "date",
  Timestamp: "timestamp",
  TIMESTAMP: "timestamp",
  LocalDateTime: "timestamp",
  LOCALDATETIME: "timestamp",
  UUID: "uuid",
};

function typeNameOf(built: Built | undefined): string | undefined {
  if (built?.kind === "constant") return TYPES[built.name];
  if (built?.kind === "code") return TYPES[built.text];
  if (built?.kind === "step" && !built.call) return TYPES[built.name];
  return built?.kind === "step" ? typeNameOf(built.on) : undefined;
}

function typeSql(built: Built | undefined): string {
  const name = typeNameOf(built);
  if (name === undefined) throw new Unwritten("a cast's type is not known");
  return name;
}

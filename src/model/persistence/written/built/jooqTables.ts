import { sqlName } from "../../../schema/edits/migrationEdit.ts";
import { isQuery } from "./builtParts.ts";
import { type Built, nameOf, type Step, Unwritten } from "./builtTree.ts";
import { columnMark, tableMark } from "./schemaNames.ts";

/** How what stands inside is written. */
export interface JooqParts {
  query(built: Built): string;
  condition(built: Built): string | undefined;
  field(built: Built): string;
  /** What a subquery is called that has no name of its own: the same one always the same. */
  alias(query: string): string;
}

/** What stands in FROM and JOIN. */
export interface JooqTable {
  readonly sql: string;
  /** How columns name it. */
  readonly alias: string;
  /** The table that the constant is generated of; undefined for what is selected. */
  readonly table: string | undefined;
}

const JOINS: Readonly<Record<string, string>> = {
  join: "JOIN",
  innerJoin: "JOIN",
  leftJoin: "LEFT JOIN",
  leftOuterJoin: "LEFT JOIN",
  rightJoin: "RIGHT JOIN",
  rightOuterJoin: "RIGHT JOIN",
  fullJoin: "FULL JOIN",
  fullOuterJoin: "FULL JOIN",
  crossJoin: "CROSS JOIN",
};

export const joinOf = (name: string): string | undefined => JOINS[name];

/** A table, an alias of one, a subquery with an alias, or a common table expression. */
export function jooqTable(built: Built, parts: JooqParts): JooqTable {
  if (built.kind === "constant") {
    const table = built.name.toLowerCase();
    return { sql: tableMark(table), alias: sqlName(table), table };
  }
  if (isQuery(built)) return derived(built, parts);
  if (built.kind !== "step" || !built.call) throw new Unwritten(`${nameOf(built)} is no table that is known`);
  const { on, name, args } = built;
  if (name === "as" || name === "asTable" || name === "alias") return aliased(on, args, parts);
  if (on.kind === "root" && name === "table") return named(args, parts);
  if (name === "lateral" && on.kind === "root" && args[0] !== undefined) {
    const inner = jooqTable(args[0], parts);
    return { ...inner, sql: `LATERAL ${inner.sql}` };
  }
  throw new Unwritten(`${nameOf(built)} is no table that is known`);
}

function aliased(on: Built, [given]: readonly Built[], parts: JooqParts): JooqTable {
  // `name("recent").as(select)` is a common table expression.
  if (given !== undefined && isQuery(given)) {
    const alias = sqlName(jooqName(namedBy(on)));
    return { sql: alias, alias, table: undefined };
  }
  if (given === undefined) return derived(on, parts);
  const alias = jooqName(given);
  if (isQuery(on)) return { sql: `(${parts.query(on)}) ${sqlName(alias)}`, alias: sqlName(alias), table: undefined };
  const table = jooqTable(on, parts);
  return { sql: `${table.sql} ${sqlName(alias)}`, alias: sqlName(alias), table: table.table };
}

function derived(query: Built, parts: JooqParts): JooqTable {
  if (!isQuery(query)) return jooqTable(query, parts);
  const sql = parts.query(query);
  const alias = parts.alias(sql);
  return { sql: `(${sql}) ${alias}`, alias, table: undefined };
}

/** `table(name("x"))`, `table("x")`. */
function named([given, more]: readonly Built[], parts: JooqParts): JooqTable {
  if (given === undefined || more !== undefined) throw new Unwritten("a table is written as text");
  if (isQuery(given)) return derived(given, parts);
  const name = namesIn(given).at(-1);
  if (name === undefined || !/^[\w$]+$/.test(name)) throw new Unwritten("a table is written as text");
  return { sql: sqlName(name), alias: sqlName(name), table: undefined };
}

/** `name("recent").fields("id")`: what a common table expression is called. */
export function namedBy(built: Built): Built {
  return built.kind === "step" && (built.name === "fields" || built.name === "as") && built.on.kind === "step" ? namedBy(built.on) : built;
}

/** The only name of `name("x")` or a text. */
export function jooqName(built: Built): string {
  const names = namesIn(built);
  const [only] = names;
  if (only === undefined || names.length > 1) throw new Unwritten("a name is not known");
  return only;
}

/** "a", "b" of `name("a", "b")` and of "a.b"; of a constant or an aliased part its own name. */
export function namesIn(built: Built): readonly string[] {
  if (built.kind === "literal" && built.sort === "string") return built.text.split(".").map((part) => part.replace(/^"(.*)"$/, "$1"));
  if (built.kind === "constant") return [built.name.toLowerCase()];
  if (built.kind !== "step") return [];
  if (built.name === "name" && built.on.kind === "root") return built.args.flatMap(namesIn);
  if (built.call && (built.name === "as" || built.name === "getName") && built.args.length > 0) return namesIn(built.args[0] as Built);
  if (!built.call) return [built.name.toLowerCase()];
  return built.name === "getName" ? namesIn(built.on) : [];
}

/** `ORDERS.ID`, `o.ID`, `o.field("id")`, `o.field(ORDERS.ID)`; undefined for what is none. */
export function jooqColumn({ on, name, call, args }: Step, parts: JooqParts): string | undefined {
  if (!call) {
    const { table, alias } = jooqTable(on, parts);
    const column = name.toLowerCase();
    return `${alias}.${table === undefined ? sqlName(column) : columnMark(table, column)}`;
  }
  if (name !== "field" || on.kind === "root") return undefined;
  const column = args[0] === undefined ? undefined : namesIn(args[0]).at(-1);
  if (column === undefined) throw new Unwritten("a field is not known");
  return `${jooqTable(on, parts).alias}.${sqlName(column)}`;
}

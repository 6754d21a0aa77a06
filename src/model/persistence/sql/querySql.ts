import { parseJpql } from "../../../syntax/jpql/jpql.ts";
import { qualified, sqlName } from "../../schema/edits/migrationEdit.ts";
import { keyedAs } from "../../schema/fold/tableKeys.ts";
import type { Schema } from "../../schema/schema.ts";
import { type DeclaredText, looksDerived } from "../repositories/queries.ts";
import type { Query } from "../scans/query.ts";
import type { Naming } from "../scans/statementScans.ts";
import { type Spelling, spelled } from "../written/built/schemaNames.ts";
import type { WrittenText } from "../written/writtenText.ts";
import { countedJpql, countedSql } from "./countedText.ts";
import { derivedJpql } from "./derivedJpql.ts";
import { jpqlSql } from "./jpqlSql.ts";
import { nativeSql } from "./nativeSql.ts";
import type { SqlNames } from "./sqlSources.ts";
import { noSql, PAGE_ROWS, type SqlText } from "./sqlText.ts";

/** What our reader of JPQL passes over in an expression without saying so. */
const PASSED_OVER = /\btreat\s*\(|\bat\s+time\s+zone\b|\bcollate\b|::/i;

const isPassedOver = (text: string): boolean => PASSED_OVER.test(text.replace(/'(?:[^']|'')*'/g, "''"));

/** The SQL of a repository's method on a schema. */
export function querySql(query: Query, text: DeclaredText | undefined, naming: Omit<Naming, "language">, schema: Schema): SqlText {
  return paged(translated(query, text, naming, schema), query);
}

/** The SQL that Spring Data makes of a page's text to count its rows; undefined where it is not known what it makes. */
export function countSql(text: DeclaredText, naming: Omit<Naming, "language">, schema: Schema): SqlText | undefined {
  if (text.dynamic) return undefined;
  const statement = parseJpql(text.text);
  if (text.language === "sql") {
    const counted = countedSql(text.text, statement);
    return counted === undefined ? undefined : nativeSql(counted);
  }
  const counted = isPassedOver(text.text) ? undefined : countedJpql(statement);
  return counted && jpqlSql(counted, { language: "jpql", ...naming }, namesOf(schema));
}

/** The SQL of a text that code hands over. */
export function writtenSql(
  query: Query,
  text: WrittenText | { readonly why: string },
  naming: Omit<Naming, "language">,
  schema: Schema,
): SqlText {
  if ("why" in text) return noSql(text.why);
  let missing: string | undefined;
  const named = text.marked ? { ...text, text: spelled(text.text, spellingOf(schema), (name) => (missing ??= name)) } : text;
  if (missing !== undefined) return noSql(`the migrations have no ${missing.includes(".") ? "column" : "table"} ${missing}`);
  const sql = translated(query, named, naming, schema);
  return text.bound === undefined ? sql : limited(sql, text.bound);
}

/** Tables and columns of a schema by the names that jOOQ's constants have in lower case. What is no table may be a view. */
function spellingOf(schema: Schema): Spelling {
  const { table, column, type } = namesOf(schema);
  return {
    table: (name) => (schema.tables.has(name) || schema.objects.has(`view:${name}`) ? table(name, undefined) : undefined),
    column: (of, name) => (schema.tables.has(of) && type(of, name) === undefined ? undefined : column(of, name)),
  };
}

function translated(query: Query, text: DeclaredText | undefined, naming: Omit<Naming, "language">, schema: Schema): SqlText {
  if (text?.dynamic === true) return alwaysSql(text);
  if (text?.language === "sql") return nativeSql(text.text);
  const jpql: Naming = { language: "jpql", ...naming };
  if (text !== undefined) {
    if (isPassedOver(text.text)) return noSql("it has an expression that is not translated");
    return jpqlSql(parseJpql(text.text), jpql, namesOf(schema));
  }
  const { domain, entities } = naming;
  const statement = domain === undefined || !looksDerived(query.method) ? undefined : derivedJpql(query.method, domain, entities);
  return statement === undefined ? noSql("its name is not translated") : jpqlSql(statement, jpql, namesOf(schema));
}

/** What is left of a dynamic statement without its optional parts is the most that it may read. */
function alwaysSql({ always }: DeclaredText): SqlText {
  const sql = always === undefined || /\b_set\b/.test(always) ? undefined : nativeSql(always);
  if (sql?.ok !== true) return noSql("parts of it are put in at run time");
  return { ...sql, assumed: [...sql.assumed, "dynamic statements of MyBatis without their optional parts"] };
}

/** `Pageable` adds a limit, and a sort that only the caller knows. */
function paged(sql: SqlText, query: Query): SqlText {
  return query.limit === "page" && query.kind === "find" ? limited(sql, "page") : sql;
}

function limited(sql: SqlText, bound: number | "page"): SqlText {
  if (!sql.ok || /\b(?:limit|fetch\s+(?:first|next))\b/i.test(sql.sql.replace(/'(?:[^']|'')*'/g, "''"))) return sql;
  if (bound !== "page") return { ...sql, sql: `${sql.sql} LIMIT ${bound}` };
  return { ...sql, sql: `${sql.sql} LIMIT ${PAGE_ROWS}`, assumed: [...sql.assumed, `pages of ${PAGE_ROWS} rows`] };
}

function namesOf(schema: Schema): SqlNames {
  return {
    table: (name, namespace) => {
      const table = schema.tables.get(keyedAs({ namespace, name }, schema.tables));
      return table === undefined ? sqlName(name) : qualified(table);
    },
    column: (table, name) => sqlName(schema.tables.get(table)?.columns.get(name)?.name ?? name),
    // What is no table may be a view, whose columns we do not know.
    type: (table, column) => {
      const known = schema.tables.get(table);
      return known === undefined ? "" : known.columns.get(column)?.type;
    },
  };
}

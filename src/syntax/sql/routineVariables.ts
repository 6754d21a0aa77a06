import { below, everywhere, inner, list, names, type Tree } from "./pgTree.ts";
import type { SqlParser } from "./sql.ts";

/** What the statements of a function's body may name that is no column. Lower case. */
export interface RoutineVariables {
  /** The types of variables and parameters; empty where nobody knows one. */
  readonly types: ReadonlyMap<string, string>;
  /** Rows that a trigger or a loop holds. */
  readonly records: ReadonlySet<string>;
}

/** The variables of a tree of PL/pgSQL. */
export function blockVariables(tree: unknown): RoutineVariables {
  const types = new Map<string, string>();
  const records = new Set(["new", "old"]);
  for (const datum of below(tree, "PLpgSQL_var")) {
    const type = inner(inner(datum, "datatype"), "PLpgSQL_type")?.["typname"];
    if (typeof datum["refname"] === "string") types.set(datum["refname"].toLowerCase(), typeof type === "string" ? type : "");
  }
  for (const datum of below(tree, "PLpgSQL_rec")) if (typeof datum["refname"] === "string") records.add(datum["refname"].toLowerCase());
  return { types, records };
}

/** The parameters of a function in SQL, from its `CreateFunctionStmt`. */
export function sqlVariables(made: Tree): RoutineVariables {
  const types = new Map<string, string>();
  for (const one of list(made, "parameters")) {
    const parameter = inner(one, "FunctionParameter");
    const type = names(list(inner(parameter, "argType"), "names")).at(-1);
    if (typeof parameter?.["name"] === "string" && type !== undefined) types.set(parameter["name"].toLowerCase(), type);
  }
  return { types, records: new Set() };
}

/** An option of `CREATE FUNCTION`: "language", "as". */
export const routineOption = (made: Tree, name: string): Tree | undefined =>
  list(made, "options")
    .map((one) => inner(one, "DefElem"))
    .find((one) => one?.["defname"] === name);

export const routineLanguage = (made: Tree): string =>
  String(inner(inner(routineOption(made, "language"), "arg"), "String")?.["sval"] ?? "").toLowerCase();

/**
 * A statement of a body with what `write` makes of each variable and field of a row, named in lower case with its type; undefined where it
 * does not parse as one statement.
 */
export function withVariables(
  sql: string,
  { types, records }: RoutineVariables,
  parser: SqlParser,
  write: (name: string, type: string) => string,
): string | undefined {
  const parsed = parser.parse(sql);
  if (!parsed.ok || parsed.statements.length !== 1) return undefined;
  const bytes = Buffer.from(sql, "utf8");
  const places: { readonly start: number; readonly length: number; readonly text: string }[] = [];
  const placeOf = (reference: Tree): number => Number(reference["location"] ?? 0);
  for (const reference of [...everywhere(parsed.statements[0]?.stmt, "ColumnRef")].sort((a, b) => placeOf(a) - placeOf(b))) {
    const parts = names(list(reference, "fields")).map((part) => part.toLowerCase());
    const [first = "", second] = parts;
    // A variable of a type that a migration makes is a record for the parser.
    const isVariable = second === undefined && (types.has(first) || records.has(first));
    const isField = second !== undefined && second !== "*" && records.has(first);
    if (!isVariable && !isField) continue;
    const start = placeOf(reference);
    const written = /^(?:"[^"]*"|[\w$]+)(?:\s*\.\s*(?:"[^"]*"|[\w$]+))?/.exec(bytes.subarray(start).toString("utf8"))?.[0];
    const shown = second === undefined ? /^(?:"[^"]*"|[\w$]+)/.exec(written ?? "")?.[0] : written;
    if (shown === undefined) return undefined;
    places.push({ start, length: Buffer.byteLength(shown), text: write(parts.join("."), isVariable ? (types.get(first) ?? "") : "") });
  }
  let at = 0;
  const pieces: string[] = [];
  for (const { start, length, text } of places) {
    pieces.push(bytes.subarray(at, start).toString("utf8"), text);
    at = start + length;
  }
  return [...pieces, bytes.subarray(at).toString("utf8")].join("").trim();
}

/** What reads no table has no plan worth a look; a text that is put together is no query. */
export const readsTables = (sql: string): boolean => /\b(?:from|into|update|join)\b/i.test(sql) && !/^\s*select\s+'/i.test(sql);

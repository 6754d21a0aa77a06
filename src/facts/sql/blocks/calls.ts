import type { SqlNode, SqlParser } from "../../../syntax/sql/sql.ts";
import type { FunctionCall, SchemaChange } from "../sqlFacts.ts";
import type { StatementText } from "../statementText.ts";
import { callsOf, changesOfCall } from "./doBlock.ts";

/** What stands for a function's parameter in the changes that it makes: a name for PostgreSQL's parser. */
const parameter = (position: number): string => `given_${position}_given`;
const PARAMETERS = /given_(\d+)_given/g;

/** What a function changes for whoever calls it, with marks for what it is given; undefined where that is nothing, or not known. */
export function changesForCallers(
  name: string,
  node: SqlNode,
  functions: ReadonlyMap<string, StatementText>,
  parser: SqlParser,
): readonly SchemaChange[] | undefined {
  if (!("CreateFunctionStmt" in node)) return undefined;
  const given = (node.CreateFunctionStmt.parameters ?? []).map((_, i) => parameter(i + 1));
  const changes = changesOfCall({ name, given }, parser, { made: functions, given: [], depth: 0 });
  return changes.length === 0 ? undefined : changes;
}

/** Calls of functions that the script has not made, with texts alone: another script may have made them. */
export function callsOutside(node: SqlNode, functions: ReadonlyMap<string, StatementText>): readonly FunctionCall[] {
  if (!("CallStmt" in node) && !("SelectStmt" in node)) return [];
  return callsOf(node).flatMap(({ name, given }): readonly FunctionCall[] => {
    const texts = given.filter((value): value is string => typeof value === "string" && NAME.test(value));
    return functions.has(name) || BUILT_IN.test(name) || texts.length < given.length ? [] : [{ name, given: texts }];
  });
}

/** A name that stands for one with and without quotes. */
const NAME = /^[a-z_][a-z0-9_$]*$/;
const BUILT_IN =
  /^(?:pg_\w+|setval|nextval|currval|set_config|now|max|min|count|sum|coalesce|upper|lower|concat|format|random|gen_\w+|st_\w+)$/;

/** PostgreSQL cuts names off behind so many characters. */
const LONGEST_NAME = 63;

/** What a call changes: a function's changes with what it is given, at the place of the call. */
export function changesOfTheCall(changes: readonly SchemaChange[], { given }: FunctionCall, at: unknown): readonly SchemaChange[] {
  const filled = (value: unknown, key: string): unknown => {
    if (key === "at") return at;
    if (typeof value === "string") {
      const text = value.replace(PARAMETERS, (mark, position: string) => given[Number(position) - 1] ?? mark);
      return text === value ? value : text.slice(0, LONGEST_NAME);
    }
    if (Array.isArray(value)) return value.map((item) => filled(item, ""));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, name)]));
  };
  const all = filled(changes, "") as readonly SchemaChange[];
  return all.filter((change) => JSON.stringify(change).search(PARAMETERS) < 0);
}

import type { SqlNode } from "../../syntax/sql.ts";
import { namesOf } from "./constraints.ts";
import type { LockForm } from "./operationFacts.ts";

/** Whether a column's default is worked out once for all rows or for each; undefined where a function is not known. */
export function columnDefault(expression: SqlNode | undefined): LockForm | undefined {
  if (expression !== undefined && isNull(expression)) return "add column";
  const functions = functionsIn(expression);
  if (functions.some((name) => VOLATILE.test(name))) return "add column with volatile default";
  return functions.every((name) => FIXED.test(name)) ? "add column with default" : undefined;
}

function isNull(node: SqlNode): boolean {
  if ("TypeCast" in node) return node.TypeCast.arg !== undefined && isNull(node.TypeCast.arg);
  return "A_Const" in node && node.A_Const.isnull === true;
}

/** PostgreSQL's volatile functions that people write into defaults, those of pgcrypto and uuid-ossp among them. */
const VOLATILE =
  /^(?:random|random_normal|gen_random_uuid|gen_random_bytes|gen_salt|uuidv[47]|uuid_generate_v(?:1|1mc|4)|clock_timestamp|timeofday|nextval|setval|currval|lastval)$/;

/** Functions that are stable or immutable. */
const FIXED =
  /^(?:now|transaction_timestamp|statement_timestamp|current_setting|timezone|to_timestamp|to_char|to_date|date_trunc|date_part|extract|age|make_(?:date|time|timestamp|timestamptz|interval)|lower|upper|initcap|concat|concat_ws|md5|sha256|encode|decode|length|left|right|substring|substr|replace|trim|btrim|ltrim|rtrim|lpad|rpad|repeat|abs|ceil|ceiling|floor|round|trunc|coalesce|nullif|jsonb?_build_(?:object|array)|jsonb?_object|to_jsonb?|array_fill|string_to_array|uuid_nil|uuid_generate_v[35]|hstore|point|int4range|int8range|numrange|tsrange|tstzrange|daterange|to_tsvector|current_schema|session_user|user)$/;

function functionsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const inner = Object.values(node).flatMap(functionsIn);
  if (!("FuncCall" in node)) return inner;
  const { funcname } = node.FuncCall as { funcname?: SqlNode[] };
  return [namesOf(funcname).at(-1)?.toLowerCase() ?? "", ...inner];
}

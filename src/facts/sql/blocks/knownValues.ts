import { inner, isTree, list, names, type Tree } from "../../../syntax/sql/pgTree.ts";

/** A text (numbers and dates too, as PostgreSQL writes them), or the elements of an array; undefined where a run decides. */
export type Known = string | readonly string[] | undefined;

/** What an expression of PL/pgSQL is, where constants and variables of known values make it up. */
export function knownValue(node: unknown, variable: (name: string) => Known): Known {
  const [kind, tree] = isTree(node) ? (Object.entries(node)[0] ?? []) : [];
  if (!isTree(tree)) return undefined;
  const value = (one: unknown): Known => knownValue(one, variable);
  switch (kind) {
    case "A_Const":
      return constant(tree);
    case "TypeCast":
      return cast(value(tree["arg"]), inner(tree, "typeName"));
    case "ColumnRef": {
      const parts = names(list(tree, "fields"));
      return parts.length === 1 ? variable(parts[0] ?? "") : undefined;
    }
    case "ParamRef":
      return variable(`$${Number(tree["number"] ?? 0)}`);
    case "A_ArrayExpr": {
      const items = list(tree, "elements").map(value);
      return items.every((item) => typeof item === "string") ? items : undefined;
    }
    case "A_Expr":
      return joined(
        names(list(tree, "name")).at(-1),
        ["lexpr", "rexpr"].map((side) => value(tree[side])),
      );
    case "FuncCall": {
      const call = CALLS[names(list(tree, "funcname")).at(-1)?.toLowerCase() ?? ""];
      const given = list(tree, "args").map(value);
      return call !== undefined && given.every((one) => typeof one === "string") ? call(given) : undefined;
    }
    default:
      return undefined;
  }
}

function constant(tree: Tree): Known {
  const text = inner(tree, "sval")?.["sval"];
  if ("sval" in tree) return String(text ?? "");
  if ("ival" in tree) return String(inner(tree, "ival")?.["ival"] ?? 0);
  return "fval" in tree ? String(inner(tree, "fval")?.["fval"]) : undefined;
}

/** `'{a,b}'::text[]` is an array. */
function cast(value: Known, type: Tree | undefined): Known {
  const items = typeof value === "string" && list(type, "arrayBounds").length > 0 ? /^\{([\w,\s]*)\}$/.exec(value)?.[1] : undefined;
  return items === undefined ? value : items.split(",").map((item) => item.trim());
}

function joined(operator: string | undefined, [left, right]: readonly Known[]): Known {
  if (typeof left !== "string" || typeof right !== "string") return undefined;
  if (operator === "||") return left + right;
  if (!WHOLE.test(left) || !WHOLE.test(right)) return undefined;
  if (operator === "+") return String(Number(left) + Number(right));
  return operator === "-" ? String(Number(left) - Number(right)) : undefined;
}

const WHOLE = /^-?\d{1,9}$/;

/** A name as SQL has to write it. */
const quoteIdent = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
const quoteLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const CALLS: Readonly<Record<string, (given: readonly string[]) => Known>> = {
  concat: (given) => given.join(""),
  concat_ws: ([between = "", ...parts]) => parts.join(between),
  format: ([text = "", ...given]) => formatted(text, given),
  lower: ([text = ""]) => text.toLowerCase(),
  lpad: ([text = "", length, fill = " "]) => text.padStart(Number(length), fill).slice(0, Number(length)),
  quote_ident: ([name = ""]) => quoteIdent(name),
  quote_literal: ([text = ""]) => quoteLiteral(text),
  replace: ([text = "", from = "", to = ""]) => (from === "" ? text : text.replaceAll(from, to)),
  to_char: ([date = "", pattern = ""]) => dated(date, pattern),
  upper: ([text = ""]) => text.toUpperCase(),
};

/** `%I`, `%s`, `%L` and `%2$I`. */
function formatted(text: string, given: readonly string[]): Known {
  let next = 0;
  let isKnown = true;
  const filled = text.replace(/%(?:(\d+)\$)?([ILs%])/g, (_, position: string | undefined, kind: string) => {
    if (kind === "%") return "%";
    if (position !== undefined) next = Number(position) - 1;
    const one = given[next++];
    isKnown &&= one !== undefined;
    return kind === "I" ? quoteIdent(one ?? "") : kind === "L" ? quoteLiteral(one ?? "") : (one ?? "");
  });
  return isKnown ? filled : undefined;
}

/** The parts of a date as `to_char` writes them. */
function dated(date: string, pattern: string): Known {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? [];
  if (year === "" || !/^(?:YYYY|YY|MM|DD|[^A-Za-z"])+$/.test(pattern)) return undefined;
  return pattern.replace(/YYYY|YY|MM|DD/g, (part) =>
    part === "YYYY" ? year : part === "YY" ? year.slice(2) : part === "MM" ? month : day,
  );
}

import { conditionsOf, elementsOf, joined } from "./builtParts.ts";
import { type Built, nameOf, type Step, stepsOf, Unwritten } from "./builtTree.ts";
import { aliasOf, type QuerydslParts, querydslCondition, querydslValue } from "./querydslExpressions.ts";

/** A query of Querydsl as JPQL. */
export function querydslJpql(built: Built): string {
  return PARTS.query(built);
}

const PARTS: QuerydslParts = {
  query: (built) => queryText(built),
  condition: (built) => querydslCondition(built, PARTS),
  value: (built) => querydslValue(built, PARTS),
};

const JOINS: Readonly<Record<string, string>> = { join: "join", innerJoin: "join", leftJoin: "left join", rightJoin: "right join" };
const SILENT = /^(?:setHint|setLockMode|setFlushMode|query|fetch|fetchOne|fetchResults|stream|iterate|execute|createQuery)$/;

function queryText(built: Built): string {
  const { root, steps } = stepsOf(built);
  if (root.kind !== "root") throw new Unwritten("it is put together by calls");
  const [first] = steps;
  const target = first?.args[0];
  if ((first?.name === "update" || first?.name === "delete") && target !== undefined) {
    return changeText(first.name, target, steps.slice(1));
  }
  return selectText(steps);
}

function changeText(kind: "update" | "delete", target: Built, steps: readonly Step[]): string {
  const set: string[] = [];
  let where: string | undefined;
  for (const { name, args } of steps) {
    const [path, value] = args;
    if (name === "set" && path !== undefined && value !== undefined)
      set.push(`${PARTS.value(path)} = ${value.kind === "null" ? "null" : PARTS.value(value)}`);
    else if (name === "setNull" && path !== undefined) set.push(`${PARTS.value(path)} = null`);
    else if (name === "where") where = allOf(where, args);
    else if (!SILENT.test(name)) throw new Unwritten(`${name}() is not translated`);
  }
  if (kind === "update" && set.length === 0) throw new Unwritten("the columns that it sets are not known");
  const condition = where === undefined ? "" : ` where ${where}`;
  return kind === "update"
    ? `update ${sourceText(target)} set ${set.join(", ")}${condition}`
    : `delete from ${sourceText(target)}${condition}`;
}

function selectText(steps: readonly Step[]): string {
  const items: string[] = [];
  const from: string[] = [];
  const order: string[] = [];
  let root: string | undefined;
  let [distinct, counted, selected] = [false, false, false];
  let where: string | undefined;
  let having: string | undefined;
  const groups: string[] = [];
  let limit = "";
  let offset = "";
  const source = (given: Built | undefined): void => {
    if (given?.kind !== "entity") throw new Unwritten(`${given === undefined ? "a source" : nameOf(given)} is no entity that is known`);
    from.push(`${from.length === 0 ? "" : ", "}${sourceText(given)}`);
    root ??= aliasOf(given.alias);
  };
  for (const { name, args } of steps) {
    const [first, second] = args;
    const join = JOINS[name];
    if (join !== undefined && first !== undefined) {
      if (first.kind === "entity") from.push(` ${join} ${sourceText(first)}`);
      else if (second === undefined) from.push(` ${join} ${PARTS.value(first)}`);
      else if (second.kind === "entity") from.push(` ${join} ${PARTS.value(first)} ${aliasOf(second.alias)}`);
      else throw new Unwritten("a join is not understood");
      continue;
    }
    switch (name) {
      case "select":
      case "selectDistinct":
      case "selectFrom":
        selected = true;
        distinct ||= name === "selectDistinct";
        items.splice(0, items.length, ...elementsOf(args).map((one) => itemText(one)));
        if (name === "selectFrom") source(first);
        break;
      case "selectOne":
        selected = true;
        items.push("1");
        break;
      case "from":
        for (const arg of args) source(arg);
        break;
      case "fetchJoin":
        from.push(fetching(from.pop()));
        break;
      case "on": {
        const on = allOf(undefined, args);
        if (on !== undefined) from.push(` on ${on}`);
        break;
      }
      case "where":
        where = allOf(where, args);
        break;
      case "having":
        having = allOf(having, args);
        break;
      case "groupBy":
        groups.push(...elementsOf(args).map((one) => PARTS.value(one)));
        break;
      case "orderBy":
        order.push(...conditionsOf(args).map(sortText));
        break;
      case "distinct":
        distinct = true;
        break;
      case "limit":
        limit = ` limit ${PARTS.value(first ?? { kind: "null" })}`;
        break;
      case "offset":
        offset = ` offset ${PARTS.value(first ?? { kind: "null" })}`;
        break;
      case "fetchFirst":
        limit = " limit 1";
        break;
      case "fetchCount":
        counted = true;
        break;
      default:
        if (!SILENT.test(name)) throw new Unwritten(`${name}() is not translated`);
    }
  }
  if (root === undefined) throw new Unwritten("it is put together by calls");
  const group = groups.length === 0 ? "" : ` group by ${groups.join(", ")}`;
  if (counted && group !== "") throw new Unwritten("groups are counted");
  const whole = selected ? items.join(", ") : root;
  const what = counted
    ? `count(${distinct ? "distinct " : ""}${items.length === 1 ? whole : root})`
    : `${distinct ? "distinct " : ""}${whole}`;
  const condition = where === undefined ? "" : ` where ${where}`;
  const tail = counted ? "" : `${order.length === 0 ? "" : ` order by ${order.join(", ")}`}${limit}${offset}`;
  return `select ${what} from ${from.join("")}${condition}${group}${having === undefined ? "" : ` having ${having}`}${tail}`;
}

function allOf(before: string | undefined, args: readonly Built[]): string | undefined {
  return joined("and", [before, ...conditionsOf(args).map((one) => PARTS.condition(one))]);
}

function sourceText(built: Built): string {
  if (built.kind !== "entity") throw new Unwritten(`${nameOf(built)} is no entity that is known`);
  return `${built.qualified} ${aliasOf(built.alias)}`;
}

/** " join a.b c" as " join fetch a.b c". */
function fetching(join: string | undefined): string {
  if (join === undefined || !/ join /.test(join)) throw new Unwritten("a fetch join is not understood");
  return join.replace(" join ", " join fetch ");
}

/** What is selected: of projections their arguments. */
function itemText(built: Built): string {
  if (built.kind !== "step" || !built.call) return PARTS.value(built);
  const { on, name, args } = built;
  if (on.kind === "root" && (on.name === "Projections" || name === "list")) {
    if (/^(?:map|array|appending)$/.test(name)) throw new Unwritten(`${name}() is not translated`);
    const fields = name === "list" || name === "tuple" ? args : args.slice(1);
    if (fields.length === 0) throw new Unwritten("what it selects is not known");
    return fields.map(itemText).join(", ");
  }
  if (on.kind === "root" && on.name === "ExpressionUtils" && name === "as" && args[0] !== undefined) return itemText(args[0]);
  if (name === "as") return itemText(on);
  return PARTS.value(built);
}

function sortText(built: Built): string {
  if (built.kind === "step" && built.call) {
    if (built.name === "asc" || built.name === "desc") return `${PARTS.value(built.on)}${built.name === "desc" ? " desc" : ""}`;
    if (built.name === "nullsFirst" || built.name === "nullsLast")
      return `${sortText(built.on)} nulls ${built.name === "nullsFirst" ? "first" : "last"}`;
  }
  throw new Unwritten("its order is not known");
}

import { withoutCapital } from "../../../../text/capitals.ts";
import type { MappedRecord } from "../../mapping/records.ts";
import { elementsOf, textSql } from "./builtParts.ts";
import { type Built, nameOf, type Step, stepsOf, Unwritten } from "./builtTree.ts";

/** What a call makes of a wrapper's conditions. */
export type Wrapped = "rows" | "page" | "count" | "delete";

/** What MyBatis-Plus sends for the conditions of a wrapper, as SQL. Plugins may add to it, and are not looked at. */
export const wrapperSql = (built: Built, record: MappedRecord, as: Wrapped): string => new WrapperWriter(record).statement(built, as);

const COMPARISONS: Readonly<Record<string, string>> = { eq: "=", ne: "<>", gt: ">", ge: ">=", lt: "<", le: "<=" };
const PATTERNS: Readonly<Record<string, readonly [string, string, string]>> = {
  like: ["LIKE", "%", "%"],
  notLike: ["NOT LIKE", "%", "%"],
  likeLeft: ["LIKE", "%", ""],
  likeRight: ["LIKE", "", "%"],
};

class WrapperWriter {
  readonly #record: MappedRecord;
  #lists = 0;

  constructor(record: MappedRecord) {
    this.#record = record;
  }

  statement(built: Built, as: Wrapped): string {
    const { table, columns, alive } = this.#record;
    const said = this.#read(built);
    const asked = alive === undefined || said.where === "" ? [alive, said.where] : [alive, `(${said.where})`];
    const where = asked.filter((part) => part !== undefined && part !== "").join(" AND ");
    const rest = `${where === "" ? "" : ` WHERE ${where}`}${said.group}`;
    const selected = said.select ?? [...columns.values()].join(", ");
    switch (as) {
      case "count":
        return `SELECT COUNT(*) FROM ${table}${rest}${said.last}`;
      case "delete":
        if (alive !== undefined) throw new Unwritten("rows are only marked as deleted");
        return `DELETE FROM ${table}${rest}${said.last}`;
      case "page":
        return `SELECT ${selected} FROM ${table}${rest}${said.order}${said.last} LIMIT ? OFFSET ?`;
      case "rows":
        return `SELECT ${selected} FROM ${table}${rest}${said.order}${said.last}`;
    }
  }

  #read(built: Built) {
    const { root, steps } = stepsOf(built);
    if (root.kind !== "root" || root.name !== "wrapper") throw new Unwritten("it is put together by calls");
    const [order, groups, having]: [string[], string[], string[]] = [[], [], []];
    let [where, join, last]: [string, string, string] = ["", "AND", ""];
    let select: string | undefined;
    for (const step of steps) {
      const { name, args } = step;
      if (name === "or" && args.length === 0) join = "OR";
      else if (name === "and" && args.length === 0) join = "AND";
      else if (name === "select") select = args.some(isClass) ? select : args.map((arg) => this.#column(arg)).join(", ");
      else if (name === "orderByAsc" || name === "orderByDesc")
        order.push(...elementsOf(args).map((arg) => `${this.#column(arg)} ${name === "orderByAsc" ? "ASC" : "DESC"}`));
      else if (name === "groupBy") groups.push(...elementsOf(args).map((arg) => this.#column(arg)));
      else if (name === "having") having.push(this.#raw(args));
      else if (name === "last") last = ` ${this.#raw(args)}`;
      else {
        where += where === "" ? this.#term(step) : ` ${name === "or" ? "OR" : join} ${this.#term(step)}`;
        join = "AND";
      }
    }
    const group =
      groups.length === 0 ? "" : ` GROUP BY ${groups.join(", ")}${having.length === 0 ? "" : ` HAVING ${having.join(" AND ")}`}`;
    return { where, select, group, order: order.length === 0 ? "" : ` ORDER BY ${order.join(", ")}`, last };
  }

  #term({ name, args }: Step): string {
    const [column, value, second] = args;
    switch (name) {
      case "and":
      case "or":
      case "nested":
      case "not":
        return `${name === "not" ? "NOT " : ""}(${this.#conditions(column)})`;
      case "isNull":
      case "isNotNull":
        return `${this.#column(column)} IS ${name === "isNull" ? "" : "NOT "}NULL`;
      case "between":
      case "notBetween":
        // A list of two stands for both.
        return `${this.#column(column)} ${name === "between" ? "" : "NOT "}BETWEEN ${this.#value(value)} AND ${second === undefined ? "?" : this.#value(second)}`;
      case "in":
      case "notIn":
        return `${this.#column(column)} ${name === "in" ? "" : "NOT "}IN (${this.#values(args.slice(1))})`;
      case "inSql":
      case "notInSql":
        return `${this.#column(column)} ${name === "inSql" ? "" : "NOT "}IN (${this.#raw(args.slice(1))})`;
      case "exists":
      case "notExists":
        return `${name === "exists" ? "" : "NOT "}EXISTS (${this.#raw(args)})`;
      case "apply":
        return `(${this.#raw(args)})`;
    }
    const pattern = PATTERNS[name];
    if (pattern !== undefined) {
      const [operator, before, behind] = pattern;
      const parts = [before, this.#value(value), behind].filter((part) => part !== "");
      return `${this.#column(column)} ${operator} (${parts.map((part) => (part === "%" ? "'%'" : part)).join(" || ")})`;
    }
    const comparison = COMPARISONS[name];
    if (comparison === undefined) throw new Unwritten(`${name}() is not translated`);
    return `${this.#column(column)} ${comparison} ${this.#value(value)}`;
  }

  #conditions(inner: Built | undefined): string {
    const { where } = inner === undefined ? { where: "" } : this.#read(inner);
    if (where === "") throw new Unwritten("parentheses hold no condition");
    return where;
  }

  /** `Order::getStatus`, or the column as it is written. */
  #column(built: Built | undefined): string {
    if (built?.kind === "literal" && built.sort === "string") return built.text;
    const getter = built?.kind === "code" && built.text.startsWith("::") ? built.text.slice(2) : undefined;
    const bean = getter === undefined ? undefined : /^(?:get|is)(\p{Lu}.*)$/u.exec(getter)?.[1];
    const names = getter === undefined ? [] : [bean === undefined ? getter : withoutCapital(bean), getter];
    const column = names.map((name) => this.#record.columns.get(name)).find((known) => known !== undefined);
    if (column === undefined)
      throw new Unwritten(`${getter ?? (built === undefined ? "a column" : nameOf(built))} is no column that is known`);
    return column;
  }

  #value(built: Built | undefined): string {
    switch (built?.kind) {
      case "literal":
        return built.sort === "string" ? textSql(built.text) : built.text.replace(/[lLdDfF]$/, "").replaceAll("_", "");
      case "value":
      case "pattern":
      case "constant":
        return "?";
      default:
        throw new Unwritten(built === undefined ? "a condition has no value" : `${nameOf(built)} is no value that is known`);
    }
  }

  #values(args: readonly Built[]): string {
    const [only, ...more] = elementsOf(args);
    // One value stands for a list of any length.
    if (only?.kind === "value" && more.length === 0) return `:list${++this.#lists}`;
    return elementsOf(args)
      .map((value) => this.#value(value))
      .join(", ");
  }

  /** SQL that the code writes itself: `{0}` is the first value behind it. */
  #raw([text]: readonly Built[]): string {
    if (text?.kind !== "literal" || text.sort !== "string") throw new Unwritten("a text is put together by calls");
    return text.text.replace(/\{\d+\}/g, "?");
  }
}

const isClass = (built: Built): boolean => built.kind === "code" && !built.text.startsWith("::");

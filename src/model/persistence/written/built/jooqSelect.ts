import { sqlName } from "../../../schema/edits/migrationEdit.ts";
import { elementsOf, isQuery } from "./builtParts.ts";
import { type Built, nameOf, type Step, stepsOf, Unwritten } from "./builtTree.ts";
import { Conditions } from "./jooqConditions.ts";
import { type JooqParts, joinOf, jooqName, jooqTable, namedBy, namesIn } from "./jooqTables.ts";

/** Puts a SELECT together, step by step. */
export class SelectWriter {
  readonly #parts: JooqParts;
  readonly #with: string[] = [];
  readonly #items: string[] = [];
  readonly #from: string[] = [];
  readonly #where: Conditions;
  readonly #having: Conditions;
  readonly #others: string[] = [];
  #recursive = false;
  #selected = false;
  #distinct = "";
  #group = "";
  #order: string[] = [];
  #limit = "";
  #offset = "";
  #lock = "";
  /** What `and` and `or` add to. */
  #open: Conditions | undefined;
  /** A join whose condition is still to be written. */
  #join: { readonly sql: string; readonly on: Conditions } | undefined;

  constructor(parts: JooqParts) {
    this.#parts = parts;
    this.#where = new Conditions(parts);
    this.#having = new Conditions(parts);
  }

  select(steps: readonly Step[]): string {
    for (const step of steps) this.#step(step);
    this.#endJoin();
    if (!this.#selected) throw new Unwritten("it is put together by calls");
    const items = this.#items.length > 0 ? this.#items.join(", ") : "*";
    if (this.#items.length === 0 && this.#from.length === 0) throw new Unwritten("it selects from nothing");
    const from = this.#from.length === 0 ? "" : ` FROM ${this.#from.join("")}`;
    const own = `SELECT ${this.#distinct}${items}${from}${this.#where.clause("WHERE")}${this.#group}${this.#having.clause("HAVING")}`;
    // Rows of several selects are in the order of their columns' names.
    const keys = this.#others.length === 0 ? this.#order : this.#order.map((key) => key.replace(/^(?:\w+|"[^"]*")\./, ""));
    const order = keys.length === 0 ? "" : ` ORDER BY ${keys.join(", ")}`;
    const named = this.#with.length === 0 ? "" : `WITH ${this.#recursive ? "RECURSIVE " : ""}${this.#with.join(", ")} `;
    return `${named}${own}${this.#others.join("")}${order}${this.#limit}${this.#offset}${this.#lock}`;
  }

  #step({ name, args }: Step): void {
    const [first, second] = args;
    const join = joinOf(name);
    if (join !== undefined) {
      if (first === undefined || second !== undefined) throw new Unwritten(`${name}() is not translated`);
      this.#endJoin();
      this.#from.push(this.#joined(join, first));
      return;
    }
    switch (name) {
      case "with":
      case "withRecursive":
        this.#recursive ||= name === "withRecursive";
        this.#name(args);
        return;
      case "as":
        // `with("recent").as(select)`.
        if (this.#with.length === 0 || first === undefined || this.#selected) break;
        this.#with.push(`${this.#with.pop()} AS (${this.#parts.query(first)})`);
        return;
      case "select":
      case "selectDistinct":
        this.#selected = true;
        if (name === "selectDistinct") this.#distinct = "DISTINCT ";
        this.#items.push(...elementsOf(args).flatMap((one) => this.#item(one)));
        return;
      case "selectFrom":
        this.#selected = true;
        this.#from.push(this.#source(first));
        return;
      case "selectCount":
      case "selectOne":
      case "selectZero":
        this.#selected = true;
        this.#items.push(name === "selectCount" ? "count(*)" : name === "selectOne" ? "1" : "0");
        return;
      case "distinct":
        this.#distinct = "DISTINCT ";
        return;
      case "distinctOn":
      case "on":
        if (name === "on" && this.#join !== undefined) {
          this.#join.on.begin(args);
          this.#open = this.#join.on;
          return;
        }
        if (this.#from.length > 0) break;
        this.#distinct = `DISTINCT ON (${elementsOf(args)
          .map((one) => this.#parts.field(one))
          .join(", ")}) `;
        return;
      case "using":
        if (this.#join === undefined) break;
        this.#from.push(` ${this.#join.sql} USING (${args.map((one) => namesIn(one).at(-1) ?? "").join(", ")})`);
        this.#join = undefined;
        return;
      case "from":
        for (const arg of elementsOf(args)) {
          const source = this.#source(arg);
          this.#from.push(this.#from.length === 0 ? source : `, ${source}`);
        }
        return;
      case "where":
        this.#endJoin();
        this.#open = this.#where;
        this.#where.begin(args);
        return;
      case "whereExists":
      case "whereNotExists":
        this.#endJoin();
        this.#open = this.#where;
        this.#where.take(name, args);
        return;
      case "having":
        this.#open = this.#having;
        this.#having.begin(args);
        return;
      case "groupBy":
        this.#endJoin();
        this.#group =
          args.length === 0
            ? ""
            : ` GROUP BY ${elementsOf(args)
                .map((one) => this.#parts.field(one))
                .join(", ")}`;
        return;
      case "orderBy":
        this.#endJoin();
        this.#order.push(...elementsOf(args).map((one) => this.#sorted(one)));
        return;
      case "limit":
        this.#limit = ` LIMIT ${this.#parts.field(second ?? first ?? { kind: "null" })}`;
        if (second !== undefined && first !== undefined) this.#offset = ` OFFSET ${this.#parts.field(first)}`;
        return;
      case "offset":
        this.#offset = ` OFFSET ${this.#parts.field(first ?? { kind: "null" })}`;
        return;
      case "forUpdate":
      case "forNoKeyUpdate":
      case "forShare":
      case "forKeyShare":
        this.#lock = ` ${name.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase()}`;
        return;
      case "of":
        if (this.#lock === "") break;
        this.#lock += ` OF ${args.map((one) => jooqTable(one, this.#parts).alias).join(", ")}`;
        return;
      case "skipLocked":
      case "noWait":
        this.#lock += name === "noWait" ? " NOWAIT" : " SKIP LOCKED";
        return;
      case "union":
      case "unionAll":
      case "intersect":
      case "except":
        if (first === undefined || second !== undefined) break;
        this.#endJoin();
        this.#others.push(` ${name === "unionAll" ? "UNION ALL" : name.toUpperCase()} ${this.#arm(first)}`);
        return;
      default:
        if (this.#open?.take(name, args) === true) return;
    }
    throw new Unwritten(`${name}() is not translated`);
  }

  #name(args: readonly Built[]): void {
    for (const arg of args) {
      const { on, given } = arg.kind === "step" && arg.name === "as" ? { on: arg.on, given: arg.args[0] } : { on: arg, given: undefined };
      const known = sqlName(jooqName(namedBy(on)));
      const columns =
        on.kind === "step" && on.name === "fields"
          ? ` (${elementsOf(on.args)
              .map((one) => sqlName(jooqName(one)))
              .join(", ")})`
          : "";
      this.#with.push(given === undefined ? known : `${known}${columns} AS (${this.#parts.query(given)})`);
    }
  }

  #arm(built: Built): string {
    const sql = this.#parts.query(built);
    return /\b(?:ORDER BY|LIMIT)\b/.test(sql) ? `(${sql})` : sql;
  }

  #joined(join: string, built: Built): string {
    const source = this.#source(built);
    if (join === "CROSS JOIN") return ` ${join} ${source}`;
    this.#join = { sql: `${join} ${source}`, on: new Conditions(this.#parts) };
    return "";
  }

  #endJoin(): void {
    if (this.#join === undefined) return;
    const on = this.#join.on.clause("ON");
    this.#from.push(` ${this.#join.sql}${on === "" ? " ON true" : on}`);
    this.#join = undefined;
  }

  /** A table, or tables that are joined before: `ORDERS.join(ITEMS).on(…)`. */
  #source(built: Built | undefined): string {
    if (built === undefined) throw new Unwritten("it is put together by calls");
    if (built.kind !== "step" || !/^(?:on|and|or|onKey)$|[jJ]oin$/.test(built.name)) return jooqTable(built, this.#parts).sql;
    const { root, steps } = stepsOf(built);
    const begin = steps.findIndex(({ name }) => joinOf(name) !== undefined);
    const inner = new SelectWriter(this.#parts);
    inner.#from.push(jooqTable(begin === 0 ? root : (steps[begin - 1] as Step), this.#parts).sql);
    for (const step of steps.slice(begin)) inner.#step(step);
    inner.#endJoin();
    return inner.#from.join("");
  }

  #item(built: Built): string | readonly string[] {
    if (built.kind === "null" || built.kind === "root") throw new Unwritten(`${nameOf(built)} is no field that is known`);
    if (built.kind === "constant") return `${jooqTable(built, this.#parts).alias}.*`;
    if (built.kind === "step" && built.call) {
      const { on, name, args } = built;
      if ((name === "fields" || name === "asterisk") && args.length === 0 && on.kind !== "root")
        return `${jooqTable(on, this.#parts).alias}.*`;
      if ((name === "as" || name === "asField" || name === "alias") && args[0] !== undefined) {
        const value = isQuery(on) ? `(${this.#parts.query(on)})` : this.#parts.field(on);
        return `${value} AS ${sqlName(jooqName(args[0]))}`;
      }
    }
    return this.#parts.field(built);
  }

  #sorted(built: Built): string {
    if (built.kind !== "step" || !built.call) return this.#parts.field(built);
    const { on, name, args } = built;
    if (name === "asc" || name === "desc") return `${this.#parts.field(on)}${name === "desc" ? " DESC" : ""}`;
    if (name === "nullsFirst" || name === "nullsLast") return `${this.#sorted(on)} NULLS ${name === "nullsFirst" ? "FIRST" : "LAST"}`;
    if (name === "sort" || args.some(({ kind }) => kind === "code")) throw new Unwritten("its order is chosen at run time");
    return this.#parts.field(built);
  }
}

import { conditionsOf, elementsOf, isQuery, joined } from "./builtParts.ts";
import { type Built, type Step, stepsOf, Unwritten } from "./builtTree.ts";
import { Conditions, jooqCondition } from "./jooqConditions.ts";
import { jooqField } from "./jooqFields.ts";
import { SelectWriter } from "./jooqSelect.ts";
import { type JooqParts, jooqTable } from "./jooqTables.ts";

/** A query of jOOQ as SQL, with its names marked for a schema (see schemaNames). */
export function jooqSql(built: Built): string {
  return new JooqWriter().statement(built);
}

/** What fetches or runs a query, and steps that PostgreSQL is told nothing of. */
const SENDS = /^(?:fetch\w*|execute\w*|stream|iterate|collect)$/;
const SILENT = /^(?:queryTimeout|fetchSize|maxRows|keepStatement|poolable|coerce|resultSet\w+|intern|getQuery|query|hint|option)$/;

class JooqWriter implements JooqParts {
  readonly #derived: string[] = [];
  #lists = 0;

  /** With what sends it: `select(…).fetch()`, `dsl.fetchExists(select(…))`, `dsl.fetchCount(ORDERS, …)`. */
  statement(built: Built): string {
    const { steps } = stepsOf(built);
    const [only, ...more] = steps;
    const last = steps.at(-1);
    if (only !== undefined && more.length === 0 && SENDS.test(only.name)) return this.#sentByContext(only);
    if (last?.name === "fetchExists") return `SELECT EXISTS (${this.query(last.on)})`;
    return this.query(built);
  }

  #sentByContext({ name, args }: Step): string {
    const [given, ...conditions] = args;
    if (given === undefined) throw new Unwritten("it is put together by calls");
    let from: string;
    if (isQuery(given)) {
      if (conditions.length > 0) throw new Unwritten("it is put together by calls");
      if (name !== "fetchExists" && name !== "fetchCount") return this.query(given);
      from = this.query(given);
      return name === "fetchExists" ? `SELECT EXISTS (${from})` : `SELECT count(*) FROM (${from}) q`;
    }
    if (given.kind === "step" && given.call && /^(?:update|insert\w*|delete\w*)$/.test(stepsOf(given).steps[0]?.name ?? ""))
      return this.query(given);
    const where = joined(
      "and",
      conditionsOf(conditions).map((one) => this.condition(one)),
    );
    from = `FROM ${jooqTable(given, this).sql}${where === undefined ? "" : ` WHERE ${where}`}`;
    if (name === "fetchCount") return `SELECT count(*) ${from}`;
    if (name === "fetchExists") return `SELECT EXISTS (SELECT 1 ${from})`;
    return `SELECT * ${from}`;
  }

  condition(built: Built): string | undefined {
    return jooqCondition(built, this, () => `:list${++this.#lists}`);
  }

  field(built: Built): string {
    return jooqField(built, this);
  }

  alias(query: string): string {
    // Parameters of lists are numbered as they are written.
    const same = query.replace(/:list\d+/g, ":list");
    if (!this.#derived.includes(same)) this.#derived.push(same);
    return `alias_${this.#derived.indexOf(same) + 1}`;
  }

  query(built: Built): string {
    const { root, steps } = stepsOf(built);
    const [first] = steps;
    if (root.kind !== "root" || first === undefined) throw new Unwritten("it is put together by calls");
    const own = steps.filter(({ name }) => !SILENT.test(name) && !SENDS.test(name));
    switch (own[0]?.name) {
      case "update":
        return this.#update(own);
      case "delete":
      case "deleteFrom":
        return this.#delete(own);
      case "insertInto":
        return this.#insert(own);
      default:
        return new SelectWriter(this).select(own);
    }
  }

  #update([first, ...steps]: readonly Step[]): string {
    const target = jooqTable(first?.args[0] ?? { kind: "null" }, this);
    const set: string[] = [];
    const from: string[] = [];
    const where = new Conditions(this);
    let returning = "";
    for (const { name, args } of steps) {
      const [column, value] = args;
      if (name === "set") {
        if (column === undefined || value === undefined) throw new Unwritten("the columns that it sets are not known");
        set.push(`${this.#bareColumn(column)} = ${this.field(value)}`);
      } else if (name === "setNull" && column !== undefined) set.push(`${this.#bareColumn(column)} = null`);
      else if (name === "from") from.push(...args.map((one) => jooqTable(one, this).sql));
      else if (name === "returning" || name === "returningResult") returning = this.#returning(args);
      else if (!where.take(name, args)) throw new Unwritten(`${name}() is not translated`);
    }
    if (set.length === 0) throw new Unwritten("the columns that it sets are not known");
    return `UPDATE ${target.sql} SET ${set.join(", ")}${from.length === 0 ? "" : ` FROM ${from.join(", ")}`}${where.clause("WHERE")}${returning}`;
  }

  #delete([first, ...steps]: readonly Step[]): string {
    const target = jooqTable(first?.args[0] ?? { kind: "null" }, this);
    const using: string[] = [];
    const where = new Conditions(this);
    let returning = "";
    for (const { name, args } of steps) {
      if (name === "using") using.push(...args.map((one) => jooqTable(one, this).sql));
      else if (name === "returning" || name === "returningResult") returning = this.#returning(args);
      else if (!where.take(name, args)) throw new Unwritten(`${name}() is not translated`);
    }
    return `DELETE FROM ${target.sql}${using.length === 0 ? "" : ` USING ${using.join(", ")}`}${where.clause("WHERE")}${returning}`;
  }

  #insert([first, ...steps]: readonly Step[]): string {
    const [into, ...named] = first?.args ?? [];
    const target = jooqTable(into ?? { kind: "null" }, this);
    const columns = elementsOf(named).map((one) => this.#bareColumn(one));
    const rows: string[][] = [];
    const changed: string[] = [];
    let select = "";
    let conflict = "";
    let returning = "";
    for (const { name, args } of steps) {
      const [column, value] = args;
      switch (name) {
        case "columns":
          columns.push(...elementsOf(args).map((one) => this.#bareColumn(one)));
          break;
        case "values":
          rows.push(elementsOf(args).map((one) => this.field(one)));
          break;
        case "set": {
          if (column === undefined || value === undefined) throw new Unwritten("the columns that it sets are not known");
          const place = this.#bareColumn(column);
          if (conflict !== "") {
            changed.push(`${place} = ${this.field(value)}`);
            break;
          }
          columns.push(place);
          rows[0] = [...(rows[0] ?? []), this.field(value)];
          break;
        }
        case "select":
          if (column === undefined) throw new Unwritten("it is put together by calls");
          select = this.query(column);
          break;
        case "onConflict":
          conflict = ` ON CONFLICT${
            args.length === 0
              ? ""
              : ` (${elementsOf(args)
                  .map((one) => this.#bareColumn(one))
                  .join(", ")})`
          }`;
          break;
        case "onConflictDoNothing":
        case "onDuplicateKeyIgnore":
          conflict = " ON CONFLICT DO NOTHING";
          break;
        case "doNothing":
          conflict += " DO NOTHING";
          break;
        case "doUpdate":
          break;
        case "returning":
        case "returningResult":
          returning = this.#returning(args);
          break;
        default:
          throw new Unwritten(`${name}() is not translated`);
      }
    }
    if (changed.length > 0) conflict += ` DO UPDATE SET ${changed.join(", ")}`;
    if (
      select === "" &&
      (rows.length === 0 || rows.some((row) => row.length === 0 || (columns.length > 0 && row.length !== columns.length)))
    )
      throw new Unwritten("the values that it adds are not known");
    const given = select === "" ? `VALUES ${rows.map((row) => `(${row.join(", ")})`).join(", ")}` : select;
    return `INSERT INTO ${target.sql}${columns.length === 0 ? "" : ` (${columns.join(", ")})`} ${given}${conflict}${returning}`;
  }

  /** A column without its table, as SET and INSERT name it. */
  #bareColumn(built: Built): string {
    if (built.kind !== "step") throw new Unwritten("a column is not known");
    const column = this.field(built);
    return column.startsWith("\uE002") ? column : column.slice(column.lastIndexOf(".") + 1);
  }

  #returning(args: readonly Built[]): string {
    return ` RETURNING ${
      args.length === 0
        ? "*"
        : elementsOf(args)
            .map((one) => this.field(one))
            .join(", ")
    }`;
  }
}

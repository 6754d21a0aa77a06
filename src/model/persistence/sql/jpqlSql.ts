import type { JpqlExpression, JpqlFrom, JpqlSelect, JpqlStatement } from "../../../syntax/jpql/jpqlAst.ts";
import { attributeOf } from "../mapping/entity.ts";
import type { Naming } from "../scans/statementScans.ts";
import { callSql, caseSql, type Writer } from "./jpqlFunctions.ts";
import { hasSeveralKeys, keyBehind, sameReference } from "./jpqlKeys.ts";
import { entityOf, find, newScope, type Scope, type Source, type SqlNames, SqlSources, splitJoin, Untranslatable } from "./sqlSources.ts";
import { noSql, Parameters, type SqlText } from "./sqlText.ts";

/** A statement of JPQL as the SQL that a JPA provider sends for it: the same tables, joins, conditions and order. */
export function jpqlSql(statement: JpqlStatement, naming: Naming, names: SqlNames): SqlText {
  const writer = new SqlWriter(naming, names);
  try {
    const sql = writer.statement(statement);
    return { ok: true, sql, parameters: writer.parameters.names, assumed: [] };
  } catch (error) {
    if (error instanceof Untranslatable) return noSql(error.message);
    throw error;
  }
}

const BARE_FUNCTIONS: Readonly<Record<string, string>> = {
  current_date: "current_date",
  current_time: "current_time",
  current_timestamp: "current_timestamp",
  local_date: "current_date",
  local_datetime: "localtimestamp",
  instant: "current_timestamp",
};

/** Constants of the JDK. */
const NUMBERS: Readonly<Record<string, string>> = {
  "Long.MAX_VALUE": "9223372036854775807",
  "Long.MIN_VALUE": "-9223372036854775808",
  "Integer.MAX_VALUE": "2147483647",
  "Integer.MIN_VALUE": "-2147483648",
  "Double.MAX_VALUE": "1.7976931348623157e308",
};

class SqlWriter {
  readonly parameters = new Parameters();
  readonly #sources: SqlSources;

  constructor(naming: Naming, names: SqlNames) {
    this.#sources = new SqlSources(naming, names, () => this.parameters.place(":tenant"));
  }

  statement(statement: JpqlStatement): string {
    if (statement.kind === "other" || !statement.understood) throw new Untranslatable("not all of its text is understood");
    if (statement.kind === "select") return this.#select(statement, undefined);
    const scope = newScope(undefined);
    const target = this.#root(statement.from, scope);
    // Not every version restricts what it changes.
    if (target.entity?.restriction !== undefined) throw new Untranslatable(`${target.entity.name} is restricted to some rows`);
    const set = (statement.kind === "update" ? statement.set : []).map((assignment) => {
      if (assignment.kind !== "compare" || assignment.left.kind !== "path") throw new Untranslatable("an assignment is not understood");
      const column = this.#value(assignment.left, scope).slice(target.alias.length + 1);
      return `${column} = ${this.#value(assignment.right, scope)}`;
    });
    const where = this.#where(statement.where, scope);
    if (scope.from.length > 1 || statement.others.length > 0) throw new Untranslatable("it changes one table by another's");
    const table = this.#sources.table(target);
    if (statement.kind === "delete") return `DELETE FROM ${table} ${target.alias}${where}`;
    return `UPDATE ${table} ${target.alias} SET ${set.join(", ")}${where}`;
  }

  #select(select: JpqlSelect, around: Scope | undefined): string {
    if (!select.understood || select.combined.length > 0 || select.named.length > 0)
      throw new Untranslatable("it is put together of several queries");
    const scope = newScope(around);
    for (const from of select.from) this.#from(from, scope);
    const items =
      select.items.length === 0
        ? [...scope.sources.values()].map(({ alias }) => `${alias}.*`)
        : select.items.map(({ value }) => this.#item(value, scope));
    const aliases = new Map(select.items.flatMap(({ alias }, i) => (alias === undefined ? [] : [[alias.toLowerCase(), i + 1] as const])));
    const where = this.#where(select.where, scope);
    const group = select.groupBy.length === 0 ? "" : ` GROUP BY ${select.groupBy.map((key) => this.#grouped(key, scope)).join(", ")}`;
    const having = select.having === undefined ? "" : ` HAVING ${this.#condition(select.having, scope)}`;
    const order = select.orderBy.map(({ value, descending, nulls }) => {
      const place = value.kind === "path" && value.parts.length === 1 ? aliases.get((value.parts[0] as string).toLowerCase()) : undefined;
      return `${place ?? this.#value(value, scope)}${descending ? " DESC" : ""}${nulls === undefined ? "" : ` NULLS ${nulls.toUpperCase()}`}`;
    });
    const fetched = scope.fetched.map(({ alias }) => `${alias}.*`);
    const limit = select.limit === undefined ? "" : ` LIMIT ${this.#value(select.limit, scope)}`;
    const offset = select.offset === undefined ? "" : ` OFFSET ${this.#value(select.offset, scope)}`;
    return `SELECT ${select.distinct ? "DISTINCT " : ""}${[...items, ...fetched].join(", ")}${scope.from.length === 0 ? "" : ` FROM ${scope.from.join(" ")}`}${where}${group}${having}${order.length === 0 ? "" : ` ORDER BY ${order.join(", ")}`}${limit}${offset}`;
  }

  /** With what the provider adds. */
  #where(condition: JpqlExpression | undefined, scope: Scope): string {
    const own = condition === undefined ? [] : [this.#condition(condition, scope)];
    const all = [...scope.added, ...own];
    if (all.length === 0) return "";
    return ` WHERE ${all.length === 1 ? all[0] : all.map((one) => `(${one})`).join(" AND ")}`;
  }

  #item(value: JpqlExpression, scope: Scope): string {
    if (value.kind === "constructor") return value.args.map((argument) => this.#item(argument, scope)).join(", ");
    if (value.kind === "path") {
      const source = this.#sources.sourceBehind(value.parts, scope);
      if (source !== undefined && source.entity?.kind === "embeddable") return this.#collected(source);
      if (source !== undefined) return `${source.alias}.*`;
      const key = keyBehind(value, this.#sources, scope);
      if (key !== undefined) return key.join(", ");
    }
    if (isCondition(value)) return `(${this.#condition(value, scope)})`;
    return this.#value(value, scope);
  }

  /** What is selected of the rows of a collection: not whose they are. */
  #collected(rows: Source): string {
    return entityOf(rows)
      .attributes.flatMap(({ columns }) => columns.map((column) => this.#sources.column(rows, column)))
      .join(", ");
  }

  #grouped(value: JpqlExpression, scope: Scope): string {
    const source = value.kind === "path" && value.parts.length === 1 ? find(scope, value.parts[0] as string) : undefined;
    // Grouping by the key allows all columns of its row.
    return source?.entity === undefined ? this.#value(value, scope) : this.#sources.keyOf(source).join(", ");
  }

  #root(from: JpqlFrom, scope: Scope): Source {
    if (from.source.kind !== "name") throw new Untranslatable("it reads from a subquery or a function");
    const { parts } = from.source;
    const source = this.#sources.open(this.#sources.entityNamed(parts));
    scope.sources.set((from.alias ?? parts.at(-1) ?? "").toLowerCase(), source);
    scope.from.push(`${this.#sources.table(source)} ${source.alias}`);
    this.#sources.restrict(source, "", scope);
    return source;
  }

  #from(from: JpqlFrom, scope: Scope): void {
    if (from.source.kind !== "name" || from.using.length > 0) throw new Untranslatable("it reads from a subquery or a function");
    const { parts } = from.source;
    const owner = parts.length > 1 ? find(scope, parts[0] as string) : undefined;
    const alias = (from.alias ?? parts.at(-1) ?? "").toLowerCase();
    if (owner !== undefined) {
      let at = owner;
      for (const part of parts.slice(1)) at = this.#sources.joined(at, part, from.join === "left" ? "LEFT JOIN" : "JOIN", scope);
      scope.sources.set(alias, at);
      // A subquery may begin at what the query around it has.
      if (scope.from[0]?.startsWith("JOIN ") === true) {
        const [table, on] = splitJoin(scope.from[0]);
        scope.from[0] = table;
        scope.added.push(on);
      }
      // The condition may name what has just been joined.
      const place = scope.from.length - 1;
      if (from.on !== undefined) scope.from[place] = `${scope.from[place]} AND (${this.#condition(from.on, scope)})`;
      if (from.fetch) scope.fetched.push(at);
      return;
    }
    const source = this.#sources.open(this.#sources.entityNamed(parts));
    scope.sources.set(alias, source);
    const table = `${this.#sources.table(source)} ${source.alias}`;
    this.#sources.restrict(source, from.join === "left" ? "LEFT JOIN" : "", scope);
    if (scope.from.length === 0) scope.from.push(table);
    else if (from.join === "none" || from.join === "cross") scope.from.push(`CROSS JOIN ${table}`);
    else if (from.on === undefined) throw new Untranslatable("a join has no condition");
    else scope.from.push(`${from.join.toUpperCase()} JOIN ${table} ON ${this.#condition(from.on, scope)}`);
  }

  #condition(expression: JpqlExpression, scope: Scope): string {
    switch (expression.kind) {
      case "and":
      case "or":
        return expression.terms.map((term) => `(${this.#condition(term, scope)})`).join(expression.kind === "and" ? " AND " : " OR ");
      case "not":
        return `NOT (${this.#condition(expression.term, scope)})`;
      case "compare":
        return this.#compare(expression, scope);
      case "between": {
        const [value, low, high] = [expression.value, expression.low, expression.high].map((part) => this.#value(part, scope));
        return `${value} ${expression.negated ? "NOT " : ""}BETWEEN ${low} AND ${high}`;
      }
      case "in":
        return this.#in(expression, scope);
      case "like": {
        const operator = `${expression.negated ? "NOT " : ""}${expression.caseSensitive ? "LIKE" : "ILIKE"}`;
        const escaped = expression.escape === undefined ? "" : ` ESCAPE ${this.#value(expression.escape, scope)}`;
        return `${this.#value(expression.value, scope)} ${operator} ${this.#value(expression.pattern, scope)}${escaped}`;
      }
      case "isNull":
        return `${this.#value(expression.value, scope)} IS ${expression.negated ? "NOT " : ""}NULL`;
      case "isEmpty":
        return this.#collection(expression.value, undefined, !expression.negated, scope);
      case "memberOf":
        return this.#collection(expression.collection, expression.value, expression.negated, scope);
      case "exists":
        return `${expression.negated ? "NOT " : ""}EXISTS (${this.#select(expression.select, scope)})`;
      case "path":
      case "literal":
      case "parameter":
      case "call":
      case "case":
        return this.#value(expression, scope);
      default:
        throw new Untranslatable("a condition is not understood");
    }
  }

  #compare({ operator, left, right }: Extract<JpqlExpression, { kind: "compare" }>, scope: Scope): string {
    const key = right.kind === "parameter" && operator === "=" ? keyBehind(left, this.#sources, scope) : undefined;
    if (key !== undefined && right.kind === "parameter") {
      const values = key.map((_, i) => this.parameters.place(right.name === "" ? "" : `${right.name}.${i + 1}`));
      return `(${key.join(", ")}) = (${values.join(", ")})`;
    }
    const [a, b] = [this.#columnOf(left, scope), this.#columnOf(right, scope)];
    if (a !== undefined && b !== undefined) sameReference(left, right, this.#sources, scope);
    return `${a ?? this.#value(left, scope, b)} ${operator} ${b ?? this.#value(right, scope, a)}`;
  }

  #in({ value, items, negated }: Extract<JpqlExpression, { kind: "in" }>, scope: Scope): string {
    const left = this.#value(value, scope);
    const [only, more] = items;
    const not = negated ? "NOT " : "";
    if (only === undefined) throw new Untranslatable("a list has no values");
    if (more === undefined && only.kind === "subquery") {
      for (const item of only.select.items) sameReference(value, item.value, this.#sources, scope);
      return `${left} ${not}IN (${this.#select(only.select, scope)})`;
    }
    // One parameter stands for a list of any length.
    if (more === undefined && only.kind === "parameter")
      return `${left} ${negated ? "<> ALL" : "= ANY"} (${this.parameters.place(only.name)})`;
    return `${left} ${not}IN (${items.map((item) => this.#value(item, scope, left)).join(", ")})`;
  }

  /** Whether a collection has something, or one thing: rows that point back. */
  #collection(collection: JpqlExpression, member: JpqlExpression | undefined, negated: boolean, scope: Scope): string {
    if (collection.kind !== "path" || collection.parts.length < 2) throw new Untranslatable("a collection is not understood");
    const owner = this.#sources.sourceBehind(collection.parts.slice(0, -1), scope);
    if (owner === undefined) throw new Untranslatable("a collection is not understood");
    const inner = newScope(scope);
    const rows = this.#sources.joined(owner, collection.parts.at(-1) as string, "JOIN", inner);
    const [first = "", ...rest] = inner.from;
    const [table, on] = splitJoin(first);
    const not = negated ? "NOT " : "";
    const added = inner.added.map((one) => ` AND ${one}`).join("");
    const behind = `FROM ${[table, ...rest].join(" ")} WHERE ${on}${added}`;
    if (member === undefined) return `${not}EXISTS (SELECT 1 ${behind})`;
    // As Hibernate 6.6 writes it; PostgreSQL 15 runs it once for each owner, where EXISTS is a join by an index on the value.
    const column = this.#sources.one(this.#sources.keyOf(rows));
    return `${this.#value(member, scope, column)} ${not}IN (SELECT ${column} ${behind})`;
  }

  #writer(scope: Scope): Writer {
    return {
      value: (expression) => this.#value(expression, scope),
      condition: (expression) => this.#condition(expression, scope),
    };
  }

  /** `count(t)` of rows with a key of several columns counts them all. */
  #counted({ name, args, distinct, filter }: Extract<JpqlExpression, { kind: "call" }>, scope: Scope): string | undefined {
    const [only] = args;
    if (name !== "count" || distinct || filter !== undefined || only?.kind !== "path" || only.parts.length !== 1) return undefined;
    const source = find(scope, only.parts[0] as string);
    return source !== undefined && source === scope.sources.values().next().value && hasSeveralKeys(source.entity) ? "count(*)" : undefined;
  }

  /** The column that a path is; undefined for every other expression and for constants. */
  #columnOf(expression: JpqlExpression, scope: Scope): string | undefined {
    return expression.kind === "path" && this.#sources.starts(expression.parts, scope) !== undefined
      ? this.#value(expression, scope)
      : undefined;
  }

  /** `beside` is the column that the value is compared with. */
  #value(expression: JpqlExpression, scope: Scope, beside?: string): string {
    switch (expression.kind) {
      case "path":
        return this.#path(expression.parts, scope, beside);
      case "parameter":
        return this.parameters.place(/^\??$/.test(expression.name) ? "" : expression.name);
      case "literal":
        if (expression.sort === "string") return `'${expression.value.replaceAll("'", "''")}'`;
        return expression.sort === "number" ? expression.value.replace(/[lLdDfFbBiI]+$/, "").replaceAll("_", "") : expression.value;
      case "call":
        return this.#counted(expression, scope) ?? callSql(expression, this.#writer(scope));
      case "case":
        return caseSql(expression, this.#writer(scope));
      case "arithmetic":
        return `(${this.#value(expression.left, scope)} ${expression.operator} ${this.#value(expression.right, scope)})`;
      case "subquery":
        return `(${this.#select(expression.select, scope)})`;
      case "tuple":
        return `(${expression.items.map((item) => this.#value(item, scope)).join(", ")})`;
      default:
        throw new Untranslatable("an expression is not understood");
    }
  }

  #path(parts: readonly string[], scope: Scope, beside: string | undefined): string {
    const start = this.#sources.starts(parts, scope);
    if (start === undefined) return this.#constant(parts, beside);
    let source = start.source;
    if (start.rest.length === 0) return this.#sources.one(this.#sources.keyOf(source));
    for (const [i, part] of start.rest.entries()) {
      const entity = entityOf(source);
      const attribute = attributeOf(entity, part);
      const rest = start.rest.slice(i + 1);
      if (attribute === undefined) {
        if (part === "id" && rest.length === 0) return this.#sources.one(this.#sources.keyOf(source));
        throw new Untranslatable(`${entity.name} has no property ${part} that is known`);
      }
      const ownKey = attribute.kind === "toOne" && attribute.columns.length > 0;
      if (
        attribute.kind === "basic" ||
        (ownKey && (rest.length === 0 || (rest.length === 1 && this.#sources.isHeld(attribute, rest[0] as string))))
      ) {
        const holder = this.#sources.holder(source, attribute, scope);
        return this.#sources.one(attribute.columns.map((column) => this.#sources.column(holder, column)));
      }
      if (rest.length === 0 && attribute.kind !== "embedded") {
        return this.#sources.one(this.#sources.keyOf(this.#sources.implied(source, part, attribute, scope)));
      }
      source = this.#sources.implied(source, part, attribute, scope);
    }
    // An embedded object of one column is that column.
    const [only = "", ...more] = entityOf(source).attributes.flatMap(({ kind, columns }) => (kind === "basic" ? columns : [""]));
    if (more.length > 0 || only === "") throw new Untranslatable(`${parts.join(".")} stands for several columns`);
    return this.#sources.column(source, only);
  }

  /** `Status.OPEN`, `org.example.Status.OPEN`: its name where the column keeps names, else some number. */
  #constant(parts: readonly string[], beside: string | undefined): string {
    const bare = parts.length === 1 ? BARE_FUNCTIONS[(parts[0] as string).toLowerCase()] : undefined;
    if (bare !== undefined) return bare;
    const name = parts.at(-1) ?? "";
    const number = NUMBERS[parts.slice(-2).join(".")];
    if (number !== undefined) return number;
    if (
      parts.length < 2 ||
      /^(?:Double|Float|Short|Byte|Character|BigDecimal|BigInteger)$/.test(parts.at(-2) ?? "") ||
      !/^[A-Z][A-Z0-9_]*$/.test(name)
    )
      throw new Untranslatable(`${parts.join(".")} is not known`);
    const type = beside === undefined ? undefined : this.#sources.typeOf(beside);
    return type !== undefined && /^(?:int|numeric|float)/.test(type) ? this.parameters.place(parts.join(".")) : `'${name}'`;
  }
}

const isCondition = ({ kind }: JpqlExpression): boolean =>
  /^(?:and|or|not|compare|between|in|like|isNull|isEmpty|memberOf|exists)$/.test(kind);

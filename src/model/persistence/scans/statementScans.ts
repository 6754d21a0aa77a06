import { parseJpql } from "../../../syntax/jpql/jpql.ts";
import type { JpqlExpression, JpqlFrom, JpqlSelect, JpqlStatement, NamedSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { ENTITY_NAME_PLACEHOLDER } from "../../../syntax/jpql/jpqlTokens.ts";
import { withoutValue } from "../mapping/collections.ts";
import { attributeOf, type Entity, type EntityLookup } from "../mapping/entity.ts";
import { sqlName } from "../mapping/naming.ts";
import { calledFunctions } from "./calledFunctions.ts";
import { ConditionReader, type Names } from "./conditions.ts";
import { type DocumentRead, documentReads, documentReadsOf, mayReadDocuments } from "./documentReads.ts";
import { doubledBy, duplicatesOf } from "./duplicates.ts";
import { nodesOf } from "./expressionNodes.ts";
import { tablesInserted } from "./insertedTables.ts";
import { materializedLooks } from "./materialized.ts";
import { unconnected } from "./products.ts";
import type { Query } from "./query.ts";
import { type ColumnRef, plain, ScanBuilder, type Source } from "./scanBuilder.ts";
import { MADE, NOTHING, rowsOf, Scope, sqlColumns } from "./scope.ts";
import { allColumnsOf, countsOnly, extremeOf, isAggregate, isColumn, keepsSome, limitOf, refreshes } from "./selectForms.ts";
import { orderRemarks, sortScan } from "./sortScan.ts";
import { columnsAssigned, columnsRead } from "./touchedColumns.ts";
import { areApart, unionArms, uniqueOf } from "./unions.ts";

export interface StatementScans
  extends Pick<Query, "kind" | "scans" | "aggregates" | "limit" | "remarks" | "understood" | "into" | "calls" | "touched"> {
  /** Qualified name of the entity that the statement starts from. */
  readonly entity: string | undefined;
}

/** How a statement's names are meant: entities and properties, or tables and columns. */
export interface Naming {
  readonly language: "jpql" | "sql";
  /** The qualified name of the entity that JPQL names. */
  readonly entityNamed: (name: string) => string | undefined;
  readonly entities: EntityLookup;
  /** What `#{#entityName}` stands for. */
  readonly domain: Entity | undefined;
}

/** What a statement looks at, mapped to tables. */
export function statementScans(text: string, naming: Naming): StatementScans {
  const statement = parseJpql(text);
  const walk = new StatementWalk(naming, mayReadDocuments(text));
  const understood = walk.statement(statement);
  const touched = walk.touched && { touched: walk.touched };
  const into = tablesInserted(text, naming);
  const calls = naming.language === "sql" ? calledFunctions(text) : [];
  const read = {
    scans: walk.builder.done(),
    remarks: walk.builder.remarks(),
    understood,
    entity: walk.entity?.qualified,
    ...(into && { into }),
    ...(calls.length > 0 && { calls }),
    ...touched,
  };
  if (statement.kind === "other") {
    const kind = /^\s*insert\b/i.test(text) ? "insert" : "other";
    return { kind, aggregates: false, limit: "none", ...read, entity: undefined, remarks: [...read.remarks, ...refreshes(text)] };
  }
  if (statement.kind !== "select") return { kind: statement.kind, aggregates: false, limit: "none", ...read };
  const { items, groupBy, distinct } = statement;
  const aggregates =
    groupBy.length > 0 ||
    keepsSome(statement) ||
    (items.length > 0 &&
      (items.every(({ value }) => isAggregate(value)) || (distinct && items.every(({ value }) => isColumn(value, naming.language)))));
  const [only] = items;
  const counts = groupBy.length === 0 && items.length === 1 && only?.value.kind === "call" && only.value.name === "count";
  if (items.length === 1 && only?.value.kind === "exists") return { kind: "exists", aggregates: false, limit: 1, ...read };
  return { kind: counts ? "count" : "find", aggregates, limit: limitOf(statement), ...read };
}

class StatementWalk {
  readonly builder: ScanBuilder;
  readonly #naming: Naming;
  readonly #readsDocuments: boolean;
  readonly #named = new Map<string, JpqlSelect>();
  /** The named select that is being read: what it asks of itself are the rows that the last step has found. */
  #reading: JpqlSelect | undefined;
  /** What stands in no other select. */
  #whole: JpqlSelect | undefined;
  /** The entity of the first FROM. */
  entity: Entity | undefined;
  touched: readonly string[] | undefined;

  constructor(naming: Naming, readsDocuments: boolean) {
    this.#naming = naming;
    this.#readsDocuments = readsDocuments;
    this.builder = new ScanBuilder(naming.entities);
  }

  /** Whether everything was understood. */
  statement(statement: JpqlStatement): boolean {
    if (statement.kind === "other") {
      const { inserted } = statement;
      if (inserted === undefined) return false;
      this.#name(inserted.named);
      this.#select(inserted, undefined);
      this.#readNamed(inserted.named);
      return inserted.understood;
    }
    if (statement.kind === "select") {
      this.#whole = statement;
      this.#name(statement.named);
      this.#select(statement, undefined);
      this.#readNamed(statement.named);
      const duplicates = this.entity === undefined ? undefined : duplicatesOf(statement, this.entity, this.#naming.entities);
      const first = this.builder.opened(0);
      if (first !== undefined && countsOnly(statement)) this.builder.remark({ kind: "counted", table: first.table });
      if (duplicates !== undefined) this.builder.remark({ kind: "distinct", table: this.entity?.table ?? "", duplicates });
      if (this.#naming.language === "sql") this.#remarkColumns(statement);
      if (statement.lock !== undefined) this.builder.remark({ kind: "lock", waits: statement.lock === "waits" });
      return statement.understood;
    }
    const scope = new Scope(undefined);
    this.#name(statement.named);
    for (const from of [statement.from, ...statement.others]) this.#from(from, scope);
    const reader = this.#reader(scope);
    const columnsOf = (parts: readonly string[]) => this.#columns(parts, scope);
    reader.all(statement.where);
    if (statement.kind === "update") for (const assignment of statement.set) reader.subqueries(assignment);
    this.#readNamed(statement.named);
    if (this.#readsDocuments)
      this.#remarkDocuments(documentReads([...(statement.kind === "update" ? statement.set : []), statement.where]), scope);
    const first = this.builder.opened(0);
    const set = statement.kind === "update" && first !== undefined ? columnsAssigned(statement, first, columnsOf) : undefined;
    this.touched = set;
    if (first !== undefined && statement.where === undefined && statement.others.length === 0 && !this.#hasAdditions())
      this.builder.remark({ kind: "allRows", table: first.table, set: set ?? [] });
    return statement.understood;
  }

  #name(named: readonly NamedSelect[]): void {
    for (const { name, select } of named) this.#named.set(name.toLowerCase(), select);
  }

  #readNamed(named: readonly NamedSelect[]): void {
    for (const { select } of named) {
      this.#reading = select;
      this.#select(select, undefined);
    }
    this.#reading = undefined;
  }

  /** Whether a provider adds conditions, or other tables. */
  #hasAdditions(): boolean {
    return this.entity !== undefined && (this.entity.more ?? this.entity.restriction ?? this.entity.tenantColumn) !== undefined;
  }

  #remarkDocuments(reads: readonly DocumentRead[], scope: Scope): void {
    for (const { parts, by } of reads) {
      for (const { scan, column, ambiguous } of this.#columns(parts, scope))
        if (!ambiguous) this.builder.remark({ kind: "documentRead", by, table: scan.table, column });
    }
  }

  /** What SQL selects of tables, and what it asks of rows that it has materialized. */
  #remarkColumns(select: JpqlSelect): void {
    for (const look of materializedLooks(select)) this.builder.remark({ kind: "materialized", ...look });
    const table = sqlName(allColumnsOf(select) ?? "");
    if (table !== "" && !this.#named.has(table)) this.builder.remark({ kind: "allColumns", table });
  }

  /** The columns that the only item of the select means. */
  #select(select: JpqlSelect, around: Scope | undefined): readonly ColumnRef[] {
    const first = this.builder.size;
    const scopes = [select, ...select.combined].map((branch) => this.#branch(branch, around));
    this.#remarkApart(select, scopes, first);
    const [item, ...others] = select.items;
    return item?.value.kind === "path" && others.length === 0 ? this.#columns(item.value.parts, scopes[0] as Scope) : [];
  }

  /** A select without what is joined to it. */
  #branch(select: JpqlSelect, around: Scope | undefined): Scope {
    return this.builder.withinSelect(() => this.#readBranch(select, around));
  }

  #readBranch(select: JpqlSelect, around: Scope | undefined): Scope {
    const scope = new Scope(around);
    for (const from of select.from) this.#from(from, scope);
    const reader = this.#reader(scope);
    reader.all(select.where);
    if (this.#readsDocuments) this.#remarkDocuments(documentReadsOf(select), scope);
    for (const { value } of select.items) this.#selected(value, reader, scope);
    reader.subqueries(select.having);
    sortScan(select, (parts) => this.#columns(parts, scope));
    for (const remark of orderRemarks(select, (parts) => this.#columns(parts, scope))) this.builder.remark(remark);
    if (select === this.#whole && select.groupBy.length > 0) {
      const refs = select.groupBy.flatMap((key) => (key.kind === "path" ? this.#columns(key.parts, scope) : []));
      this.builder.remark({ kind: "grouped", by: refs.map(({ scan, column }) => ({ table: scan.table, column })) });
    }
    if (select === this.#whole) {
      this.#remarkDistinctCount(select, scope);
      const [extreme, ...others] = this.#columns(extremeOf(select) ?? [], scope);
      if (extreme !== undefined && others.length === 0 && !extreme.ambiguous) extreme.scan.extreme = extreme.column;
      // What a provider adds asks other columns.
      const source = this.#hasAdditions() ? undefined : this.builder.opened(0);
      const isGiven = (given: JpqlExpression): boolean => isColumn(given, this.#naming.language);
      this.touched = source && columnsRead(select, isGiven, source, (parts) => this.#columns(parts, scope));
    }
    if (select.offset !== undefined && select.offset.kind !== "literal")
      this.builder.remark({ kind: "offset", ordered: select !== this.#whole || select.orderBy.length > 0 });
    const tables = select.understood ? unconnected(select) : undefined;
    const [one, other] = (tables ?? []).map((alias) => scope.sources.get(alias)?.scan?.table);
    if (one !== undefined && other !== undefined) this.builder.remark({ kind: "product", tables: [one, other] });
    return scope;
  }

  #remarkApart(select: JpqlSelect, scopes: readonly Scope[], first: number): void {
    const arms = unionArms(select);
    // The second arm of a recursive one sees what the first gave.
    if (arms === undefined || this.#whole?.named.some((one) => one.select === select) || !areApart(arms)) return;
    const unique = arms.map(uniqueOf);
    const table = this.builder.opened(first)?.table;
    // A row of each is soon sorted.
    if (table === undefined || unique.includes(undefined) || unique.every((one) => one === "one row")) return;
    const keys = unique.flatMap((paths, i) => {
      if (paths === undefined || typeof paths === "string") return [];
      const refs = paths.flatMap((parts) => this.#columns(parts, scopes[i] as Scope));
      return [{ table: refs[0]?.scan.table ?? "", columns: [...new Set(refs.map(({ column }) => column))].sort() }];
    });
    this.builder.remark({ kind: "apart", table, unions: arms.length - 1, keys });
  }

  #remarkDistinctCount({ from, items, groupBy, combined, understood }: JpqlSelect, scope: Scope): void {
    const counted = items.length === 1 ? items[0]?.value : undefined;
    const source = this.builder.opened(0);
    if (counted?.kind !== "call" || counted.name !== "count" || !counted.distinct || counted.cut === true || source === undefined) return;
    if (groupBy.length > 0 || combined.length > 0 || !understood) return;
    const [value, ...more] = counted.args;
    const refs = value?.kind === "path" && more.length === 0 ? this.#columns(value.parts, scope) : [];
    const [ref] = refs;
    const column = refs.length === 1 && ref?.scan === source ? ref.column : undefined;
    this.builder.remark({ kind: "distinctCount", table: source.table, column, joined: this.#isDoubled(from) });
  }

  /** Whether a row of the first table may come several times. */
  #isDoubled([root, ...joins]: readonly JpqlFrom[]): boolean {
    if (joins.length === 0) return false;
    if (this.entity === undefined || root?.alias === undefined) return true;
    return doubledBy(joins, root.alias, this.entity, this.#naming.entities) !== "none";
  }

  /** What is selected; a subquery in it runs for each row, and is never turned into a join. */
  #selected(value: JpqlExpression, reader: ConditionReader, scope: Scope): void {
    const before = this.builder.size;
    reader.subqueries(value);
    const [inner, ...others] = nodesOf(value).flatMap((node) => (node.kind === "subquery" ? [node.select] : []));
    const table = this.builder.opened(before);
    if (inner?.from.length !== 1 || others.length > 0 || table === undefined || this.builder.size > before + 1 || scope.sources.size === 0)
      return;
    if (!table.tests.some(({ test }) => test === "join")) return;
    const asked = table.tests.filter(({ test, folded }) => (test === "join" || test === "equals" || test === "in") && folded === undefined);
    const around = [...scope.sources.values()].flatMap(({ scan }) => (scan === undefined ? [] : [this.builder.placeOf(scan)]));
    this.builder.remark({ kind: "perRow", scan: before, around, columns: [...new Set(asked.map(({ column }) => column))] });
  }

  #from(from: JpqlFrom, scope: Scope): void {
    const source = this.#source(from, scope);
    const fallback = from.source.kind === "name" ? from.source.parts.at(-1) : undefined;
    const alias = from.alias ?? fallback;
    scope.sources.set((alias ?? `#${scope.sources.size}`).toLowerCase(), source);
    this.entity ??= source.entity;
    const condition = (): void => this.#reader(scope).all(from.on);
    if (/^(?:left|right|full)$/.test(from.join)) this.builder.withinOuterJoin(condition);
    else condition();
    for (const column of from.using) {
      for (const { scan } of scope.sources.values())
        if (scan !== undefined) this.builder.add({ ...plain(scan, sqlName(column)), ambiguous: true }, "join");
    }
  }

  #source(from: JpqlFrom, scope: Scope): Source {
    if (from.source.kind === "function") return MADE;
    if (from.source.kind === "subquery") {
      this.#select(from.source.select, scope);
      return rowsOf(from.source.select);
    }
    const { parts } = from.source;
    const first = parts[0] ?? "";
    if (this.#naming.language === "sql") {
      const table = sqlName(parts.at(-1) ?? "");
      const named = parts.length === 1 ? this.#named.get(table) : undefined;
      if (named !== undefined) return named === this.#reading ? NOTHING : rowsOf(named);
      return table === ""
        ? NOTHING
        : { scan: this.builder.open(table, parts.length > 1 ? sqlName(parts.at(-2) ?? "") : undefined), entity: undefined };
    }
    const owner = parts.length > 1 ? scope.find(first) : undefined;
    if (owner !== undefined) {
      let at: Source | undefined = owner;
      for (const part of parts.slice(1)) at = at === undefined ? undefined : this.builder.join(at, part, part === parts.at(-1));
      return at ?? NOTHING;
    }
    const entity = this.#entityNamed(parts);
    return entity === undefined ? NOTHING : this.builder.openEntity(entity);
  }

  #entityNamed(parts: readonly string[]): Entity | undefined {
    const name = parts.at(-1) ?? "";
    if (name === ENTITY_NAME_PLACEHOLDER) return this.#naming.domain;
    const qualified = parts.length > 1 ? parts.join(".") : this.#naming.entityNamed(name);
    return qualified === undefined ? undefined : this.#naming.entities(qualified);
  }

  #reader(scope: Scope): ConditionReader {
    const names: Names = {
      columns: (parts) => this.#columns(parts, scope),
      isAlias: (name) => scope.find(name) !== undefined,
      rowsOf: (parts) => (parts.length > 1 ? scope.find(parts.at(-2) ?? "")?.rows : undefined),
      select: (select) => this.#select(select, scope),
      member: (parts, asked) => this.#member(parts, scope, asked),
    };
    return new ConditionReader(this.builder, names);
  }

  #columns(parts: readonly string[], scope: Scope): readonly ColumnRef[] {
    return this.#naming.language === "sql" ? sqlColumns(parts, scope) : this.#properties(parts, scope);
  }

  #member(parts: readonly string[], scope: Scope, asked: boolean): readonly ColumnRef[] {
    const owner = this.#naming.language === "sql" || parts.length < 2 ? undefined : scope.find(parts[0] as string);
    return owner === undefined ? [] : this.builder.member(owner, parts.slice(1), asked);
  }

  #properties(named: readonly string[], scope: Scope): readonly ColumnRef[] {
    const parts = withoutValue(named);
    const owner = scope.find(parts[0] ?? "");
    // `where p.owner = o`: an alias alone is the entity's key.
    if (owner !== undefined) return this.builder.columns(owner, parts.length === 1 ? ["id"] : parts.slice(1));
    for (let at: Scope | undefined = scope; at !== undefined; at = at.around) {
      const [only, more] = [...at.sources.values()];
      if (only?.entity === undefined || more !== undefined) continue;
      if (attributeOf(only.entity, parts[0] ?? "") !== undefined || parts[0] === "id") return this.builder.columns(only, parts);
    }
    return [];
  }
}

import { collectedRows } from "../mapping/collections.ts";
import type { EntityLookup } from "../mapping/entity.ts";
import { type Attribute, attributeOf, type Entity, holdsProperty, idColumns, overridden, referredColumns } from "../mapping/entity.ts";
import type { Bound, ColumnTest, ColumnTestKind, NamedColumn, Remark, Scan, SortKey } from "./query.ts";

/** A scan that is still being put together. */
export interface OpenScan {
  /** Which select of the query opened it: a number. */
  readonly select: number;
  readonly table: string;
  readonly namespace?: string;
  readonly tests: ColumnTest[];
  sort: readonly SortKey[];
  extreme?: string;
  restriction?: string;
}

/** A column of a scan, as a path or a name in a query means it. */
export interface ColumnRef {
  readonly scan: OpenScan;
  readonly column: string;
  readonly fewValues: boolean;
  readonly ambiguous: boolean;
  readonly asText?: true;
  /** Compared with rows of a query inside. */
  readonly derived?: true;
  /** The place of the scan that it is joined with. */
  readonly partner?: number;
}

/** What an alias stands for: an entity's scan, or a table's. A derived table has no scan. */
export interface Source {
  readonly scan: OpenScan | undefined;
  readonly entity: Entity | undefined;
  /** Where it has no scan and more than one row: those of a query, or those that a function makes of what it is given. */
  readonly rows?: "selected" | "made";
}

/** Collects the scans of one query. */
export class ScanBuilder {
  readonly #scans: OpenScan[] = [];
  readonly #remarks: Remark[] = [];
  readonly #entities: EntityLookup;
  /** Implicit joins by path, so that `o.owner.name` and `o.owner.city` are one. */
  readonly #implicit = new Map<OpenScan, Map<string, Source>>();
  /** The select that is being read, and how many there were. */
  #select = 0;
  #selects = 0;
  #inOuterJoin = false;

  constructor(entities: EntityLookup) {
    this.#entities = entities;
  }

  done(): readonly Scan[] {
    return this.#scans.map(({ select: _, ...scan }) => ({ ...scan, tests: unique(scan.tests) }));
  }

  remarks(): readonly Remark[] {
    return this.#remarks.length === 0 ? NO_REMARKS : unique(this.#remarks);
  }

  remark(remark: Remark): void {
    this.#remarks.push(remark);
  }

  /** `inner` is how many scans there were before the subquery; the refs are what is compared. */
  remarkNotIn(inner: number, [outer, ...others]: readonly ColumnRef[], given: readonly ColumnRef[]): void {
    const scan = this.#scans[inner];
    // A subquery that asks for given values has few rows, and the same ones for each row outside.
    if (scan === undefined || scan.tests.some(({ test }) => test === "equals" || test === "in")) return;
    // Without its table a column may be that of any table inside.
    const [found, ...more] = given;
    const isSure = outer !== undefined && others.length === 0 && !outer.ambiguous && more.length === 0;
    const isKnown = isSure && found?.scan === scan;
    const notNull = found !== undefined && scan.tests.some(({ test, column }) => test === "notNull" && column === found.column);
    const compared = isKnown ? { outer: nameOf(outer), inner: nameOf(found), notNull } : undefined;
    this.remark({ kind: "notIn", table: scan.table, compared });
  }

  /** `inner` is how many scans there were before the subquery. */
  remarkDistinctIn(inner: number): void {
    const scan = this.#unbounded(inner);
    if (scan !== undefined) this.remark({ kind: "distinctIn", table: scan.table });
  }

  /** `inner` is how many scans there were before the subquery. */
  remarkUnionIn(inner: number, unions: number): void {
    const scan = this.#unbounded(inner);
    if (scan !== undefined) this.remark({ kind: "unionIn", table: scan.table, unions });
  }

  /** The first scan of a subquery; undefined where it asks for given values, which gives few rows. */
  #unbounded(inner: number): OpenScan | undefined {
    const isBounded = this.#scans.slice(inner).some(({ tests }) => tests.some(({ test }) => test === "equals" || test === "in"));
    return isBounded ? undefined : this.#scans[inner];
  }

  get size(): number {
    return this.#scans.length;
  }

  /** Reads what may compare columns of scans that are open with those of its own; no row of the former is found by that. */
  withoutLeadingOut(read: () => void): void {
    const before = this.#scans.map(({ tests }) => tests.length);
    read();
    for (const [i, length] of before.entries()) {
      const tests = this.#scans[i]?.tests ?? [];
      for (const [at, test] of tests.entries()) if (at >= length && test.test === "join") tests[at] = { ...test, test: "other" };
    }
  }

  /** Reads one select: what it opens is joined to each other, and not to what stands around it. */
  withinSelect<T>(read: () => T): T {
    const around = this.#select;
    this.#select = ++this.#selects;
    const result = read();
    this.#select = around;
    return result;
  }

  /** Reads the condition of an outer join. */
  withinOuterJoin(read: () => void): void {
    const around = this.#inOuterJoin;
    this.#inOuterJoin = true;
    read();
    this.#inOuterJoin = around;
  }

  /** As the how many-th a scan was opened. */
  placeOf(scan: OpenScan): number {
    return this.#scans.indexOf(scan);
  }

  /** The scan that was opened as the n-th. */
  opened(n: number): OpenScan | undefined {
    return this.#scans[n];
  }

  entity(qualified: string): Entity | undefined {
    return this.#entities(qualified);
  }

  open(table: string, namespace?: string): OpenScan {
    const scan: OpenScan = { select: this.#select, table, ...(namespace !== undefined && { namespace }), tests: [], sort: [] };
    this.#scans.push(scan);
    return scan;
  }

  openEntity(entity: Entity): Source {
    return { scan: this.#openRows(entity), entity };
  }

  #openRows({ table, namespace, tenantColumn, restriction }: Entity): OpenScan {
    const scan = this.open(table, namespace);
    if (restriction !== undefined) scan.restriction = restriction;
    if (tenantColumn !== undefined) this.add(plain(scan, tenantColumn), "equals");
    return scan;
  }

  add(
    ref: ColumnRef,
    test: ColumnTestKind,
    constant = false,
    folded: ColumnTest["folded"] = undefined,
    value?: string,
    bound?: Bound,
  ): void {
    const { column, fewValues, ambiguous, asText, derived, partner } = ref;
    const more = {
      ...(value !== undefined && { value }),
      ...(bound && { bound }),
      ...(asText && { asText }),
      ...(derived && { derived }),
      ...(partner !== undefined && { partner }),
      ...(this.#inOuterJoin && test !== "join" && { outer: true as const }),
    };
    ref.scan.tests.push({ column, test, constant, ...more, folded, fewValues, ambiguous });
  }

  /** Columns of two scans that are equal, one by one. */
  addJoin(left: readonly ColumnRef[], right: readonly ColumnRef[]): void {
    const [a, b] = [this.#placeOfAll(left), this.#placeOfAll(right)];
    for (const ref of left) this.add(a === undefined || b === undefined ? ref : { ...ref, partner: b }, "join");
    for (const ref of right) this.add(a === undefined || b === undefined ? ref : { ...ref, partner: a }, "join");
  }

  /** The place of the one scan that columns are surely of, where the select that is being read has opened it. */
  #placeOfAll(refs: readonly ColumnRef[]): number | undefined {
    const scan = refs[0]?.scan;
    const isSure = scan?.select === this.#select && refs.every((ref) => ref.scan === scan && !ref.ambiguous);
    return isSure ? this.placeOf(scan) : undefined;
  }

  /** The source behind an association of a source, joined on its keys. */
  join(from: Source, name: string, again = false): Source | undefined {
    const { entity, scan } = from;
    const attribute = entity === undefined ? undefined : attributeOf(entity, name);
    if (entity === undefined || scan === undefined || attribute === undefined) return undefined;
    let known = this.#implicit.get(scan);
    if (known === undefined) this.#implicit.set(scan, (known = new Map()));
    const before = again ? undefined : known.get(name);
    if (before !== undefined) return before;
    const joined = this.#joined(entity, scan, attribute);
    if (joined !== undefined) known.set(name, joined);
    return joined;
  }

  #joined(entity: Entity, scan: OpenScan, attribute: Attribute): Source | undefined {
    const target = this.#entities(attribute.type);
    if (attribute.kind === "embedded") return { scan, entity: target && overridden(target, attribute, entity.table) };
    if (attribute.kind === "elements" || (attribute.through !== undefined && attribute.through.inverse.length === 0)) {
      const { through } = attribute;
      if (through === undefined || through.table === "") return undefined;
      const inner = this.open(through.table);
      this.#link(scan, idColumns(entity), inner, through.columns);
      return { scan: inner, entity: attribute.kind === "elements" ? collectedRows(entity, attribute, target) : target };
    }
    if (target === undefined || target.kind !== "entity") return undefined;
    const inner = this.#openRows(target);
    if (attribute.kind === "toOne" && attribute.mappedBy === undefined)
      this.#link(scan, attribute.columns, inner, referredColumns(attribute, target));
    else if (attribute.mappedBy !== undefined) this.#linkBack(entity, scan, attribute.mappedBy, target, inner);
    else if (attribute.through !== undefined) {
      const pairs = this.open(attribute.through.table);
      this.#link(scan, idColumns(entity), pairs, attribute.through.columns);
      this.#link(pairs, attribute.through.inverse, inner, idColumns(target));
    }
    return { scan: inner, entity: target };
  }

  #linkBack(entity: Entity, scan: OpenScan, mappedBy: string, target: Entity, inner: OpenScan): void {
    const owning = attributeOf(target, mappedBy);
    if (owning?.through !== undefined && owning.through.inverse.length > 0) {
      const pairs = this.open(owning.through.table);
      this.#link(scan, idColumns(entity), pairs, owning.through.inverse);
      this.#link(pairs, owning.through.columns, inner, idColumns(target));
    } else this.#link(scan, referredColumns(owning, entity), inner, owning?.columns ?? []);
  }

  #link(left: OpenScan, leftColumns: readonly string[], right: OpenScan, rightColumns: readonly string[]): void {
    this.addJoin(
      leftColumns.map((column) => plain(left, column)),
      rightColumns.map((column) => plain(right, column)),
    );
  }

  /** The columns that a property path of a source means; associations on the way are joined. Empty where it means none. */
  columns(from: Source, path: readonly string[]): readonly ColumnRef[] {
    let source: Source | undefined = from;
    for (let i = 0; i < path.length; i++) {
      const { entity, scan } = source as Source;
      if (entity === undefined || scan === undefined) return [];
      const name = path[i] as string;
      if (name === "id" && attributeOf(entity, "id") === undefined) return this.#values(source as Source);
      const attribute = attributeOf(entity, name);
      if (attribute === undefined) return [];
      const rest = path.slice(i + 1);
      if (rest.length === 0)
        return attribute.kind === "elements" ? this.#collected(source as Source, name) : this.#own(attribute, scan, entity);
      // `ticket.owner.id` is the ticket's own join column.
      if (attribute.kind === "toOne" && attribute.columns.length === 1 && rest.length === 1 && this.#fixes(attribute, rest[0] as string))
        return [plain(scan, attribute.columns[0] as string)];
      source = this.join(source as Source, name);
      if (source === undefined) return [];
    }
    return [];
  }

  /** What a collection of values holds. */
  #collected(owner: Source, name: string): readonly ColumnRef[] {
    const rows = this.join(owner, name);
    return rows === undefined ? [] : this.#values(rows);
  }

  /** The columns that an alias alone stands for. */
  #values({ scan, entity }: Source): readonly ColumnRef[] {
    if (scan === undefined || entity === undefined) return [];
    const values = entity.attributes.filter(({ id }) => id);
    return values.flatMap(({ columns, fewValues }) => columns.map((column) => ({ ...plain(scan, column), fewValues })));
  }

  /**
   * `:tag member of ticket.tags` asks for the rows of one owner after the other, which are looked up by its key: the columns that the
   * value is compared with. Where a value is asked for, a remark says so.
   */
  member(from: Source, path: readonly string[], asked: boolean): readonly ColumnRef[] {
    let owner: Source | undefined = from;
    for (const part of path.slice(0, -1)) owner = owner === undefined ? undefined : this.join(owner, part);
    const { entity } = owner ?? {};
    const attribute = entity === undefined ? undefined : attributeOf(entity, path.at(-1) ?? "");
    if (entity === undefined || attribute?.through === undefined || attribute.through.table === "") return [];
    const { table, columns, inverse } = attribute.through;
    if (asked && path.length === 1 && from.scan !== undefined)
      this.remark({ kind: "member", table: from.scan.table, collection: attribute.name, rows: table });
    const rows = this.open(table);
    for (const column of columns) this.add(plain(rows, column), "equals");
    if (attribute.kind !== "elements") return inverse.map((column) => plain(rows, column));
    return this.#values({ scan: rows, entity: collectedRows(entity, attribute, this.#entities(attribute.type)) });
  }

  #own(attribute: Attribute, scan: OpenScan, entity: Entity): readonly ColumnRef[] {
    if (attribute.kind === "embedded") {
      const embeddable = this.#entities(attribute.type);
      const value = embeddable && overridden(embeddable, attribute, entity.table);
      return (value?.attributes ?? []).flatMap((inner) => inner.columns.map((column) => plain(scan, column)));
    }
    // Joined inheritance keeps an inherited column in the parent's table.
    const holder = attribute.table === scan.table || attribute.table === "" ? scan : this.#parentScan(attribute.table, scan, entity);
    return attribute.columns.map((column) => ({ scan: holder, column, fewValues: attribute.fewValues, ambiguous: false }));
  }

  #parentScan(table: string, scan: OpenScan, entity: Entity): OpenScan {
    let known = this.#implicit.get(scan);
    if (known === undefined) this.#implicit.set(scan, (known = new Map()));
    const before = known.get(`^${table}`)?.scan;
    if (before !== undefined) return before;
    const parent = this.open(table);
    this.#link(scan, idColumns(entity), parent, idColumns(entity));
    known.set(`^${table}`, { scan: parent, entity: undefined });
    return parent;
  }

  /** Whether a property of the other side gives one value of the join column: what it holds, or the key, which finds one row with it. */
  #fixes(attribute: Attribute, name: string): boolean {
    const target = this.#entities(attribute.type);
    return holdsProperty(attribute, target, name) || holdsProperty({ referred: undefined }, target, name);
  }
}

const NO_REMARKS: readonly Remark[] = [];

const nameOf = ({ scan, column }: ColumnRef): NamedColumn => ({ table: scan.table, column });

export const plain = (scan: OpenScan, column: string): ColumnRef => ({ scan, column, fewValues: false, ambiguous: false });

function unique<T>(all: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return all.filter((one) => {
    const key = JSON.stringify(one);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

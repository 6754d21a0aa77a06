import type { TableName } from "../../../facts/sql/sqlFacts.ts";
import type { ForeignKey, Table } from "../schema.ts";
import { withSmall } from "./small.ts";
import { hasName, named, withForeignKeysTo } from "./tableChanges.ts";
import { isIn, keyedAs, newKey } from "./tableKeys.ts";

/** By the tables after a file: every name that one of them has or had. Those of later files share the set: it only says what is not worth a look. */
const GIVEN = new WeakMap<ReadonlyMap<string, Table>, Set<string>>();

/** Tables while they change, by their keys (`keyed`). The ones that were given stay as they are. */
export class ChangingTables {
  /** Whether any table is a part of another one. */
  hasParts: boolean;
  readonly #tables: Map<string, Table>;
  readonly #touched = new Set<string>();
  /** Keys of tables that are gone, or have another one. */
  readonly #freed = new Set<string>();
  readonly #given: Set<string>;

  constructor(before: ReadonlyMap<string, Table>) {
    this.#tables = new Map(before);
    this.#given = GIVEN.get(before) ?? new Set();
    if (!GIVEN.has(before)) for (const table of before.values()) addNames(table, this.#given);
    this.hasParts = hasParts(before);
  }

  /** All of them, those that have changed with what follows from it. */
  settled(): ReadonlyMap<string, Table> {
    this.#passOnNames();
    for (const key of this.#touched) {
      const table = this.#tables.get(key);
      if (table === undefined) continue;
      this.#tables.set(key, withSmall(table));
      addNames(table, this.#given);
    }
    GIVEN.set(this.#tables, this.#given);
    return this.#tables;
  }

  /** The only table that is left of a name has it for its key. */
  #passOnNames(): void {
    for (const name of this.#freed) {
      if (this.#tables.has(name)) continue;
      const left = [...this.#tables].filter(([key, table]) => key.endsWith(`.${name}`) && table.name.toLowerCase() === name);
      const [only, more] = left;
      if (only !== undefined && more === undefined) this.move(only[0], name, only[1]);
    }
  }

  now(): ReadonlyMap<string, Table> {
    return this.#tables;
  }

  get(key: string): Table | undefined {
    return this.#tables.get(key);
  }

  put(key: string, table: Table): void {
    this.#tables.set(key, table.key === key ? table : { ...table, key });
    this.#touched.add(key);
  }

  /** Whether an index or a constraint of the table's PostgreSQL schema has a name, in lower case. */
  isTaken(name: string, { namespace = "public" }: Table): boolean {
    const has = (table: Table | undefined): boolean =>
      table !== undefined && (table.namespace ?? "public") === namespace && hasName(table, name);
    for (const key of this.#touched) if (has(this.#tables.get(key))) return true;
    return this.#given.has(name) && [...this.#tables.values()].some(has);
  }

  delete(key: string): void {
    this.#tables.delete(key);
    this.#freed.add(key);
  }

  /** A table under another key, with what refers to it. */
  move(from: string, to: string, table: Table): void {
    this.delete(from);
    this.put(to, table);
    this.#renameParent(from, to);
    this.changeForeignKeysTo(from, (key) => ({ ...key, parent: to }));
  }

  /** The key that a new table gets; undefined where there is one already. */
  newKey(name: TableName, alternatives: boolean): string | undefined {
    return newKey(name, this.#tables, alternatives);
  }

  /** The key of the table that a statement names; where there is none, its name in lower case. */
  keyOf(name: TableName): string {
    return keyedAs(name, this.#tables);
  }

  change(key: string, to: (table: Table) => Table): void {
    const old = this.#tables.get(key);
    if (old === undefined) return;
    const next = to(old);
    if (next !== old) this.put(key, next);
  }

  /** A table becomes a partition of another one, or inherits its columns and checks. */
  attach(child: string, parent: string, inherits: boolean): void {
    this.hasParts = true;
    this.change(child, (t) => (inherits ? { ...t, inherits: [...(t.inherits ?? []), parent] } : { ...t, partitionOf: parent }));
  }

  /** The parts of a table that has got another key. */
  #renameParent(from: string, to: string): void {
    const renamed = (name: string): string => (name === from ? to : name);
    for (const [key, table] of this.hasParts ? [...this.#tables] : []) {
      if (!isPartOf(table, from)) continue;
      const { partitionOf, inherits } = table;
      this.put(key, {
        ...table,
        partitionOf: partitionOf === undefined ? undefined : renamed(partitionOf),
        ...(inherits && { inherits: inherits.map(renamed) }),
      });
    }
  }

  /** What PostgreSQL does to a table's columns and checks it does to those of its parts. */
  changeWithParts(key: string, to: (table: Table) => Table): void {
    this.change(key, to);
    if (this.hasParts) for (const [part, one] of [...this.#tables]) if (part !== key && isPartOf(one, key)) this.changeWithParts(part, to);
  }

  /** Foreign keys to a table become others, or go. */
  changeForeignKeysTo(parent: string, to: (key: ForeignKey) => ForeignKey | undefined): void {
    // An existing key is set anew in its place: the walk goes on behind it.
    for (const [key, table] of this.#tables) {
      const next = withForeignKeysTo(table, parent, to);
      if (next !== table) this.put(key, next);
    }
  }

  /** The keys of the tables with an index of the name: more than one where PostgreSQL schemas share names and none is given. */
  holdersOf(index: string, namespace?: string): readonly string[] {
    const isNamed = named(index);
    const holders: string[] = [];
    for (const [key, table] of this.#tables) if (table.indexes.some(isNamed)) holders.push(key);
    const there = holders.filter((key) => isIn(namespace, this.#tables.get(key)));
    return there.length > 0 ? there : holders;
  }
}

function addNames({ indexes, foreignKeys, checks }: Table, to: Set<string>): void {
  for (const ones of [indexes, foreignKeys, checks]) for (const { name } of ones) to.add(name.toLowerCase());
}

const isPartOf = ({ partitionOf, inherits }: Table, parent: string): boolean =>
  partitionOf === parent || inherits?.includes(parent) === true;

function hasParts(tables: ReadonlyMap<string, Table>): boolean {
  for (const { partitionOf, inherits } of tables.values()) if (partitionOf !== undefined || inherits !== undefined) return true;
  return false;
}

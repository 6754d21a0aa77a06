import type { ForeignKey, Table } from "../schema.ts";
import { withSmall } from "./small.ts";
import { hasName, named, withForeignKeysTo } from "./tableChanges.ts";

/** By the tables after a file: every name that one of them has or had. Those of later files share the set: it only says what is not worth a look. */
const GIVEN = new WeakMap<ReadonlyMap<string, Table>, Set<string>>();

/** Tables while they change, by lower-case name. The ones that were given stay as they are. */
export class ChangingTables {
  /** Whether any table is a part of another one. */
  hasParts: boolean;
  readonly #tables: Map<string, Table>;
  readonly #touched = new Set<string>();
  readonly #given: Set<string>;

  constructor(before: ReadonlyMap<string, Table>) {
    this.#tables = new Map(before);
    this.#given = GIVEN.get(before) ?? new Set();
    if (!GIVEN.has(before)) for (const table of before.values()) addNames(table, this.#given);
    this.hasParts = hasParts(before);
  }

  /** All of them, those that have changed with what follows from it. */
  settled(): ReadonlyMap<string, Table> {
    for (const key of this.#touched) {
      const table = this.#tables.get(key);
      if (table === undefined) continue;
      this.#tables.set(key, withSmall(table));
      addNames(table, this.#given);
    }
    GIVEN.set(this.#tables, this.#given);
    return this.#tables;
  }

  now(): ReadonlyMap<string, Table> {
    return this.#tables;
  }

  get(key: string): Table | undefined {
    return this.#tables.get(key);
  }

  put(key: string, table: Table): void {
    this.#tables.set(key, table);
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
  }

  change(table: string, to: (table: Table) => Table): void {
    const old = this.#tables.get(table.toLowerCase());
    if (old === undefined) return;
    const next = to(old);
    if (next !== old) this.put(table.toLowerCase(), next);
  }

  /** A table becomes a partition of another one, or inherits its columns and checks. */
  attach(child: string, parent: string, inherits: boolean): void {
    this.hasParts = true;
    this.change(child, (t) => (inherits ? { ...t, inherits: [...(t.inherits ?? []), parent] } : { ...t, partitionOf: parent }));
  }

  /** The parts of a table that has got another name. */
  renameParent(from: string, to: string): void {
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
  changeWithParts(table: string, to: (table: Table) => Table): void {
    this.change(table, to);
    const key = table.toLowerCase();
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

  /** The keys of the tables with an index of the name: more than one where PostgreSQL schemas share names. */
  holdersOf(index: string): readonly string[] {
    const isNamed = named(index);
    const holders: string[] = [];
    for (const [key, table] of this.#tables) if (table.indexes.some(isNamed)) holders.push(key);
    return holders;
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

import type { ColumnFact, ConstraintFact, CreateTable, IndexFact, InsertedRows, SchemaChange } from "../../../facts/sql/sqlFacts.ts";
import type { Place, Span } from "../../../text/positions.ts";
import type { Column, ForeignKey, Index, IndexKey, Table } from "../schema.ts";
import { ChangingTables } from "./changingTables.ts";
import { indexName } from "./defaultNames.ts";
import { detached } from "./detached.ts";
import type { FoldedFile } from "./foldedFile.ts";
import { hypertable } from "./hypertable.ts";
import { mergedConstraints } from "./mergedConstraints.ts";
import { keepingSequences, likedColumns, withRenamedObject, withRenamedValue } from "./numbering.ts";
import { selectedFrom } from "./selectedColumns.ts";
import {
  columnsOfType,
  lower,
  named,
  not,
  notNull,
  renaming,
  sameColumns,
  type TypeChange,
  validated,
  withColumn,
  withIndex,
  withoutColumn,
  withoutConstraint,
  withRenamedColumn,
} from "./tableChanges.ts";
import { checkOf, inherited, type KeyFact, withCheck, withForeignKey, withoutInherited } from "./tableConstraints.ts";

type AddColumn = Extract<SchemaChange, { readonly kind: "addColumn" }>;

export type Tables = ReadonlyMap<string, Table>;

/** The tables after one more file and its changes. The given ones stay as they are; tables that the file does not touch are shared. */
export function foldFile(before: Tables, { file, facts, seeds }: FoldedFile, changes: readonly SchemaChange[]): Tables {
  const fold = new Fold(before, file);
  for (const change of changes) fold.apply(change);
  if (seeds) for (const added of facts.insertedRows) fold.addRows(added);
  return fold.tables();
}

/** The tables while changes of one file come in. */
export class Fold {
  readonly #tables: ChangingTables;
  readonly #file: string;

  constructor(before: Tables, file: string) {
    this.#tables = new ChangingTables(before);
    this.#file = file;
  }

  tables(): Tables {
    return this.#tables.settled();
  }

  addRows({ table, rows, atLeast }: InsertedRows): void {
    this.#tables.change(table, (t) => ({ ...t, seededRows: t.seededRows + rows, ...(atLeast && { seededByFiles: true }) }));
  }

  apply(change: SchemaChange, alternatives = false): void {
    switch (change.kind) {
      case "createTable":
        this.#createTable(change, alternatives);
        break;
      case "createIndex":
        this.#tables.change(change.table.name, (t) => withIndex(t, this.#index(t, change.index, undefined)));
        break;
      case "addColumn":
        this.#addColumn(change);
        break;
      case "dropColumn":
        this.#dropColumn(change.table.name, change.column.toLowerCase());
        break;
      case "columnType":
        this.#changeColumn(change.table.name, change.column, (column) => ({ ...column, type: change.type }));
        break;
      case "columnNullable":
        this.#changeColumn(change.table.name, change.column, (column) => ({ ...column, nullable: change.nullable }));
        break;
      case "columnDefault":
        this.#changeColumn(change.table.name, change.column, ({ default: _, ...column }) =>
          change.default === undefined ? column : { default: change.default, ...column },
        );
        break;
      case "validateConstraint":
        this.#tables.change(change.table.name, (t) => validated(t, change.name));
        break;
      case "addConstraint":
        this.#constrain(change.table.name, change.constraint);
        break;
      case "dropConstraint":
        if (change.cascade) this.#freeForeignKeysTo(change.table.name.toLowerCase(), change.name);
        this.#tables.change(change.table.name, (t) => withoutConstraint(t, change.name));
        this.#tables.changeWithParts(change.table.name, (t) => withoutInherited(t, change.name));
        break;
      case "dropTable":
        this.#dropTable(change.table.name.toLowerCase());
        break;
      case "dropIndex":
        for (const key of this.#tables.holdersOf(change.name))
          this.#tables.change(key, (t) => ({ ...t, indexes: t.indexes.filter(not(change.name)) }));
        break;
      case "renameTable":
        this.#renameTable(change.table.name.toLowerCase(), change.to);
        break;
      case "renameColumn":
        this.#renameColumn(change.table.name.toLowerCase(), change.column.toLowerCase(), change.to);
        break;
      case "renameConstraint":
        this.#tables.change(change.table.name, (t) => ({
          ...t,
          indexes: t.indexes.map(renaming(change.name, change.to)),
          foreignKeys: t.foreignKeys.map(renaming(change.name, change.to)),
          checks: t.checks.map(renaming(change.name, change.to)),
        }));
        break;
      case "renameIndex":
        for (const key of this.#tables.holdersOf(change.name))
          this.#tables.change(key, (t) => ({ ...t, indexes: t.indexes.map(renaming(change.name, change.to)) }));
        break;
      case "moveTable":
        this.#tables.change(change.table.name, (t) => ({ ...t, namespace: change.namespace }));
        break;
      case "attach":
        this.#tables.attach(change.child.name, change.parent.name.toLowerCase(), change.inherits === true);
        break;
      case "detach":
        this.#tables.change(change.child.name, (t) => detached(t, change.parent.name.toLowerCase(), this.#tables));
        break;
      case "attachIndex":
        this.#attachIndex(change.parent, change.child);
        break;
      case "dropNamespace":
        for (const [key, table] of [...this.#tables.now()]) if (table.namespace === change.name) this.#dropTable(key);
        break;
      case "renameObject":
        for (const key of [...this.#tables.now().keys()]) this.#tables.change(key, (t) => withRenamedObject(t, change));
        break;
      case "enumValue":
        for (const key of [...this.#tables.now().keys()]) this.#tables.change(key, (t) => withRenamedValue(t, change));
        break;
      case "hypertable":
        this.#tables.change(change.table.name, (t) => hypertable(t, change, this.#place(change.at), this.#tables));
        break;
      case "dropObject":
        if (change.cascade) this.#dropColumnsOf(change);
        break;
      case "createObject":
        break;
      case "unread":
        for (const name of [...this.#tables.now().keys()]) this.#tables.change(name, (t) => (t.uncertain ? t : { ...t, uncertain: true }));
        break;
      case "unclear":
        for (const name of change.names) this.#tables.change(name, (t) => (t.uncertain ? t : { ...t, uncertain: true }));
    }
  }

  #createTable(change: CreateTable, alternatives: boolean): void {
    const key = change.table.name.toLowerCase();
    const existing = this.#tables.get(key);
    if (existing !== undefined) {
      // Two schemas of PostgreSQL, or a script that cannot run: what is known of the name is in doubt.
      if (!change.ifNotExists && !alternatives) this.#tables.change(key, (t) => ({ ...t, uncertain: true }));
      return;
    }
    this.#tables.hasParts ||= change.parents.length > 0;
    const parents = change.parents.flatMap(({ name }) => this.#tables.get(name.toLowerCase()) ?? []);
    const fromParents = parents.flatMap((parent) => [...keepingSequences(parent)]);
    const liked = change.likes.map((like) => ({ source: this.#tables.get(like.table.name.toLowerCase()), ...like }));
    const columns = new Map<string, Column>([...fromParents, ...liked.flatMap((like) => likedColumns(like.source, like.defaults))]);
    const selected = change.selected === undefined ? undefined : selectedFrom(change.selected, change.at, this.#tables.now());
    for (const column of selected ?? change.columns) columns.set(column.name.toLowerCase(), this.#column(column));
    const unknownParent = [...change.parents, ...change.likes.map(({ table }) => table)].some(
      ({ name }) => this.#tables.get(name.toLowerCase()) === undefined,
    );
    this.#tables.put(key, {
      name: change.table.name,
      namespace: change.table.namespace,
      columns,
      indexes: [],
      foreignKeys: [],
      at: this.#place(change.at),
      kind: change.what,
      partitionOf: change.partitionOf ? change.parents[0]?.name.toLowerCase() : undefined,
      ...(parents.length > 0 && !change.partitionOf && { inherits: change.parents.map(({ name }) => name.toLowerCase()) }),
      seededRows: 0,
      checks: [
        ...parents.flatMap(({ checks }) => checks.map(inherited)),
        ...liked.flatMap(({ source, checks }) => (checks ? (source?.checks ?? []) : [])),
      ],
      uncertain: unknownParent,
      small: undefined,
      ...(change.fromQuery && { copied: true as const }),
      ...(change.reads && { reads: change.reads }),
      ...(change.uses && { uses: change.uses }),
      ...(change.partitionBy === undefined ? {} : { partitionBy: change.partitionBy }),
    });
    for (const { source, indexes } of liked) {
      for (const index of indexes ? (source?.indexes ?? []) : [])
        this.#tables.change(key, (t) => withIndex(t, { ...index, name: indexName(t, index, this.#tables), at: this.#place(change.at) }));
    }
    for (const constraint of mergedConstraints(change.constraints)) this.#constrain(key, constraint);
  }

  /** `IF NOT EXISTS` makes no constraints of a column that there is. */
  #addColumn({ table: { name }, column, constraints }: AddColumn): void {
    if (this.#tables.get(name.toLowerCase())?.columns.has(column.name.toLowerCase()) === true) return;
    this.#tables.changeWithParts(name, (t) => ({ ...t, columns: withColumn(t.columns, this.#column(column)) }));
    for (const constraint of constraints) this.#constrain(name, constraint);
  }

  #constrain(table: string, constraint: ConstraintFact): void {
    if (constraint.type === "primary" && !this.#takesKey(table.toLowerCase(), constraint)) return;
    if (constraint.type === "check") {
      const own = this.#tables.get(table.toLowerCase());
      const check = own && checkOf(own, constraint, this.#place(constraint.at), this.#tables);
      if (check !== undefined) this.#tables.changeWithParts(table, (t) => withCheck(t, t.name === own?.name ? check : inherited(check)));
      return;
    }
    this.#tables.change(table, (t) => {
      switch (constraint.type) {
        case "foreign":
          return withForeignKey(t, constraint, this.#place(constraint.at), this.#tables);
        default: {
          const { usingIndex, type, name, deferrable } = constraint;
          const deferred = deferrable === undefined ? {} : { deferrable };
          if (usingIndex !== undefined) {
            const taken = t.indexes.find(named(usingIndex));
            const columns = type === "primary" ? notNull(t.columns, taken?.keys ?? []) : t.columns;
            const indexes = t.indexes.map((i) => (i === taken ? { ...i, ...deferred, constraint: type, name: name ?? i.name } : i));
            return { ...t, columns, indexes };
          }
          const index = { ...this.#index(t, constraint.index, type), ...deferred };
          const columns = type === "primary" ? notNull(t.columns, index.keys) : t.columns;
          return withIndex({ ...t, columns }, index);
        }
      }
    });
  }

  /**
   * Whether a primary key is a new one. A table has one: an older one over other columns was dropped where nobody reads it, by a migration
   * in Java say, together with the foreign keys that needed it (DSpace's to UUIDs).
   */
  #takesKey(table: string, { index, usingIndex }: KeyFact): boolean {
    const old = this.#tables.get(table)?.indexes.find(({ constraint }) => constraint === "primary");
    if (old === undefined || usingIndex !== undefined) return true;
    const columns = old.keys.map((key) => key.column ?? "");
    if (
      sameColumns(
        columns,
        index.keys.map((key) => lower(key.column ?? "")),
      )
    )
      return false;
    this.#tables.change(table, (t) => ({ ...t, indexes: t.indexes.filter((one) => one !== old) }));
    this.#tables.changeForeignKeysTo(table, (key) =>
      key.parentColumns.length === 0 || sameColumns(columns, key.parentColumns) ? undefined : key,
    );
    return true;
  }

  #dropColumn(table: string, column: string): void {
    this.#tables.changeWithParts(table, (t) => withoutColumn(t, column));
    const parent = table.toLowerCase();
    this.#tables.changeForeignKeysTo(parent, (key) => (key.parentColumns.includes(column) ? undefined : key));
  }

  /** `DROP TYPE … CASCADE` takes the columns of the type. */
  #dropColumnsOf(type: TypeChange): void {
    for (const [key, table] of [...this.#tables.now()]) for (const column of columnsOfType(table, type)) this.#dropColumn(key, column);
  }

  /** The foreign keys that need a constraint go with it by CASCADE. */
  #freeForeignKeysTo(table: string, constraint: string): void {
    const index = this.#tables.get(table)?.indexes.find(named(constraint));
    if (index?.constraint === undefined) return;
    const columns = index.keys.map(({ column }) => column ?? "");
    const isMeant = ({ parentColumns }: ForeignKey): boolean =>
      parentColumns.length === 0 ? index.constraint === "primary" : sameColumns(columns, parentColumns);
    this.#tables.changeForeignKeysTo(table, (key) => (isMeant(key) ? undefined : key));
  }

  #dropTable(table: string): void {
    this.#tables.delete(table);
    this.#tables.changeForeignKeysTo(table, () => undefined);
  }

  #renameTable(from: string, to: string): void {
    const table = this.#tables.get(from);
    // ALTER TABLE renames sequences and indexes, too.
    if (table === undefined) {
      this.apply({ kind: "renameIndex", name: from, to });
      this.apply({ kind: "renameObject", what: "sequence", name: { namespace: undefined, name: from }, to });
      return;
    }
    this.#tables.delete(from);
    this.#tables.put(to.toLowerCase(), { ...table, name: to, columns: keepingSequences(table) });
    this.#tables.renameParent(from, to.toLowerCase());
    this.#tables.changeForeignKeysTo(from, (key) => ({ ...key, parent: to.toLowerCase() }));
  }

  #renameColumn(table: string, from: string, name: string): void {
    this.#tables.changeWithParts(table, (t) => withRenamedColumn({ ...t, columns: keepingSequences(t) }, from, name));
    const renamed = (column: string): string => (column === from ? name.toLowerCase() : column);
    this.#tables.changeForeignKeysTo(table, (key) => ({ ...key, parentColumns: key.parentColumns.map(renamed) }));
  }

  #changeColumn(table: string, column: string, to: (column: Column) => Column): void {
    this.#tables.changeWithParts(table, (t) => {
      const old = t.columns.get(column.toLowerCase());
      return old === undefined ? t : { ...t, columns: withColumn(t.columns, to(old), true) };
    });
  }

  #attachIndex(parent: string, child: string): void {
    const holder = this.#tables.get(this.#tables.holdersOf(parent)[0] ?? "");
    if (holder === undefined) return;
    const isChild = named(child);
    for (const key of this.#tables.holdersOf(child)) {
      const attached = (i: Index): Index => (isChild(i) ? { ...i, attachedTo: parent.toLowerCase() } : i);
      this.#tables.change(key, (t) => ({ ...t, indexes: t.indexes.map(attached) }));
    }
    const partitions = [...this.#tables.now().values()].filter((t) => t.partitionOf === holder.name.toLowerCase());
    if (!partitions.every((t) => t.indexes.some(({ attachedTo }) => attachedTo === parent.toLowerCase()))) return;
    this.#tables.change(holder.name, (t) => ({
      ...t,
      indexes: t.indexes.map(({ invalid, ...i }) => (invalid && !named(parent)(i) ? { invalid, ...i } : i)),
    }));
  }

  #column(fact: ColumnFact): Column {
    return { ...fact, at: this.#place(fact.at) };
  }

  #index(table: Table, fact: IndexFact, constraint: Index["constraint"]): Index {
    const keys = fact.keys.map((key): IndexKey => ({ ...key, column: key.column?.toLowerCase() }));
    const { only, ...rest } = fact;
    const place = { constraint, at: this.#place(fact.at) };
    const index = { ...rest, ...place, keys, include: fact.include.map(lower), ...(only && table.partitionBy && { invalid: only }) };
    return { ...index, name: fact.name ?? indexName(table, index, this.#tables) };
  }

  #place(span: Span): Place {
    return { file: this.#file, start: span.start, end: span.end };
  }
}

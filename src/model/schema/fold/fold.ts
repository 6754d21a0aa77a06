import type {
  ColumnFact,
  ConstraintFact,
  CreateTable,
  IndexFact,
  InsertedRows,
  SchemaChange,
  TableName,
} from "../../../facts/sql/sqlFacts.ts";
import type { Place, Span } from "../../../text/positions.ts";
import type { Column, ForeignKey, Index, Table } from "../schema.ts";
import { ChangingTables } from "./changingTables.ts";
import { indexName } from "./defaultNames.ts";
import { detached } from "./detached.ts";
import type { FoldedFile } from "./foldedFile.ts";
import { hypertable } from "./hypertable.ts";
import { madeIndex } from "./madeIndex.ts";
import { mergedConstraints } from "./mergedConstraints.ts";
import { keepingSequences, likedColumns, withRenamedObject, withRenamedValue } from "./numbering.ts";
import { movedTable, renamedColumn, renamedTable } from "./renames.ts";
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
  withoutPrimaryKey,
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
        this.#tables.change(this.#tables.keyOf(change.table), (t) => withIndex(t, this.#index(t, change.index, undefined)));
        break;
      case "addColumn":
        this.#addColumn(change);
        break;
      case "dropColumn":
        this.#dropColumn(this.#tables.keyOf(change.table), change.column.toLowerCase());
        break;
      case "columnType":
        this.#changeColumn(this.#tables.keyOf(change.table), change.column, (column) => ({ ...column, type: change.type }));
        break;
      case "columnNullable":
        this.#changeColumn(this.#tables.keyOf(change.table), change.column, (column) => ({ ...column, nullable: change.nullable }));
        break;
      case "columnDefault":
        this.#changeColumn(this.#tables.keyOf(change.table), change.column, ({ default: _, ...column }) =>
          change.default === undefined ? column : { default: change.default, ...column },
        );
        break;
      case "validateConstraint":
        this.#tables.change(this.#tables.keyOf(change.table), (t) => validated(t, change.name));
        break;
      case "addConstraint":
        this.#constrain(this.#tables.keyOf(change.table), change.constraint);
        break;
      case "dropConstraint":
        if (change.cascade) this.#freeForeignKeysTo(this.#tables.keyOf(change.table), change.name);
        this.#tables.change(this.#tables.keyOf(change.table), (t) => withoutConstraint(t, change.name));
        this.#tables.changeWithParts(this.#tables.keyOf(change.table), (t) => withoutInherited(t, change.name));
        break;
      case "dropPrimaryKey":
        this.#tables.change(this.#tables.keyOf(change.table), withoutPrimaryKey);
        break;
      case "dropTable":
        this.#dropTable(this.#tables.keyOf(change.table));
        break;
      case "dropIndex":
        for (const key of this.#tables.holdersOf(change.name, change.namespace))
          this.#tables.change(key, (t) => ({ ...t, indexes: t.indexes.filter(not(change.name)) }));
        break;
      case "renameTable":
        this.#renameTable(change.table, change.to);
        break;
      case "renameColumn":
        renamedColumn(this.#tables.keyOf(change.table), change.column.toLowerCase(), change.to, this.#tables);
        break;
      case "renameConstraint":
        this.#tables.change(this.#tables.keyOf(change.table), (t) => ({
          ...t,
          indexes: t.indexes.map(renaming(change.name, change.to)),
          foreignKeys: t.foreignKeys.map(renaming(change.name, change.to)),
          checks: t.checks.map(renaming(change.name, change.to)),
        }));
        break;
      case "renameIndex":
        for (const key of this.#tables.holdersOf(change.name, change.namespace))
          this.#tables.change(key, (t) => ({ ...t, indexes: t.indexes.map(renaming(change.name, change.to)) }));
        break;
      case "moveTable":
        movedTable(this.#tables.keyOf(change.table), change.namespace, this.#tables);
        break;
      case "attach":
        this.#tables.attach(this.#tables.keyOf(change.child), this.#tables.keyOf(change.parent), change.inherits === true);
        break;
      case "detach":
        this.#tables.change(this.#tables.keyOf(change.child), (t) => detached(t, this.#tables.keyOf(change.parent), this.#tables));
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
        this.#tables.change(this.#tables.keyOf(change.table), (t) => hypertable(t, change, this.#place(change.at), this.#tables));
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
    const key = this.#tables.newKey(change.table, alternatives);
    if (key === undefined) {
      // A script that cannot run: what is known of the name is in doubt.
      if (!change.ifNotExists && !alternatives) this.#tables.change(this.#tables.keyOf(change.table), (t) => ({ ...t, uncertain: true }));
      return;
    }
    this.#tables.hasParts ||= change.parents.length > 0;
    const known = (name: TableName): Table | undefined => this.#tables.get(this.#tables.keyOf(name));
    const parents = change.parents.flatMap((name) => known(name) ?? []);
    const fromParents = parents.flatMap((parent) => [...keepingSequences(parent)]);
    const liked = change.likes.map((like) => ({ source: known(like.table), ...like }));
    const columns = new Map<string, Column>([...fromParents, ...liked.flatMap((like) => likedColumns(like.source, like.defaults))]);
    const selected = change.selected === undefined ? undefined : selectedFrom(change.selected, change.at, known);
    for (const column of selected ?? change.columns) columns.set(column.name.toLowerCase(), this.#column(column));
    const unknownParent = [...change.parents, ...change.likes.map(({ table }) => table)].some((name) => known(name) === undefined);
    const parentKeys = change.parents.map((name) => this.#tables.keyOf(name));
    this.#tables.put(key, {
      name: change.table.name,
      key,
      namespace: change.table.namespace,
      columns,
      indexes: [],
      foreignKeys: [],
      at: this.#place(change.at),
      kind: change.what,
      partitionOf: change.partitionOf ? parentKeys[0] : undefined,
      ...(parents.length > 0 && !change.partitionOf && { inherits: parentKeys }),
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
  #addColumn({ table, column, constraints }: AddColumn): void {
    const key = this.#tables.keyOf(table);
    if (this.#tables.get(key)?.columns.has(column.name.toLowerCase()) === true) return;
    this.#tables.changeWithParts(key, (t) => ({ ...t, columns: withColumn(t.columns, this.#column(column)) }));
    for (const constraint of constraints) this.#constrain(key, constraint);
  }

  /** Of the table with a key. */
  #constrain(table: string, constraint: ConstraintFact): void {
    if (constraint.type === "primary" && !this.#takesKey(table, constraint)) return;
    if (constraint.type === "check") {
      const own = this.#tables.get(table);
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
    this.#tables.change(table, withoutPrimaryKey);
    this.#tables.changeForeignKeysTo(table, (key) =>
      key.parentColumns.length === 0 || sameColumns(columns, key.parentColumns) ? undefined : key,
    );
    return true;
  }

  #dropColumn(table: string, column: string): void {
    this.#tables.changeWithParts(table, (t) => withoutColumn(t, column));
    this.#tables.changeForeignKeysTo(table, (key) => (key.parentColumns.includes(column) ? undefined : key));
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

  #renameTable(name: TableName, to: string): void {
    if (renamedTable(name, to, this.#tables)) return;
    // ALTER TABLE renames sequences and indexes, too.
    this.apply({ kind: "renameIndex", name: name.name, to });
    this.apply({ kind: "renameObject", what: "sequence", name: { ...name, namespace: undefined }, to });
  }

  #changeColumn(table: string, column: string, to: (column: Column) => Column): void {
    this.#tables.changeWithParts(table, (t) => {
      const old = t.columns.get(column.toLowerCase());
      return old === undefined ? t : { ...t, columns: withColumn(t.columns, to(old), true) };
    });
  }

  #attachIndex(parent: string, child: string): void {
    const [whole] = this.#tables.holdersOf(parent);
    if (whole === undefined) return;
    const isChild = named(child);
    for (const key of this.#tables.holdersOf(child)) {
      const attached = (i: Index): Index => (isChild(i) ? { ...i, attachedTo: parent.toLowerCase() } : i);
      this.#tables.change(key, (t) => ({ ...t, indexes: t.indexes.map(attached) }));
    }
    const partitions = [...this.#tables.now().values()].filter((t) => t.partitionOf === whole);
    if (!partitions.every((t) => t.indexes.some(({ attachedTo }) => attachedTo === parent.toLowerCase()))) return;
    this.#tables.change(whole, (t) => ({
      ...t,
      indexes: t.indexes.map(({ invalid, ...i }) => (invalid && !named(parent)(i) ? { invalid, ...i } : i)),
    }));
  }

  #column(fact: ColumnFact): Column {
    return { ...fact, at: this.#place(fact.at) };
  }

  #index(table: Table, fact: IndexFact, constraint: Index["constraint"]): Index {
    return madeIndex(table, fact, constraint, this.#place(fact.at), this.#tables);
  }

  #place(span: Span): Place {
    return { file: this.#file, start: span.start, end: span.end };
  }
}

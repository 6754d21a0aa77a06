import type { ConstraintFact, SchemaChange, TableName } from "../../../facts/sql/sqlFacts.ts";
import type { Place } from "../../../text/positions.ts";
import type { MappedChange } from "../../schema/sets/mapped.ts";
import type { Attribute, Entity } from "./entity.ts";
import type { MappedColumn } from "./mappedColumns.ts";
import { isUnchecked, keyOf, onDeleteOf, uniqueOf } from "./mappedConstraints.ts";
import type { Member } from "./members.ts";

const REFERENCE = { type: "foreign", name: undefined, parentColumns: [], onDelete: "no action", onUpdate: "no action" } as const;

/** Collects the statements that would make a mapping's tables. */
export class MappedStatements {
  readonly changes: MappedChange[] = [];

  /** An index over the columns of `columnList`; of a unique one Hibernate makes a constraint. */
  index(table: TableName, at: Place, columnList: string, name: string | undefined, unique: boolean): void {
    const keys = columnList.split(",").map(keyOf);
    if (unique) {
      const columns = keys.flatMap(({ column }) => column ?? []);
      this.constrain(table, at, uniqueOf("unique", columns, at, name || undefined));
      return;
    }
    const index = {
      name: name || undefined,
      keys,
      unique: false,
      nullsNotDistinct: false,
      method: "btree",
      predicate: undefined,
      include: [],
      at,
    };
    this.#put(at.file, { kind: "createIndex", table, ifNotExists: false, index });
  }

  constrain(table: TableName, at: Place, constraint: ConstraintFact): void {
    this.#put(at.file, { kind: "addConstraint", table, constraint });
  }

  foreignKey(
    table: TableName,
    attribute: Attribute,
    columns: readonly string[],
    parent: Entity,
    member: Member,
    referred: readonly string[],
  ): void {
    if (parent.kind !== "entity" || parent.table === "" || isUnchecked(member)) return;
    this.constrain(table, attribute.at, {
      columns,
      parent: { namespace: undefined, name: parent.table },
      at: attribute.at,
      ...REFERENCE,
      parentColumns: referred.length === columns.length ? referred : [],
      onDelete: onDeleteOf(member),
    });
  }

  /** Of the key of a table to that of another. */
  references(table: TableName, at: Place, columns: readonly string[], parent: string): void {
    this.constrain(table, at, { columns, parent: { namespace: undefined, name: parent }, at, ...REFERENCE });
  }

  createTable(table: TableName, at: Place): void {
    this.#put(at.file, {
      kind: "createTable",
      table,
      at,
      what: "table",
      ifNotExists: true,
      columns: [],
      constraints: [],
      parents: [],
      partitionOf: false,
      likes: [],
      fromQuery: false,
    });
  }

  add(table: TableName, column: MappedColumn): void {
    this.#put(column.at.file, { kind: "addColumn", table, column, constraints: [] });
  }

  /** Something of the table is not known. */
  unclear({ name }: TableName, file: string): void {
    this.#put(file, { kind: "unclear", names: [name] });
  }

  #put(file: string, change: SchemaChange): void {
    this.changes.push({ file, change });
  }
}

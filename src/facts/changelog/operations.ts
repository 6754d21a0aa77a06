import type { Span } from "../../text/positions.ts";
import { type LockForm, type Operation, operation } from "../sql/operationFacts.ts";
import type { ColumnFact, ConstraintFact, SchemaChange, TableName } from "../sql/sqlFacts.ts";
import { nameOf } from "./columns.ts";
import { attribute, type ChangeNode, listed } from "./nodes.ts";

/** What an element of a changeset does to tables that others may be working with: the statements that Liquibase sends for it. */
export function operationsOf(node: ChangeNode, changes: readonly SchemaChange[]): readonly Operation[] {
  const schema = changes.flatMap((change) => ofChange(change, node.at));
  // Nulls are filled before the column takes none any more.
  return node.name === "addNotNullConstraint" ? [...rows(node), ...schema] : [...schema, ...rows(node)];
}

function ofChange(change: SchemaChange, at: Span): readonly Operation[] {
  switch (change.kind) {
    case "createIndex": {
      const { index, table } = change;
      const columns = index.keys.flatMap(({ column }) => column ?? []);
      return [operation("create index", table, at, { name: index.name, columns, detail: index.unique ? "unique" : undefined })];
    }
    case "dropIndex":
      return [operation("drop index", undefined, at, { name: change.name })];
    case "addColumn": {
      const { table, column, constraints } = change;
      const form = columnForm(column);
      const own = constraints.flatMap((one) => constraint(one, table, column.at, true));
      const added = { name: column.name, columns: [column.name], detail: column.type };
      return form === undefined ? own : [operation(form, table, column.at, added), ...own];
    }
    case "dropColumn":
      return [operation("drop column", change.table, at, { name: change.column, columns: [change.column] })];
    case "renameColumn":
      return [operation("rename column", change.table, at, { name: change.column, columns: [change.column], detail: change.to })];
    case "columnType":
      return [operation("set column type", change.table, at, { name: change.column, columns: [change.column], detail: change.type })];
    case "columnNullable": {
      const form = change.nullable ? "drop not null" : "set not null";
      return [operation(form, change.table, at, { name: change.column, columns: [change.column] })];
    }
    case "columnDefault":
      return [operation("set default", change.table, at, { name: change.column, columns: [change.column] })];
    case "addConstraint":
      return constraint(change.constraint, change.table, at, false);
    case "dropConstraint":
      return [operation("drop constraint", change.table, at, { name: change.name, columns: [change.name] })];
    case "dropPrimaryKey":
      return [operation("drop constraint", change.table, at)];
    case "dropTable":
      return [operation("drop table", change.table, at)];
    case "renameTable":
      return [operation("rename table", change.table, at, { detail: change.to })];
    default:
      return [];
  }
}

/** Undefined for a default of which nobody knows whether it is another one for each row. */
function columnForm({ default: given }: ColumnFact): LockForm | undefined {
  switch (given?.kind) {
    case undefined:
      return "add column";
    case "constant":
    case "stable":
      return "add column with default";
    case "volatile":
      return "add column with volatile default";
    case "serial":
    case "identity":
      return "add identity column";
    default:
      return undefined;
  }
}

function constraint(given: ConstraintFact, table: TableName, at: Span, ofNewColumn: boolean): readonly Operation[] {
  const { name } = given;
  switch (given.type) {
    case "foreign":
      return [operation("add foreign key", table, at, { name, columns: given.columns, other: given.parent, ofNewColumn })];
    case "primary":
    case "unique": {
      if (given.usingIndex !== undefined) return [operation("add constraint using index", table, at, { name, detail: given.usingIndex })];
      const columns = given.index.keys.flatMap(({ column }) => column ?? []);
      return [operation(given.type === "primary" ? "add primary key" : "add unique", table, at, { name, columns, ofNewColumn })];
    }
    default:
      return [];
  }
}

/** Elements that write rows of tables that are there, alone or beside a change of the schema. */
function rows(node: ChangeNode): readonly Operation[] {
  const table = { namespace: attribute(node, "schemaName")?.toLowerCase(), name: nameOf(attribute(node, "tableName") ?? "") };
  switch (node.name) {
    case "update":
    case "delete": {
      const columns = listed(node, "column", "columns").map((column) => nameOf(attribute(column, "name") ?? ""));
      const where = attribute(node, "where") ?? node.children.find(({ name }) => name === "where")?.body?.text;
      return [operation(node.name, table, node.at, { columns, filtered: leavesRowsOut(where, columns) })];
    }
    case "addNotNullConstraint": {
      const column = nameOf(attribute(node, "columnName") ?? "");
      return attribute(node, "defaultNullValue") === undefined ? [] : [operation("update", table, node.at, { columns: [column] })];
    }
    case "addColumn":
      return listed(node, "column", "columns").flatMap((column) =>
        [...column.attributes.keys()].some((name) => /^value(?!BlobFile|ClobFile)/.test(name))
          ? [operation("update", table, column.at, { columns: [nameOf(attribute(column, "name") ?? "")] })]
          : [],
      );
    default:
      return [];
  }
}

/** Not `x IS NULL` of a column that the same element fills: every row is such a row when the column is new. */
function leavesRowsOut(where: string | undefined, filled: readonly string[]): boolean {
  if (where === undefined || where.trim() === "") return false;
  const column = /^\s*"?(\w+)"?\s+is\s+null\s*$/i.exec(where)?.[1];
  return column === undefined || !filled.some((name) => name.toLowerCase() === column.toLowerCase());
}

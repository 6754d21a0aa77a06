import { plainKey } from "../sql/constraints.ts";
import { withoutOnes } from "../sql/schemaObjects.ts";
import type { ColumnDefault, ConstraintFact, CreateTable, ForeignKeyAction, IndexFact, SchemaChange, TableName } from "../sql/sqlFacts.ts";
import { columnOf, foreignKeyOf, keyColumns, nameOf, uniqueIndex } from "./columns.ts";
import { postgresType } from "./columnTypes.ts";
import { attribute, type ChangeNode, listed } from "./nodes.ts";

/** What one element of a changeset does to the schema; nothing for elements that change only rows, and for those that are not known. */
export function changesOf(node: ChangeNode, guarded: boolean): readonly SchemaChange[] {
  return CHANGES[node.name]?.(node, guarded) ?? [];
}

const text = (node: ChangeNode, name: string): string => attribute(node, name) ?? "";
const named = (node: ChangeNode, name: string): string => nameOf(text(node, name));
const isOn = (node: ChangeNode, name: string): boolean => /^true$/i.test(text(node, name));

/** 0 for a value that a property gives. */
const numberIn = (node: ChangeNode, name: string): number | undefined =>
  node.attributes.has(name) ? Number.parseInt(text(node, name), 10) || 0 : undefined;

function tableOf(node: ChangeNode, name = "tableName", schema = "schemaName"): TableName {
  return { namespace: attribute(node, schema)?.toLowerCase(), name: named(node, name) };
}

/** Where a name is written, for something that has one. */
const placeOf = (node: ChangeNode, name: string) => node.attributes.get(name)?.at ?? node.at;

type Changes = (node: ChangeNode, guarded: boolean) => readonly SchemaChange[];

const CHANGES: Readonly<Record<string, Changes>> = {
  createTable: (node, guarded) => [createTable(node, guarded)],
  addColumn: (node) => {
    const table = tableOf(node);
    return listed(node, "column", "columns").map((column): SchemaChange => {
      const read = columnOf(column, "addColumn");
      const primary = read.primaryKey === undefined ? [] : [primaryKey([read.column.name], read.primaryKey.name, column)];
      return { kind: "addColumn", table, column: read.column, constraints: [...primary, ...read.constraints] };
    });
  },
  dropColumn: (node) => {
    const names = [
      ...(node.attributes.has("columnName") ? [text(node, "columnName")] : []),
      ...listed(node, "column", "columns").map((column) => text(column, "name")),
    ];
    return names.map((name) => ({ kind: "dropColumn", table: tableOf(node), column: nameOf(name) }));
  },
  renameColumn: (node) => [
    { kind: "renameColumn", table: tableOf(node), column: named(node, "oldColumnName"), to: named(node, "newColumnName") },
  ],
  modifyDataType: (node) => [
    { kind: "columnType", table: tableOf(node), column: named(node, "columnName"), type: postgresType(text(node, "newDataType")) },
  ],
  addNotNullConstraint: (node) => [{ kind: "columnNullable", table: tableOf(node), column: named(node, "columnName"), nullable: false }],
  dropNotNullConstraint: (node) => [{ kind: "columnNullable", table: tableOf(node), column: named(node, "columnName"), nullable: true }],
  addDefaultValue: (node) => {
    const read = columnOf(node, "addDefaultValue");
    return [{ kind: "columnDefault", table: tableOf(node), column: named(node, "columnName"), default: read.column.default }];
  },
  dropDefaultValue: (node) => [{ kind: "columnDefault", table: tableOf(node), column: named(node, "columnName"), default: undefined }],
  addAutoIncrement: (node) => {
    const on = { table: tableOf(node), column: named(node, "columnName") };
    // A sequence of its own, as a serial type has: Liquibase makes no identity of a column that is there.
    const counted: ColumnDefault = { kind: "serial", text: "" };
    return [
      { kind: "columnNullable", ...on, nullable: false },
      { kind: "columnDefault", ...on, default: counted },
    ];
  },
  createIndex: (node, guarded) => [{ kind: "createIndex", table: tableOf(node), ifNotExists: guarded, index: index(node) }],
  dropIndex: (node) => [{ kind: "dropIndex", name: named(node, "indexName") }],
  addPrimaryKey: (node) => {
    const table = tableOf(node);
    const constraint = primaryKey(keyColumns(text(node, "columnNames")), attribute(node, "constraintName"), node);
    const usingIndex = attribute(node, "forIndexName");
    return [
      {
        kind: "addConstraint",
        table,
        constraint: usingIndex === undefined ? constraint : { ...constraint, usingIndex: nameOf(usingIndex) },
      },
    ];
  },
  // Without a name Liquibase asks the database for the one that the table has.
  dropPrimaryKey: (node) =>
    attribute(node, "constraintName") === undefined
      ? [{ kind: "dropPrimaryKey", table: tableOf(node) }]
      : [{ kind: "dropConstraint", table: tableOf(node), name: named(node, "constraintName") }],
  addUniqueConstraint: (node) => {
    const table = tableOf(node);
    const name = attribute(node, "constraintName");
    const unique = uniqueIndex(
      keyColumns(text(node, "columnNames")),
      name === undefined ? undefined : nameOf(name),
      placeOf(node, "constraintName"),
    );
    const usingIndex = attribute(node, "forIndexName");
    const constraint: ConstraintFact = {
      type: "unique",
      name: unique.name,
      index: unique,
      usingIndex: usingIndex && nameOf(usingIndex),
      ...deferrable(node),
    };
    return [{ kind: "addConstraint", table, constraint }];
  },
  dropUniqueConstraint: (node) => [{ kind: "dropConstraint", table: tableOf(node), name: named(node, "constraintName") }],
  addForeignKeyConstraint: (node) => {
    const table = tableOf(node, "baseTableName", "baseTableSchemaName");
    const constraint = foreignKeyOf({
      name: attribute(node, "constraintName"),
      columns: keyColumns(text(node, "baseColumnNames")),
      parent: tableOf(node, "referencedTableName", "referencedTableSchemaName"),
      parentColumns: keyColumns(text(node, "referencedColumnNames")),
      onDelete: action(attribute(node, "onDelete"), isOn(node, "deleteCascade")),
      onUpdate: action(attribute(node, "onUpdate"), false),
      at: placeOf(node, "constraintName"),
      ...deferrable(node),
    });
    return [{ kind: "addConstraint", table, constraint }];
  },
  dropForeignKeyConstraint: (node) => [
    { kind: "dropConstraint", table: tableOf(node, "baseTableName", "baseTableSchemaName"), name: named(node, "constraintName") },
  ],
  dropAllForeignKeyConstraints: (node) => [{ kind: "unclear", names: [named(node, "baseTableName").toLowerCase()] }],
  dropTable: (node) => {
    const cascade = attribute(node, "cascadeConstraints")?.toLowerCase() === "true" ? ({ cascade: true } as const) : {};
    return [{ kind: "dropTable", table: tableOf(node), ...cascade }];
  },
  renameTable: (node) => [{ kind: "renameTable", table: tableOf(node, "oldTableName"), to: named(node, "newTableName") }],
  createView: (node) => [{ kind: "createObject", what: "view", name: tableOf(node, "viewName"), at: node.span }],
  dropView: (node) => [{ kind: "dropObject", what: "view", name: tableOf(node, "viewName") }],
  renameView: (node) => [{ kind: "renameObject", what: "view", name: tableOf(node, "oldViewName"), to: named(node, "newViewName") }],
  createSequence: (node) => {
    const numbers = { increment: numberIn(node, "incrementBy"), start: numberIn(node, "startValue") };
    const name = tableOf(node, "sequenceName");
    return [{ kind: "createObject", what: "sequence", name, at: node.span, ...withoutOnes(numbers) }];
  },
  alterSequence: (node) => {
    const increment = numberIn(node, "incrementBy");
    return increment === undefined ? [] : [{ kind: "alterSequence", name: tableOf(node, "sequenceName"), increment }];
  },
  dropSequence: (node) => [{ kind: "dropObject", what: "sequence", name: tableOf(node, "sequenceName") }],
  renameSequence: (node) => [
    { kind: "renameObject", what: "sequence", name: tableOf(node, "oldSequenceName"), to: named(node, "newSequenceName") },
  ],
  dropProcedure: (node) => [{ kind: "dropObject", what: "procedure", name: tableOf(node, "procedureName") }],
  mergeColumns: (node) => {
    const table = tableOf(node);
    const column = {
      name: named(node, "finalColumnName"),
      type: postgresType(text(node, "finalColumnType")),
      nullable: true,
      at: placeOf(node, "finalColumnName"),
    };
    const final: SchemaChange = { kind: "addColumn", table, column, constraints: [] };
    const merged = ["column1Name", "column2Name"].map((name): SchemaChange => ({ kind: "dropColumn", table, column: named(node, name) }));
    return [final, ...merged];
  },
  addLookupTable: (node) => lookupTable(node),
};

function createTable(node: ChangeNode, guarded: boolean): CreateTable {
  const table = tableOf(node);
  const columns = listed(node, "column", "columns").map((column) => columnOf(column, "createTable"));
  const keys = columns.flatMap(({ column, primaryKey: key }) => (key === undefined ? [] : [{ column, ...key }]));
  const [first] = keys;
  const primary =
    first === undefined
      ? []
      : [
          primaryKey(
            keys.map(({ column }) => column.name),
            keys.find(({ name }) => name !== undefined)?.name ?? defaultKeyName(text(node, "tableName")),
            node,
            first.at,
          ),
        ];
  return {
    kind: "createTable",
    table,
    at: placeOf(node, "tableName"),
    what: "table",
    ifNotExists: guarded || isOn(node, "ifNotExists"),
    columns: columns.map(({ column }) => column),
    constraints: [...primary, ...columns.flatMap(({ constraints }) => constraints)],
    parents: [],
    partitionOf: false,
    likes: [],
    fromQuery: false,
  };
}

/** Liquibase names the key after the table as it is written: ORDERS_pkey, which it has to quote. */
const defaultKeyName = (table: string): string | undefined => (/^[A-Z_0-9]*[A-Z][A-Z_0-9]*$/.test(table) ? `${table}_pkey` : undefined);

function primaryKey(
  columns: readonly string[],
  given: string | undefined,
  node: ChangeNode,
  at = placeOf(node, "constraintName"),
): Extract<ConstraintFact, { type: "primary" | "unique" | "exclusion" }> {
  const name = given === undefined ? undefined : nameOf(given);
  return { type: "primary", name, index: { ...uniqueIndex(columns, name, at), name }, usingIndex: undefined };
}

function index(node: ChangeNode): IndexFact {
  const keys = listed(node, "column", "columns").map((column) => {
    const written = text(column, "name").trim();
    const [, plain, order] = /^([\w"$]+)(?:\s+(asc|desc))?$/i.exec(written) ?? [];
    const descending = isOn(column, "descending") || /^desc$/i.test(order ?? "");
    const key = plain === undefined ? { ...plainKey(""), column: undefined, expression: written } : plainKey(nameOf(plain));
    return { ...key, descending, nullsFirst: descending };
  });
  const name = attribute(node, "indexName");
  return {
    name: name === undefined || name.trim() === "" ? undefined : nameOf(name),
    keys,
    unique: isOn(node, "unique"),
    nullsNotDistinct: false,
    method: "btree",
    predicate: undefined,
    include: [],
    at: placeOf(node, "indexName"),
  };
}

function lookupTable(node: ChangeNode): readonly SchemaChange[] {
  const parent = tableOf(node, "newTableName");
  const column = named(node, "newColumnName");
  const at = placeOf(node, "newTableName");
  const table = tableOf(node, "existingTableName", "existingTableSchemaName");
  const type = postgresType(text(node, "newColumnDataType"));
  const constraint = foreignKeyOf({
    name: attribute(node, "constraintName") ?? `FK_${text(node, "existingTableName")}_${text(node, "newTableName")}`.toUpperCase(),
    columns: [named(node, "existingColumnName")],
    parent,
    parentColumns: [column],
    onDelete: "no action",
    onUpdate: "no action",
    at,
  });
  const key = primaryKey([column], undefined, node, at);
  return [
    {
      kind: "createTable",
      table: parent,
      at,
      what: "table",
      ifNotExists: false,
      columns: [{ name: column, type, nullable: false, at }],
      constraints: [key],
      parents: [],
      partitionOf: false,
      likes: [],
      fromQuery: false,
    },
    { kind: "addConstraint", table, constraint },
  ];
}

function deferrable(node: ChangeNode): { readonly deferrable?: "immediate" | "deferred" } {
  if (!isOn(node, "deferrable") && !isOn(node, "initiallyDeferred")) return {};
  return { deferrable: isOn(node, "initiallyDeferred") ? "deferred" : "immediate" };
}

function action(written: string | undefined, cascade: boolean): ForeignKeyAction {
  const plain = written?.trim().toLowerCase();
  return ACTIONS.find((one) => one === plain) ?? (cascade ? "cascade" : "no action");
}

const ACTIONS: readonly ForeignKeyAction[] = ["no action", "restrict", "cascade", "set null", "set default"];

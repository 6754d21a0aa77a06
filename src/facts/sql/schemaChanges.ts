import type { AlterTableCmd, AlterTableStmt, CreateStmt, CreateTableAsStmt, DropStmt, RenameStmt } from "libpg-query";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import { columnOf, constraintOf, createIndexOf, typeOf } from "./constraints.ts";
import { defaultKind } from "./defaults.ts";
import { hypertableMade, hypertablesIn } from "./hypertables.ts";
import { allOf, namesOf, tableName } from "./parseTree.ts";
import { droppedObject, objectChanges, renamedObject } from "./schemaObjects.ts";
import { columnsUsed, relationsRead, selectedColumns } from "./selectedColumns.ts";
import type { ColumnFact, ConstraintFact, CreateTable, SchemaChange, TableName } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/** What one parsed statement does to the schema. Temporary tables and functions are nobody's schema. */
export function schemaChanges(node: SqlNode, source: StatementText): readonly SchemaChange[] {
  return changesOf(node, source).filter(
    (change) =>
      (change.kind === "createTable" ? change.table : change.kind === "createObject" ? change.name : undefined)?.namespace !== "pg_temp",
  );
}

function changesOf(node: SqlNode, source: StatementText): SchemaChange[] {
  if ("CreateStmt" in node) return [...createTable(node.CreateStmt, source), ...hypertableMade(node.CreateStmt, source)];
  if ("SelectStmt" in node) return [...hypertablesIn(node, source)];
  if ("CreateTableAsStmt" in node) return createFromQuery(node.CreateTableAsStmt, source);
  if ("IndexStmt" in node) return [createIndexOf(node.IndexStmt, source)];
  if ("AlterTableStmt" in node) return alterTable(node.AlterTableStmt, source);
  if ("RenameStmt" in node) return rename(node.RenameStmt);
  if ("DropStmt" in node) return drop(node.DropStmt);
  if ("AlterObjectSchemaStmt" in node) {
    const { objectType, relation, newschema } = node.AlterObjectSchemaStmt;
    return objectType === "OBJECT_TABLE" ? [{ kind: "moveTable", table: tableName(relation), namespace: newschema ?? "" }] : [];
  }
  return objectChanges(node, source);
}

function createTable(statement: CreateStmt, source: StatementText): SchemaChange[] {
  if (statement.relation?.relpersistence === "t") return [];
  const columns: ColumnFact[] = [];
  const constraints: ConstraintFact[] = [];
  const likes: CreateTable["likes"][number][] = [];
  for (const element of statement.tableElts ?? []) {
    if ("ColumnDef" in element) {
      const read = columnOf(element.ColumnDef, source);
      columns.push(read.column);
      constraints.push(...read.constraints);
    } else if ("Constraint" in element) constraints.push(...constraintOf(element.Constraint, source));
    else if ("TableLikeClause" in element) {
      const { relation, options } = element.TableLikeClause;
      const takes = (option: number): boolean => ((options ?? 0) & option) !== 0;
      likes.push({
        table: tableName(relation),
        indexes: takes(LIKE_INDEXES),
        defaults: takes(LIKE_DEFAULTS),
        checks: takes(LIKE_CONSTRAINTS),
      });
    }
  }
  return [
    {
      kind: "createTable",
      table: tableName(statement.relation),
      at: source.name(statement.relation?.location),
      what: "table",
      ifNotExists: statement.if_not_exists === true,
      columns,
      constraints,
      parents: allOf(statement.inhRelations, "RangeVar").map(tableName),
      partitionOf: statement.partbound !== undefined,
      likes,
      fromQuery: false,
      ...(statement.partspec === undefined ? {} : { partitionBy: STRATEGIES[statement.partspec.strategy ?? "PARTITION_STRATEGY_RANGE"] }),
    },
  ];
}

const STRATEGIES = { PARTITION_STRATEGY_LIST: "list", PARTITION_STRATEGY_RANGE: "range", PARTITION_STRATEGY_HASH: "hash" } as const;

/** CREATE_TABLE_LIKE_… of PostgreSQL's parsenodes.h. */
const LIKE_CONSTRAINTS = 1 << 2;
const LIKE_DEFAULTS = 1 << 3;
const LIKE_INDEXES = 1 << 6;

function createFromQuery(statement: CreateTableAsStmt, source: StatementText): SchemaChange[] {
  const relation = statement.into?.rel;
  if (relation?.relpersistence === "t") return [];
  const query = statement.query !== undefined && "SelectStmt" in statement.query ? statement.query.SelectStmt : undefined;
  const named = namesOf(statement.into?.colNames);
  const targets = named.length > 0 ? named : (query?.targetList ?? []).flatMap(targetName);
  const at = source.name(relation?.location);
  const selected = named.length > 0 ? undefined : selectedColumns(query);
  return [
    {
      kind: "createTable",
      table: tableName(relation),
      at,
      what: statement.objtype === "OBJECT_MATVIEW" ? "materialized view" : "table",
      ifNotExists: statement.if_not_exists === true,
      columns: targets.map((name) => ({ name, type: "", nullable: true, at })),
      constraints: [],
      parents: [],
      partitionOf: false,
      likes: [],
      fromQuery: true,
      ...(selected !== undefined && { selected }),
      ...(statement.objtype === "OBJECT_MATVIEW" && { reads: relationsRead(query), uses: columnsUsed(query) }),
    },
  ];
}

function targetName(node: SqlNode): string[] {
  if (!("ResTarget" in node)) return [];
  const { name, val } = node.ResTarget;
  if (name !== undefined) return [name];
  if (val === undefined || !("ColumnRef" in val)) return [];
  const last = val.ColumnRef.fields?.at(-1);
  return last !== undefined && "String" in last ? namesOf([last]) : [];
}

function alterTable(statement: AlterTableStmt, source: StatementText): SchemaChange[] {
  if (statement.objtype === "OBJECT_INDEX") return attachIndex(statement);
  if (statement.objtype !== undefined && statement.objtype !== "OBJECT_TABLE") return [];
  const table = tableName(statement.relation);
  return allOf(statement.cmds, "AlterTableCmd").flatMap((one) => command(table, one, source));
}

function command(table: TableName, cmd: AlterTableCmd, source: StatementText): SchemaChange[] {
  const { def } = cmd;
  const column = cmd.name ?? "";
  switch (cmd.subtype) {
    case "AT_AddColumn":
      if (def === undefined || !("ColumnDef" in def)) return [];
      return [{ kind: "addColumn", table, ...columnOf(def.ColumnDef, source) }];
    case "AT_DropColumn":
      return [{ kind: "dropColumn", table, column, ...cascading(cmd) }];
    case "AT_AlterColumnType":
      return def !== undefined && "ColumnDef" in def ? [{ kind: "columnType", table, column, type: typeOf(def.ColumnDef.typeName) }] : [];
    case "AT_ColumnDefault":
    case "AT_CookedColumnDefault":
      return [
        {
          kind: "columnDefault",
          table,
          column,
          default: def === undefined ? undefined : { kind: defaultKind(def), text: newDefault(source, column) },
        },
      ];
    case "AT_DropIdentity":
    case "AT_DropExpression":
      return [{ kind: "columnDefault", table, column, default: undefined }];
    case "AT_ValidateConstraint":
      return [{ kind: "validateConstraint", table, name: column }];
    case "AT_SetNotNull":
      return [{ kind: "columnNullable", table, column, nullable: false }];
    case "AT_AddIdentity":
      return [
        { kind: "columnNullable", table, column, nullable: false },
        { kind: "columnDefault", table, column, default: { kind: "identity", text: "" } },
      ];
    case "AT_DropNotNull":
      return [{ kind: "columnNullable", table, column, nullable: true }];
    case "AT_AddConstraint":
      if (def === undefined || !("Constraint" in def)) return [];
      if (def.Constraint.contype === "CONSTR_NOTNULL" && def.Constraint.skip_validation !== true)
        return namesOf(def.Constraint.keys).map((name) => ({ kind: "columnNullable", table, column: name, nullable: false }));
      return constraintOf(def.Constraint, source).map((constraint) => ({ kind: "addConstraint", table, constraint }));
    case "AT_DropConstraint":
      return [{ kind: "dropConstraint", table, name: column, ...cascading(cmd) }];
    case "AT_AttachPartition":
      if (def === undefined || !("PartitionCmd" in def)) return [];
      return [{ kind: "attach", parent: table, child: tableName(def.PartitionCmd.name) }];
    case "AT_DetachPartition":
      if (def === undefined || !("PartitionCmd" in def)) return [];
      return [{ kind: "detach", parent: table, child: tableName(def.PartitionCmd.name) }];
    case "AT_DropInherit":
      return def !== undefined && "RangeVar" in def ? [{ kind: "detach", parent: tableName(def.RangeVar), child: table }] : [];
    case "AT_AddInherit":
      return def !== undefined && "RangeVar" in def
        ? [{ kind: "attach", parent: tableName(def.RangeVar), child: table, inherits: true }]
        : [];
    case "AT_EnableRowSecurity":
      return [{ kind: "createObject", what: "row security", name: { namespace: table.name, name: table.name }, at: source.span, table }];
    case "AT_DisableRowSecurity":
      return [{ kind: "dropObject", what: "row security", name: { namespace: table.name, name: table.name } }];
    default:
      return [];
  }
}

/** The last default that a statement gives to the column: nothing in the parse tree says where it stands. */
function newDefault(source: StatementText, column: string): string {
  const name = column.replace(/[^\w]/g, "\\$&");
  const set = [...source.text.matchAll(new RegExp(`\\b"?${name}"?\\s+SET\\s+DEFAULT\\s+`, "gi"))].at(-1);
  if (set === undefined) return "";
  const start = set.index + set[0].length;
  return source.source(start, source.elementEnd(start));
}

function attachIndex(statement: AlterTableStmt): SchemaChange[] {
  return (statement.cmds ?? []).flatMap((node): SchemaChange[] => {
    const def = "AlterTableCmd" in node && node.AlterTableCmd.subtype === "AT_AttachPartition" ? node.AlterTableCmd.def : undefined;
    if (def === undefined || !("PartitionCmd" in def)) return [];
    return [{ kind: "attachIndex", parent: statement.relation?.relname ?? "", child: def.PartitionCmd.name?.relname ?? "" }];
  });
}

function rename(statement: RenameStmt): SchemaChange[] {
  const table = tableName(statement.relation);
  const name = statement.subname ?? "";
  const to = statement.newname ?? "";
  switch (statement.renameType) {
    case "OBJECT_TABLE":
      return [{ kind: "renameTable", table, to }];
    case "OBJECT_COLUMN":
      return [{ kind: "renameColumn", table, column: name, to }];
    case "OBJECT_TABCONSTRAINT":
      return [{ kind: "renameConstraint", table, name, to }];
    case "OBJECT_INDEX":
      return [{ kind: "renameIndex", name: table.name, ...inNamespace(table.namespace), to }];
    default:
      return renamedObject(statement);
  }
}

function drop(statement: DropStmt): SchemaChange[] {
  return (statement.objects ?? []).flatMap((node): SchemaChange[] => {
    const parts = "List" in node ? namesOf(node.List.items) : [];
    const name = parts.at(-1) ?? "";
    switch (statement.removeType) {
      case "OBJECT_TABLE":
      case "OBJECT_MATVIEW":
        return [{ kind: "dropTable", table: { namespace: parts.at(-2), name }, ...cascading(statement) }];
      case "OBJECT_INDEX":
        return [{ kind: "dropIndex", name, ...inNamespace(parts.at(-2)) }];
      default:
        return droppedObject(statement, node);
    }
  });
}

const inNamespace = (namespace: string | undefined): { readonly namespace?: string } => (namespace === undefined ? {} : { namespace });

const cascading = ({ behavior }: Pick<DropStmt | AlterTableCmd, "behavior">): { readonly cascade?: true } =>
  behavior === "DROP_CASCADE" ? { cascade: true } : {};

import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint, DefElem, DropStmt, RenameStmt } from "libpg-query";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import { skipBlank } from "../../syntax/sql/sqlLexer.ts";
import type { Span } from "../../text/positions.ts";
import { typeOf } from "./constraints.ts";
import { defaultKind } from "./defaults.ts";
import { type LockForm, type Operation, operation, type TransactionMark } from "./operationFacts.ts";
import { allOf, constraintsOf, namesOf, tableName } from "./parseTree.ts";
import { isPlainColumn, isPlainUpdate } from "./plain.ts";
import type { TableName } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/** What one parsed statement does to tables that others may be working with; nothing for what only adds new ones. */
export function operationsOf(node: SqlNode, source: StatementText): Operation[] {
  const at = source.span;
  if ("AlterTableStmt" in node) return alterTable(node.AlterTableStmt, source);
  if ("IndexStmt" in node) {
    const { concurrent, relation, idxname, if_not_exists, indexParams, unique } = node.IndexStmt;
    const columns = allOf(indexParams, "IndexElem").flatMap(({ name }) => name || []);
    const form = concurrent === true ? "create index concurrently" : "create index";
    const detail = unique === true ? "unique" : undefined;
    return [operation(form, tableName(relation), at, { name: idxname, columns, conditional: if_not_exists === true, detail })];
  }
  if ("DropStmt" in node) return drop(node.DropStmt, at);
  if ("RenameStmt" in node) return rename(node.RenameStmt, at);
  if ("ReindexStmt" in node) {
    const { kind, relation, params } = node.ReindexStmt;
    const form = hasOption(params, "concurrently") ? "reindex concurrently" : "reindex";
    if (kind === "REINDEX_OBJECT_TABLE") return [operation(form, tableName(relation), at)];
    return kind === "REINDEX_OBJECT_INDEX" ? [operation(form, undefined, at, { name: relation?.relname })] : [];
  }
  if ("VacuumStmt" in node) {
    const { options, rels } = node.VacuumStmt;
    if (!hasOption(options, "full")) return [];
    return (rels ?? []).flatMap((rel) =>
      "VacuumRelation" in rel ? [operation("vacuum full", tableName(rel.VacuumRelation.relation), at)] : [],
    );
  }
  if ("ClusterStmt" in node)
    return node.ClusterStmt.relation === undefined ? [] : [operation("cluster", tableName(node.ClusterStmt.relation), at)];
  if ("LockStmt" in node) {
    const detail = LOCK_MODES[node.LockStmt.mode ?? 8];
    return tablesOf(node.LockStmt.relations).map((table) => operation("lock table", table, at, { detail }));
  }
  if ("TruncateStmt" in node) return tablesOf(node.TruncateStmt.relations).map((table) => operation("truncate", table, at));
  if ("RefreshMatViewStmt" in node) {
    const { concurrent, relation, skipData } = node.RefreshMatViewStmt;
    if (skipData === true) return [];
    const form = concurrent === true ? "refresh materialized view concurrently" : "refresh materialized view";
    return [operation(form, tableName(relation), at)];
  }
  if ("CreateTrigStmt" in node)
    return [operation("create trigger", tableName(node.CreateTrigStmt.relation), at, { name: node.CreateTrigStmt.trigname })];
  if ("CreateStmt" in node) {
    const { partbound, inhRelations } = node.CreateStmt;
    return partbound === undefined ? [] : tablesOf(inhRelations).map((parent) => operation("create partition", parent, at));
  }
  return rows(node, at);
}

/** BEGIN, COMMIT and `SET lock_timeout`. */
export function transactionMark(node: SqlNode): TransactionMark | undefined {
  if ("TransactionStmt" in node) {
    const kind = node.TransactionStmt.kind ?? "TRANS_STMT_BEGIN";
    if (kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START") return "begin";
    return kind === "TRANS_STMT_COMMIT" || kind === "TRANS_STMT_ROLLBACK" ? "commit" : undefined;
  }
  return "VariableSetStmt" in node && node.VariableSetStmt.name?.toLowerCase() === "lock_timeout" ? "set lock_timeout" : undefined;
}

function rows(node: SqlNode, at: Span): Operation[] {
  if ("UpdateStmt" in node) {
    const { relation, targetList, whereClause } = node.UpdateStmt;
    const columns = allOf(targetList, "ResTarget").map(({ name }) => name ?? "");
    return [
      operation("update", tableName(relation), at, {
        columns,
        filtered: leavesRowsOut(whereClause, columns),
        plain: isPlainUpdate(node.UpdateStmt),
      }),
    ];
  }
  if ("DeleteStmt" in node) {
    const { relation, whereClause } = node.DeleteStmt;
    return [operation("delete", tableName(relation), at, { filtered: leavesRowsOut(whereClause, []) })];
  }
  if ("InsertStmt" in node) {
    const { relation, selectStmt } = node.InsertStmt;
    const query = selectStmt !== undefined && "SelectStmt" in selectStmt ? selectStmt.SelectStmt : undefined;
    const from = tablesOf(query?.fromClause)[0];
    if (query === undefined || from === undefined) return [];
    const limited = query.limitCount !== undefined || leavesRowsOut(query.whereClause, []);
    return [operation("insert select", tableName(relation), at, { other: from, filtered: limited })];
  }
  return [];
}

/** Not `x IS NULL` of a column that the same statement fills: every row is such a row when the column is new. */
function leavesRowsOut(where: SqlNode | undefined, filled: readonly string[]): boolean {
  if (where === undefined) return false;
  if ("NullTest" in where) {
    const { arg, nulltesttype } = where.NullTest;
    const column = arg !== undefined && "ColumnRef" in arg ? namesOf(arg.ColumnRef.fields).at(-1) : undefined;
    if (nulltesttype === "IS_NULL" && column !== undefined && filled.includes(column)) return false;
    return nulltesttype === "IS_NULL";
  }
  return true;
}

function drop(statement: DropStmt, at: Span): Operation[] {
  const conditional = statement.missing_ok === true;
  return (statement.objects ?? []).flatMap((node): Operation[] => {
    const parts = "List" in node ? namesOf(node.List.items) : [];
    const name = parts.at(-1) ?? "";
    switch (statement.removeType) {
      case "OBJECT_INDEX": {
        const form = statement.concurrent === true ? "drop index concurrently" : "drop index";
        return [operation(form, undefined, at, { name, conditional })];
      }
      case "OBJECT_TABLE":
      case "OBJECT_MATVIEW":
        return [operation("drop table", { namespace: parts.at(-2), name }, at, { conditional })];
      case "OBJECT_TRIGGER":
        return [operation("drop trigger", { namespace: parts.at(-3), name: parts.at(-2) ?? "" }, at, { name, conditional })];
      default:
        return [];
    }
  });
}

function rename(statement: RenameStmt, at: Span): Operation[] {
  const table = tableName(statement.relation);
  const details = { name: statement.subname, detail: statement.newname };
  switch (statement.renameType) {
    case "OBJECT_TABLE":
      return [operation("rename table", table, at, details)];
    case "OBJECT_COLUMN":
      return [operation("rename column", table, at, { columns: [statement.subname ?? ""], ...details })];
    case "OBJECT_TABCONSTRAINT":
      return [operation("rename constraint", table, at, details)];
    case "OBJECT_INDEX":
      return [operation("rename index", undefined, at, { ...details, name: table.name })];
    default:
      return [];
  }
}

function alterTable(statement: AlterTableStmt, source: StatementText): Operation[] {
  if (statement.objtype !== undefined && statement.objtype !== "OBJECT_TABLE") return [];
  const table = tableName(statement.relation);
  const commands = statement.cmds ?? [];
  const places = commandPlaces(statement, source);
  return commands.flatMap((node, i) => {
    const at = places.length === commands.length ? (places[i] as Span) : source.span;
    return "AlterTableCmd" in node ? command(table, node.AlterTableCmd, at) : [];
  });
}

/** Where the commands of an ALTER TABLE stand: what commas separate behind the table's name. */
function commandPlaces(statement: AlterTableStmt, source: StatementText): Span[] {
  const places: Span[] = [];
  let at = skipBlank(source.text, source.name(statement.relation?.location).end - source.start);
  if (source.text[at] === "*") at = skipBlank(source.text, at + 1);
  if (statement.cmds?.length === 1) return [{ start: source.start + at, end: source.span.end }];
  while (at < source.text.length) {
    const end = source.elementEnd(at);
    if (end === at) break;
    places.push({ start: source.start + at, end: source.start + end });
    const behind = skipBlank(source.text, end);
    if (source.text[behind] !== ",") break;
    at = skipBlank(source.text, behind + 1);
  }
  return places;
}

function command(table: TableName, cmd: AlterTableCmd, at: Span): Operation[] {
  const { def } = cmd;
  const name = cmd.name;
  const columns = name === undefined ? [] : [name];
  const conditional = cmd.missing_ok === true;
  switch (cmd.subtype) {
    case undefined:
    case "AT_AddColumn":
      return def !== undefined && "ColumnDef" in def ? addColumn(table, def.ColumnDef, at, conditional) : [];
    case "AT_AlterColumnType": {
      const column = def !== undefined && "ColumnDef" in def ? def.ColumnDef : undefined;
      const form = isOwnCast(column?.raw_default, name) ? "set column type" : "rewrite column type";
      return [operation(form, table, at, { name, columns, detail: typeOf(column?.typeName) })];
    }
    case "AT_AddConstraint":
      return def !== undefined && "Constraint" in def ? constraint(table, def.Constraint, at, undefined) : [];
    case "AT_AddInherit":
    case "AT_DropInherit": {
      const other = def !== undefined && "RangeVar" in def ? tableName(def.RangeVar) : undefined;
      return [operation(cmd.subtype === "AT_AddInherit" ? "inherit" : "no inherit", table, at, { other })];
    }
    case "AT_AttachPartition":
    case "AT_DetachPartition": {
      const partition = def !== undefined && "PartitionCmd" in def ? def.PartitionCmd : undefined;
      const form =
        cmd.subtype === "AT_AttachPartition"
          ? "attach partition"
          : partition?.concurrent === true
            ? "detach partition concurrently"
            : "detach partition";
      return [operation(form, table, at, { other: tableName(partition?.name) })];
    }
    default: {
      const form = FORMS[cmd.subtype];
      const detail = form === "set logged" ? (cmd.subtype === "AT_SetLogged" ? "LOGGED" : "UNLOGGED") : undefined;
      return form === undefined ? [] : [operation(form, table, at, { name, columns, conditional, detail })];
    }
  }
}

/** Whether a USING says no more than the change of type does without: nothing, the column, the column cast. */
function isOwnCast(using: SqlNode | undefined, column: string | undefined): boolean {
  if (using === undefined) return true;
  if ("TypeCast" in using) return isOwnCast(using.TypeCast.arg, column) && using.TypeCast.arg !== undefined;
  return "ColumnRef" in using && namesOf(using.ColumnRef.fields).join() === column;
}

const FORMS: Readonly<Partial<Record<NonNullable<AlterTableCmd["subtype"]>, LockForm>>> = {
  AT_DropColumn: "drop column",
  AT_ColumnDefault: "set default",
  AT_SetNotNull: "set not null",
  AT_DropNotNull: "drop not null",
  AT_AddIdentity: "add identity",
  AT_ValidateConstraint: "validate constraint",
  AT_DropConstraint: "drop constraint",
  AT_EnableTrig: "toggle trigger",
  AT_EnableAlwaysTrig: "toggle trigger",
  AT_EnableReplicaTrig: "toggle trigger",
  AT_DisableTrig: "toggle trigger",
  AT_EnableTrigAll: "toggle trigger",
  AT_DisableTrigAll: "toggle trigger",
  AT_EnableTrigUser: "toggle trigger",
  AT_DisableTrigUser: "toggle trigger",
  AT_SetLogged: "set logged",
  AT_SetUnLogged: "set logged",
  AT_SetTableSpace: "set tablespace",
  AT_SetRelOptions: "set storage parameters",
  AT_ResetRelOptions: "set storage parameters",
  AT_SetStatistics: "set statistics",
};

function addColumn(table: TableName, column: ColumnDef, at: Span, conditional: boolean): Operation[] {
  const name = column.colname ?? "";
  const own = constraintsOf(column);
  const form = columnForm(column, own);
  if (form === undefined) return [];
  const plain = isPlainColumn(column);
  const added = operation(form, table, at, { name, columns: [name], conditional, detail: typeOf(column.typeName), plain });
  return [added, ...own.flatMap((one) => constraint(table, one, at, name))];
}

/** Undefined for a default of which nobody knows whether it is another one for each row. */
function columnForm(column: ColumnDef, own: readonly Constraint[]): LockForm | undefined {
  if (/^(?:small|big)?serial[248]?$/.test(typeOf(column.typeName))) return "add serial column";
  for (const { contype, generated_kind, raw_expr } of own) {
    if (contype === "CONSTR_IDENTITY") return "add identity column";
    if (contype === "CONSTR_GENERATED") return generated_kind === "v" ? "add virtual generated column" : "add stored generated column";
    if (contype === "CONSTR_DEFAULT" && !isNull(raw_expr)) return DEFAULT_FORMS[defaultKind(raw_expr)];
  }
  return "add column";
}

const DEFAULT_FORMS: Readonly<Record<string, LockForm>> = {
  constant: "add column with default",
  stable: "add column with default",
  volatile: "add column with volatile default",
};

function isNull(node: SqlNode | undefined): boolean {
  if (node === undefined) return false;
  if ("TypeCast" in node) return isNull(node.TypeCast.arg);
  return "A_Const" in node && node.A_Const.isnull === true;
}

function constraint(table: TableName, given: Constraint, at: Span, newColumn: string | undefined): Operation[] {
  const named = (nodes: readonly SqlNode[] | undefined) => {
    const columns = namesOf(nodes);
    return columns.length === 0 && newColumn !== undefined ? [newColumn] : columns;
  };
  const details = { name: given.conname, ofNewColumn: newColumn !== undefined };
  switch (given.contype) {
    case "CONSTR_FOREIGN": {
      const form = given.skip_validation === true ? "add foreign key not valid" : "add foreign key";
      return [operation(form, table, at, { columns: named(given.fk_attrs), other: tableName(given.pktable), ...details })];
    }
    case "CONSTR_CHECK":
      return [operation(given.skip_validation === true ? "add check not valid" : "add check", table, at, details)];
    case "CONSTR_NOTNULL":
      // Behind a new column it is part of it.
      if (newColumn !== undefined) return [];
      return [
        operation(given.skip_validation === true ? "add not null not valid" : "set not null", table, at, {
          columns: namesOf(given.keys),
          ...details,
        }),
      ];
    case "CONSTR_PRIMARY":
    case "CONSTR_UNIQUE": {
      if (given.indexname !== undefined)
        return [operation("add constraint using index", table, at, { detail: given.indexname, ...details })];
      const form = given.contype === "CONSTR_PRIMARY" ? "add primary key" : "add unique";
      return [operation(form, table, at, { columns: named(given.keys), ...details })];
    }
    case "CONSTR_EXCLUSION":
      return [operation("add exclusion", table, at, details)];
    default:
      return [];
  }
}

function tablesOf(nodes: readonly SqlNode[] | undefined): TableName[] {
  return (nodes ?? []).flatMap((node) => {
    if ("RangeVar" in node) return [tableName(node.RangeVar)];
    if (!("JoinExpr" in node)) return [];
    const { larg, rarg } = node.JoinExpr;
    return tablesOf([larg, rarg].flatMap((side) => side ?? []));
  });
}

function hasOption(options: readonly SqlNode[] | undefined, name: string): boolean {
  return (options ?? []).some((node) => "DefElem" in node && node.DefElem.defname === name && isOn(node.DefElem));
}

function isOn({ arg }: DefElem): boolean {
  if (arg === undefined) return true;
  if ("Boolean" in arg) return arg.Boolean.boolval === true;
  return !("String" in arg) || !/^(?:off|false)$/i.test(arg.String.sval ?? "");
}

/** By PostgreSQL's numbers. */
const LOCK_MODES: readonly (string | undefined)[] = [
  undefined,
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
];

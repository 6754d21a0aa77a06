import type { DropStmt, RenameStmt } from "libpg-query";
import type { SqlNode } from "../../syntax/sql/sql.ts";
import { nameOf, namesOf, qualifiedName, tableName } from "./parseTree.ts";
import { callsWithoutRow, columnsAsked } from "./policyCalls.ts";
import { columnsUsed, relationsRead, viewedColumns } from "./selectedColumns.ts";
import type { CreateObject, SchemaChange, SchemaObjectKind, TableName } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";

/** What statements say of views, functions, types, sequences, triggers and extensions: by name, with their range. */
export function objectChanges(node: SqlNode, source: StatementText): SchemaChange[] {
  const created = (what: SchemaObjectKind, name: TableName, more: Details = {}): SchemaChange[] => [
    { kind: "createObject", what, name, at: source.span, ...more },
  ];
  if ("ViewStmt" in node) {
    const { view, query, aliases } = node.ViewStmt;
    const asked = query !== undefined && "SelectStmt" in query ? query.SelectStmt : undefined;
    const selected = viewedColumns(asked, namesOf(aliases));
    const read = { reads: relationsRead(asked), uses: columnsUsed(asked) };
    return view?.relpersistence === "t" ? [] : created("view", tableName(view), { ...read, ...(selected !== undefined && { selected }) });
  }
  if ("CreateFunctionStmt" in node) {
    const { funcname, is_procedure } = node.CreateFunctionStmt;
    return created(is_procedure === true ? "procedure" : "function", qualifiedName(funcname));
  }
  if ("CreateEnumStmt" in node) {
    const { typeName, vals } = node.CreateEnumStmt;
    return created("enum", qualifiedName(typeName), { values: namesOf(vals) });
  }
  if ("AlterEnumStmt" in node) {
    const { typeName, newVal, oldVal } = node.AlterEnumStmt;
    const renamed = oldVal === undefined ? {} : { renamed: oldVal };
    return [{ kind: "enumValue", name: qualifiedName(typeName), value: newVal ?? "", ...renamed }];
  }
  if ("CompositeTypeStmt" in node) return created("composite", tableName(node.CompositeTypeStmt.typevar));
  if ("CreateRangeStmt" in node) return created("range", qualifiedName(node.CreateRangeStmt.typeName));
  if ("CreateDomainStmt" in node) return created("domain", qualifiedName(node.CreateDomainStmt.domainname));
  if ("CreateSeqStmt" in node) {
    const { sequence, options } = node.CreateSeqStmt;
    const numbers = { increment: numberIn(options, "increment"), start: numberIn(options, "start") };
    return sequence?.relpersistence === "t" ? [] : created("sequence", tableName(sequence), withoutOnes(numbers));
  }
  if ("AlterSeqStmt" in node) {
    const { sequence, options } = node.AlterSeqStmt;
    const [increment, start] = [numberIn(options, "increment"), numberIn(options, "restart")];
    if (increment === undefined && start === undefined) return [];
    const altered = { ...(increment !== undefined && { increment }), ...(start !== undefined && { start }) };
    return [{ kind: "alterSequence", name: tableName(sequence), ...altered }];
  }
  if ("CreateExtensionStmt" in node) return created("extension", { namespace: undefined, name: node.CreateExtensionStmt.extname ?? "" });
  if ("CreateTrigStmt" in node) {
    const { relation, trigname, row, funcname } = node.CreateTrigStmt;
    const called = row === true ? { calledPerRow: nameOf(funcname).toLowerCase() } : {};
    return created("trigger", { namespace: undefined, name: trigname ?? "" }, { table: tableName(relation), ...called });
  }
  if ("CreatePolicyStmt" in node) {
    const { policy_name, table, qual, with_check } = node.CreatePolicyStmt;
    return policy(policy_name, tableName(table), qual, with_check);
  }
  if ("AlterPolicyStmt" in node) {
    const { policy_name, table, qual, with_check } = node.AlterPolicyStmt;
    return qual === undefined && with_check === undefined ? [] : policy(policy_name, tableName(table), qual, with_check);
  }
  return [];

  function policy(name: string | undefined, table: TableName, reading: unknown, writing: unknown): SchemaChange[] {
    const constantCalls = callsWithoutRow([reading, writing], source);
    const asks = columnsAsked(reading);
    const details = { table, ...(constantCalls.length > 0 && { constantCalls }), ...(asks.length > 0 && { asks }) };
    return created("policy", { namespace: undefined, name: name ?? "" }, details);
  }
}

type Details = Partial<
  Pick<CreateObject, "values" | "table" | "calledPerRow" | "constantCalls" | "asks" | "selected" | "reads" | "uses" | "increment" | "start">
>;

/** What a sequence counts in and begins with, where it is not one. */
export function withoutOnes({
  increment = 1,
  start = 1,
}: {
  readonly increment?: number | undefined;
  readonly start?: number | undefined;
}) {
  return { ...(increment !== 1 && { increment }), ...(start !== 1 && { start }) };
}

/** A number among the options of a sequence; 0 for one that does not fit into an integer, and for a RESTART where it began. */
function numberIn(options: readonly SqlNode[] | undefined, name: string): number | undefined {
  for (const option of options ?? []) {
    if (!("DefElem" in option) || option.DefElem.defname !== name) continue;
    const { arg } = option.DefElem;
    return arg !== undefined && "Integer" in arg ? (arg.Integer.ival ?? 0) : 0;
  }
  return undefined;
}

const KINDS: Readonly<Partial<Record<NonNullable<DropStmt["removeType"]>, SchemaObjectKind>>> = {
  OBJECT_VIEW: "view",
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "procedure",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_DOMAIN: "domain",
  OBJECT_EXTENSION: "extension",
  OBJECT_TRIGGER: "trigger",
  OBJECT_POLICY: "policy",
  OBJECT_TYPE: "enum",
};

export function droppedObject({ removeType: type, behavior }: DropStmt, node: SqlNode): SchemaChange[] {
  if (type === "OBJECT_SCHEMA") return "String" in node ? [{ kind: "dropNamespace", name: node.String.sval ?? "" }] : [];
  const what = type === undefined ? undefined : KINDS[type];
  const name = objectName(node);
  if (what === undefined || name === undefined) return [];
  // The statement does not say what kind of type it was.
  const kinds: readonly SchemaObjectKind[] = type === "OBJECT_TYPE" ? ["enum", "composite", "range"] : [what];
  const takes = type === "OBJECT_VIEW" || type === "OBJECT_TYPE" || type === "OBJECT_DOMAIN";
  const cascade = takes && behavior === "DROP_CASCADE" ? ({ cascade: true } as const) : {};
  return kinds.map((kind) => ({ kind: "dropObject", what: kind, name, ...cascade }));
}

export function renamedObject(statement: RenameStmt): SchemaChange[] {
  const what = statement.renameType === undefined ? undefined : KINDS[statement.renameType];
  const { object, relation } = statement;
  const name = relation === undefined ? object && objectName(object) : tableName(relation);
  return what === undefined || what === "trigger" || what === "policy" || name === undefined
    ? []
    : [{ kind: "renameObject", what, name, to: statement.newname ?? "" }];
}

function objectName(node: SqlNode): TableName | undefined {
  if ("List" in node) return qualifiedName(node.List.items);
  if ("String" in node) return { namespace: undefined, name: node.String.sval ?? "" };
  if ("TypeName" in node) return qualifiedName(node.TypeName.names);
  return "ObjectWithArgs" in node ? qualifiedName(node.ObjectWithArgs.objname) : undefined;
}

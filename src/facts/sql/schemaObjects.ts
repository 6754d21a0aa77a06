import type { DropStmt, RenameStmt } from "libpg-query";
import type { SqlNode } from "../../syntax/sql.ts";
import { nameOf, namesOf, qualifiedName, tableName } from "./parseTree.ts";
import { callsWithoutRow } from "./policyCalls.ts";
import type { CreateObject, SchemaChange, SchemaObjectKind, TableName } from "./sqlFacts.ts";
import type { StatementText } from "./statementText.ts";
import { wordsIn } from "./words.ts";

/** What statements say of views, functions, types, sequences, triggers and extensions: by name, with their range. */
export function objectChanges(node: SqlNode, source: StatementText): SchemaChange[] {
  const created = (what: SchemaObjectKind, name: TableName, more: Details = {}): SchemaChange[] => [
    { kind: "createObject", what, name, at: source.span, ...more },
  ];
  if ("ViewStmt" in node) {
    const { view } = node.ViewStmt;
    return view?.relpersistence === "t" ? [] : created("view", tableName(view), { words: wordsIn(source.text) });
  }
  if ("CreateFunctionStmt" in node) {
    const { funcname, is_procedure } = node.CreateFunctionStmt;
    return created(is_procedure === true ? "procedure" : "function", qualifiedName(funcname), { words: wordsIn(source.text) });
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
  if ("CreateDomainStmt" in node) return created("domain", qualifiedName(node.CreateDomainStmt.domainname));
  if ("CreateSeqStmt" in node) {
    const { sequence, options } = node.CreateSeqStmt;
    const increment = incrementIn(options) ?? 1;
    return sequence?.relpersistence === "t" ? [] : created("sequence", tableName(sequence), increment === 1 ? {} : { increment });
  }
  if ("AlterSeqStmt" in node) {
    const { sequence, options } = node.AlterSeqStmt;
    const increment = incrementIn(options);
    return increment === undefined ? [] : [{ kind: "sequenceIncrement", name: tableName(sequence), increment }];
  }
  if ("CreateExtensionStmt" in node) return created("extension", { namespace: undefined, name: node.CreateExtensionStmt.extname ?? "" });
  if ("CreateTrigStmt" in node) {
    const { relation, trigname, row, funcname } = node.CreateTrigStmt;
    const called = row === true ? { calledPerRow: nameOf(funcname).toLowerCase() } : {};
    return created("trigger", { namespace: undefined, name: trigname ?? "" }, { table: tableName(relation), ...called });
  }
  if ("CreatePolicyStmt" in node) {
    const { policy_name, table, qual, with_check } = node.CreatePolicyStmt;
    return policy(policy_name, tableName(table), [qual, with_check]);
  }
  if ("AlterPolicyStmt" in node) {
    const { policy_name, table, qual, with_check } = node.AlterPolicyStmt;
    return qual === undefined && with_check === undefined ? [] : policy(policy_name, tableName(table), [qual, with_check]);
  }
  return [];

  function policy(name: string | undefined, table: TableName, conditions: readonly unknown[]): SchemaChange[] {
    const constantCalls = callsWithoutRow(conditions, source);
    return created("policy", { namespace: undefined, name: name ?? "" }, { table, ...(constantCalls.length > 0 && { constantCalls }) });
  }
}

type Details = Partial<Pick<CreateObject, "values" | "table" | "calledPerRow" | "constantCalls" | "words" | "increment">>;

/** The steps that a sequence counts in, where its options say; 0 for a number that does not fit into an integer. */
function incrementIn(options: readonly SqlNode[] | undefined): number | undefined {
  for (const option of options ?? []) {
    if (!("DefElem" in option) || option.DefElem.defname !== "increment") continue;
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

export function droppedObject(type: DropStmt["removeType"], node: SqlNode): SchemaChange[] {
  if (type === "OBJECT_SCHEMA") return "String" in node ? [{ kind: "dropNamespace", name: node.String.sval ?? "" }] : [];
  const what = type === undefined ? undefined : KINDS[type];
  const name = objectName(node);
  if (what === undefined || name === undefined) return [];
  // The statement does not say what kind of type it was.
  const kinds: readonly SchemaObjectKind[] = type === "OBJECT_TYPE" ? ["enum", "composite"] : [what];
  return kinds.map((kind) => ({ kind: "dropObject", what: kind, name }));
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

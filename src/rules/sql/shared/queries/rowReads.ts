import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, unpack } from "../../../../facts/java/code.ts";
import type { Model } from "../../../../model/model.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { chainOf } from "../../../../model/persistence/written/chain.ts";
import type { WrittenQuery } from "../../../../model/persistence/written/writtenQueries.ts";
import { annotationNamed, annotationValue, constantText } from "../../../../model/types/constants.ts";
import type { Type } from "../../../../model/types/type.ts";
import type { TypeEntry } from "../../../../model/types/typeIndex.ts";
import { declarationOf } from "./declarations.ts";

/** The names, of properties or columns, that a query's result is read by; undefined where something else may be read. */
export function readNames(query: Query | WrittenQuery, file: JavaFile, model: Model): readonly string[] | undefined {
  if ("sender" in query) return handedReader(query, model);
  const declared = declarationOf(query, file);
  if (declared === undefined) return undefined;
  const returned = model.types.resolve(declared.method.returns, { file, type: declared.type });
  const element = returned !== undefined && WRAPPERS.test(returned.name) ? returned.args[0] : returned;
  return propertiesOf(element, file, model);
}

const WRAPPERS = /(?:^|\.)(?:List|Set|Collection|Iterable|Optional|Page|Slice|Stream|Streamable)$/;

/** What a class, a record or an interface of getters keeps of a row; undefined for entities, and for what computes. */
function propertiesOf(type: Type | undefined, { file }: JavaFile, model: Model): readonly string[] | undefined {
  const entry = type === undefined || type.args.length > 0 || type.dimensions > 0 ? undefined : model.types.entryOf(type, file);
  if (entry === undefined || model.persistence.entity(entry.type.qualified) !== undefined || entry.type.typeParameters.length > 0)
    return undefined;
  const lineage = model.types.lineage(entry);
  const { kind } = entry.type;
  if (lineage.some((one) => one.type.superclass !== undefined && lineage.length === 1)) return undefined;
  if (kind === "interface") return gettersOf(lineage);
  if (kind !== "class" && kind !== "record") return undefined;
  const given = namedParameters(entry, model);
  if (given !== undefined) return given.includes(undefined) ? undefined : given.flatMap((name) => name ?? []);
  const names = lineage.flatMap((one) => one.type.fields.flatMap(({ name, modifiers }) => (modifiers.includes("static") ? [] : [name])));
  return names.length === 0 ? undefined : names;
}

/** The columns that the parameters of a constructor name: `Profile(@Column("user_id") int user)`; undefined where none does. */
function namedParameters({ file, type }: TypeEntry, model: Model): readonly (string | undefined)[] | undefined {
  const names = type.methods
    .filter(({ kind }) => kind === "constructor")
    .flatMap(({ parameters }) =>
      parameters.map(({ annotations }) => {
        const column = annotationNamed(annotations, "Column", "ColumnName");
        const value = annotationValue(column, "value") ?? annotationValue(column, "name");
        return value === undefined ? undefined : constantText(value, { file, type }, model.types);
      }),
    );
  return names.some((name) => name !== undefined) ? names : undefined;
}

function gettersOf(lineage: readonly TypeEntry[]): readonly string[] | undefined {
  const methods = lineage.flatMap(({ type }) => type.methods.filter(({ body, modifiers }) => body < 0 && !modifiers.includes("static")));
  const names = methods.map(({ name, parameters, annotations }) =>
    parameters.length > 0 || annotationNamed(annotations, "Value") !== undefined ? undefined : /^(?:get|is)(\p{Lu}.*)$/u.exec(name)?.[1],
  );
  return names.length === 0 || names.includes(undefined) ? undefined : names.flatMap((name) => name ?? []);
}

/** What the reader of rows takes that a call of JDBC is handed. */
function handedReader({ sender, order }: WrittenQuery, model: Model): readonly string[] | undefined {
  const method = model.calls.method(sender);
  const code = method === undefined ? undefined : model.calls.codeOf(method);
  const call = code?.nodes[order];
  if (method === undefined || code === undefined || call?.kind !== "call") return undefined;
  const { owner } = method.declared;
  for (const arg of chainOf(code, call).steps.flatMap(({ args }) => args)) {
    const kept = arg.kind === "name" || arg.kind === "field" ? keptReader(arg.text, owner) : arg;
    const names = kept === undefined ? undefined : readerNames(kept, owner, model);
    if (names !== undefined) return names === "other" ? undefined : names;
  }
  return undefined;
}

/** `private static final RowMapper<Order> MAPPER = …`. */
function keptReader(name: string, { file, type }: TypeEntry): CodeNode | undefined {
  const field = type.fields.find((one) => one.name === name && /(?:^|\.)RowMapper\b/.test(one.type) && one.modifiers.includes("final"));
  return field === undefined || field.initializer < 0 ? undefined : unpack(file.java.code, field.initializer);
}

/** Undefined for what reads no rows. */
function readerNames(node: CodeNode, owner: TypeEntry, model: Model): readonly string[] | "other" | undefined {
  if (node.kind === "lambda") {
    const [rows, , ...more] = childrenOf(node, "parameter");
    const body = childOf(node, "body");
    return rows === undefined || more.length > 0 || body === undefined ? "other" : (columnsTaken(body, rows.text) ?? "other");
  }
  if (node.kind === "reference") {
    const called = owner.type.methods.filter(({ name, body }) => name === node.text && body >= 0);
    return called.length === 1 ? methodNames(called[0], owner) : "other";
  }
  const mapped = /(?:BeanProperty|DataClass)RowMapper/;
  if (node.kind === "call" && /^(?:newInstance)$/.test(node.text)) {
    const on = childOf(node, "receiver");
    if (on !== undefined && mapped.test(on.text)) return beanNames(childrenOf(node, "argument")[0], owner, model);
  }
  if (node.kind !== "new") return undefined;
  if (mapped.test(node.type)) return beanNames(childrenOf(node, "argument")[0], owner, model);
  const entry = model.types.entryOf(model.types.resolve(node.type, owner), owner.file.file);
  const reads = entry?.type.methods.find(({ name, body }) => name === "mapRow" && body >= 0);
  return entry === undefined || reads === undefined ? undefined : methodNames(reads, entry);
}

function methodNames(method: TypeEntry["type"]["methods"][number] | undefined, { file }: TypeEntry): readonly string[] | "other" {
  const rows = method?.parameters[0]?.name;
  if (method === undefined || rows === undefined) return "other";
  return columnsTaken(unpack(file.java.code, method.body), rows) ?? "other";
}

const beanNames = (literal: CodeNode | undefined, owner: TypeEntry, model: Model): readonly string[] | "other" =>
  literal?.kind !== "class" ? "other" : (propertiesOf(model.types.resolve(literal.type, owner), owner.file, model) ?? "other");

/** The columns that code takes of a row by their names; undefined where it hands the row on, or takes one by its number. */
function columnsTaken(body: CodeNode, rows: string): readonly string[] | undefined {
  const names = new Set<string>();
  for (const node of nodesUnder(body)) {
    if (node.kind !== "name" || node.text !== rows) continue;
    const call = node.role === "receiver" ? node.parent : undefined;
    if (call?.kind !== "call") return undefined;
    if (call.text === "wasNull") continue;
    const [column] = childrenOf(call, "argument");
    if (!/^get\p{Lu}/u.test(call.text) || column?.kind !== "literal" || column.type !== "String") return undefined;
    names.add(column.text);
  }
  return names.size === 0 ? undefined : [...names];
}

function nodesUnder(root: CodeNode): readonly CodeNode[] {
  const nodes = [root];
  for (let i = 0; i < nodes.length; i++) nodes.push(...(nodes[i] as CodeNode).children);
  return nodes;
}

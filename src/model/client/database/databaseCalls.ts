import { namedArgument, positionalArguments } from "../../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../../facts/dart/code.ts";
import { stringText } from "../../../facts/dart/strings.ts";
import type { DartFile } from "../../../facts/fileFacts.ts";
import { mayHold } from "../../../facts/packedCode.ts";
import { initializerOf } from "../bodies.ts";
import type { ClientModel } from "../clientModel.ts";
import { DRIFT, SQFLITE } from "../flutterNames.ts";
import { simpleName } from "../typeNames.ts";
import { DRIFT_BEGINS, DRIFT_ENDS, driftBegin } from "./driftBuilders.ts";
import { bindingOf, type DartType, type ExpressionTypes, type TypePlace } from "./expressionTypes.ts";

/** What an object of sqflite or drift is. An executor may be a database or a transaction. */
export type DatabaseHandle = "database" | "transaction" | "executor" | "batch" | "drift";

export type CallPurpose = "read" | "write" | "other";

/** A call that sends a statement to SQLite. */
export interface DatabaseCall {
  /** The whole expression: `db.insert('t', row)`. */
  readonly chain: DartNode;
  readonly call: DartNode;
  /** From where to where it is written up to the closing parenthesis. */
  readonly start: number;
  readonly end: number;
  readonly method: string;
  readonly purpose: CallPurpose;
  readonly handle: DatabaseHandle;
  /** A database that somebody else has opened, who may be in a transaction with it: `onUpgrade` is. */
  readonly isGiven: boolean;
  /** "db.insert()" */
  readonly label: string;
  /** The statement, interpolations as `INTERPOLATED`; undefined where it is put together elsewhere, or by the call's arguments. */
  readonly sql: string | undefined;
  /** Where the statement stands, or the arguments that make it. */
  readonly text: DartNode | undefined;
  /** The first argument of the calls that take a table. */
  readonly table: DartNode | undefined;
}

/** The calls of sqflite's DatabaseExecutor that take a table, with what they do. */
const ON_TABLE: Readonly<Record<string, CallPurpose>> = {
  query: "read",
  queryCursor: "read",
  insert: "write",
  update: "write",
  delete: "write",
};
/** Those that take SQL; undefined where the text says what they do. */
const OF_TEXT: Readonly<Record<string, CallPurpose | undefined>> = {
  rawQuery: "read",
  rawQueryCursor: "read",
  rawInsert: "write",
  rawUpdate: "write",
  rawDelete: "write",
  execute: undefined,
};
/** Of drift those that take SQL. */
const OF_DRIFT: Readonly<Record<string, CallPurpose | undefined>> = {
  customSelect: "read",
  customInsert: "write",
  customUpdate: "write",
  customWriteReturning: "write",
  customStatement: undefined,
};
/** Of drift's statements that are put together by calls, what no other class has as well: a file that has none of these builds none. */
const BUILDS = ["select", "selectOnly", "into"];
const METHODS: ReadonlySet<string> = new Set([ON_TABLE, OF_TEXT, OF_DRIFT].flatMap((methods) => Object.keys(methods)));

/** Whether a file names one of the calls at all. */
export const mayCallDatabase = (file: DartFile): boolean => speaksOf(file, ...METHODS, ...BUILDS);

/** Whether code of a file names one of these. */
export const speaksOf = ({ dart: { code } }: DartFile, ...names: readonly string[]): boolean =>
  names.some((name) => mayHold(code, name) && code.strings.includes(name));

/** The statements that a body sends, in source order. */
export function databaseCallsIn(body: DartNode, place: TypePlace, types: ExpressionTypes, model: ClientModel): readonly DatabaseCall[] {
  const calls: DatabaseCall[] = [];
  for (const node of nodesIn(body)) {
    if (node.kind !== "chain") continue;
    for (const [index, part] of node.children.entries()) {
      if (part.kind !== "call") continue;
      const name = node.children[index - 1];
      if (name === undefined || (name.kind !== "property" && name.kind !== "name")) continue;
      const call =
        (METHODS.has(name.text) ? callAt(node, index, place, types, model) : undefined) ??
        (Object.hasOwn(DRIFT_ENDS, name.text) ? builtAt(node, index, place, types, model) : undefined);
      if (call !== undefined) calls.push(call);
    }
  }
  return calls;
}

function callAt(chain: DartNode, index: number, place: TypePlace, types: ExpressionTypes, model: ClientModel): DatabaseCall | undefined {
  const call = chain.children[index] as DartNode;
  const name = chain.children[index - 1] as DartNode;
  const type = name.kind === "name" ? ownType(place) : types.typeOfChain(chain, index - 1, place);
  const handle = type === undefined ? undefined : handleOf(type, types, model);
  if (type === undefined || handle === undefined) return undefined;
  const method = name.text;
  const isDrift = handle === "drift";
  if (isDrift ? !(method in OF_DRIFT) : !(method in ON_TABLE || method in OF_TEXT)) return undefined;
  const [first] = positionalArguments(call);
  const takesTable = !isDrift && method in ON_TABLE;
  const text = takesTable ? undefined : first;
  const sql = text === undefined ? undefined : constantText(text, place, model);
  const named = chain.children.slice(0, index).filter(({ kind }) => kind === "name" || kind === "property");
  return {
    chain,
    call,
    start: chain.start,
    end: call.end,
    method,
    purpose: (takesTable ? ON_TABLE[method] : (OF_TEXT[method] ?? OF_DRIFT[method])) ?? purposeOf(sql),
    handle,
    isGiven: type.isGiven,
    label: `${named
      .slice(-2)
      .map((part) => part.text)
      .join(".")}()`,
    sql,
    text: takesTable ? (namedArgument(call, "where") ?? undefined) : text,
    table: takesTable ? first : undefined,
  };
}

/** A statement of drift that calls have put together. */
function builtAt(chain: DartNode, index: number, place: TypePlace, types: ExpressionTypes, model: ClientModel): DatabaseCall | undefined {
  const end = chain.children[index - 1]?.text ?? "";
  const begin = driftBegin(chain, index - 1);
  const name = begin?.chain.children[begin.index - 1];
  const opened = begin?.chain.children[begin.index];
  if (begin === undefined || name === undefined || opened === undefined || DRIFT_BEGINS[name.text] !== DRIFT_ENDS[end]) return undefined;
  const type = name.kind === "name" ? ownType(place) : types.typeOfChain(begin.chain, begin.index - 1, place);
  if (type === undefined || handleOf(type, types, model) !== "drift") return undefined;
  return {
    chain,
    call: chain.children[index] as DartNode,
    start: chain.start,
    end: (chain.children[index] as DartNode).end,
    method: end,
    purpose: DRIFT_ENDS[end] ?? "other",
    handle: "drift",
    isGiven: type.isGiven,
    label: `${name.text}().${end}()`,
    sql: undefined,
    text: undefined,
    table: positionalArguments(opened)[0],
  };
}

const ownType = ({ entry, file }: TypePlace): DartType | undefined =>
  entry === undefined ? undefined : { type: entry.type.name, file, isGiven: false };

/** What an object of a type is to SQLite; undefined for everything else. */
function handleOf(type: DartType, types: ExpressionTypes, model: ClientModel): DatabaseHandle | undefined {
  const entry = types.classOf(type);
  if (entry !== undefined) {
    for (const { type: above, file } of model.lineageOf(entry)) {
      const base = above.superclass === undefined ? undefined : simpleName(above.superclass);
      if (base === `_$${above.name}` && file.dart.directives.some(({ uri }) => DRIFT.test(uri))) return "drift";
      if (base === "GeneratedDatabase" || base === "DatabaseAccessor") return "drift";
    }
    return undefined;
  }
  if (!type.file.dart.directives.some(({ uri }) => SQFLITE.test(uri))) return undefined;
  switch (simpleName(type.type)) {
    case "Database":
      return "database";
    case "Transaction":
      return "transaction";
    case "DatabaseExecutor":
      return "executor";
    case "Batch":
      return "batch";
    default:
      return undefined;
  }
}

/** A string where it is used, or the local, field or variable that holds it. */
function constantText(node: DartNode, place: TypePlace, model: ClientModel): string | undefined {
  if (node.kind === "string") return stringText(node);
  if (node.kind !== "name") return undefined;
  const binding = bindingOf(node);
  if (binding === "unknown") return undefined;
  if (binding !== undefined)
    return binding.kind === "local" && binding.children[0] !== undefined ? stringText(binding.children[0]) : undefined;
  if (place.method?.parameters.some(({ name }) => name === node.text)) return undefined;
  const field = place.entry === undefined ? undefined : model.fieldOf(place.entry, node.text);
  const found = field === undefined ? model.variableOf(node.text) : { file: field.owner.file, field: field.field };
  if (found === undefined || !(found.field.isConst || found.field.isFinal)) return undefined;
  const value = initializerOf(found.field, found.file);
  return value === undefined ? undefined : stringText(value);
}

function purposeOf(sql: string | undefined): CallPurpose {
  if (sql === undefined) return "other";
  if (/^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i.test(sql)) return "write";
  return /^\s*(?:SELECT|WITH)\b/i.test(sql) ? "read" : "other";
}

import { type DartNode, hasFlag, holdsDartKind, nodesIn } from "../../../facts/dart/code.ts";
import type { DartMethod } from "../../../facts/dart/dartFacts.ts";
import { INTERPOLATED } from "../../../facts/dart/strings.ts";
import type { DartFile } from "../../../facts/fileFacts.ts";
import { bodyOf, methodsOf } from "../bodies.ts";
import type { ClassEntry, ClientModel } from "../clientModel.ts";
import { type CallPurpose, type DatabaseCall, databaseCallsIn, mayCallDatabase, speaksOf } from "./databaseCalls.ts";
import { type ElementLoop, elementLoopAround, isInTransaction, localOf } from "./elementLoops.ts";
import { ExpressionTypes, type TypePlace } from "./expressionTypes.ts";

/** A statement that SQLite runs once per element of a loop, outside of any transaction. */
export interface PerElement {
  readonly loop: ElementLoop;
  /** The call in the loop: that of the database, or the one that leads there. */
  readonly chain: DartNode;
  readonly start: number;
  readonly end: number;
  /** "db.insert()", or the callee's "dao.save()". */
  readonly label: string;
  readonly call: DatabaseCall;
  /** The method that sends the statement, where the loop does not by itself. */
  readonly through: { readonly file: DartFile; readonly method: DartMethod } | undefined;
  /** The loop runs over the rows of another query. */
  readonly overRows: boolean;
  /** The loop waits for other things than the database for each element. */
  readonly waitsElsewhere: boolean;
  readonly body: DartNode;
}

/** Calls that are followed to a statement. */
const HOPS = 2;
/** Code that runs once per installation, in the transaction that sqflite opens for it, as `onCreate` and `onUpgrade` do. */
const RUNS_ONCE = /migrat|upgrade|downgrade|oncreate|seed|createtable|createdb|restore|import/i;

type Purpose = Exclude<CallPurpose, "other">;
const PURPOSES: readonly Purpose[] = ["read", "write"];

interface Latest {
  readonly file: DartFile;
  readonly collection: unknown;
  readonly found: readonly PerElement[];
}

/** The rules on reads and on writes ask for the same file, one after the other. */
const LATEST = new WeakMap<ClientModel, Latest>();

/** What runs once per element in the code of a file, for one purpose, in source order. */
export function perElementIn(file: DartFile, purpose: Purpose, model: ClientModel): readonly PerElement[] {
  const { collection } = model;
  let latest = LATEST.get(model);
  if (latest?.file !== file || latest.collection !== collection)
    LATEST.set(model, (latest = { file, collection, found: searched(file, model) }));
  return latest.found.filter(({ call }) => call.purpose === purpose);
}

function searched(file: DartFile, model: ClientModel): readonly PerElement[] {
  if (file.dart.generated || file.dart.tooling || !model.speaksToSqlite() || RUNS_ONCE.test(file.file)) return [];
  const found: PerElement[] = [];
  const types = new ExpressionTypes(model);
  const isDirect = mayCallDatabase(file);
  // As `elementLoopAround` finds them: `xs.forEach(…)`, `Future.wait(xs.map(…))`.
  const passesClosures = speaksOf(file, "forEach") || (speaksOf(file, "map") && speaksOf(file, "wait"));
  const mayLoop = ({ body }: DartMethod): boolean =>
    holdsDartKind(file.dart.code, body, "for", "foreach") || (passesClosures && holdsDartKind(file.dart.code, body, "closure"));
  for (const [method, entry] of methodsOf(file)) {
    if ((!isDirect && !method.marker.startsWith("async")) || RUNS_ONCE.test(method.name)) continue;
    if ((entry !== undefined && RUNS_ONCE.test(entry.type.name)) || !mayLoop(method)) continue;
    const body = bodyOf(method, file);
    if (body !== undefined) found.push(...inBody(body, { file, entry, method }, types, model));
  }
  return found;
}

function inBody(body: DartNode, place: TypePlace, types: ExpressionTypes, model: ClientModel): readonly PerElement[] {
  const chains = [...nodesIn(body)].filter((node) => node.kind === "chain" && isInLoop(node));
  if (chains.length === 0) return [];
  const calls = databaseCallsIn(body, place, types, model);
  if (calls.some(({ sql }) => sql !== undefined && /^\s*(?:BEGIN|SAVEPOINT)\b/i.test(sql))) return [];
  return chains.flatMap((chain): readonly PerElement[] => {
    const direct = calls.filter((call) => call.chain === chain);
    const mayLead = direct.length === 0 && isAwaited(chain);
    const loop = direct.length > 0 || mayLead ? elementLoopAround(chain, place, model) : undefined;
    if (loop === undefined) return [];
    return PURPOSES.flatMap((purpose): readonly PerElement[] => {
      const own = direct.find((call) => isOwn(call, purpose));
      const led = mayLead ? ledTo(chain, place, purpose, types, model, HOPS) : undefined;
      const call = own ?? led?.call;
      if (call === undefined || (own !== undefined && isPerTable(own, loop))) return [];
      return [
        {
          loop,
          chain,
          start: chain.start,
          end: own?.end ?? chain.end,
          label: own?.label ?? (led?.label as string),
          call,
          through: led?.through,
          overRows: isOverRows(loop, place, types, model),
          waitsElsewhere: waitsElsewhere(loop, chain, calls),
          body,
        },
      ];
    });
  });
}

/** A database that this code opened or keeps: sqflite runs each of its statements in a transaction of its own. */
const isOwn = (call: DatabaseCall, purpose: CallPurpose): boolean =>
  call.purpose === purpose && !call.isGiven && (call.handle === "database" || call.handle === "drift");

function isInLoop(node: DartNode): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at.kind === "foreach" || at.kind === "for" || at.kind === "closure") return true;
  }
  return false;
}

function isAwaited(chain: DartNode): boolean {
  const { parent } = chain;
  return parent?.kind === "await" || (parent?.kind === "closure" && chain.role === "body");
}

interface Led {
  readonly call: DatabaseCall;
  readonly label: string;
  readonly through: { readonly file: DartFile; readonly method: DartMethod };
}

/** The statement that a call of a method of the workspace sends, once and whatever its arguments are. */
function ledTo(
  chain: DartNode,
  place: TypePlace,
  purpose: CallPurpose,
  types: ExpressionTypes,
  model: ClientModel,
  hops: number,
): Led | undefined {
  const callee = calleeOf(chain, place, types, model);
  if (callee === undefined) return undefined;
  const { owner, method, label } = callee;
  const isLast = hops === 1;
  if ((isLast && !mayCallDatabase(owner.file)) || RUNS_ONCE.test(method.name)) return undefined;
  const body = bodyOf(method, owner.file);
  if (body === undefined) return undefined;
  const there: TypePlace = { file: owner.file, entry: owner, method };
  const isSure = (node: DartNode) => !isConditional(node, body) && !isInTransaction(node);
  const calls = databaseCallsIn(body, there, types, model);
  if (calls.some(({ sql }) => sql !== undefined && /^\s*(?:BEGIN|SAVEPOINT)\b/i.test(sql))) return undefined;
  const call = calls.find((candidate) => isOwn(candidate, purpose) && isSure(candidate.chain));
  if (call !== undefined) return { call, label, through: { file: owner.file, method } };
  if (isLast) return undefined;
  for (const node of nodesIn(body)) {
    if (node.kind !== "chain" || !(isAwaited(node) || node.parent?.kind === "return" || node === body) || !isSure(node)) continue;
    const led = ledTo(node, there, purpose, types, model, hops - 1);
    if (led !== undefined) return { ...led, label };
  }
  return undefined;
}

function calleeOf(chain: DartNode, place: TypePlace, types: ExpressionTypes, model: ClientModel) {
  const call = chain.children.at(-1);
  const name = chain.children.at(-2);
  if (call?.kind !== "call" || (name?.kind !== "property" && name?.kind !== "name")) return undefined;
  const isBare = name.kind === "name";
  const type = isBare ? undefined : types.typeOfChain(chain, chain.children.length - 2, place);
  const entry: ClassEntry | undefined = isBare ? place.entry : type === undefined ? undefined : types.classOf(type);
  const found = entry === undefined ? undefined : model.methodOf(entry, name.text);
  if (found === undefined || found.method.kind !== "method") return undefined;
  return { label: `${name.text}()`, ...found };
}

/** Whether a branch, a loop, a closure or an early return stands between a method's start and a node. */
function isConditional(node: DartNode, body: DartNode): boolean {
  for (let at = node; at !== body && at.parent !== undefined; at = at.parent) {
    const around = at.parent;
    if (/^(?:if|for|foreach|while|do|switch|case|catch|closure|function|conditional)$/.test(around.kind) && at.role !== "condition")
      return true;
  }
  return [...nodesIn(body)].some((other) => other.kind === "return" && other.end <= node.start && other.start < node.start);
}

/** A statement for each of some tables is one for each of some statements. */
function isPerTable({ table, sql, text }: DatabaseCall, { node: loop, variables }: ElementLoop): boolean {
  const perElement = new Set(variables);
  const names = (node: DartNode): boolean => [...nodesIn(node)].some((inner) => inner.kind === "name" && perElement.has(inner.text));
  for (const local of nodesIn(loop)) if (local.kind === "local" && local.children.some(names)) perElement.add(local.text);
  if (table !== undefined) return names(table);
  if (sql === undefined || text === undefined) return false;
  return [...sql.matchAll(new RegExp(`\\b(?:FROM|INTO|UPDATE|JOIN|TABLE)\\s+["\`]?${INTERPOLATED}`, "gi"))].some(({ index, 0: match }) => {
    const before = sql.slice(0, index + match.length - 1).split(INTERPOLATED).length - 1;
    const interpolation = text.children[before];
    return interpolation !== undefined && names(interpolation);
  });
}

function isOverRows({ iterable }: ElementLoop, place: TypePlace, types: ExpressionTypes, model: ClientModel): boolean {
  const value = iterable === undefined ? undefined : (localOf(iterable)?.children[0] ?? iterable);
  if (value === undefined) return false;
  if (databaseCallsIn(value, place, types, model).some(({ purpose }) => purpose === "read")) return true;
  return [...nodesIn(value)].some(
    (node) => node.kind === "chain" && isAwaited(node) && ledTo(node, place, "read", types, model, HOPS) !== undefined,
  );
}

/** A request or a file for each element takes longer than its statement, and its result is better kept at once. */
function waitsElsewhere({ node: loop }: ElementLoop, chain: DartNode, calls: readonly DatabaseCall[]): boolean {
  return [...nodesIn(loop)].some((node) => {
    if (node.kind === "foreach" && hasFlag(node, "async")) return true;
    if (node.kind !== "await" || node.role === "iterable") return false;
    const [waited] = node.children;
    return waited !== chain && !calls.some((call) => call.chain === waited) && !isDatabaseItself(waited);
  });
}

/** `await database`, `await helper.db`: there from the second time on. */
const isDatabaseItself = (node: DartNode | undefined): boolean =>
  node?.kind === "name" || (node?.kind === "chain" && node.children.every(({ kind }) => kind !== "call"));

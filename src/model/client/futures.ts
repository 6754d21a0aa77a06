import { creationOf, partsOf, rootOf } from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn, unpackDart } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { type ClassEntry, type ClientModel, simpleName } from "./clientModel.ts";

/** Where an expression stands. */
export interface CodePlace {
  readonly file: DartFile;
  /** undefined in a top-level function. */
  readonly entry: ClassEntry | undefined;
  /** The body that holds the expression. */
  readonly body: DartNode;
}

/** A call that makes a new future or stream each time that it runs. */
export interface FreshCall {
  readonly node: DartNode;
  /** "load" of `repository.load()`, "Future.wait" of a constructor or static method. */
  readonly callee: string;
  /** What the called method says it returns, where the workspace declares it. */
  readonly returns: string | undefined;
  /** Whether the code that makes it was seen. Code of packages may keep what it answers; a view of a stream costs little. */
  readonly isProven: boolean;
  /** Only another view of something that is there already: `changes.where(…)`. */
  readonly isView: boolean;
}

/** Calls that answer with what they have answered before: memoizers, hooks, provider look-ups. */
const KEEPS = new Set([
  "runOnce",
  "putIfAbsent",
  "watch",
  "read",
  "select",
  "of",
  "maybeOf",
  "useMemoized",
  "useFuture",
  "useStream",
  "useState",
  "call",
  "find",
  // CachingAssetBundle, which rootBundle is, keeps the futures of both.
  "loadString",
  "loadStructuredData",
]);
/** Constructors whose future is complete, or whose stream ends at once. */
const SETTLED = new Set(["Future.value", "Future.error", "SynchronousFuture", "Stream.value", "Stream.empty", "Stream.error"]);
/** Calls whose result is another view of what they are called on. */
const VIEWS = new Set([
  "then",
  "catchError",
  "whenComplete",
  "timeout",
  "map",
  "where",
  "distinct",
  "asBroadcastStream",
  "take",
  "skip",
  "cast",
  "debounceTime",
  "throttleTime",
  "startWith",
]);
const HOPS = 3;

/** The call that makes a value anew; undefined where the value is kept, or where nobody can tell. */
export function freshCall(value: DartNode, place: CodePlace, model: ClientModel, hops = HOPS): FreshCall | undefined {
  switch (value.kind) {
    case "cast":
      return value.children[0] === undefined ? undefined : freshCall(value.children[0], place, model, hops);
    case "conditional":
      return first(value.children.slice(1), place, model, hops);
    case "binary":
      return value.text === "??" ? first(value.children.slice(1), place, model, hops) : undefined;
    case "assign":
      return value.text === "=" && value.children[1] !== undefined ? freshCall(value.children[1], place, model, hops) : undefined;
    case "name":
      return ofName(value, place, model, hops);
    case "chain":
      return ofChain(value, place, model, hops);
    default:
      return undefined;
  }
}

function first(values: readonly DartNode[], place: CodePlace, model: ClientModel, hops: number): FreshCall | undefined {
  for (const value of values) {
    const fresh = freshCall(value, place, model, hops);
    if (fresh !== undefined) return fresh;
  }
  return undefined;
}

/** A local that the same build made, or a getter that makes it. */
function ofName(value: DartNode, place: CodePlace, model: ClientModel, hops: number): FreshCall | undefined {
  const local = [...nodesIn(place.body)].find((node) => node.kind === "local" && node.text === value.text);
  if (local !== undefined) return local.children[0] === undefined ? undefined : freshCall(local.children[0], place, model, hops);
  const getter = place.entry === undefined ? undefined : model.methodOf(place.entry, value.text);
  if (getter?.method.kind !== "getter" || isKept(getter, model, hops)) return undefined;
  return { node: value, callee: value.text, returns: getter.method.returns, isProven: getter.method.body >= 0, isView: false };
}

function ofChain(value: DartNode, place: CodePlace, model: ClientModel, hops: number): FreshCall | undefined {
  const parts = partsOf(value);
  const root = rootOf(value);
  if (root !== undefined && root.rest.length === 0 && parts.at(-1)?.kind === "property") return undefined;
  if (parts.at(-1)?.kind !== "call") return undefined;
  const named = [value.children[0], ...parts].filter((part) => part?.kind === "name" || part?.kind === "property");
  const callee = named.at(-1)?.text ?? "";
  const creation = creationOf(value);
  const spelled = creation === undefined ? callee : [creation.type, creation.constructorName].filter((name) => name !== "").join(".");
  if (KEEPS.has(callee) || SETTLED.has(spelled) || callee === "") return undefined;
  if (VIEWS.has(callee)) {
    const inner = ofChain(withoutLastCall(value), place, model, hops);
    return inner === undefined
      ? { node: value, callee, returns: undefined, isProven: false, isView: true }
      : { ...inner, node: value, returns: undefined };
  }
  const target = calledMethod(value, place, model);
  if (target !== undefined && isKept(target, model, hops)) return undefined;
  const seen = target === undefined ? creation !== undefined && /^(?:Future|Stream)$/.test(creation.type) : target.method.body >= 0;
  const isProven = seen && !isMerelyPassedOn(target, model, hops);
  return { node: value, callee: spelled, returns: target?.method.returns, isProven, isView: false };
}

/** `a.b()` of `a.b().then(…)`. */
function withoutLastCall(chain: DartNode): DartNode {
  const last = chain.children.findLastIndex((part) => part.kind === "property");
  return { ...chain, children: chain.children.slice(0, last) };
}

/** A method that only asks another one which nobody has seen the code of. */
function isMerelyPassedOn(target: Target | undefined, model: ClientModel, hops: number): boolean {
  if (target === undefined || target.method.marker !== "" || hops === 0) return false;
  const body = unpackDart(target.owner.file.dart.code, target.method.body);
  const values = body.kind === "block" ? returnedFrom(body) : [body];
  const place: CodePlace = { file: target.owner.file, entry: target.owner, body };
  return values.length > 0 && values.every((value) => freshCall(value, place, model, hops - 1)?.isProven === false);
}

type Target = NonNullable<ReturnType<ClientModel["methodOf"]>>;

/**
 * The workspace's method that a chain ends by calling: of the same class, of a field's type, of the widget, of what a provider or
 * locator is asked for by type, or a static one.
 */
function calledMethod(chain: DartNode, { entry, file }: CodePlace, model: ClientModel): Target | undefined {
  const asked = chain.children.findLastIndex((part) => part.kind === "call" && part.type !== "");
  const [property, call, ...rest] = chain.children.slice(asked + 1);
  if (asked > 0 && property?.kind === "property" && call?.kind === "call" && rest.every((part) => part.kind === "cascade")) {
    const type = model.classOf(simpleName(chain.children[asked]?.type ?? ""), file);
    return type === undefined ? undefined : model.methodOf(type, property.text);
  }
  return namedMethod(chain, { entry, file }, model);
}

function namedMethod(chain: DartNode, { entry, file }: Pick<CodePlace, "entry" | "file">, model: ClientModel): Target | undefined {
  const root = rootOf(chain);
  if (root === undefined) return undefined;
  const names = [root.name, ...root.rest.filter((part) => part.kind !== "bang").map((part) => (part.kind === "property" ? part.text : ""))];
  const call = names.pop();
  if (call !== "" || names.includes("")) return undefined;
  const method = names.pop() as string;
  let at = entry;
  for (const name of names) {
    const next: ClassEntry | undefined =
      name === "widget" && at === entry
        ? widgetOf(entry, model)
        : /^[A-Z]/.test(name)
          ? model.classOf(name, file)
          : typeOfMember(at, name, model);
    if (next === undefined) return undefined;
    at = next;
  }
  return at === undefined ? undefined : model.methodOf(at, method);
}

/** The widget of a State: the argument of the `State<…>` that it extends. */
export function widgetOf(entry: ClassEntry | undefined, model: ClientModel): ClassEntry | undefined {
  const widget = /<\s*(?:\w+\.)?(\w+)/.exec(entry?.type.superclass ?? "")?.[1];
  return entry === undefined || widget === undefined ? undefined : model.classOf(widget, entry.file);
}

function typeOfMember(entry: ClassEntry | undefined, name: string, model: ClientModel): ClassEntry | undefined {
  const found = entry === undefined ? undefined : model.fieldOf(entry, name);
  if (found === undefined) return undefined;
  if (found.field.type !== undefined) return model.classOf(simpleName(found.field.type), found.owner.file);
  if (found.field.initializer < 0) return undefined;
  const creation = creationOf(unpackDart(found.owner.file.dart.code, found.field.initializer));
  return creation === undefined ? undefined : model.classOf(creation.type, found.owner.file);
}

/** Whether a method answers with something that it keeps: a field, `_f ??= …`, or another such method. */
function isKept({ owner, method }: Target, model: ClientModel, hops: number): boolean {
  if (method.body < 0 || hops === 0) return false;
  const body = unpackDart(owner.file.dart.code, method.body);
  const place: CodePlace = { file: owner.file, entry: owner, body };
  const keepsField = (value: DartNode): boolean => {
    if (value.kind === "assign") return value.text === "??=";
    const root = rootOf(value);
    if (root?.rest.every((part) => part.kind === "bang" || part.kind === "property"))
      return model.fieldOf(owner, root.name) !== undefined && !isLocalOf(root.name, method, body);
    if (value.kind === "binary" && value.text === "??") return value.children.some((child) => child.kind === "assign");
    return isCall(value) && freshCall(value, place, model, hops - 1) === undefined;
  };
  const values = body.kind === "block" ? returnedFrom(body) : [body];
  if (values.some(keepsField)) return true;
  // An async method makes a new future each time, but what it waits for may be kept.
  if (method.marker !== "async") return false;
  const nodes = [...nodesIn(body)];
  return nodes.some((node) => node.kind === "assign" && node.text === "??=") || returnsEarly(nodes, owner, model);
}

/** `if (_user != null) return …;` about a field that the same method sets. */
function returnsEarly(nodes: readonly DartNode[], owner: ClassEntry, model: ClientModel): boolean {
  const set = new Set(
    nodes.flatMap((node) => (node.kind === "assign" && node.children[0] !== undefined ? [rootOf(node.children[0])?.name] : [])),
  );
  return nodes.some((node) => {
    const [condition, then] = node.kind === "if" ? node.children : [];
    if (condition?.kind !== "binary" || condition.text !== "!=" || condition.children[1]?.text !== "null") return false;
    const field = condition.children[0] === undefined ? undefined : rootOf(condition.children[0])?.name;
    const returns = then?.kind === "return" || then?.children[0]?.kind === "return";
    return returns && field !== undefined && set.has(field) && model.fieldOf(owner, field) !== undefined;
  });
}

const isCall = (node: DartNode): boolean => partsOf(node).at(-1)?.kind === "call";

function isLocalOf(name: string, method: DartMethod, body: DartNode): boolean {
  return (
    method.parameters.some((parameter) => parameter.name === name) ||
    [...nodesIn(body)].some((node) => node.kind === "local" && node.text === name)
  );
}

/** The values that a block returns, those of closures in it left out. */
function returnedFrom(block: DartNode): readonly DartNode[] {
  const values: DartNode[] = [];
  const open = [...block.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "closure" || node.kind === "function") continue;
    if (node.kind === "return" && node.children[0] !== undefined) values.push(node.children[0]);
    else open.push(...node.children);
  }
  return values;
}

import { creationOf, partsOf, positionalArguments, rootOf } from "../../facts/dart/chains.ts";
import { bindsName, type DartNode, hasFlag, nodesIn } from "../../facts/dart/code.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { bodyOf } from "./bodies.ts";
import { type CalledMethod, calledMethod } from "./calledMethods.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import { DRIFT } from "./flutterNames.ts";

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
  /** Only another view of something that is there already: `changes.where(…)`, `Future.wait([_a, _b])`, a query that drift is watching. */
  readonly isView: boolean;
}

/** Calls that answer with what they have answered before: memoizers, hooks, provider look-ups. */
const KEEPS = new Set([
  "runOnce",
  "putIfAbsent",
  "of",
  "maybeOf",
  "useMemoized",
  "useFuture",
  "useStream",
  "useState",
  "call",
  // CachingAssetBundle, which rootBundle is, keeps the futures of both.
  "loadString",
  "loadStructuredData",
]);
/** Look-ups of providers and locators; a database or a storage may have methods of these names, which ask it each time. */
const LOOKUPS = new Set(["watch", "read", "select", "find"]);
const LOOKED_UP_IN = /^_?(?:ref|context|container|locator|getIt|GetIt|Get|sl|di|Modular|Provider)$/;

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
/**
 * drift finds the stream of a query by its SQL and its values, and keeps it until the event is over in which its last listener left:
 * a StreamBuilder that listens to the same query anew is given the rows of before (drift, `StreamQueryStore.markAsClosed`).
 */
const WATCHES = new Set(["watch", "watchSingle", "watchSingleOrNull"]);
/** rxdart's streams that listen to others. */
const COMBINES = /^Rx\.(?:combineLatest|merge|zip|concat|race|forkJoin)/;
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
  const local = localNamed(value.text, place.body);
  if (local !== undefined) return local.children[0] === undefined ? undefined : freshCall(local.children[0], place, model, hops);
  const getter = place.entry === undefined ? undefined : model.methodOf(place.entry, value.text);
  if (getter?.method.kind !== "getter" || isKept(getter, model, hops)) return undefined;
  const passed = passedOn(getter, model, hops);
  const isProven = getter.method.body >= 0 && passed === undefined;
  return { node: value, callee: value.text, returns: getter.method.returns, isProven, isView: areViews(passed) };
}

function ofChain(value: DartNode, place: CodePlace, model: ClientModel, hops: number): FreshCall | undefined {
  const parts = partsOf(value);
  const root = rootOf(value);
  if (root !== undefined && root.rest.length === 0 && parts.at(-1)?.kind === "property") return undefined;
  if (parts.at(-1)?.kind !== "call") return undefined;
  const [head] = value.children;
  if (head?.kind === "closure")
    return parts.length === 1 && hasFlag(head, "async")
      ? { node: value, callee: "() async {…}", returns: undefined, isProven: true, isView: false }
      : undefined;
  const named = [value.children[0], ...parts].filter((part) => part?.kind === "name" || part?.kind === "property");
  const callee = named.at(-1)?.text ?? "";
  const creation = creationOf(value);
  const spelled = creation === undefined ? callee : [creation.type, creation.constructorName].filter((name) => name !== "").join(".");
  if (KEEPS.has(callee) || SETTLED.has(spelled) || callee === "") return undefined;
  if (LOOKUPS.has(callee) && (parts.at(-1)?.type !== "" || named.some((part) => LOOKED_UP_IN.test(part?.text ?? "")))) return undefined;
  if (VIEWS.has(callee) || isBusListener(named.at(-1), parts.at(-1))) {
    const inner = ofChain(withoutLastCall(value), place, model, hops);
    return inner === undefined
      ? { node: value, callee, returns: undefined, isProven: false, isView: true }
      : { ...inner, node: value, returns: undefined };
  }
  if (WATCHES.has(callee) && place.file.dart.directives.some(({ uri }) => DRIFT.test(uri)))
    return { node: value, callee, returns: undefined, isProven: false, isView: !asksTheClock(place.body) };
  if (COMBINES.test(spelled) && !asksTheClock(place.body)) {
    const streams = positionalArguments(creation?.call ?? value).flatMap((argument) =>
      argument.kind === "list" ? argument.children : [argument],
    );
    const made = streams.flatMap((stream) => freshCall(stream, place, model, hops) ?? []);
    if (made.every(({ isView }) => isView)) return { node: value, callee: spelled, returns: undefined, isProven: false, isView: true };
  }
  if (spelled === "Future.wait" && creation !== undefined) {
    const waited = elementsOf(creation.call);
    const made = waited?.flatMap((future) => freshCall(future, place, model, hops) ?? []);
    if (made?.every(({ isView }) => isView)) return { node: value, callee: spelled, returns: undefined, isProven: false, isView: true };
  }
  const target = calledMethod(value, place, model);
  if (target !== undefined && isKept(target, model, hops)) return undefined;
  const seen = target === undefined ? creation !== undefined && /^(?:Future|Stream|Rx)$/.test(creation.type) : target.method.body >= 0;
  const passed = passedOn(target, model, hops);
  const isProven = seen && passed === undefined;
  return { node: value, callee: spelled, returns: target?.method.returns, isProven, isView: areViews(passed) };
}

/** The futures of a list that is written down; undefined where it is made otherwise. */
function elementsOf(call: DartNode): readonly DartNode[] | undefined {
  const [list] = positionalArguments(call);
  if (list?.kind !== "list" || list.children.some(({ kind }) => kind !== "name" && kind !== "chain")) return undefined;
  return list.children;
}

/** Values of another moment make another query. */
const asksTheClock = (body: DartNode): boolean => [...nodesIn(body)].some((node) => node.kind === "property" && node.text === "now");

/** `on` and the call of `bus.on<Changed>()`, of package event_bus: the same stream, filtered. */
export const isBusListener = (member: DartNode | undefined, call: DartNode | undefined): boolean =>
  member?.text === "on" && call?.kind === "call" && call.type !== "" && call.children.length === 0;

/** `a.b()` of `a.b().then(…)`. */
function withoutLastCall(chain: DartNode): DartNode {
  const last = chain.children.findLastIndex((part) => part.kind === "property");
  return { ...chain, children: chain.children.slice(0, last) };
}

/** What a method answers with that only asks others which nobody has seen the code of; undefined where it does more. */
function passedOn(target: CalledMethod | undefined, model: ClientModel, hops: number): readonly FreshCall[] | undefined {
  if (target === undefined || target.method.marker !== "" || hops === 0) return undefined;
  const body = bodyOf(target.method, target.owner.file);
  if (body === undefined) return undefined;
  const values = body.kind === "block" ? returnedFrom(body) : [body];
  const place: CodePlace = { file: target.owner.file, entry: target.owner, body };
  const calls = values.flatMap((value) => freshCall(value, place, model, hops - 1) ?? []);
  return values.length > 0 && calls.length === values.length && calls.every(({ isProven }) => !isProven) ? calls : undefined;
}

const areViews = (calls: readonly FreshCall[] | undefined): boolean => calls?.every(({ isView }) => isView) ?? false;

/** Whether a method answers with something that it keeps: a field, `_f ??= …`, or another such method. */
function isKept({ owner, method }: CalledMethod, model: ClientModel, hops: number): boolean {
  const body = hops === 0 ? undefined : bodyOf(method, owner.file);
  if (body === undefined) return false;
  const place: CodePlace = { file: owner.file, entry: owner, body };
  const keeps = (value: DartNode): boolean => {
    if (value.kind === "assign") return value.text === "??=";
    // Either branch: nobody knows that the other one runs. aves: `controller?.positions ?? Stream.value(0)`.
    if (value.kind === "conditional" || (value.kind === "binary" && value.text === "??")) {
      const branches = value.kind === "conditional" ? value.children.slice(1) : value.children;
      return branches.some((branch) => branch.kind === "assign") || branches.every((branch) => branch.text === "null" || keeps(branch));
    }
    const root = rootOf(value);
    const isMember = root?.rest.every((part) => part.kind === "bang" || part.kind === "property") === true;
    // What an async method answers with is a new future in any case; a field only was there already.
    if (root !== undefined && isMember && (isLocal(root.name, body) || method.marker !== ""))
      return method.marker === "" ? !isMadeIn(root.name, body) && wasThere(value) : isFieldOf(root.name);
    return isMember || (isCall(value) && wasThere(value));
  };
  const wasThere = (value: DartNode) => freshCall(value, place, model, hops - 1) === undefined;
  const isFieldOf = (name: string) => !isLocal(name, body) && model.fieldOf(owner, name) !== undefined;
  const values = body.kind === "block" ? returnedFrom(body) : [body];
  const nodes = [...nodesIn(body)];
  if (values.some(keeps) || (method.marker === "" && keepsEntry(nodes, owner, model))) return true;
  // An async method makes a new future each time, but what it waits for may be kept.
  if (method.marker !== "async") return false;
  return nodes.some((node) => node.kind === "assign" && node.text === "??=") || returnsEarly(nodes, owner, model);
}

/** The names of fields that a body assigns, or whose entries it does. */
function fieldsSetIn(nodes: readonly DartNode[], owner: ClassEntry, model: ClientModel, entriesOnly: boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    const root = node.kind === "assign" && node.children[0] !== undefined ? rootOf(node.children[0]) : undefined;
    if (root === undefined || (entriesOnly && root.rest.at(-1)?.kind !== "index")) continue;
    if (model.fieldOf(owner, root.name) !== undefined) names.add(root.name);
  }
  return names;
}

/** A map that a method both looks into and puts its answer into. */
function keepsEntry(nodes: readonly DartNode[], owner: ClassEntry, model: ClientModel): boolean {
  const kept = fieldsSetIn(nodes, owner, model, true);
  return kept.size > 0 && nodes.some((node) => node.role !== "target" && kept.has(rootOf(node)?.name ?? "") && node.kind === "chain");
}

/** `if (_user != null) return …;`, `if (_users.containsKey(id)) return …;` about a field that the same method sets. */
function returnsEarly(nodes: readonly DartNode[], owner: ClassEntry, model: ClientModel): boolean {
  const set = fieldsSetIn(nodes, owner, model, false);
  return nodes.some((node) => {
    const [condition, then] = node.kind === "if" ? node.children : [];
    if (condition === undefined || !(then?.kind === "return" || then?.children[0]?.kind === "return")) return false;
    const asked =
      condition.kind === "binary" && condition.text === "!=" && condition.children[1]?.text === "null" ? condition.children[0] : condition;
    const root = asked === undefined ? undefined : rootOf(asked);
    if (root === undefined || !set.has(root.name)) return false;
    return asked !== condition || root.rest.some((part) => part.text === "containsKey");
  });
}

const isCall = (node: DartNode): boolean => partsOf(node).at(-1)?.kind === "call";

/** Whether a name is a local that its method makes: `final done = Completer();`. What it is given, or looks up, is somebody else's. */
function isMadeIn(name: string, body: DartNode, hops = HOPS): boolean {
  const local = localNamed(name, body);
  const value = local?.children[0];
  if (local === undefined || hops === 0) return false;
  if (value === undefined || isCall(value)) return true;
  // `final result = done.future;`
  const root = rootOf(value);
  if (root === undefined || root.rest.some((part) => part.kind !== "property")) return false;
  return isMadeIn(root.name, body, hops - 1);
}

const localNamed = (name: string, body: DartNode): DartNode | undefined =>
  [...nodesIn(body)].find((node) => node.kind === "local" && node.text === name);

const isLocal = (name: string, body: DartNode): boolean => [...nodesIn(body)].some((node) => node.text === name && bindsName(node));

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

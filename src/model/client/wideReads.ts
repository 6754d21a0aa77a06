import { NameIndex, namedArgument, positionalArguments, rootOf } from "../../facts/dart/chains.ts";
import { bindsName, type DartNode, hasFlag, nodesAround, nodesIn } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { methodBodies } from "./bodies.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import { isCollection } from "./flutterNames.ts";
import { simpleName } from "./typeNames.ts";
import {
  changesInPlace,
  changesWithAll,
  comparesCollections,
  givesForGood,
  isMadeAnew,
  isStore,
  providedType,
  readsMostOf,
  stateTypeOf,
  tellsByStreams,
  type WatchedType,
} from "./watchedState.ts";

/** A read that subscribes to a whole object of which only one property is used. */
export interface WideRead {
  /** MediaQuery.of, context.watch / Provider.of, ref.watch. */
  readonly kind: "mediaQuery" | "provider" | "riverpod";
  /** Reads of one key subscribe to one object. */
  readonly key: string;
  /** `MediaQuery.of(context)`, `ref.watch(p)`: from where to where. */
  readonly start: number;
  readonly end: number;
  /** The call in it. */
  readonly call: DartNode;
  /** What the call is made on: `of` and `watch`. */
  readonly method: DartNode;
  readonly property: string;
  /** The properties that use it: one behind the call itself, or those of a local that holds the object. */
  readonly uses: readonly DartNode[];
  /** The local that holds the object. */
  readonly local: DartNode | undefined;
  /** Nothing in the body has the property's name: the local can be called so. */
  readonly isNameFree: boolean;
}

/** The properties of MediaQueryData that have a method of their own, and the Dart version since which. */
const MEDIA: ReadonlyMap<string, readonly [number, number]> = new Map<string, readonly [number, number]>([
  ...(
    "size orientation devicePixelRatio textScaleFactor platformBrightness padding viewInsets systemGestureInsets viewPadding " +
    "alwaysUse24HourFormat accessibleNavigation invertColors highContrast disableAnimations boldText navigationMode gestureSettings displayFeatures"
  )
    .split(" ")
    .map((name) => [name, [3, 0]] as const),
  ["textScaler", [3, 2]],
  ["onOffSwitchLabels", [3, 2]],
]);

/** Of AsyncValue, which has its own ways, and views that are never equal to the last ones. */
const NEVER_SELECTED = new Set(
  (
    "value valueOrNull requireValue asData isLoading hasError hasValue error stackTrace isRefreshing isReloading when maybeWhen map maybeMap " +
    "values keys entries reversed state notifier future stream runtimeType hashCode"
  ).split(" "),
);

/** Every read of one property through a subscription to the whole object, in a body. */
export function wideReads(body: DartNode, file: DartFile, model: ClientModel): readonly WideRead[] {
  const reads: WideRead[] = [];
  const whole = new Set<string>();
  let names: NameIndex | undefined;
  for (const node of nodesIn(body)) {
    const subscription = node.kind === "chain" ? subscriptionOf(node, file, model) : undefined;
    if (subscription === undefined) continue;
    const direct = propertyBehind(node, subscription.call, subscription.kind === "provider");
    if (direct !== undefined) reads.push({ property: pathOf(direct), uses: direct, local: undefined, isNameFree: false, ...subscription });
    else {
      const held = heldProperty(node, subscription.call, (names ??= new NameIndex([body])));
      if (held === undefined) whole.add(subscription.key);
      else reads.push({ local: node.parent, ...subscription, ...held });
    }
  }
  // What is read of it and cannot be selected needs the whole of it.
  for (const read of reads) if (!isWanted(read, file, model)) whole.add(read.key);
  return reads.filter((read) => !whole.has(read.key) && spares(read, reads, file, model));
}

/** Whether another method of the class subscribes to the whole of what is read: rustdesk, the tabs of its peers. */
export function subscribesElsewhere({ key }: WideRead, method: DartMethod, entry: ClassEntry, model: ClientModel): boolean {
  return [...methodBodies(entry)].some(([other, body]) => other !== method && wholeReads(body, entry.file, model).includes(key));
}

/** The keys of what a body subscribes to as a whole. */
function wholeReads(body: DartNode, file: DartFile, model: ClientModel): readonly string[] {
  const names = new NameIndex([body]);
  const keys: string[] = [];
  for (const node of nodesIn(body)) {
    const subscription = node.kind === "chain" ? subscriptionOf(node, file, model) : undefined;
    if (subscription === undefined || isInClosure(node)) continue;
    if (propertyBehind(node, subscription.call, subscription.kind === "provider") === undefined)
      if (heldProperty(node, subscription.call, names) === undefined) keys.push(subscription.key);
  }
  return keys;
}

/** A closure may be a builder, whose context is another widget's. */
export function isInClosure(node: DartNode): boolean {
  return [...nodesAround(node)].some((around) => around.kind === "closure");
}

/** Whether a subscription to the property alone spares rebuilds, and comparing it costs less than they do. */
function spares(read: WideRead, reads: readonly WideRead[], file: DartFile, model: ClientModel): boolean {
  if (read.kind === "mediaQuery") return true;
  if (read.kind === "riverpod" && read.call.children[0] !== undefined && givesForGood(read.call.children[0], model)) return false;
  const state = stateTypeBehind(read, file, model);
  if (state === undefined) return true;
  if (changesWithAll(ownName(read), state, model) || isMadeAnew(ownName(read), state)) return false;
  const entry = model.classOf(simpleName(state.type), state.from);
  if (entry === undefined) return true;
  if (isStore(entry, model) || (read.kind === "provider" && tellsByStreams(entry, model))) return false;
  if (changesInPlace(ownName(read), entry, model)) return false;
  const properties = new Set(reads.filter((other) => other.key === read.key).map((other) => ownName(other)));
  if (readsMostOf(entry, properties, model)) return false;
  const field = model.fieldOf(entry, ownName(read));
  return field?.field.type === undefined || !comparesCollections({ type: field.field.type, from: field.owner.file }, model);
}

const ownName = ({ property }: WideRead): string => (property.startsWith("state.") ? property.slice("state.".length) : property);

/** The type of the object that the property belongs to. */
function stateTypeBehind({ kind, call, property }: WideRead, file: DartFile, model: ClientModel): WatchedType | undefined {
  if (kind === "riverpod") return call.children[0] === undefined ? undefined : providedType(call.children[0], file, model);
  if (!property.startsWith("state.")) return { type: call.type, from: file };
  const bloc = model.classOf(simpleName(call.type), file);
  return bloc === undefined ? undefined : stateTypeOf(bloc, model);
}

type Subscription = Pick<WideRead, "kind" | "key" | "start" | "end" | "call" | "method">;

function subscriptionOf(chain: DartNode, file: DartFile, model: ClientModel): Subscription | undefined {
  const [head, ...parts] = chain.children;
  if (head?.kind !== "name") return undefined;
  const at = parts.findIndex((part) => part.kind === "call");
  const call = parts[at];
  const method = parts[at - 1];
  if (call === undefined || method?.kind !== "property" || at > 2) return undefined;
  const owner = at === 1 ? head.text : (parts[at - 2]?.text ?? "");
  const common = { start: chain.start, end: call.end, call, method };
  const [argument, ...more] = call.children;
  if (owner === "MediaQuery" && (method.text === "of" || method.text === "maybeOf")) {
    if (argument === undefined || more.length > 0 || model.classOf("MediaQuery", file) !== undefined) return undefined;
    if (at === 2 && !isFlutters(head.text, file)) return undefined;
    return { kind: "mediaQuery", key: "MediaQuery", ...common };
  }
  if (owner === "Provider" && method.text === "of" && call.type !== "") {
    if (namedArgument(call, "listen") !== undefined || argument?.kind !== "name") return undefined;
    return { kind: "provider", key: `provider ${call.type}`, ...common };
  }
  if (at !== 1 || method.text !== "watch") return undefined;
  if (owner === "context" && call.type !== "" && call.children.length === 0)
    return { kind: "provider", key: `provider ${call.type}`, ...common };
  if ((owner !== "ref" && owner !== "context") || argument === undefined || more.length > 0 || argument.kind === "named") return undefined;
  const names = [...nodesIn(argument)].map((node) => node.text);
  if (names.some((name) => /^(?:select|selectAsync|notifier|future|stream|state)$/.test(name))) return undefined;
  return positionalArguments(call).length === 1 ? { kind: "riverpod", key: `riverpod ${names.join(".")}`, ...common } : undefined;
}

/** `ui` of `import 'package:flutter/widgets.dart' as ui;` */
const isFlutters = (prefix: string, { dart }: DartFile): boolean =>
  dart.directives.some((directive) => directive.prefix === prefix && directive.uri.startsWith("package:flutter/"));

/** `x.p` behind the call, `x.state.p` of a bloc; undefined where the whole object, a method or an element is used. */
function propertyBehind(chain: DartNode, call: DartNode, throughState: boolean): readonly DartNode[] | undefined {
  const behind = partsAfter(chain, call);
  const property = behind[0]?.kind === "bang" ? behind[1] : behind[0];
  if (property === undefined) return undefined;
  const next = behind[behind.indexOf(property) + 1];
  if (property.kind !== "property" || next?.kind === "call") return undefined;
  if (!throughState || property.text !== "state") return [property];
  return next?.kind === "property" && behind[behind.indexOf(next) + 1]?.kind !== "call" ? [property, next] : undefined;
}

const partsAfter = (chain: DartNode, call: DartNode): readonly DartNode[] => chain.children.slice(chain.children.indexOf(call) + 1);

const pathOf = (properties: readonly DartNode[]): string => properties.map((property) => property.text).join(".");

/** `final x = …;` whose every use is the same property. */
function heldProperty(chain: DartNode, call: DartNode, names: NameIndex): Pick<WideRead, "property" | "uses" | "isNameFree"> | undefined {
  const local = chain.parent;
  if (local?.kind !== "local" || partsAfter(chain, call).length > 0 || !hasFlag(local, "final")) return undefined;
  if (names.get(local.text).some((node) => node !== local && bindsName(node))) return undefined;
  const uses: DartNode[] = [];
  for (const node of names.rootedAt(local.text)) {
    const [property, next] = rootOf(node)?.rest ?? [];
    if (property?.kind !== "property" || next?.kind === "call" || hasFlag(property, "nullAware") || node.role === "target")
      return undefined;
    uses.push(property);
  }
  const [first] = uses;
  if (first === undefined || uses.some((use) => use.text !== first.text)) return undefined;
  return { property: first.text, uses, isNameFree: !names.get(first.text).some((node) => node.kind === "name" || bindsName(node)) };
}

function isWanted(read: WideRead, file: DartFile, model: ClientModel): boolean {
  const { kind, property, call, local } = read;
  if (kind === "mediaQuery") {
    const since = MEDIA.get(property);
    return since !== undefined && model.dartAtLeast(since, file) && (local === undefined || local.type === "");
  }
  if (local !== undefined && local.type !== "") return false;
  const name = ownName(read);
  if (property === "state" || NEVER_SELECTED.has(name)) return false;
  if (kind === "riverpod") return true;
  const watched = simpleName(call.type);
  if (/^(?:String|int|double|num|bool|List|Map|Set|Iterable|DateTime|Duration)$/.test(watched)) return false;
  const entry = property === name ? model.classOf(watched, file) : undefined;
  if (entry === undefined) return true;
  const method = model.methodOf(entry, name)?.method;
  if (method !== undefined && method.kind !== "getter") return false;
  // A collection that is changed in place is the same one afterwards: select would miss the change.
  const type = model.fieldOf(entry, name)?.field.type ?? method?.returns;
  return type === undefined || !isCollection(type);
}

/** How many parts a property's chain has behind it. */
export const hasMoreBehind = (property: DartNode): boolean => {
  const siblings = property.parent?.children ?? [];
  return siblings.indexOf(property) < siblings.length - 1;
};

import { creationOf, rootAbove, rootOf } from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../facts/dart/code.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { withCapital } from "../../text/capitals.ts";
import { bodiesOf, bodyOf, initializerOf } from "./bodies.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import { isCollection } from "./flutterNames.ts";
import { simpleName } from "./typeNames.ts";

/** A type as written, and where. */
export interface WatchedType {
  readonly type: string;
  readonly from: DartFile;
}

/** The type of what a Riverpod provider gives, where the workspace says it: `cartProvider`, `cartProvider(3)`. */
export function providedType(provider: DartNode, file: DartFile, model: ClientModel): WatchedType | undefined {
  const name = nameOf(provider);
  if (name === undefined || !/Provider$/.test(name)) return undefined;
  const variable = model.variableOf(name);
  if (variable !== undefined) {
    const initializer = initializerOf(variable.field, variable.file);
    const type = initializer === undefined ? undefined : ofProvider(initializer);
    return type === undefined ? undefined : { type, from: variable.file };
  }
  // riverpod_generator names the provider after the class that makes its state.
  const notifier = model.classOf(withCapital(name.slice(0, -"Provider".length)), file);
  if (notifier === undefined || model.kindOf(notifier) !== "riverpod") return undefined;
  const build = model.methodOf(notifier, "build")?.method;
  return build?.returns === undefined || build.marker !== "" ? undefined : { type: build.returns, from: notifier.file };
}

/** Whether a Riverpod provider gives one object for good: a plain `Provider` whose function watches nothing. */
export function givesForGood(provider: DartNode, model: ClientModel): boolean {
  const name = nameOf(provider);
  const variable = name === undefined ? undefined : model.variableOf(name);
  const initializer = variable === undefined ? undefined : initializerOf(variable.field, variable.file);
  if (initializer === undefined || creationOf(initializer)?.type !== "Provider") return false;
  return ![...nodesIn(initializer)].some((node) => /^(?:watch|listen|listenSelf|invalidateSelf|state)$/.test(node.text));
}

const nameOf = (provider: DartNode): string | undefined => (provider.kind === "name" ? provider.text : provider.children[0]?.text);

/** Whether a class is a store of MobX, which tells its observers and never its provider. */
export function isStore(entry: ClassEntry, model: ClientModel): boolean {
  return model.lineageOf(entry).some(({ type }) => type.mixins.some((mixin) => simpleName(mixin) === "Store"));
}

/**
 * Whether a class tells its changes through streams of its own and extends nothing that could tell a provider: a plain `Provider` gives
 * one object for good. anytime: the blocs of its pages.
 */
export function tellsByStreams(entry: ClassEntry, model: ClientModel): boolean {
  const lineage = model.lineageOf(entry);
  const known = new Set(lineage.map(({ type }) => type.name));
  const bases = lineage.flatMap(({ type }) => [type.superclass, ...type.mixins, ...type.on, ...type.interfaces]);
  if (bases.some((base) => base !== undefined && !known.has(simpleName(base)))) return false;
  const types = lineage.flatMap(({ type }) => [...type.fields.map((field) => field.type), ...type.methods.map((method) => method.returns)]);
  return types.some((type) => type !== undefined && /^(?:\w+\.)?(?:Stream|StreamController|Sink|\w*Subject)\b/.test(type));
}

/**
 * Whether an object of a notifier is changed in place, or only ever the same one: whoever selects it is not told of its changes.
 * flutter-todos: `model.logic`, which reads the model itself.
 */
export function changesInPlace(property: string, notifier: ClassEntry, model: ClientModel): boolean {
  if (model.kindOf(notifier) !== "notifier") return false;
  const [found, ...others] = [...readBy(property, notifier, model)].flatMap((name) => model.fieldOf(notifier, name) ?? []);
  if (found?.field.type === undefined || others.length > 0) return false;
  const type = model.classOf(simpleName(found.field.type), found.owner.file);
  if (type === undefined || type.type.kind === "enum") return false;
  model.noteBodies(found.owner);
  const bodies = bodiesOf(found.owner);
  const targets = bodies.names.rootedAt(found.field.name).filter((node) => node.role === "target");
  if (targets.some((node) => (rootOf(node)?.rest.length ?? 0) > 0)) return true;
  return targets.every((node) => bodies.methodOf.get(rootAbove(node))?.kind === "constructor");
}

/** The second type argument of a provider of a notifier, the first of all others: `NotifierProvider<Cart, CartState>(…)`. */
function ofProvider(initializer: DartNode): string | undefined {
  const creation = creationOf(initializer);
  if (creation === undefined || !/^(?:\w*Notifier|Redux|State|View)?Provider$/.test(creation.type)) return undefined;
  const written = initializer.children.map((part) => part.type).find((type) => type !== "" && type !== undefined) ?? creation.call.type;
  const types = typeArguments(written);
  return /Notifier|Redux/.test(creation.type) && types.length > 1 ? types[1] : types[0];
}

/** The state of a bloc: the last type argument of its superclass. */
export function stateTypeOf(bloc: ClassEntry, model: ClientModel): WatchedType | undefined {
  for (const { type, file } of model.lineageOf(bloc)) {
    const written = /^(?:\w+\.)?\w*(?:Bloc|Cubit)<(.*)>$/s.exec(type.superclass ?? "")?.[1];
    if (written !== undefined) return { type: typeArguments(written).at(-1) ?? "", from: file };
  }
  return undefined;
}

/** "A,B<C,D>" in its parts. */
function typeArguments(written: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= written.length; i++) {
    const c = written[i];
    if (c === undefined || (c === "," && depth === 0)) {
      parts.push(written.slice(start, i).trim());
      start = i + 1;
    } else if (c === "<" || c === "(" || c === "{") depth++;
    else if (c === ">" || c === ")" || c === "}") depth--;
  }
  return parts.filter((part) => part !== "");
}

/** Whether a property changes whenever the whole does: of a number, and the name of an enum's value. */
export function changesWithAll(property: string, { type, from }: WatchedType, model: ClientModel): boolean {
  const name = simpleName(type);
  if (/^(?:int|double|num|bool|DateTime|Duration)$/.test(name)) return true;
  return /^(?:name|index)$/.test(property) && model.classOf(name, from)?.type.kind === "enum";
}

/** `$2` of `(int, List<String>)`: whoever puts a record together fills its lists anew, and a new list is never equal to the last one. */
export function isMadeAnew(property: string, { type }: WatchedType): boolean {
  const fields = /^\((.*)\)\??$/s.exec(type)?.[1];
  const at = Number(/^\$(\d+)$/.exec(property)?.[1] ?? 0);
  const field = fields === undefined || at === 0 ? undefined : typeArguments(fields)[at - 1];
  return field !== undefined && isCollection(field);
}

/** Whether most of what can change in objects of a class is read anyway: then a narrower subscription spares next to nothing. */
export function readsMostOf(entry: ClassEntry, properties: ReadonlySet<string>, model: ClientModel): boolean {
  const isNotifier = model.kindOf(entry) === "notifier";
  const names = new Set<string>();
  for (const { type } of model.lineageOf(entry)) {
    for (const field of type.fields) if (!field.isStatic && !(isNotifier && field.isFinal)) names.add(field.name);
    // freezed: the parameters of the factory are the fields.
    for (const { kind, parameters } of type.methods) if (kind === "factory") for (const { name } of parameters) names.add(name);
  }
  if (names.size === 0) return false;
  const read = new Set([...properties].flatMap((name) => [...readBy(name, entry, model)]));
  const unread = [...names].filter((name) => !read.has(name)).length;
  return unread < names.size - unread;
}

/** The field itself, or those that its getter reads. */
function readBy(property: string, entry: ClassEntry, model: ClientModel): ReadonlySet<string> {
  const getter = model.methodOf(entry, property);
  const body = getter?.method.kind === "getter" ? bodyOf(getter.method, getter.owner.file) : undefined;
  return new Set([property, ...(body === undefined ? [] : [...nodesIn(body)].map((node) => node.text))]);
}

/** Whether two objects of a type are compared by what their collections hold: that may cost more than a rebuild. */
export function comparesCollections({ type, from }: WatchedType, model: ClientModel): boolean {
  const entry = model.classOf(simpleName(type), from);
  if (entry === undefined) return false;
  const { superclass, mixins, methods, fields } = entry.type;
  const hasValueEquality =
    [superclass, ...mixins].some((base) => /^(?:\w+\.)?(?:Equatable|EquatableMixin|\w+Mappable|_\$\w+)$/.test(base ?? "")) ||
    methods.some(({ kind, name }) => kind === "operator" && name === "==");
  if (!hasValueEquality) return false;
  const types = [
    ...fields.filter((field) => !field.isStatic).map((field) => field.type),
    ...methods.filter(({ kind }) => kind === "factory").flatMap(({ parameters }) => parameters.map((parameter) => parameter.type)),
  ];
  return types.some((each) => each !== undefined && isCollection(each));
}

import {
  bareValue,
  type Creation,
  creationOf,
  namedArgument,
  partsOf,
  passedTo,
  positionalArguments,
  rootAbove,
  rootOf,
} from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../facts/dart/code.ts";
import type { DartField, DartMethod } from "../../facts/dart/dartFacts.ts";
import { bodyOf, type ClassBodies, initializerOf } from "./bodies.ts";
import type { ClassEntry, ClientModel } from "./clientModel.ts";
import type { Disposal } from "./flutterNames.ts";
import { calls, takes } from "./released.ts";
import { simpleName } from "./typeNames.ts";

/** A field whose object its class creates, and therefore must let go. */
export interface OwnedField {
  readonly field: DartField;
  readonly type: string;
  readonly disposal: Disposal;
  /** The expression that creates the object. */
  readonly creation: DartNode;
  /** The method that assigns it; undefined where the declaration does, or a constructor's initializer. */
  readonly assignedIn: DartMethod | undefined;
  /** `widget.controller ?? ScrollController()`: the object may be somebody else's. */
  readonly borrowedAs: DartNode | undefined;
  /** `isTouch ? ValueNotifier(…) : null` */
  readonly mayBeNull: boolean;
}

type Made = Pick<OwnedField, "type" | "disposal" | "creation" | "borrowedAs" | "mayBeNull">;

/** Whether a field could hold something that must be let go: the cheap question before its class is unpacked. */
export function mayOwn(field: DartField, entry: ClassEntry, model: ClientModel): boolean {
  if (field.isStatic || field.isConst || field.annotations.includes("override")) return false;
  if (field.type !== undefined) return model.disposalOf(simpleName(field.type), entry.file) !== undefined;
  return field.initializer >= 0;
}

/** What a field holds that its class created: in its declaration, a constructor or any method. */
export function ownedField(field: DartField, bodies: ClassBodies, model: ClientModel): OwnedField | undefined {
  const { entry } = bodies;
  if (!mayOwn(field, entry, model) || isDeclaredAbove(field, entry, model)) return undefined;
  const initializer = initializerOf(field, entry.file);
  const declared = initializer === undefined ? undefined : creates(initializer, field, entry, model);
  if (declared !== undefined) return { field, assignedIn: undefined, ...declared };
  for (const target of bodies.names.rootedAt(field.name)) {
    const assign = target.parent;
    if (target.role !== "target" || assign?.kind !== "assign" || (assign.text !== "=" && assign.text !== "??=")) continue;
    const value = assign.children[1];
    if (value === undefined || rootOf(target)?.rest.length !== 0) continue;
    const owned = creates(value, field, entry, model);
    const method = bodies.methodOf.get(rootAbove(assign));
    if (owned !== undefined) return { field, assignedIn: method?.kind === "constructor" ? undefined : method, ...owned };
  }
  return undefined;
}

/** A superclass that declares the member, abstract or not, deals with it. */
function isDeclaredAbove(field: DartField, entry: ClassEntry, model: ClientModel): boolean {
  return model
    .lineageOf(entry)
    .slice(1)
    .some(({ type }) => type.fields.some((other) => other.name === field.name) || type.methods.some((other) => other.name === field.name));
}

function creates(value: DartNode, field: DartField, entry: ClassEntry, model: ClientModel): Made | undefined {
  const bare = bareValue(value);
  if (bare.kind === "binary" && bare.text === "??") {
    const right = bare.children.at(-1);
    const owned = right === undefined ? undefined : creates(right, field, entry, model);
    return owned === undefined ? undefined : { ...owned, borrowedAs: bare.children[0] };
  }
  if (bare.kind === "conditional") {
    const branches = bare.children.slice(1);
    const made = branches.map((branch) => creates(branch, field, entry, model));
    const owned = made.find((each) => each !== undefined);
    if (owned === undefined) return undefined;
    const others = branches.filter((_, index) => made[index] === undefined);
    if (others.some((other) => other.text !== "null")) return { ...owned, borrowedAs: bare };
    return { ...owned, mayBeNull: owned.mayBeNull || others.length > 0 };
  }
  const creation = creationOf(bare) ?? shorthandCreation(bare, field);
  if (creation !== undefined) {
    const disposal = model.disposalOf(creation.type, entry.file);
    // A getter of a shared object is spelled like a named constructor: `AudioPlayer.instance()`.
    if (disposal === undefined || /^(?:instance|shared|of|maybeOf|global)$/.test(creation.constructorName)) return undefined;
    return endsByItself(creation, entry)
      ? undefined
      : { type: creation.type, disposal, creation: bare, borrowedAs: undefined, mayBeNull: false };
  }
  if (!isListening(bare)) return undefined;
  if (field.type !== undefined && simpleName(field.type) !== "StreamSubscription") return undefined;
  const disposal = model.disposalOf("StreamSubscription", entry.file);
  if (disposal === undefined) return undefined;
  return { type: "StreamSubscription", disposal, creation: bare, borrowedAs: undefined, mayBeNull: false };
}

/** `final ScrollController _scroll = .new();` */
function shorthandCreation(node: DartNode, { type }: DartField): Creation | undefined {
  const head = node.kind === "chain" ? node.children[0] : undefined;
  const [call, ...more] = partsOf(node);
  if (head?.kind !== "shorthand" || call?.kind !== "call" || more.length > 0 || type === undefined) return undefined;
  return { type: simpleName(type), constructorName: head.text === "new" ? "" : head.text, call, node };
}

function isListening(node: DartNode): boolean {
  if (node.kind !== "chain") return false;
  const parts = node.children.filter((part) => part.kind !== "cascade" && part.kind !== "bang");
  return parts.at(-1)?.kind === "call" && parts.at(-2)?.kind === "property" && parts.at(-2)?.text === "listen";
}

/** A timer of less than a second, or one that its own callback cancels. */
export function endsByItself({ type, constructorName, call }: Creation, entry: ClassEntry): boolean {
  if (type !== "Timer") return false;
  const [duration, given] = positionalArguments(call);
  if (constructorName === "periodic") {
    const method = given?.kind === "name" ? entry.type.methods.find(({ name }) => name === given.text) : undefined;
    const callback = method === undefined ? given : bodyOf(method, entry.file);
    const tick = method === undefined ? given?.children.find(({ kind }) => kind === "parameter")?.text : method.parameters[0]?.name;
    if (callback === undefined || tick === undefined) return false;
    return [...nodesIn(callback)].some((node) => {
      const root = rootOf(node);
      return root?.name === tick && root.rest.some((part) => part.text === "cancel");
    });
  }
  const milliseconds = durationOf(duration);
  return milliseconds !== undefined && milliseconds < 1_000;
}

/** The milliseconds of a `Duration(…)` of one literal; undefined for any other. */
function durationOf(node: DartNode | undefined): number | undefined {
  const creation = node === undefined ? undefined : creationOf(node);
  if (node?.kind === "chain" && node.children[0]?.text === "Duration" && node.children.at(-1)?.text === "zero") return 0;
  if (creation?.type !== "Duration") return undefined;
  let total: number | undefined;
  for (const [unit, factor] of DURATIONS) {
    const value = namedArgument(creation.call, unit);
    if (value === undefined) continue;
    if (value.kind !== "literal" || !/^\d+$/.test(value.text)) return undefined;
    total = (total ?? 0) + Number(value.text) * factor;
  }
  return total ?? 0;
}

const DURATIONS = [
  ["microseconds", 0.001],
  ["milliseconds", 1],
  ["seconds", 1_000],
  ["minutes", 60_000],
  ["hours", 3_600_000],
  ["days", 86_400_000],
] as const;

/** What happens when the object is never let go: its type's share, and what the class does with it. */
export function weightOf({ field, type, disposal, creation }: OwnedField, bodies: ClassBodies, model: ClientModel): Disposal["weight"] {
  const uses = bodies.names.rootedAt(field.name);
  if (type === "StreamController" && uses.some((use) => isListenedToElsewhere(use, bodies, model))) return "leak";
  // Its ticker asks for a frame, and then for the next one, for ever.
  if (type === "AnimationController" && (isStartedAgain(bodies) || [creation, ...uses].some((use) => calls(use.children, /^repeat$/))))
    return "leak";
  return disposal.weight;
}

/**
 * Whether the stream or sink of a StreamController is given to somebody who is neither a widget nor a method of the class, and who may
 * listen to it, or feed it, for longer: `Sync.instance.follow(_edits.stream)`, `_edits.addStream(store.changes)`.
 */
function isListenedToElsewhere(use: DartNode, bodies: ClassBodies, model: ClientModel): boolean {
  const parts = rootOf(use)?.rest.filter(({ kind }) => kind !== "bang") ?? [];
  if (parts.some(({ text }) => text === "addStream")) return true;
  const isEnd = parts.length === 1 && /^(?:stream|sink)$/.test(parts[0]?.text ?? "");
  return isEnd && (use.parent?.kind === "named" || use.parent?.kind === "call") && takes(passedTo(use), bodies, model);
}

/** Whether somebody hears that an animation has ended, its own or one that is made of it, and may start it again: the demos of gallery. */
const isStartedAgain = ({ names }: ClassBodies): boolean => names.get("addStatusListener").length > 0;

/** Whether a subscription is one to a StreamController of the class itself, which ends it when it is closed. */
export function isOwnSubscription({ type, creation }: OwnedField, bodies: ClassBodies, model: ClientModel): boolean {
  if (type !== "StreamSubscription") return false;
  const source = bodies.entry.type.fields.find(({ name }) => name === rootOf(creation)?.name);
  return source !== undefined && ownedField(source, bodies, model)?.type === "StreamController";
}

/** Whether nothing but its own assignments mentions a field that nobody outside of its file can name. */
export function isUnused(field: DartField, { entry, names }: ClassBodies): boolean {
  if (!field.name.startsWith("_") && !entry.type.name.startsWith("_")) return false;
  return names.rootedAt(field.name).every((node) => node.role === "target");
}

/** Whether a class has one object that nobody lets go: a static field or variable of its own type in the same file. */
export function isSingleton({ file, type }: ClassEntry): boolean {
  return [...type.fields.filter(({ isStatic }) => isStatic), ...file.dart.variables].some((field) => {
    if (field.type !== undefined && simpleName(field.type) === type.name) return true;
    const initializer = initializerOf(field, file);
    return initializer !== undefined && creationOf(initializer)?.type === type.name;
  });
}

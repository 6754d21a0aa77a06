import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import type { AnnotationValue, JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import { changesOf, type FactsChange, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { isConditional, stereotypeOf } from "../types/beans.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import { type Type, typeNamed } from "../types/type.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import { methodKey } from "./methodKey.ts";
import type { DeclaredMethod } from "./typing/callees.ts";
import { Supertypes } from "./typing/supertypes.ts";
import type { Typer } from "./typing/typer.ts";

/** A method that Spring runs for a published event, and the event's type as it is written there: "OrderPlaced", "Saved<Order>". */
interface Listener {
  readonly declared: DeclaredMethod;
  readonly takes: string;
}

/**
 * The methods that Spring runs on the thread that publishes an event, before `publishEvent` returns or when the transaction ends. Those
 * that run elsewhere, or only under a condition, are left out. Keys: `listens:<simple name of the event's type>`, `event-multicaster`.
 */
export class EventListeners implements ModelPart {
  readonly #reads: ReadLog;
  readonly #files = new Map<string, readonly Listener[]>();
  /** By the simple name of the type, then file. */
  readonly #byType = new Map<string, Set<string>>();
  /** Files that say who hands events to listeners, which may be an executor. */
  readonly #multicasters = new Set<string>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[]): Iterable<string> {
    const changed = new Set<string>();
    const wasOwn = this.#multicasters.size > 0;
    for (const { file, before, after } of changesOf(changes, "java")) {
      if (before !== undefined) this.#multicasters.delete(file);
      if (after !== undefined && hasMulticaster(after)) this.#multicasters.add(file);
      this.#replace(file, after === undefined ? [] : listenersIn(after), changed);
    }
    if (this.#multicasters.size > 0 !== wasOwn) changed.add("event-multicaster");
    return changed;
  }

  /** The listeners that run for an event whose type is known; those for types below it may run or not, and are no part of it. */
  of(types: TypeIndex, event: Type, near: string): readonly DeclaredMethod[] {
    this.#reads.note("event-multicaster");
    if (this.#multicasters.size > 0) return [];
    const found = new Map<string, DeclaredMethod>();
    for (const name of namesOf(types, event, near)) {
      const simple = name.slice(name.lastIndexOf(".") + 1);
      this.#reads.note(`listens:${simple}`);
      for (const file of [...(this.#byType.get(simple) ?? [])].sort())
        for (const listener of this.#files.get(file) ?? [])
          if (bareName(listener.takes) === simple && takes(types, listener, event, name, near))
            found.set(methodKey(listener.declared), listener.declared);
    }
    return [...found.values()];
  }

  #replace(file: string, after: readonly Listener[], changed: Set<string>): void {
    const before = this.#files.get(file) ?? [];
    for (const { takes } of before) this.#byType.get(bareName(takes))?.delete(file);
    for (const { takes } of after) {
      const name = bareName(takes);
      const files = this.#byType.get(name);
      if (files === undefined) this.#byType.set(name, new Set([file]));
      else files.add(file);
    }
    if (after.length > 0) this.#files.set(file, after);
    else this.#files.delete(file);
    const old = new Set(before.map(nameOf));
    const now = new Set(after.map(nameOf));
    for (const one of before) if (!now.has(nameOf(one))) changed.add(`listens:${bareName(one.takes)}`);
    for (const one of after) if (!old.has(nameOf(one))) changed.add(`listens:${bareName(one.takes)}`);
  }
}

const nameOf = ({ declared, takes }: Listener): string => `${takes} ${methodKey(declared)}`;

/**
 * The type of what a call or a method reference publishes: `events.publishEvent(new OrderPlaced(order))`,
 * `placed.forEach(events::publishEvent)`.
 */
export function publishedBy(node: CodeNode, typer: Typer): Type | undefined {
  if (node.text !== "publishEvent") return undefined;
  const on = childOf(node, "receiver");
  const publisher = on === undefined ? undefined : typer.typeOf(on);
  if (publisher === undefined || !PUBLISHERS.test(publisher.name)) return undefined;
  if (node.kind === "call") {
    const [event, ...more] = childrenOf(node, "argument");
    return event === undefined || more.length > 0 ? undefined : typer.typeOf(event);
  }
  const each = node.role === "argument" && node.parent?.kind === "call" && node.parent.text === "forEach" ? node.parent : undefined;
  const elements = each === undefined ? undefined : childOf(each, "receiver");
  return elements === undefined ? undefined : typer.elementOf(typer.typeOf(elements));
}

const PUBLISHERS = /^(?:org\.springframework\.(?:\w+\.)+)?\w*Application(?:EventPublisher|Context)$/;

/** Whether a listener runs when the transaction around it has ended: its locks are gone, its connection is given back behind the listener. */
export function runsAfterTransaction({ annotations }: JavaMethod): boolean {
  const annotation = annotationNamed(annotations, "TransactionalEventListener");
  const phase = annotationValue(annotation, "phase");
  return annotation !== undefined && !(phase?.kind === "reference" && bareName(phase.name) === "BEFORE_COMMIT");
}

/** The qualified names of an event's type and of what lies above it. */
function namesOf(types: TypeIndex, event: Type, near: string): ReadonlySet<string> {
  const entry = types.entryOf(event, near);
  const names = new Set([event.name]);
  if (entry === undefined) return names;
  for (const above of types.lineage(entry)) {
    names.add(above.type.qualified);
    for (const { name } of types.supertypesOf(above)) names.add(name);
  }
  names.add("java.lang.Object");
  return names;
}

/** Spring knows the arguments of a generic event by its class only: `class OrderSaved extends Saved<Order>`. */
function takes(types: TypeIndex, { declared: { owner }, takes: text }: Listener, event: Type, name: string, near: string): boolean {
  const taken = types.resolve(text, { file: owner.file, type: owner.type });
  if (taken === undefined || taken.name !== name || taken.dimensions > 0) return false;
  const wanted = taken.args.filter((arg) => arg.name !== "java.lang.Object");
  if (wanted.length === 0) return true;
  const above = types.declared(name, near);
  const own = types.entryOf(event, near);
  if (above === undefined || own === undefined || own.type.typeParameters.length > 0) return false;
  const bindings = new Supertypes(types, near).bindings(typeNamed(event.name), above);
  return above.type.typeParameters.every(({ name: variable }, i) => bindings.get(variable)?.name === taken.args[i]?.name);
}

function listenersIn(file: JavaFile): readonly Listener[] {
  if (!file.java.imports.some(({ name }) => EVENTS.test(name))) return [];
  return file.java.types.flatMap((type) => (isSometimes(type) ? [] : type.methods.flatMap((one) => listenerOf({ file, type }, one))));
}

const EVENTS = /^org\.springframework\.(?:context|transaction)\.(?:event\b|ApplicationListener$)|^org\.springframework\.context$/;

function listenerOf(owner: TypeEntry, method: JavaMethod): readonly Listener[] {
  if (method.body < 0 || method.kind !== "method" || isSometimes(method)) return [];
  const declared = { owner, method };
  const [event, ...more] = method.parameters;
  const annotation = annotationNamed(method.annotations, "EventListener", "TransactionalEventListener");
  if (annotation === undefined)
    return event !== undefined && more.length === 0 && implementsListener(owner.type, method) ? [{ declared, takes: event.type }] : [];
  if (annotationValue(annotation, "condition") !== undefined || more.length > 0) return [];
  const classes = annotationValue(annotation, "classes") ?? annotationValue(annotation, "value");
  if (classes !== undefined) return classNames(classes).map((takes) => ({ declared, takes }));
  return event === undefined ? [] : [{ declared, takes: event.type }];
}

/** `class Stock implements ApplicationListener<OrderPlaced>`, a bean by its annotation. */
function implementsListener(type: JavaType, { name }: JavaMethod): boolean {
  return (
    name === "onApplicationEvent" &&
    type.typeParameters.length === 0 &&
    type.interfaces.some((one) => bareName(one) === "ApplicationListener") &&
    stereotypeOf(type) !== undefined
  );
}

/** `@Async`, `@Profile`, `@ConditionalOnProperty`: whoever publishes does not wait for it, or nobody knows here whether it is there. */
const isSometimes = (one: Pick<JavaType, "annotations">): boolean =>
  isConditional(one) || one.annotations.some(({ name }) => bareName(name).includes("Async"));

function classNames(value: AnnotationValue): readonly string[] {
  const values = value.kind === "array" ? value.values : [value];
  return values.flatMap((one) => (one.kind === "reference" && one.name.endsWith(".class") ? [one.name.slice(0, -".class".length)] : []));
}

/** A bean that Spring takes for its own multicaster: with an executor, listeners run on its threads. */
const hasMulticaster = ({ java }: JavaFile): boolean =>
  java.types.some(
    ({ superclass, methods }) =>
      /EventMulticaster$/.test(superclass ?? "") ||
      methods.some(
        ({ returns, annotations }) => bareName(returns).endsWith("EventMulticaster") && annotationNamed(annotations, "Bean") !== undefined,
      ),
  );

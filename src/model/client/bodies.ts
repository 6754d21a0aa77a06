import { NameIndex } from "../../facts/dart/chains.ts";
import { type DartNode, unpackDart } from "../../facts/dart/code.ts";
import type { DartField, DartMethod } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import type { ClassEntry } from "./clientModel.ts";

export function bodyOf({ body }: DartMethod, file: DartFile): DartNode | undefined {
  return body < 0 ? undefined : unpackDart(file.dart.code, body);
}

export function initializerOf({ initializer }: DartField, file: DartFile): DartNode | undefined {
  return initializer < 0 ? undefined : unpackDart(file.dart.code, initializer);
}

/** The methods of a class that have a body, each unpacked when its turn comes. */
export function* methodBodies({ file, type }: ClassEntry): Generator<readonly [DartMethod, DartNode]> {
  for (const method of type.methods) {
    const body = bodyOf(method, file);
    if (body !== undefined) yield [method, body];
  }
}

/** Methods and functions of a file; the class is undefined for a function. */
export function* methodsOf(file: DartFile): Generator<readonly [DartMethod, ClassEntry | undefined]> {
  for (const type of file.dart.classes) {
    const entry = { file, type };
    for (const method of type.methods) yield [method, entry];
  }
  for (const method of file.dart.functions) yield [method, undefined];
}

/** Those of them that have a body, each unpacked when its turn comes. */
export function* fileBodies(file: DartFile): Generator<readonly [DartMethod, DartNode, ClassEntry | undefined]> {
  for (const [method, entry] of methodsOf(file)) {
    const body = bodyOf(method, file);
    if (body !== undefined) yield [method, body, entry];
  }
}

/** The bodies of a class, unpacked once. */
export interface ClassBodies {
  readonly entry: ClassEntry;
  /** Of all of them, the initializers of constructors and of fields included. */
  readonly names: NameIndex;
  /** By body; fields have none. */
  readonly methodOf: ReadonlyMap<DartNode, DartMethod>;
}

export function bodiesOf(entry: ClassEntry): ClassBodies {
  const { file, type } = entry;
  const roots = new Map<DartNode, DartMethod>();
  for (const method of type.methods) {
    for (const index of method.initializers) roots.set(unpackDart(file.dart.code, index), method);
    const body = bodyOf(method, file);
    if (body !== undefined) roots.set(body, method);
  }
  const initializers = type.fields.flatMap((field) => initializerOf(field, file) ?? []);
  return { entry, names: new NameIndex([...roots.keys(), ...initializers]), methodOf: roots };
}

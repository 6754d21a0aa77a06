import { simpleName, typeNamed } from "../types/type.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import type { DeclaredMethod } from "./typing/callees.ts";
import { Supertypes } from "./typing/supertypes.ts";

/** Stands for a class in a key where several run the same body. */
export const SEVERAL = "?";

/** "a.Dao#save(T) as a.OrderDao": the body of a method as it runs in objects of one class, whatever other classes override. */
export const keyAs = (method: string, type: string): string => `${method} as ${type}`;

/** The declaration behind a key, and the class that it runs in, if the key names one. */
export function partsOfKey(key: string): readonly [method: string, type: string | undefined] {
  if (key.endsWith(")")) return [key, undefined];
  const at = key.lastIndexOf(" as ");
  return [key.slice(0, at), key.slice(at + " as ".length)];
}

/** Whether a call may run a method, in whichever class. */
export const mayRun = ({ targets }: { readonly targets: readonly string[] }, method: string): boolean =>
  targets.includes(method) || targets.some((target) => declaredKey(target) === declaredKey(method));

export const declaredKey = (key: string): string => partsOfKey(key)[0];

/** The method that runs when a declared one is called on an object of this class; undefined where no source says. */
export function runsIn(types: TypeIndex, type: TypeEntry, declared: DeclaredMethod): DeclaredMethod | undefined {
  const { name, parameters } = declared.method;
  const given = givenTo(types, type);
  return types
    .methodsOf(type, name)
    .find((found) => found.method.body >= 0 && found.method.parameters.length === parameters.length && mayOverride(found, declared, given));
}

/** The one class below, or at, a type whose objects there are: undefined where none is known. */
export function classesOf(types: TypeIndex, entry: TypeEntry): readonly TypeEntry[] {
  return [entry, ...types.descendantsOf(entry)].filter(({ type }) => type.kind !== "interface" && !type.modifiers.includes("abstract"));
}

/** The simple name of what stands for a type variable of a method's owner; undefined where it is not known. */
export type Given = (variable: string, above: DeclaredMethod) => string | undefined;

/** What a class gives the type variables of those above it: `get(List<String> ids)` of orders by text is no `get(K key)`. */
export function givenTo(types: TypeIndex, type: TypeEntry): Given {
  return (variable, { owner }) => {
    const given = new Supertypes(types, type.file.file).bindings(typeNamed(type.type.qualified), owner).get(variable);
    return given === undefined ? undefined : simpleName(given);
  };
}

/** Parameter types may differ in generics and type variables only. */
export function mayOverride(runs: DeclaredMethod, above: DeclaredMethod, given?: Given): boolean {
  return above.method.parameters.every((parameter, i) => {
    const own = bare(runs.method.parameters[i]?.type ?? "");
    const wanted = bare(parameter.type);
    if (own === wanted || isVariable(own, runs)) return true;
    if (!isVariable(wanted, above)) return false;
    const stands = given?.(wanted, above);
    return stands === undefined || stands === own;
  });
}

const bare = (type: string): string => type.replace(/<.*>/, "").replace(/^.*\./, "");
const isVariable = (name: string, { owner, method }: DeclaredMethod): boolean =>
  owner.type.typeParameters.some((parameter) => parameter.name === name) ||
  method.typeParameters.some((parameter) => parameter.name === name);

import type { JavaMethod } from "../../facts/java/javaFacts.ts";
import type { DeclaredMethod } from "./typing/callees.ts";

/** One string a method: a workspace has a hundred thousand calls, and each names its targets. */
const KEYS = new WeakMap<JavaMethod, string>();

/** A method's identity across edits: owner, name, parameter types. */
export function methodKey({ owner, method }: DeclaredMethod): string {
  let key = KEYS.get(method);
  if (key === undefined) {
    key = `${owner.type.qualified}#${method.name}(${method.parameters.map((parameter) => parameter.type).join(",")})`;
    KEYS.set(method, key);
  }
  return key;
}

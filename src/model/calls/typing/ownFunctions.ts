import type { Type } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { DeclaredMethod } from "./callees.ts";

/** The one method without a body of a functional interface that the workspace declares; undefined for every other type. */
export function ownFunction(types: TypeIndex, type: Type, near: string): DeclaredMethod | undefined {
  const entry = type.dimensions > 0 ? undefined : types.entryOf(type, near);
  if (entry?.type.kind !== "interface") return undefined;
  const open: DeclaredMethod[] = [];
  for (const owner of types.lineage(entry))
    for (const method of owner.type.methods)
      if (method.body < 0 && method.kind === "method" && !open.some((one) => one.method.name === method.name)) open.push({ owner, method });
  return open.length === 1 ? open[0] : undefined;
}

import type { Type } from "../types/type.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { classesOf } from "./dispatch.ts";
import type { MapperIndex } from "./mapperIndex.ts";
import { isRepository } from "./repositoryTypes.ts";
import type { DeclaredMethod } from "./typing/callees.ts";
import { declaredWork, kindByName, type Work } from "./work.ts";

/**
 * What a call of a port's method does, where repositories of Spring Data are all that stands behind the port:
 * `interface JpaUsers extends JpaRepository<User, Long>, Users`. Of several, which may be for other stores, the first by name.
 */
export function portWork(
  types: TypeIndex,
  mappers: MapperIndex,
  near: TypeEntry,
  receiver: Type | undefined,
  { owner, method }: DeclaredMethod,
): Work | undefined {
  if (owner.type.kind !== "interface" || method.body >= 0 || method.modifiers.includes("static")) return undefined;
  const port = types.entryOf(receiver, near.file.file) ?? owner;
  const [repository] = types
    .descendantsOf(port)
    .filter((below) => below.type.kind === "interface" && isRepository(types, below))
    .sort((a, b) => (a.type.qualified < b.type.qualified ? -1 : 1));
  if (repository === undefined || classesOf(types, port).length > 0) return undefined;
  const own = types.methodsOf(repository, method.name).filter((one) => one.method.parameters.length === method.parameters.length);
  if (own.some((one) => one.method.body >= 0)) return undefined;
  const [written] = own;
  const kind = written === undefined ? kindByName(method.name) : declaredWork(types, mappers, repository, written.method)?.kind;
  return kind && { kind, label: `${port.type.name}.${method.name}`, on: repository.type.qualified, port: true };
}

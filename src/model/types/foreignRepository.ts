import { annotationNamed } from "./constants.ts";
import { simpleName, type Type } from "./type.ts";
import type { TypeIndex } from "./typeIndex.ts";

/**
 * Whether a type that no source of the workspace declares is a repository of an entity that one does: a library's own base of
 * Spring Data repositories, "JpaCqlRepository<Author, UUID>".
 */
export function isForeignRepository(types: TypeIndex, type: Type, near: string): boolean {
  const [entity] = type.args;
  if (entity === undefined || !simpleName(type).endsWith("Repository") || types.entryOf(type, near) !== undefined) return false;
  const declared = types.entryOf(entity, near);
  return declared !== undefined && annotationNamed(declared.type.annotations, "Entity") !== undefined;
}

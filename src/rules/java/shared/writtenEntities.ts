import type { Model } from "../../../model/model.ts";
import type { Entity } from "../../../model/persistence/entity.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import { simpleName, type Type } from "../../../model/types/type.ts";
import type { Endpoint } from "../../../model/web/endpoint.ts";

const WRAPPERS: ReadonlySet<string> = new Set(
  "ResponseEntity HttpEntity Optional CompletableFuture Callable DeferredResult Mono EntityModel".split(" "),
);
const MANY: ReadonlySet<string> = new Set("List Set Collection Iterable Page Slice Stream Flux CollectionModel PagedModel Map".split(" "));

/** The entity that the response's body holds; undefined for pages of HTML and for everything that is no entity. */
export function writtenBy(model: Model, endpoint: Endpoint): { readonly entity: Entity; readonly many: boolean } | undefined {
  const declared = model.calls.methodsIn(endpoint.file).find(({ key }) => key === endpoint.method)?.declared;
  if (declared === undefined) return undefined;
  const { owner, method } = declared;
  const above = model.types.lineage(owner).flatMap(({ type }) => type.annotations);
  if (annotationNamed([...above, ...method.annotations], "RestController", "ResponseBody") === undefined) return undefined;
  // A view says what is written.
  if (annotationNamed([...above, ...method.annotations], "JsonView") !== undefined) return undefined;
  let type: Type | undefined = model.types.resolve(method.returns, { file: owner.file, type: owner.type });
  let many = false;
  while (type !== undefined && (WRAPPERS.has(simpleName(type)) || MANY.has(simpleName(type)))) {
    many ||= MANY.has(simpleName(type));
    type = type.args.at(-1);
  }
  const entity = type === undefined ? undefined : model.persistence.entity(type.name);
  return entity?.kind === "entity" ? { entity, many: many || (type?.dimensions ?? 0) > 0 } : undefined;
}

import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { partsOfKey } from "../../../../model/calls/dispatch.ts";
import type { Model } from "../../../../model/model.ts";
import type { EntityValue } from "../../../../model/persistence/loading/entityValue.ts";
import { isResponse } from "../../../../model/persistence/loading/libraryWrappers.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { simpleName, type Type } from "../../../../model/types/type.ts";
import type { Endpoint } from "../../../../model/web/endpoint.ts";
import { partsOf, returnedIn } from "./writtenParts.ts";

const WRAPPERS: ReadonlySet<string> = new Set(
  "ResponseEntity HttpEntity Optional CompletableFuture Callable DeferredResult Mono EntityModel".split(" "),
);
const MANY: ReadonlySet<string> = new Set("List Set Collection Iterable Page Slice Stream Flux CollectionModel PagedModel Map".split(" "));

export interface Written {
  readonly entity: Entity;
  readonly many: boolean;
  /** Where it comes from, if it is a part of the answer. */
  readonly value?: EntityValue;
}

/** The entities that the response's body is or holds; none for pages of HTML. */
export function writtenBy(model: Model, endpoint: Endpoint): readonly Written[] {
  const node = writing(model, endpoint);
  if (node === undefined) return [];
  const { declared } = node;
  const found = bodyType(model, node);
  if (found === undefined) return writtenParts(model, node);
  return /^ResponseEntity\b/.test(declared.method.returns) && hasNoBody(model, node) ? [] : [found];
}

/** The entity that the response's body is, or is a collection of. */
export function writtenDirectly(model: Model, endpoint: Endpoint): Entity | undefined {
  const node = writing(model, endpoint);
  return node && bodyType(model, node)?.entity;
}

/** The method of an endpoint whose answer Jackson writes. */
function writing(model: Model, endpoint: Endpoint): MethodNode | undefined {
  model.calls.noteBodies(endpoint.file);
  const node = model.calls.method(endpoint.runs);
  if (node === undefined) return undefined;
  const { owner, method } = node.declared;
  const [, served] = partsOfKey(endpoint.runs);
  const controller = (served === undefined ? undefined : model.types.declared(served, endpoint.file)) ?? owner;
  const above = model.types.lineage(controller).flatMap(({ type }) => type.annotations);
  if (annotationNamed([...above, ...method.annotations], "RestController", "ResponseBody") === undefined) return undefined;
  // A view says what is written.
  if (annotationNamed([...above, ...method.annotations], "JsonView") !== undefined) return undefined;
  return node;
}

function bodyType(model: Model, node: MethodNode): Written | undefined {
  const { method } = node.declared;
  const type = model.calls.typeIn(node, method.returns);
  return SAYS_NOTHING.test(method.returns) ? bodiesOf(model, node) : written(model, type);
}

/** Whether all answers are a status alone: `new ResponseEntity<Book>(HttpStatus.OK)`, `ResponseEntity.notFound().build()`. */
function hasNoBody(model: Model, method: MethodNode): boolean {
  if (method.declared.method.body < 0) return false;
  const answers = returnedIn(model.calls.codeOf(method).nodes);
  return (
    answers.length > 0 &&
    answers.every((answer) => {
      if (answer.kind === "call") return answer.text === "build" && isResponse(answer);
      const [first, second, ...more] = childrenOf(answer, "argument");
      if (answer.kind !== "new" || first === undefined || more.length > 0) return false;
      return second === undefined ? /^HttpStatus(?:Code)?$/.test(childOf(first, "receiver")?.text ?? "") : first.type === "null";
    })
  );
}

function written(model: Model, declared: Type | undefined): Written | undefined {
  let type = declared;
  let many = false;
  while (type !== undefined && (WRAPPERS.has(simpleName(type)) || MANY.has(simpleName(type)))) {
    many ||= MANY.has(simpleName(type));
    type = type.args.at(-1);
  }
  const entity = type === undefined ? undefined : model.persistence.entity(type.name);
  return entity?.kind === "entity" ? { entity, many: many || (type?.dimensions ?? 0) > 0 } : undefined;
}

/** "ResponseEntity<?>", "ResponseEntity<Object>", "Object": the returned expressions tell more. */
const SAYS_NOTHING = /^(?:ResponseEntity(?:<\s*(?:\?|Object)\s*>)?|Object)$/;

/** The one kind of entity that all returns give which give one at all. */
function bodiesOf(model: Model, method: MethodNode): Written | undefined {
  if (method.declared.method.body < 0) return undefined;
  const { nodes, typer } = model.calls.codeOf(method);
  const found = returnedIn(nodes).flatMap((value) => written(model, typer.typeOf(bodyOf(value))) ?? []);
  const [first, ...others] = found;
  return others.every(({ entity }) => entity === first?.entity) ? first : undefined;
}

function writtenParts(model: Model, method: MethodNode): readonly Written[] {
  if (method.declared.method.body < 0) return [];
  return returnedIn(model.calls.codeOf(method).nodes)
    .flatMap((answer) => partsOf(model, method, bodyOf(answer)))
    .map((value) => ({ entity: value.entity, many: value.many, value }));
}

/** What `ResponseEntity.ok(x)`, `ResponseEntity.status(200).body(x)` and `new ResponseEntity<>(x, status)` hold. */
function bodyOf(value: CodeNode): CodeNode {
  const [first] = childrenOf(value, "argument");
  if (first === undefined) return value;
  if (value.kind === "new") return value.type.startsWith("ResponseEntity") ? first : value;
  return /^(?:ok|body|of)$/.test(value.text) && isResponse(value) ? first : value;
}

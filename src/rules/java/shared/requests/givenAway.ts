import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";
import { entityValuesOf } from "../../../../model/persistence/loading/lazyAccesses.ts";
import type { Attribute, Entity } from "../../../../model/persistence/mapping/entity.ts";
import { fetches } from "../../../../model/persistence/repositories/selection.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { simpleName, type Type } from "../../../../model/types/type.ts";
import type { Endpoint } from "../../../../model/web/endpoint.ts";
import type { Place } from "../../../../text/positions.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { isLazy } from "../reads/associationUses.ts";
import { associationsWritten, LAZY_MODULES } from "./writtenAssociations.ts";
import { writtenBy } from "./writtenEntities.ts";
import { heldIn, isWritten } from "./writtenParts.ts";

/** The first association of an entity, or of what comes with it, that is loaded only where it is looked at. */
interface Lazy {
  readonly owner: Entity;
  readonly attribute: Attribute;
}

/** What an endpoint writes as JSON with associations that are loaded only then. */
export function writtenLazily(model: Model, endpoint: Endpoint): readonly RelatedPlace[] {
  if (model.configuration.buildOf(endpoint.file).has(...LAZY_MODULES)) return [];
  const written = writtenBy(model, endpoint).flatMap((one) => {
    const [first] = associationsWritten(model, endpoint, one);
    return first === undefined ? (behind(model, one.entity) ?? []) : { owner: one.entity, attribute: first.attribute };
  });
  const method = model.calls.method(endpoint.runs);
  const held = method === undefined ? [] : heldByAnswer(model, method).flatMap((entity) => lazyIn(model, entity, isSeen(model)) ?? []);
  const [lazy] = [...written, ...held];
  return lazy === undefined ? [] : [placed(endpoint.at, `${endpoint.label} writes`, lazy)];
}

/** What a method gives to the page that is drawn after it: `model.addAttribute("order", order)`, or what it answers with for each page. */
export function givenToPages(model: Model, method: MethodNode): readonly RelatedPlace[] {
  const { declared } = method;
  const { file } = declared.owner.file;
  const places = pageValues(model, method).flatMap(({ node, type }) => {
    const lazy = persistentIn(model, type, file).flatMap((entity) => lazyIn(model, entity, () => true) ?? []);
    const [first] = lazy.filter(({ owner, attribute }) => !isFetched(model, method, node, owner, attribute));
    return first === undefined ? [] : [placed({ file, start: node.start, end: node.end }, "a page is given", first)];
  });
  if (annotationNamed(declared.method.annotations, "ModelAttribute") === undefined) return places;
  const given = persistentIn(model, model.calls.typeIn(method, declared.method.returns), file);
  const [lazy] = given.flatMap((entity) => lazyIn(model, entity, () => true) ?? []);
  return lazy === undefined ? places : [...places, placed({ file, ...declared.method.nameSpan }, "pages are given", lazy)];
}

const placed = (at: Place, who: string, { owner, attribute }: Lazy): RelatedPlace => ({
  at,
  message: `${who} ${owner.name} with its lazy ${attribute.name}`,
});

type Shown = (entity: Entity, attribute: Attribute) => boolean;

function lazyIn(model: Model, entity: Entity, isShown: Shown, seen = new Set<Entity>()): Lazy | undefined {
  if (seen.has(entity)) return undefined;
  seen.add(entity);
  const shown = entity.attributes.filter((attribute) => attribute.kind !== "basic" && isShown(entity, attribute));
  const own = shown.find(isLazy);
  if (own !== undefined) return { owner: entity, attribute: own };
  for (const { type } of shown) {
    const target = model.persistence.entity(type);
    const below = target === undefined ? undefined : lazyIn(model, target, isShown, seen);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** What lies behind the associations that come with an entity. */
function behind(model: Model, entity: Entity): Lazy | undefined {
  const isShown = isSeen(model);
  return lazyIn(model, entity, (owner, attribute) => isShown(owner, attribute) && (owner !== entity || !isLazy(attribute)));
}

/** Whether Jackson writes an attribute. */
const isSeen =
  ({ types }: Model): Shown =>
  ({ qualified, hiddenInJson }, { name, hidden }) => {
    const entry = types.declared(qualified);
    return (
      !hidden &&
      !hiddenInJson.includes(name) &&
      entry !== undefined &&
      isWritten(
        types.lineage(entry).map(({ type }) => type),
        name,
      )
    );
  };

/** The entities in the fields of the class that an endpoint answers with. */
function heldByAnswer(model: Model, { declared, ...method }: MethodNode): readonly Entity[] {
  let type = model.calls.typeIn({ declared, ...method }, declared.method.returns);
  while (type !== undefined && model.types.entryOf(type, declared.owner.file.file) === undefined) type = type.args.at(-1);
  return type === undefined ? [] : [...heldIn(model, type, declared.owner.file.file).values()];
}

/** The entities that a value of a type is, holds, or is a collection of. */
function persistentIn(model: Model, type: Type | undefined, near: string): readonly Entity[] {
  if (type === undefined) return [];
  const entity = model.persistence.entity(type.name);
  if (entity?.kind === "entity") return [entity];
  return [...type.args.flatMap((inner) => persistentIn(model, inner, near)), ...heldIn(model, type, near).values()];
}

interface PageValue {
  readonly node: CodeNode;
  readonly type: Type | undefined;
}

function pageValues({ calls }: Model, method: MethodNode): readonly PageValue[] {
  if (method.declared.method.body < 0) return [];
  const { nodes, typer } = calls.codeOf(method);
  return nodes.flatMap((node): readonly PageValue[] => {
    if (node.kind === "new" && /^ModelAndView$/.test(node.type)) return lastGiven(node, typer);
    if (node.kind !== "call" || !GIVES.test(node.text)) return [];
    const on = childOf(node, "receiver");
    const type = on === undefined ? undefined : typer.typeOf(on);
    return type !== undefined && PAGES.has(simpleName(type)) ? lastGiven(node, typer) : [];
  });
}

function lastGiven(node: CodeNode, typer: Typer): readonly PageValue[] {
  const last = childrenOf(node, "argument").at(-1);
  return last === undefined ? [] : [{ node: last, type: typer.typeOf(last) }];
}

const GIVES = /^(?:addAttribute|addObject|addAllAttributes|addAllObjects|put|mergeAttributes)$/;
const PAGES: ReadonlySet<string> = new Set("Model ModelMap ModelAndView ExtendedModelMap ConcurrentModel BindingAwareModelMap".split(" "));

function isFetched(model: Model, method: MethodNode, node: CodeNode, owner: Entity, attribute: Attribute): boolean {
  const value = entityValuesOf(model, method).of(node);
  if (value === undefined || !("selection" in value.origin) || value.entity !== owner) return false;
  const path = [...value.path, attribute].map(({ name }) => name).join(".");
  return fetches(value.origin.selection, path);
}

import { childrenOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { mappingsBy, mapsProperty } from "../../../../model/calls/mapStruct.ts";
import type { Model } from "../../../../model/model.ts";
import { accessesOfParameter } from "../../../../model/persistence/loading/lazyAccesses.ts";
import { reflectedLooks, reflectedTarget } from "../../../../model/persistence/loading/reflectedLooks.ts";
import type { Attribute, Entity } from "../../../../model/persistence/mapping/entity.ts";
import { insideTemplate } from "../../../../model/transactions/template.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { Type } from "../../../../model/types/type.ts";
import type { Place } from "../../../../text/positions.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { associationUses, isLazy, isMadeHere } from "../reads/associationUses.ts";
import { type Crossing, outsideTransactions } from "../transactions/outsideTransactions.ts";
import { givenToPages, writtenLazily } from "./givenAway.ts";

/**
 * Places that read lazily, or may, where only the session of an open view is there to read with: in what the requests of some modules run
 * without a transaction, in what they hand to one, in what is written as JSON or given to a page. Each once, and no more than `most` of
 * them: an edit of whatever requests run asks again.
 */
export function readsByOpenView(model: Model, modules: ReadonlySet<string>, most: number): readonly RelatedPlace[] {
  const found = new Map<string, RelatedPlace>();
  for (const place of placesOf(model, modules)) {
    const key = `${place.at.file} ${place.at.start}`;
    if (!found.has(key)) found.set(key, place);
    if (found.size >= most) break;
  }
  return [...found.values()];
}

function* placesOf(model: Model, modules: ReadonlySet<string>): Generator<RelatedPlace> {
  const { configuration, web } = model;
  const isOurs = ({ file }: { readonly file: string }): boolean => modules.has(configuration.moduleOf(file));
  const endpoints = web.endpoints().filter(isOurs);
  const others = web.triggers().filter((one) => one.kind === "endpoint" && one.beforeView !== true && isOurs(one));
  const fillers = endpoints.flatMap(({ file }) => model.calls.methodsIn(file)).filter(isModelAttribute);
  const entrances = [...endpoints.map(({ runs }) => runs), ...others.map(({ method }) => method), ...fillers.map(({ key }) => key)];
  const outside = new Set<MethodNode>();
  for (const step of outsideTransactions(model, entrances)) {
    if ("callee" in step) yield* handedIn(model, step);
    else {
      outside.add(step);
      yield* usedIn(model, step);
      yield* mappedIn(model, step);
      yield* givenToPages(model, step);
    }
  }
  const handlers = new Set(entrances.flatMap((key) => model.calls.method(key) ?? []));
  for (const handler of handlers) if (!outside.has(handler)) yield* givenToPages(model, handler);
  for (const endpoint of endpoints) yield* writtenLazily(model, endpoint);
}

const isModelAttribute = ({ declared: { method } }: MethodNode): boolean =>
  annotationNamed(method.annotations, "ModelAttribute") !== undefined;

const nameOf = (entity: Entity, { name }: Attribute): string => `${entity.name}.${name}`;

const placeIn = ({ declared }: MethodNode, { start, end }: { readonly start: number; readonly end: number }): Place => ({
  file: declared.owner.file.file,
  start,
  end,
});

/** What a body looks into itself. */
function usedIn(model: Model, method: MethodNode): readonly RelatedPlace[] {
  const { nodes, typer } = model.calls.codeOf(method);
  const uses = associationUses(model, method).map(({ node, entity, attribute }) => ({
    node,
    message: `${nameOf(entity, attribute)} is LAZY`,
  }));
  const references = method.sites.flatMap(({ work, order }) => {
    const node = nodes[order];
    return work?.reference === true && node !== undefined ? [{ node, message: `${work.label} gives a reference` }] : [];
  });
  return [...uses, ...references].flatMap(({ node, message }) =>
    insideTemplate(node, typer) ? [] : [{ at: placeIn(method, node), message: `${message}, and no transaction is around` }],
  );
}

/** What mappers whose bodies are not written read of the entities that they are given. */
function mappedIn(model: Model, method: MethodNode): readonly RelatedPlace[] {
  const { calls, types, persistence } = model;
  const { nodes, typer } = calls.codeOf(method);
  const near = method.declared.owner.file.file;
  const generated = method.sites.flatMap(({ targets, order }) => {
    const node = nodes[order];
    const mappings = targets.flatMap((target) => {
      const declared = calls.method(target)?.declared;
      return declared === undefined || declared.method.body >= 0 ? [] : mappingsBy(types, declared);
    });
    return mappings.flatMap((mapping) => {
      calls.noteBodies(mapping.mapper.file.file);
      const [source, target] = [mapping.source, mapping.target].map((type) => elementOfMany(model, type));
      // Of a class that the build makes anything may be filled.
      const isUnseen = target !== undefined && types.entryOf(target, mapping.mapper.file.file) === undefined;
      return reachedFrom(model, source?.name).flatMap((entity) =>
        entity.attributes.flatMap((attribute) => {
          if (node === undefined || !isLazy(attribute)) return [];
          const isFilled = isUnseen ? entity.qualified === source?.name : mapsProperty(types, mapping, entity.qualified, attribute.name);
          return isFilled ? [{ node, entity, attribute }] : [];
        }),
      );
    });
  });
  const reflected = nodes.flatMap((node) => {
    const target = reflectedTarget(node, typer);
    const [given] = target === undefined ? [] : childrenOf(node, "argument");
    const entity = given === undefined ? undefined : persistence.entity(typer.typeOf(given)?.name ?? "");
    if (target === undefined || entity === undefined) return [];
    return reflectedLooks(model, entity, target, near).flatMap(({ path: [attribute] }) =>
      attribute !== undefined && isLazy(attribute) ? [{ node, entity, attribute }] : [],
    );
  });
  return [...generated, ...reflected].flatMap(({ node, entity, attribute }) =>
    insideTemplate(node, typer) ? [] : [{ at: placeIn(method, node), message: `${nameOf(entity, attribute)} is LAZY, and is mapped here` }],
  );
}

/** Of a collection its elements' type, of anything else the type itself. */
const elementOfMany = ({ types, persistence }: Model, type: Type): Type | undefined =>
  persistence.entity(type.name) === undefined && types.declared(type.name) === undefined ? (type.args.at(-1) ?? type) : type;

/** An entity, and what its associations lead to. */
function reachedFrom({ persistence }: Model, qualified: string | undefined): readonly Entity[] {
  const found = new Set<Entity>();
  const open = qualified === undefined ? [] : [qualified];
  for (const name of open) {
    const entity = persistence.entity(name);
    if (entity === undefined || found.has(entity)) continue;
    found.add(entity);
    for (const { kind, type } of entity.attributes) if (kind !== "basic") open.push(type);
  }
  return [...found];
}

/** What a transaction looks into, or changes, of entities that were read before it began: no longer its own without the view. */
function handedIn(model: Model, { caller, site, callee }: Crossing): readonly RelatedPlace[] {
  const { nodes, typer } = model.calls.codeOf(caller);
  const node = nodes[site.order];
  if (node?.kind !== "call") return [];
  return childrenOf(node, "argument").flatMap((given, index) => {
    const type = typer.typeOf(given);
    const entity = persistentOf(model, type?.name) ?? persistentOf(model, typer.elementOf(type)?.name);
    if (entity === undefined || isMadeHere(given, caller, typer)) return [];
    const looks = accessesOfParameter(model, callee, index).some((path) => path.some(isLazy));
    if (!looks && !changes(model, callee, index)) return [];
    const { owner, method } = callee.declared;
    const what = looks ? "looks into" : "changes";
    return [
      {
        at: placeIn(caller, node),
        message: `${owner.type.name}.${method.name} ${what} ${entity.name}, which was read before its transaction`,
      },
    ];
  });
}

const persistentOf = ({ persistence }: Model, name: string | undefined): Entity | undefined => {
  const entity = name === undefined ? undefined : persistence.entity(name);
  return entity?.kind === "entity" ? entity : undefined;
};

/** Whether a body sets properties of a parameter, and does not save it by name. */
function changes({ calls }: Model, method: MethodNode, index: number): boolean {
  const parameter = method.declared.method.parameters[index]?.name;
  if (parameter === undefined || method.declared.method.body < 0) return false;
  const { nodes } = calls.codeOf(method);
  const isGiven = (node: { readonly kind: string; readonly text: string }) => node.kind === "name" && node.text === parameter;
  return (
    nodes.some(
      ({ kind, text, children }) =>
        kind === "call" && /^(?:set|add|remove)/.test(text) && children.some((one) => one.role === "receiver" && isGiven(one)),
    ) &&
    !nodes.some(
      ({ kind, text, children }) => kind === "call" && SAVES.test(text) && children.some((one) => one.role === "argument" && isGiven(one)),
    )
  );
}

const SAVES = /^(?:save|merge|persist|update)/;

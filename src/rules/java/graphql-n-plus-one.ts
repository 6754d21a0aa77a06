import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { type SiteEffect, siteEffect } from "../../model/calls/effects/siteEffects.ts";
import type { Model } from "../../model/model.ts";
import { alongPath, type FetchGap, groupsByDefault, isGrouped } from "../../model/persistence/loading/fetchGaps.ts";
import { accessesOfParameter } from "../../model/persistence/loading/lazyAccesses.ts";
import { fetches } from "../../model/persistence/repositories/selection.ts";
import { simpleName } from "../../model/types/type.ts";
import { type FieldParent, fieldParent, type Listing, listingOf } from "../../model/web/graphQlParents.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule, type Report } from "../rule.ts";
import { leadsToFew } from "./shared/mapping/smallTables.ts";
import { reachOf } from "./shared/running/reach.ts";

export const graphqlNPlusOne = defineRule({
  id: "java/graphql-n-plus-one",
  title: "A field of GraphQL that reads for each object that has it",
  language: "java",
  certainty: "likely",
  cost: "1 + N queries, N = objects of the answer",
  references: [
    "https://docs.spring.io/spring-graphql/reference/controllers.html#controllers.batch-mapping",
    "https://netflix.github.io/dgs/data-loaders",
    "https://www.graphql-java.com/documentation/batching",
  ],
  messages: {
    reads: "{{field}} runs {{query}} once per {{parent}}",
    loads: "{{field}} loads {{association}} once per {{parent}}",
  },

  check({ file, model, report }) {
    for (const { method: key, graphQl } of model.web.triggersIn(file.file)) {
      if (graphQl !== "per object") continue;
      const method = model.calls.methodsIn(file.file).find((node) => node.key === key);
      const parent = method === undefined || usesLoader(model, method) ? undefined : fieldParent(model, method);
      if (method === undefined || parent === undefined) continue;
      const found = readIn(model, method) ?? lazyIn(model, method, parent, file.file);
      if (found === undefined) continue;
      const listing = listingOf(model, parent.type);
      const name = simpleName(parent.type);
      report({
        at: found.at,
        message: found.message,
        data: { ...found.data, field: method.declared.method.name, parent: name },
        cost: `1 + N queries, N = objects of type ${name} in the answer`,
        related: [...found.related, ...placeOf(listing, name)],
        ...weightOf(model, method, parent, listing, found.certain),
      });
    }
  },
});

interface Found extends Pick<Report<"reads" | "loads">, "at" | "message"> {
  readonly data: Readonly<Record<string, string>>;
  readonly related: readonly RelatedPlace[];
  /** It is known what runs. */
  readonly certain: boolean;
}

/** Loaders collect the keys of all objects and ask for them at once. */
function usesLoader(model: Model, method: MethodNode): boolean {
  if (method.declared.method.parameters.some(({ type }) => /^(?:\w+\.)*(?:Mapped)?DataLoader\b/.test(type))) return true;
  return model.calls
    .codeOf(method)
    .nodes.some(
      ({ kind, text, type }) => (kind === "call" && /^getDataLoader$/.test(text)) || (kind === "local" && /^DataLoader\b/.test(type)),
    );
}

/** Of more classes than these that may run, and over more calls than these, it is anybody's guess what does. */
const MOST_CANDIDATES = 3;
const DEEPEST = 6;
const ASKED = ["read", "http", "search"] as const;

/** The nearest read, of the database or of another machine. */
function readIn(model: Model, method: MethodNode): Found | undefined {
  const reads = method.sites.flatMap((site): readonly { readonly site: CallSite; readonly effect: SiteEffect }[] => {
    const [effect] = site.excuses.length > 0 ? [] : ASKED.flatMap((kind) => siteEffect(model.effects, site, kind) ?? []);
    return effect === undefined || effect.candidates > MOST_CANDIDATES || effect.depth > DEEPEST ? [] : [{ site, effect }];
  });
  const [nearest] = reads.sort((a, b) => a.effect.depth - b.effect.depth);
  if (nearest === undefined) return undefined;
  const { site, effect } = nearest;
  return {
    at: site.at,
    message: "reads",
    data: { query: effect.label },
    related: effect.chain,
    certain: effect.candidates === 1 && effect.depth <= 3,
  };
}

/** A lazy association of the object that the field looks into or gives, and that no query is seen to bring with it. */
function lazyIn(model: Model, method: MethodNode, { type, parameter }: FieldParent, file: string): Found | undefined {
  const entity = parameter < 0 ? undefined : model.persistence.entity(type.name);
  if (entity?.kind !== "entity" || groupsByDefault(model.configuration, file)) return undefined;
  for (const path of accessesOfParameter(model, method, parameter)) {
    const steps = alongPath(model.persistence, entity.qualified, path.map(({ name }) => name).join("."));
    const gap = steps.find(({ attribute }) => attribute.kind !== "embedded" && attribute.fetch === "lazy");
    if (gap === undefined || isGrouped(gap) || leadsToFew(model, gap, file) || isBrought(model, entity.qualified, gap)) continue;
    return {
      at: method.declared.method.nameSpan,
      message: "loads",
      data: { association: `${gap.owner.name}.${gap.attribute.name}` },
      related: [{ at: gap.attribute.at, message: `${gap.owner.name}.${gap.attribute.name} is LAZY` }],
      certain: true,
    };
  }
  return undefined;
}

/** Whether a query for many objects brings what is missing: it may be the one that the answer comes from. */
const isBrought = (model: Model, entity: string, { path }: FetchGap): boolean =>
  model.persistence
    .repositories()
    .some((repository) =>
      model.persistence
        .selectionsOf(repository.qualified)
        .some((selection) => selection.entity === entity && selection.rows === "many" && fetches(selection, path)),
    );

function placeOf(listing: Listing | undefined, name: string): readonly RelatedPlace[] {
  return listing === undefined ? [] : [{ at: listing.at, message: `${listing.label} gives many of type ${name}` }];
}

/**
 * Loud where an answer is seen to hold many objects: one object's field is one query. Of types that are generated when the project is
 * built, nobody here knows who gives them.
 */
function weightOf(
  model: Model,
  method: MethodNode,
  { type }: FieldParent,
  listing: Listing | undefined,
  certain: boolean,
): Pick<Report, "certainty" | "severity"> {
  if (listing !== undefined)
    return { certainty: "likely", severity: certain && reachOf(model, method).often === "often" ? "warning" : "information" };
  const isSeen = model.types.entryOf(type, method.declared.owner.file.file) !== undefined;
  return { certainty: certain && !isSeen ? "likely" : "possible" };
}

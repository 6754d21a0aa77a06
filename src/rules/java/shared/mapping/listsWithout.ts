import { methodKey } from "../../../../model/calls/methodKey.ts";
import type { Model } from "../../../../model/model.ts";
import { isAskedForOne } from "../../../../model/persistence/repositories/repositoryUses.ts";
import { fetches, type Selection } from "../../../../model/persistence/repositories/selection.ts";
import type { Mapping } from "./mappings.ts";

/** The queries for many rows of the owner that leave the association out. */
export function listsWithout(model: Model, { entity, attribute }: Mapping): readonly Selection[] {
  return model.persistence
    .repositories()
    .filter((repository) => repository.entity === entity.qualified)
    .flatMap(({ qualified }) => model.persistence.selectionsOf(qualified))
    .filter((selection) => selection.rows === "many" && selection.entity === entity.qualified && !fetches(selection, attribute.name))
    .filter((selection) => !asksForOne(model, selection));
}

/** A query for the first row that all callers ask for a page of one row. */
function asksForOne(model: Model, { paged, repository, at }: Selection): boolean {
  const owner = paged ? model.types.declared(repository) : undefined;
  const method = owner?.type.methods.find(({ nameSpan }) => owner.file.file === at?.file && nameSpan.start === at.start);
  return owner !== undefined && method !== undefined && isAskedForOne(model.persistence.uses.of(methodKey({ owner, method })));
}

/** What a finding says of them: the first by name, and where each is. */
export function saidOf([first, ...others]: readonly Selection[]) {
  return {
    data: { query: first?.label ?? "", more: others.length === 0 ? "" : ` and ${others.length} more` },
    related: [...(first === undefined ? [] : [first]), ...others].flatMap(({ at, label }) =>
      at === undefined ? [] : [{ at, message: `${label} does not fetch it` }],
    ),
  };
}

/** Enhanced classes learn of the other side when it is asked for. */
export function isEnhanced(model: Model, file: string): boolean {
  return model.configuration.buildOf(file).plugins.some((plugin) => ENHANCERS.has(plugin));
}

const ENHANCERS: ReadonlySet<string> = new Set(["hibernate-enhance-maven-plugin", "hibernate-maven-plugin", "org.hibernate.orm"]);

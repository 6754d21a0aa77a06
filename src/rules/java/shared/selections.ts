import type { JavaFile } from "../../../facts/fileFacts.ts";
import { methodKey } from "../../../model/calls/methodKey.ts";
import type { Model } from "../../../model/model.ts";
import { alongPath, type FetchGap } from "../../../model/persistence/loading/fetchGaps.ts";
import type { Selection } from "../../../model/persistence/repositories/selection.ts";
import type { Place } from "../../../text/positions.ts";
import type { RelatedPlace } from "../../finding.ts";

/** A query that a file's repository declares. */
export interface DeclaredSelection {
  readonly selection: Selection;
  /** The method's name. */
  readonly at: Place;
  readonly method: string;
}

/** The queries for entities that the repositories of a file declare themselves. */
export function selectionsIn(model: Model, file: JavaFile): readonly DeclaredSelection[] {
  return file.java.types.flatMap((type) => {
    if (type.kind !== "interface" || model.persistence.repository(type.qualified) === undefined) return [];
    return model.persistence.selectionsOf(type.qualified).flatMap((selection): readonly DeclaredSelection[] => {
      const { at } = selection;
      const method = type.methods.find(({ nameSpan }) => at?.file === file.file && nameSpan.start === at.start);
      return at === undefined || method === undefined ? [] : [{ selection, at, method: methodKey({ owner: { file, type }, method }) }];
    });
  });
}

/** The collections that a query joins, by path. */
export function collectionsFetched(model: Model, selection: Selection): readonly FetchGap[] {
  return selection.fetched.flatMap((path) => {
    const last = alongPath(model.persistence, selection.entity, path).at(-1);
    return last?.path === path && (last.attribute.kind === "toMany" || last.attribute.kind === "elements") ? [last] : [];
  });
}

/** " (GET /owners)", or nothing where no request, clock or message is known to run the query. */
export function entryOf(model: Model, method: string): string {
  const entry = model.effects.reachedFrom(method);
  return entry === undefined ? "" : ` (${entry.label})`;
}

export const declaredAt = ({ owner, attribute }: FetchGap): RelatedPlace => ({
  at: attribute.at,
  message: `${owner.name}.${attribute.name} is declared here`,
});

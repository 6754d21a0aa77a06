import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { methodKey } from "../../../../model/calls/methodKey.ts";
import type { Model } from "../../../../model/model.ts";
import { alongPath, type FetchGap } from "../../../../model/persistence/loading/fetchGaps.ts";
import type { Selection } from "../../../../model/persistence/repositories/selection.ts";
import type { Place } from "../../../../text/positions.ts";
import type { RelatedPlace } from "../../../finding.ts";

/** A query that a file's repository declares, or that one of its bodies writes. */
export interface FoundSelection {
  readonly selection: Selection;
  /** The method's name, or the call that sends what is written. */
  readonly at: Place;
  readonly method: string;
}

/** The queries for entities that the repositories of a file declare themselves. */
export function selectionsIn(model: Model, file: JavaFile): readonly FoundSelection[] {
  return file.java.types.flatMap((type) => {
    if (type.kind !== "interface" || model.persistence.repository(type.qualified) === undefined) return [];
    return model.persistence.selectionsOf(type.qualified).flatMap((selection): readonly FoundSelection[] => {
      const { at } = selection;
      const method = type.methods.find(({ nameSpan }) => at?.file === file.file && nameSpan.start === at.start);
      return at === undefined || method === undefined ? [] : [{ selection, at, method: methodKey({ owner: { file, type }, method }) }];
    });
  });
}

/** The queries for entities that a file declares or writes and that may fetch something. */
export const fetchingIn = (model: Model, file: JavaFile): readonly FoundSelection[] => [
  ...selectionsIn(model, file),
  ...writtenIn(model, file),
];

/** Queries in bodies: by Querydsl, and by the texts and criteria that an EntityManager is handed. */
function writtenIn(model: Model, file: JavaFile): readonly FoundSelection[] {
  return model.calls.methodsIn(file.file).flatMap((method) =>
    method.sites.some(isWritten) && model.calls.codeOf(method).nodes.some(mayFetch)
      ? method.sites.filter(isWritten).flatMap((site): readonly FoundSelection[] => {
          const selection = model.persistence.written.selections.at(method, site);
          return selection === undefined ? [] : [{ selection, at: { file: file.file, ...site.at }, method: method.key }];
        })
      : [],
  );
}

const isWritten = ({ work, targets }: CallSite): boolean => work?.kind === "read" && targets.length === 0;

/** `.fetchJoin()`, `join fetch` in a text, `root.fetch("lines")`. */
const mayFetch = (node: CodeNode): boolean =>
  node.kind === "call"
    ? node.text === "fetchJoin" || (node.text === "fetch" && childOf(node, "argument") !== undefined)
    : node.kind === "literal" && /\bjoin\s+fetch\b/i.test(node.text);

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

/** Whether no code calls a method that a repository declares. */
export function hasNoCalls(model: Model, key: string): boolean {
  const method = model.calls.method(key)?.declared.method;
  return method !== undefined && method.body < 0 && model.persistence.uses.of(key).all === 0;
}

export const declaredAt = ({ owner, attribute }: FetchGap): RelatedPlace => ({
  at: attribute.at,
  message: `${owner.name}.${attribute.name} is declared here`,
});

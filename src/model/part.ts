import type { FactsOf, FileFacts, Language } from "../facts/fileFacts.ts";

/** The facts of all files, as they stand after the update that a part is being told of. */
export interface FactsStore {
  get(file: string): FileFacts | undefined;
  of<L extends Language>(language: L): Iterable<FactsOf<L>>;
}

/** One changed file: `before` is missing when it is new, `after` when it is gone. */
export interface FactsChange {
  readonly file: string;
  readonly before: FileFacts | undefined;
  readonly after: FileFacts | undefined;
}

/** A part of the model: it folds the facts of one concern and says which of its keys (see ReadLog) have new answers. */
export interface ModelPart {
  /** `changed` holds the keys that the parts before it have named in this update. */
  update(changes: readonly FactsChange[], store: FactsStore, changed: ReadonlySet<string>): Iterable<string>;
}

/** The facts of one language among the changes. */
export function changesOf<L extends Language>(
  changes: readonly FactsChange[],
  language: L,
): readonly { readonly file: string; readonly before: FactsOf<L> | undefined; readonly after: FactsOf<L> | undefined }[] {
  const only = (facts: FileFacts | undefined) => (facts?.language === language ? (facts as FactsOf<L>) : undefined);
  return changes
    .map(({ file, before, after }) => ({ file, before: only(before), after: only(after) }))
    .filter(({ before, after }) => before !== undefined || after !== undefined);
}

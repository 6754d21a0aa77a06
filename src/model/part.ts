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

/** One changed file of a language. */
export interface LanguageChange<L extends Language> {
  readonly file: string;
  readonly before: FactsOf<L> | undefined;
  readonly after: FactsOf<L> | undefined;
}

/** Every part asks for its language's share of the same changes. */
const SHARES = new WeakMap<readonly FactsChange[], Map<Language, unknown>>();

/** The facts of one language among the changes. */
export function changesOf<L extends Language>(changes: readonly FactsChange[], language: L): readonly LanguageChange<L>[] {
  let shares = SHARES.get(changes);
  if (shares === undefined) SHARES.set(changes, (shares = new Map()));
  let share = shares.get(language) as readonly LanguageChange<L>[] | undefined;
  if (share === undefined) shares.set(language, (share = shareOf(changes, language)));
  return share;
}

function shareOf<L extends Language>(changes: readonly FactsChange[], language: L): readonly LanguageChange<L>[] {
  const share: LanguageChange<L>[] = [];
  const only = (facts: FileFacts | undefined) => (facts?.language === language ? (facts as FactsOf<L>) : undefined);
  for (const change of changes) {
    const before = only(change.before);
    const after = only(change.after);
    if (before !== undefined || after !== undefined) share.push({ file: change.file, before, after });
  }
  return share;
}

import type { DartFile } from "../../facts/fileFacts.ts";
import { changesOf, type FactsChange } from "../part.ts";
import type { ClassEntry } from "./clientModel.ts";
import { simpleName } from "./typeNames.ts";

/** The extensions of the workspace by the type that they extend. Keys: `dartExtension:<type>` for what they are and do. */
export class ExtensionIndex {
  readonly #byType = new Map<string, readonly ClassEntry[]>();

  update(changes: readonly FactsChange[]): ReadonlySet<string> {
    const before = new Map<string, string>();
    const touch = (type: string): readonly ClassEntry[] => {
      const entries = this.#byType.get(type) ?? [];
      if (!before.has(type)) before.set(type, deedsOf(entries));
      return entries;
    };
    for (const change of changesOf(changes, "dart")) {
      for (const type of extendedIn(change.before)) {
        const kept = touch(type).filter(({ file }) => file.file !== change.file);
        this.#byType.set(type, kept);
      }
      for (const type of extendedIn(change.after)) {
        const file = change.after as DartFile;
        const added = file.dart.classes.filter((each) => each.kind === "extension" && each.on.some((on) => simpleName(on) === type));
        this.#byType.set(type, [...touch(type), ...added.map((each) => ({ file, type: each }))]);
      }
    }
    const keys = new Set<string>();
    for (const [type, deeds] of before) {
      const entries = this.#byType.get(type) ?? [];
      if (entries.length === 0) this.#byType.delete(type);
      if (deedsOf(entries) !== deeds) keys.add(`dartExtension:${type}`);
    }
    return keys;
  }

  /** A private type means nothing outside of its file and its parts. */
  on(type: string, from: DartFile): readonly ClassEntry[] {
    const entries = this.#byType.get(type) ?? [];
    return type.startsWith("_") ? entries.filter(({ file }) => file.file === from.file || (hasParts(file) && hasParts(from))) : entries;
  }
}

const extendedIn = (file: DartFile | undefined): ReadonlySet<string> =>
  new Set((file?.dart.classes ?? []).filter(({ kind }) => kind === "extension").flatMap(({ on }) => on.map(simpleName)));

const hasParts = ({ dart }: DartFile): boolean => dart.directives.some(({ kind }) => kind.startsWith("part"));

const deedsOf = (entries: readonly ClassEntry[]): string => entries.map(({ file, type }) => `${file.file} ${type.digest}`).join();

import { type ConfigDocument, canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import { folderOf, join } from "./builds.ts";

/** A document of a file of settings, and the conditions that must all hold where it counts. */
export interface ReadDocument {
  readonly file: string;
  readonly document: ConfigDocument;
  readonly profiles: readonly string[];
}

/** The documents of files in their order, and of files that `spring.config.import` names when those are read. */
export interface ReadDocuments {
  readonly documents: readonly ReadDocument[];
  /** By imported file the condition of those who import it; "" where somebody always does. */
  readonly importedOn: ReadonlyMap<string, string>;
}

/**
 * What Spring Boot reads of a module's files, given in their order: an import stands behind the document that names it, so that it wins
 * over that and loses to the next (`ConfigDataEnvironmentContributor`). Its name says nothing of a profile then.
 */
export function readDocuments(module: string, files: readonly ConfigFile[]): ReadDocuments {
  const byPath = new Map(files.map((file) => [file.file, file]));
  const found = new Map<ConfigDocument, readonly ConfigFile[]>();
  const imported = new Set<string>();
  for (const { file, config } of files)
    for (const document of config.documents) {
      const named = importsIn(document).flatMap((location) => byPath.get(importedPath(location, module, file) ?? file) ?? []);
      const others = named.filter((one) => one.file !== file);
      if (others.length > 0) found.set(document, others);
      for (const one of others) imported.add(one.file);
    }
  const documents: ReadDocument[] = [];
  const conditions = new Map<string, string[]>();
  const read = ({ file, config }: ConfigFile, above: readonly string[], path: readonly string[]): void => {
    for (const document of config.documents) {
      const profiles = document.onProfile === undefined ? above : [...above, document.onProfile];
      documents.push({ file, document, profiles });
      for (const one of found.get(document) ?? []) {
        if (path.includes(one.file)) continue;
        conditions.set(one.file, [...(conditions.get(one.file) ?? []), allOf(profiles)]);
        read(one, profiles, [...path, one.file]);
      }
    }
  };
  for (const file of files)
    if (!imported.has(file.file)) read(file, file.config.profile === undefined ? [] : [file.config.profile], [file.file]);
  const importedOn = new Map([...conditions].map(([file, all]) => [file, all.includes("") ? "" : [...new Set(all)].join(" | ")]));
  return { documents, importedOn };
}

/** The locations that a document imports, without "optional:". */
const importsIn = ({ properties }: ConfigDocument): readonly string[] =>
  properties.flatMap(({ key, value }) => (IMPORT.test(canonicalKey(key)) ? value.split(",").map((one) => one.trim()) : []));

const IMPORT = /^spring\.config\.import(?:\[\d+\])?$/;

/** The file that a location stands for, seen from the file that names it; undefined for servers, trees and folders. */
export function importedPath(location: string, module: string, from: string): string | undefined {
  const [, scheme, rest = ""] = /^(?:optional:)?(?:(classpath|file):)?([^:]+?)(?:\[\.\w+\])?$/.exec(location) ?? [];
  if (rest === "" || rest.endsWith("/") || rest.includes("$")) return undefined;
  if (scheme === "classpath") return join(module, `src/main/resources/${rest}`);
  return scheme === "file" ? join(module, rest) : join(folderOf(from), rest);
}

/** Conditions as one: a comma stands between alternatives. */
const allOf = (profiles: readonly string[]): string =>
  profiles.length === 1 ? (profiles[0] ?? "") : profiles.map((condition) => `(${condition.replaceAll(",", " | ")})`).join(" & ");

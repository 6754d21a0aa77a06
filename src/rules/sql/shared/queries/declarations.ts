import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaMethod, JavaType } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";

/** The method of a file that declares a query, with its type; undefined for a query in a body. */
export function declarationOf(query: Query, file: JavaFile): { readonly type: JavaType; readonly method: JavaMethod } | undefined {
  for (const type of file.java.types) {
    const method = type.methods.find(({ nameSpan }) => nameSpan.start === query.at.start);
    if (method !== undefined) return { type, method };
  }
  return undefined;
}

/** The file in which a query stands: of its repository or class, or of what that inherits it from. */
export function fileOf({ repository, at }: Query, { types }: Model): JavaFile | undefined {
  const entry = types.declared(repository);
  if (entry === undefined || entry.file.file === at.file) return entry?.file;
  return types.lineage(entry).find(({ file }) => file.file === at.file)?.file;
}

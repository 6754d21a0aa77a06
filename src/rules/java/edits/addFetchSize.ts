import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Model } from "../../../model/model.ts";
import type { Repository } from "../../../model/persistence/repositories/repository.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import { indentAt, insertAt, lineBreakOf } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";

/** A method of a repository that gives its rows as a stream. */
export interface DeclaredStream {
  readonly repository: Repository;
  readonly file: JavaFile;
  readonly declared: JavaMethod;
}

/** `@QueryHints(@QueryHint(name = "org.hibernate.fetchSize", value = "100"))` at a method that has no hints. */
export function addFetchSize(model: Model, { repository, file, declared }: DeclaredStream): readonly Fix[] {
  const entity = repository.entity === undefined ? undefined : model.types.declared(repository.entity);
  const persistence = entity?.file.java.imports.map(({ name }) => /^(?:jakarta|javax)\.persistence\b/.exec(name)?.[0]).find(Boolean);
  if (persistence === undefined || annotationNamed(declared.annotations, "QueryHints") !== undefined) return [];
  return [
    {
      title: "Fetch 100 rows at a time",
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        if (text === undefined) return undefined;
        const { start } = declared.span;
        const hint = `@QueryHints(@QueryHint(name = "org.hibernate.fetchSize", value = "100"))${lineBreakOf(text)}${indentAt(text, start)}`;
        const imports = importEdits(file, text, [`${persistence}.QueryHint`, "org.springframework.data.jpa.repository.QueryHints"]);
        return [{ kind: "change", file: file.file, edits: [...imports, insertAt(start, hint)] }];
      },
    },
  ];
}

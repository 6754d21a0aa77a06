import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Model } from "../../../model/model.ts";
import type { Repository } from "../../../model/persistence/repositories/repository.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import type { Fix } from "../../finding.ts";
import { annotate } from "./annotate.ts";
import { importEdits } from "./imports.ts";

/** A method that a file's repository declares. */
export interface DeclaredQuery {
  readonly repository: Repository;
  readonly file: JavaFile;
  readonly declared: JavaMethod;
}

/** `@QueryHints(@QueryHint(name = …, value = …))` at a method that has no hints; the name may hang on the package, "jakarta.persistence". */
function addHint(
  model: Model,
  { repository, file, declared }: DeclaredQuery,
  title: string,
  name: (persistence: string) => string,
  value: string,
): readonly Fix[] {
  const mapped = repository.entity === undefined ? undefined : model.types.declared(repository.entity);
  const persistence = mapped?.file.java.imports.map((one) => /^(?:jakarta|javax)\.persistence\b/.exec(one.name)?.[0]).find(Boolean);
  if (persistence === undefined || annotationNamed(declared.annotations, "QueryHints") !== undefined) return [];
  const fix: Fix = {
    title,
    safe: false,
    edits(sources) {
      const text = sources.text(file.file);
      if (text === undefined) return undefined;
      const hint = `@QueryHints(@QueryHint(name = "${name(persistence)}", value = "${value}"))`;
      const imports = importEdits(file, text, [`${persistence}.QueryHint`, "org.springframework.data.jpa.repository.QueryHints"]);
      return [{ kind: "change", file: file.file, edits: [...imports, annotate(file, declared, [hint], text)] }];
    },
  };
  return [fix];
}

export const addFetchSize = (model: Model, method: DeclaredQuery): readonly Fix[] =>
  addHint(model, method, "Fetch 100 rows at a time", () => "org.hibernate.fetchSize", "100");

/** -2 is what Hibernate takes for SKIP LOCKED. */
export const addSkipLocked = (model: Model, method: DeclaredQuery): readonly Fix[] =>
  addHint(model, method, "Pass over rows that others have locked", (persistence) => `${persistence}.lock.timeout`, "-2");

import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { AnnotationArgument, JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Query } from "../../../model/persistence/query.ts";
import { statementOf } from "../../../model/persistence/repository.ts";

/** The method that a query is declared by, and the argument that spells it out. */
export interface DeclaredStatement {
  readonly method: JavaMethod;
  readonly argument: AnnotationArgument | undefined;
}

/** Where a query of a file is declared; undefined for one in a body. */
export function statementIn(file: JavaFile, query: Query): DeclaredStatement | undefined {
  for (const { methods } of file.java.types) {
    const method = methods.find(({ nameSpan }) => nameSpan.start === query.at.start);
    if (method === undefined) continue;
    const statement = statementOf(method);
    return { method, argument: statement?.annotation.values.find(({ value }) => value === statement.value) };
  }
  return undefined;
}

import type { TypeEntry } from "../../../model/types/typeIndex.ts";
import { type FileEdit, indentAt, lineBreakOf, replace } from "../../../text/edits.ts";
import type { Sources } from "../../finding.ts";
import { importEdits } from "./imports.ts";

/** A method that a fix adds to a repository. */
export interface AddedMethod {
  readonly repository: TypeEntry;
  readonly declaration: string;
  /** Qualified names of types that the declaration needs. */
  readonly imports: readonly string[];
}

/** Adds a method at the end of the repository's body. */
export function addRepositoryMethod({ repository, declaration, imports }: AddedMethod, sources: Sources): FileEdit | undefined {
  const text = sources.text(repository.file.file);
  if (text === undefined) return undefined;
  const lineBreak = lineBreakOf(text);
  const { bodySpan, methods } = repository.type;
  const close = bodySpan.end - 1;
  if (text[close] !== "}") return undefined;
  const indent = methods[0] === undefined ? `${indentAt(text, repository.type.span.start)}    ` : indentAt(text, methods[0].span.start);
  const closing = indentAt(text, close);
  const tail = text.slice(0, close).trimEnd().length;
  const member = `${lineBreak}${methods.length > 0 ? lineBreak : ""}${indent}${declaration}${lineBreak}${closing}`;
  return {
    kind: "change",
    file: repository.file.file,
    edits: [...importEdits(repository.file, text, imports), replace({ start: tail, end: close }, member)],
  };
}

/** The parameters of a repository's method as its file writes them. */
export function parametersAsWritten(
  parameters: readonly { readonly span: { readonly start: number; readonly end: number } }[],
  text: string,
): string {
  const [first] = parameters;
  const last = parameters.at(-1);
  return first === undefined || last === undefined ? "" : text.slice(first.span.start, last.span.end);
}

import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import { indentAt, insertAt, lineBreakOf, type TextEdit } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";

/** A type, method or field with what is written in front of it. */
interface Annotated {
  readonly annotations: readonly JavaAnnotation[];
  /** From its first annotation or modifier on. */
  readonly span: Span;
}

/**
 * Puts annotations on lines of their own behind those that a declaration has, where nine of ten developers write them, or in front of
 * them where the file does so elsewhere. A declaration that has its annotations in the line of its name keeps them there.
 */
export function annotate(file: JavaFile, declared: Annotated, added: readonly string[], text: string): TextEdit {
  const { start } = declared.span;
  const next = lineBreakOf(text) + indentAt(text, start);
  const last = lastAhead(declared, text);
  const end = last === undefined ? -1 : text.slice(last).search(/[\r\n]/);
  const isAlone = last !== undefined && end >= 0 && /^\s*(?:\/\/.*|\/\*[^\r\n]*\*\/\s*)?$/.test(text.slice(last, last + end));
  if (last === undefined || !isAlone || standsAhead(file, nameOf(added[0] ?? "")))
    return insertAt(start, added.map((annotation) => annotation + next).join(""));
  return insertAt(last + end, added.map((annotation) => next + annotation).join(""));
}

/** Where the annotations end that stand before every modifier. */
function lastAhead({ annotations, span }: Annotated, text: string): number | undefined {
  let end: number | undefined;
  for (const annotation of [...annotations].sort((one, other) => one.span.start - other.span.start)) {
    const between = text.slice(end ?? span.start, annotation.span.start).replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g, "");
    if (between.trim() !== "") break;
    end = annotation.span.end;
  }
  return end;
}

/** Whether a file has an annotation in front of all others wherever it has both. */
function standsAhead({ java }: JavaFile, name: string): boolean {
  const lists = java.types.flatMap((type) => [type, ...type.methods, ...type.fields].map(({ annotations }) => annotations));
  const among = lists.filter((list) => list.length > 1 && list.some((one) => one.name === name));
  return among.length > 0 && among.every(([first]) => first?.name === name);
}

const nameOf = (annotation: string): string => /^@([\w.]+)/.exec(annotation)?.[1] ?? "";

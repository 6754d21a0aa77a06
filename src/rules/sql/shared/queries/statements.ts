import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { type CodeNode, unpack } from "../../../../facts/java/code.ts";
import type { AnnotationValue } from "../../../../facts/java/javaFacts.ts";
import { statementOf } from "../../../../model/persistence/repositories/repository.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import type { Span } from "../../../../text/positions.ts";
import { declarationOf } from "./declarations.ts";

/** Literals in a row, in an annotation or in the constant of the same type that it names. */
export interface Written {
  readonly span: Span;
  readonly texts: readonly string[];
}

/** Where the statement of a query of a file is spelled out; undefined where it is put together of constants, and for one in a body. */
export function writtenOf(query: Query, file: JavaFile): Written | undefined {
  const declared = declarationOf(query, file);
  if (declared === undefined) return undefined;
  const { type, method } = declared;
  const statement = statementOf(method);
  const argument = statement?.annotation.values.find(({ value }) => value === statement.value);
  if (argument === undefined) return undefined;
  const { value, span } = argument;
  if (value.kind === "reference") {
    const field = type.fields.find(({ name }) => name === value.name.slice(value.name.lastIndexOf(".") + 1));
    if (field === undefined || field.initializer < 0) return undefined;
    const node = unpack(file.java.code, field.initializer);
    const texts = literalsOf(node);
    return texts === undefined ? undefined : { span: { start: node.start, end: node.end }, texts };
  }
  const texts = textsOf(value);
  return texts === undefined ? undefined : { span, texts };
}

function textsOf(value: AnnotationValue): readonly string[] | undefined {
  if (value.kind === "text") return [value.text];
  if (value.kind !== "concatenation") return undefined;
  const texts = value.parts.map((part) => (part.kind === "text" ? part.text : undefined));
  return texts.includes(undefined) ? undefined : texts.flatMap((text) => text ?? []);
}

function literalsOf(node: CodeNode): readonly string[] | undefined {
  if (node.kind === "literal") return node.type === "null" ? undefined : [node.text];
  if (node.kind !== "binary" || node.text !== "+") return undefined;
  const texts = node.children.map(literalsOf);
  return texts.includes(undefined) ? undefined : texts.flatMap((some) => some ?? []);
}

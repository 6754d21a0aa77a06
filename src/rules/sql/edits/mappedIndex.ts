import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { AnnotationArgument, JavaAnnotation, JavaType } from "../../../facts/java/javaFacts.ts";
import type { Model } from "../../../model/model.ts";
import type { Table } from "../../../model/schema/schema.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import { type FileEdit, indentAt, insertAt, lineBreakOf, remove, type TextEdit } from "../../../text/edits.ts";
import type { Place, Span } from "../../../text/positions.ts";
import type { Sources } from "../../finding.ts";
import { importEdits } from "../../java/edits/imports.ts";

/**
 * Declares an index in the entity that Hibernate makes the table of: `@Table(indexes = @Index(…))`. Undefined for a table without a class
 * of its own, which a collection makes.
 */
export function declareIndex(
  model: Model,
  table: Table,
  name: string,
  columns: readonly string[],
  sources: Sources,
): readonly FileEdit[] | undefined {
  const declared = classAt(model, table.at);
  const text = sources.text(table.at.file);
  if (declared === undefined || text === undefined) return undefined;
  const { file, type } = declared;
  const persistence = packageOf(file);
  const entity = annotationNamed(type.annotations, "Entity");
  if (persistence === undefined || entity === undefined) return undefined;
  const index = `@${shortest(file, persistence, "Index")}(name = "${name}", columnList = "${columns.join(", ")}")`;
  const annotation = annotationNamed(type.annotations, "Table");
  const imports = (names: readonly string[]): readonly TextEdit[] =>
    importEdits(
      file,
      text,
      names.filter((one) => shortest(file, persistence, one) === one).map((one) => `${persistence}.${one}`),
    );
  if (annotation === undefined) {
    const line = `${lineBreakOf(text)}${indentAt(text, entity.span.start)}@${shortest(file, persistence, "Table")}(indexes = ${index})`;
    return [{ kind: "change", file: table.at.file, edits: [...imports(["Index", "Table"]), insertAt(entity.span.end, line)] }];
  }
  const edits = withIndex(annotation, index, text);
  return edits === undefined ? undefined : [{ kind: "change", file: table.at.file, edits: [...imports(["Index"]), ...edits] }];
}

/** Takes an `@Index` out of the annotation that holds it. */
export function undeclareIndex(model: Model, table: Table, at: Place, sources: Sources): readonly FileEdit[] | undefined {
  const declared = classAt(model, table.at);
  const text = sources.text(at.file);
  if (declared === undefined || text === undefined || declared.file.file !== at.file) return undefined;
  const annotation = annotationNamed(declared.type.annotations, "Table");
  const indexes = annotation?.values.find((value) => value.name === "indexes");
  if (annotation === undefined || indexes === undefined || at.start < indexes.span.start || at.end > indexes.span.end) return undefined;
  const others = indexes.value.kind === "array" && indexes.value.values.length > 1;
  const named = /\bindexes\s*=\s*$/.exec(text.slice(0, indexes.span.start))?.[0].length ?? 0;
  const gone = others ? withComma(at, text) : withComma({ start: indexes.span.start - named, end: indexes.span.end }, text);
  return [{ kind: "change", file: at.file, edits: [remove(gone)] }];
}

interface DeclaredClass {
  readonly file: JavaFile;
  readonly type: JavaType;
}

function classAt(model: Model, at: Place): DeclaredClass | undefined {
  for (const { qualified, file } of model.persistence.mappedClasses()) {
    const entry = file === at.file ? model.types.declared(qualified, file) : undefined;
    if (entry?.type.nameSpan.start === at.start) return entry;
  }
  return undefined;
}

/** Where a file's `@Entity` comes from: `jakarta.persistence`, or `javax.persistence` before it. */
function packageOf({ java }: JavaFile): string | undefined {
  const from = java.imports.map(({ name, wildcard }) => (wildcard ? name : name.slice(0, name.lastIndexOf("."))));
  return from.find((name) => /^(?:jakarta|javax)\.persistence$/.test(name));
}

/** The simple name, or the whole where the simple one means another class. */
function shortest(file: JavaFile, persistence: string, name: string): string {
  const other = file.java.imports.some((one) => !one.wildcard && one.name.endsWith(`.${name}`) && one.name !== `${persistence}.${name}`);
  return other ? `${persistence}.${name}` : name;
}

function withIndex(annotation: JavaAnnotation, index: string, text: string): readonly TextEdit[] | undefined {
  const { end } = annotation.span;
  const indexes = annotation.values.find(({ name }) => name === "indexes");
  if (indexes !== undefined) return intoIndexes(indexes, index, text);
  if (text.charAt(end - 1) !== ")") return annotation.values.length > 0 ? undefined : [insertAt(end, `(indexes = ${index})`)];
  return [insertAt(annotation.values.at(-1)?.span.end ?? end - 1, `${annotation.values.length === 0 ? "" : ", "}indexes = ${index}`)];
}

function intoIndexes({ value, span }: AnnotationArgument, index: string, text: string): readonly TextEdit[] | undefined {
  if (value.kind === "annotation") {
    const { start, end } = value.annotation.span;
    return [insertAt(start, "{"), insertAt(end, `, ${index}}`)];
  }
  if (value.kind !== "array") return undefined;
  const last = value.values.at(-1);
  if (last === undefined) return [insertAt(text.indexOf("{", span.start) + 1, index)];
  if (last.kind !== "annotation") return undefined;
  const { start, end } = last.annotation.span;
  const indent = indentAt(text, start);
  const alone = text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === "";
  return [insertAt(end, alone ? `,${lineBreakOf(text)}${indent}${index}` : `, ${index}`)];
}

/** A list element with the comma that parts it from its neighbour. */
function withComma({ start, end }: Span, text: string): Span {
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length;
  if (before !== undefined) return { start: start - before, end };
  return { start, end: end + (/^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0) };
}

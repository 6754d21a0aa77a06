import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { AnnotationArgument, JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import type { Model } from "../../../model/model.ts";
import { membersOf } from "../../../model/persistence/mapping/members.ts";
import type { Table } from "../../../model/schema/schema.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import {
  type FileEdit,
  indentAt,
  indentStep,
  insertAt,
  LONG_LINE,
  lineBreakOf,
  remove,
  replace,
  type TextEdit,
} from "../../../text/edits.ts";
import { contains, type Place, type Span } from "../../../text/positions.ts";
import type { Sources } from "../../finding.ts";
import { dropImport, importEdits } from "../../java/edits/imports.ts";

/** The annotation of an entity, or of its collection, that the indexes of a table are declared in. */
interface Holder {
  readonly file: JavaFile;
  readonly persistence: string;
  readonly name: "Table" | "JoinTable" | "CollectionTable";
  readonly annotation: JavaAnnotation | undefined;
  /** What it stands beside where it is not there yet. */
  readonly beside: JavaAnnotation;
}

/** Whether an index can be declared where Hibernate makes the table from. */
export function isDeclarable(model: Model, table: Table): boolean {
  const holder = holderOf(model, table.at);
  const indexes = holder?.annotation?.values.find(({ name }) => name === "indexes");
  return holder !== undefined && (indexes === undefined || heldIn(indexes) !== undefined);
}

/** Declares indexes in the entity that Hibernate makes the table of, or at the collection that it makes it for: `@Table(indexes = @Index(…))`. */
export function declareIndexes(
  model: Model,
  table: Table,
  all: readonly { readonly name: string; readonly columns: readonly string[] }[],
  sources: Sources,
): readonly FileEdit[] | undefined {
  const holder = holderOf(model, table.at);
  const text = sources.text(table.at.file);
  if (holder === undefined || text === undefined) return undefined;
  const { file, persistence, annotation, beside } = holder;
  const indexes = all.map(
    ({ name, columns }) => `@${shortest(file, persistence, "Index")}(name = "${name}", columnList = "${columns.join(", ")}")`,
  );
  const imports = (names: readonly string[]): readonly TextEdit[] =>
    importEdits(
      file,
      text,
      names.filter((one) => shortest(file, persistence, one) === one).map((one) => `${persistence}.${one}`),
    );
  if (annotation === undefined) {
    const indent = indentAt(text, beside.span.start);
    const added = `@${shortest(file, persistence, holder.name)}(indexes = ${listOf(indexes, indent, text)})`;
    const line = `${lineBreakOf(text)}${indent}${added}`;
    return [{ kind: "change", file: file.file, edits: [...imports(["Index", holder.name]), insertAt(beside.span.end, line)] }];
  }
  const edits = withIndexes(annotation, indexes, text);
  return edits === undefined ? undefined : [{ kind: "change", file: file.file, edits: [...imports(["Index"]), ...edits] }];
}

/** Takes an `@Index` out of the annotation that holds it. */
export function undeclareIndex(model: Model, at: Place, sources: Sources): readonly FileEdit[] | undefined {
  const text = sources.text(at.file);
  const around = indexesAround(model, at);
  if (text === undefined || around === undefined) return undefined;
  const { indexes } = around;
  const others = indexes.value.kind === "array" && indexes.value.values.length > 1;
  const named = /\bindexes\s*=\s*$/.exec(text.slice(0, indexes.span.start))?.[0].length ?? 0;
  const gone = others ? withComma(at, text) : withComma({ start: indexes.span.start - named, end: indexes.span.end }, text);
  const written = text.slice(gone.start, gone.end).match(/\bIndex\b/g)?.length ?? 0;
  const persistence = packageOf(around.file);
  const unneeded = persistence === undefined ? [] : dropImport(around.file, text, `${persistence}.Index`, written);
  return [{ kind: "change", file: at.file, edits: [...unneeded, remove(gone)] }];
}

/** The list that an index stands in: of the table's class, of one above it, or of a collection. */
function indexesAround(model: Model, at: Place): { readonly indexes: AnnotationArgument; readonly file: JavaFile } | undefined {
  for (const { qualified, file } of model.persistence.mappedClasses()) {
    const entry = file === at.file ? model.types.declared(qualified, file) : undefined;
    if (entry === undefined) continue;
    const { type } = entry;
    const annotations = [type, ...membersOf(type)].flatMap((one) => one.annotations);
    for (const { name, values } of annotations) {
      const indexes = /(?:^|\.)(?:Join|Collection)?Table$/.test(name) ? values.find((value) => value.name === "indexes") : undefined;
      if (indexes !== undefined && contains(indexes.span, at)) return { indexes, file: entry.file };
    }
  }
  return undefined;
}

/** A table stands at the name of its class, or of the attribute whose collection it holds. */
function holderOf(model: Model, at: Place): Holder | undefined {
  for (const { qualified, file: declaring } of model.persistence.mappedClasses()) {
    const entry = declaring === at.file ? model.types.declared(qualified, declaring) : undefined;
    const entity = entry === undefined ? undefined : annotationNamed(entry.type.annotations, "Entity");
    const persistence = entry === undefined ? undefined : packageOf(entry.file);
    if (entry === undefined || entity === undefined || persistence === undefined) continue;
    const { file, type } = entry;
    if (type.nameSpan.start === at.start)
      return { file, persistence, name: "Table", annotation: annotationNamed(type.annotations, "Table"), beside: entity };
    const member = membersOf(type).find(({ nameSpan }) => nameSpan.start === at.start);
    const beside = member === undefined ? undefined : annotationNamed(member.annotations, "ElementCollection", "ManyToMany", "OneToMany");
    if (member === undefined || beside === undefined) continue;
    const name = annotationNamed(member.annotations, "ElementCollection") === undefined ? "JoinTable" : "CollectionTable";
    return { file, persistence, name, annotation: annotationNamed(member.annotations, name), beside };
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

/** One as it is, several as a list with a line for each. */
function listOf(indexes: readonly string[], indent: string, text: string): string {
  const line = `${lineBreakOf(text)}${indent}`;
  return indexes.length === 1 ? indexes.join() : `{${indexes.map((one) => `${line}${indentStep(text)}${one}`).join(",")}${line}}`;
}

function withIndexes(annotation: JavaAnnotation, added: readonly string[], text: string): readonly TextEdit[] | undefined {
  const { start, end } = annotation.span;
  const indexes = annotation.values.find(({ name }) => name === "indexes");
  if (indexes !== undefined) return intoIndexes(indexes, added, text);
  const last = annotation.values.at(-1);
  const attribute = `indexes = ${listOf(added, indentAt(text, last?.span.start ?? start), text)}`;
  if (text.charAt(end - 1) !== ")") return last === undefined ? [insertAt(end, `(${attribute})`)] : undefined;
  if (last === undefined) return [insertAt(end - 1, attribute)];
  const line = /^[ \t]*\w+\s*=\s*$/.test(text.slice(text.lastIndexOf("\n", last.span.start - 1) + 1, last.span.start));
  const isLong = added.length === 1 && indentAt(text, start).length + end - start + `, ${attribute}`.length > LONG_LINE;
  const below = `${lineBreakOf(text)}${indentAt(text, last.span.start)}`;
  const gap = line ? below : isLong ? `${below}${indentStep(text)}` : " ";
  return [insertAt(last.span.end, `,${gap}${attribute}`)];
}

/** Where the annotations of an argument stand; undefined where it holds anything else. */
function heldIn({ value }: AnnotationArgument): readonly Span[] | undefined {
  const held = value.kind === "annotation" ? [value] : value.kind === "array" ? value.values : undefined;
  const spans = held?.flatMap((one) => (one.kind === "annotation" ? [one.annotation.span] : []));
  return spans?.length === held?.length ? spans : undefined;
}

/** Beside those that are there, or below them where they stand in lines of their own or would fill more than one. */
function intoIndexes(indexes: AnnotationArgument, added: readonly string[], text: string): readonly TextEdit[] | undefined {
  const { value, span } = indexes;
  const spans = heldIn(indexes);
  if (spans === undefined) return undefined;
  const last = spans.at(-1);
  const more = added.join(", ");
  if (last === undefined) return [insertAt(text.indexOf("{", span.start) + 1, more)];
  const single = value.kind === "annotation";
  const indent = indentAt(text, last.start);
  if (!single && text.slice(text.lastIndexOf("\n", last.start - 1) + 1, last.start).trim() === "")
    return [insertAt(last.end, added.map((one) => `,${lineBreakOf(text)}${indent}${one}`).join(""))];
  const column = last.end - text.lastIndexOf("\n", last.end - 1);
  if (column + `{, ${more}})`.length <= LONG_LINE)
    return single ? [insertAt(last.start, "{"), insertAt(last.end, `, ${more}}`)] : [insertAt(last.end, `, ${more}`)];
  const whole = single ? last : { start: text.indexOf("{", span.start), end: text.indexOf("}", last.end) + 1 };
  return [replace(whole, listOf([...spans.map((one) => text.slice(one.start, one.end)), ...added], indent, text))];
}

/** A list element with the comma that parts it from its neighbour. */
function withComma({ start, end }: Span, text: string): Span {
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length;
  if (before !== undefined) return { start: start - before, end };
  return { start, end: end + (/^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0) };
}

import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaAnnotation, JavaMethod } from "../../../../facts/java/javaFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { alongPath, type FetchGap } from "../../../../model/persistence/loading/fetchGaps.ts";
import type { Selection } from "../../../../model/persistence/repositories/selection.ts";
import { annotationNamed, annotationValue } from "../../../../model/types/constants.ts";
import {
  type FileEdit,
  indentAt,
  indentStep,
  LONG_LINE,
  lineAt,
  lineBreakOf,
  listWithin,
  replace,
  type TextEdit,
} from "../../../../text/edits.ts";
import type { Span } from "../../../../text/positions.ts";
import { setKey } from "../../../config/application.ts";
import type { Fix } from "../../../finding.ts";
import { isAskedWithOwner } from "../../shared/mapping/inverseSides.ts";
import { annotate } from "../annotate.ts";
import { importEdits } from "../imports.ts";
import { ECLIPSELINK, withBatchSizes } from "./batchSizes.ts";
import { namedInTitle } from "./titles.ts";
import { type WholeGraph, wholeGraph } from "./wholeGraph.ts";

/**
 * The ways to bring missing associations: an entity graph on the methods of the queries, of those at least where one statement can bring
 * them all, and a batch size for everything, or for them alone where no configuration of Spring Boot's can have it.
 */
export function fetchTogether(model: Model, selections: readonly [Selection, ...Selection[]], gaps: readonly FetchGap[]): readonly Fix[] {
  const asked = gaps.every((gap) => isAskedWithOwner(model, gap));
  const batches = asked ? [] : inBatches(model, selections[0]);
  const able = selections.filter((selection) => graphPlace(model, selection, gaps) !== undefined);
  return [...withGraphs(model, able, gaps), ...(asked || batches.length > 0 ? batches : withBatchSizes(model, gaps))];
}

/** An entity graph on the method of each of several queries of one entity; none where one of them cannot have it. */
export function withGraphs(model: Model, selections: readonly Selection[], gaps: readonly FetchGap[]): readonly Fix[] {
  const declared = selections.map((selection) => graphPlace(model, selection, gaps));
  const found = declared.filter((place) => place !== undefined);
  if (found.length < declared.length) return [];
  // Repositories below another one ask by the same declaration.
  const places = [...new Map(found.map((place) => [`${place.file.file} ${place.method.nameSpan.start}`, place])).values()];
  const [first, ...others] = places;
  if (first === undefined) return [];
  const paths = gaps.map(({ path }) => path).sort();
  const files = new Map(places.map(({ file }) => [file.file, file]));
  return [
    {
      title: `Fetch ${namedInTitle(paths)} with ${first.method.name}${others.length === 0 ? "" : ` and ${others.length} more`}`,
      safe: false,
      edits(sources) {
        const changes: FileEdit[] = [];
        for (const file of files.values()) {
          const text = sources.text(file.file);
          const own = places.filter((place) => place.file === file);
          if (text === undefined || own.some(({ method: { nameSpan, name } }) => text.slice(nameSpan.start, nameSpan.end) !== name))
            return undefined;
          const edit = ({ method, graph, named }: GraphPlace) =>
            graph === undefined
              ? annotate(file, method, [graphOf(named, text, method.span.start)], text)
              : longerGraph(graph, [...new Set([...graph.paths, ...named.paths])], text);
          changes.push({ kind: "change", file: file.file, edits: [...importEdits(file, text, [GRAPH]), ...own.map(edit)] });
        }
        return changes;
      },
    },
  ];
}

/** The annotation for a method that stands at an offset, on lines of its own where it does not fit on one. */
export function graphOf({ paths, isWhole }: WholeGraph, text: string, at: number): string {
  const indent = indentAt(text, at);
  const values = [`attributePaths = ${listOf(quoted(paths))}`, ...(isWhole ? [] : ["type = EntityGraph.EntityGraphType.LOAD"])];
  const short = `@EntityGraph(${values.join(", ")})`;
  if (indent.length + short.length <= LONG_LINE) return short;
  const next = lineBreakOf(text) + indent + indentStep(text);
  const list = listWithin(
    quoted(paths),
    indent.length + indentStep(text).length + "attributePaths = {".length,
    next + indentStep(text),
    "},".length,
  );
  return `@EntityGraph(${next}${[`attributePaths = ${paths.length === 1 ? list : `{${list}}`}`, ...values.slice(1)].join(`,${next}`)})`;
}

/** The graph with more paths: laid out anew where it stood on a line that they do not fit on. */
function longerGraph({ span, annotation }: Graph, paths: readonly string[], text: string): TextEdit {
  const written = text.slice(annotation.span.start, annotation.span.end);
  const type = annotation.values.find(({ name }) => name === "type");
  const isKnown = annotation.values.every(({ name }) => name === "attributePaths" || name === "type");
  const isLoad = type?.value.kind === "reference" && type.value.name === "EntityGraph.EntityGraphType.LOAD";
  const grown = lineAt(text, span.start).length - (span.end - span.start) + listOf(quoted(paths)).length;
  if (written.includes("\n") || !isKnown || (type !== undefined && !isLoad) || grown <= LONG_LINE)
    return replace(span, longerList(paths, span, text));
  return replace(annotation.span, graphOf({ paths, isWhole: !isLoad }, text, annotation.span.start));
}

/** The list in place of a shorter one, with further lines below where it does not fit on one. */
function longerList(paths: readonly string[], { start, end }: Span, text: string): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const behind = /^[^\r\n]*/.exec(text.slice(end))?.[0].length ?? 0;
  const next = lineBreakOf(text) + indentAt(text, start) + indentStep(text);
  return listOf([listWithin(quoted(paths), start - lineStart + "{".length, next, "}".length + behind)], paths.length);
}

const quoted = (paths: readonly string[]): readonly string[] => paths.map((path) => `"${path}"`);

const listOf = (items: readonly string[], count = items.length): string => (count === 1 ? items.join(", ") : `{${items.join(", ")}}`);

export const GRAPH = "org.springframework.data.jpa.repository.EntityGraph";

interface GraphPlace {
  readonly file: JavaFile;
  readonly method: JavaMethod;
  /** What has to be in it. */
  readonly named: WholeGraph;
  /** The list of the graph that it has, and what stands in it. */
  readonly graph?: Graph;
}

interface Graph {
  readonly annotation: JavaAnnotation;
  /** Of the list. */
  readonly span: Span;
  readonly paths: readonly string[];
}

/** The paths that an entity graph on a method writes out; undefined where it names one, or something else is fetched besides. */
function graphOn({ annotations }: JavaMethod, fetched: readonly string[]): Graph | undefined {
  const annotation = annotationNamed(annotations, "EntityGraph");
  const list = annotation?.values.find(({ name }) => name === "attributePaths");
  const values = list?.value.kind === "array" ? list.value.values : list === undefined ? [] : [list.value];
  const paths = values.flatMap((value) => (value.kind === "text" ? [value.text] : []));
  if (annotation === undefined || list === undefined || paths.length < values.length) return undefined;
  return fetched.every((one) => paths.some((path) => `${path}.`.startsWith(`${one}.`)))
    ? { annotation, span: list.span, paths }
    : undefined;
}

/** The method that an entity graph can be written on, where one statement can bring what is missing. */
function graphPlace(model: Model, selection: Selection, gaps: readonly FetchGap[]): GraphPlace | undefined {
  const { at, source, fetched, graph, shared } = selection;
  if (at === undefined || shared === true || source === "native" || (fetched.length > 0 && graph === undefined)) return undefined;
  if (!gaps.every((gap) => isNameable(model, selection, gap))) return undefined;
  const declared = declarationOf(model, selection);
  const present = declared === undefined || graph === undefined ? undefined : graphOn(declared.method, fetched);
  if (declared === undefined || (graph !== undefined && present === undefined)) return undefined;
  // PostgreSQL locks no row behind an outer join: Hibernate would lock one by one, after reading them all.
  if (annotationNamed(declared.method.annotations, "Lock") !== undefined) return undefined;
  if (!comesInOneStatement(model, selection, [...fetched, ...gaps.map(({ path }) => path)], declared.method)) return undefined;
  const paths = gaps.map(({ path }) => path);
  const named = wholeGraph(model, selection.entity, paths, graph === undefined);
  if (named === undefined || (graph === "fetch" && !named.isWhole)) return undefined;
  return { named, ...declared, ...(present && { graph: present }) };
}

/**
 * Whether one statement can bring some paths: two collections multiply each other's rows, a page of rows with a collection is cut in
 * memory. `method` is where the query is declared, if it is.
 */
export function comesInOneStatement(model: Model, selection: Selection, paths: readonly string[], method?: JavaMethod): boolean {
  const collections = new Set(paths.flatMap((path) => collectionsOn(model, selection, path)));
  if (collections.size > 1 || (selection.paged && collections.size > 0)) return false;
  return collections.size === 0 || !repeatsRows(model, selection, method);
}

/**
 * Before version 6, Hibernate gives a row's entity once for each element of a collection that is fetched with it, where nothing says
 * "distinct".
 */
function repeatsRows(model: Model, { entity, rows, at }: Selection, method: JavaMethod | undefined): boolean {
  if (
    rows === "one" ||
    /^(?:[\w.]+\.)?(?:Linked)?(?:Hash)?Set\b/.test(method?.returns ?? "") ||
    /^\w+Distinct\p{Lu}/u.test(method?.name ?? "")
  )
    return false;
  const written = annotationValue(annotationNamed(method?.annotations ?? [], "Query"), "value");
  if (written?.kind === "text" && /\bselect\s+distinct\b/i.test(written.text)) return false;
  const major = Number.parseInt(at === undefined ? "" : (model.configuration.buildOf(at.file).hibernate ?? ""), 10);
  if (!Number.isNaN(major)) return major < 6;
  return model.types.declared(entity, at?.file)?.file.java.imports.some(({ name }) => name.startsWith("javax.persistence")) ?? false;
}

/** The collections that fetching a path joins, by path. */
function collectionsOn(model: Model, selection: Selection, to: string): readonly string[] {
  return alongPath(model.persistence, selection.entity, to)
    .filter(({ attribute }) => attribute.kind !== "toOne" && attribute.kind !== "embedded")
    .map(({ path }) => path);
}

/**
 * Whether a graph can name a path: not of a class below the entity, nor of an embeddable, of which providers think differently. Spring
 * Data makes the graph for the repository's entity, whatever the query gives.
 */
export function isNameable(model: Model, { entity, repository }: Selection, { path }: FetchGap): boolean {
  if ((model.persistence.repository(repository)?.entity ?? entity) !== entity) return false;
  const steps = alongPath(model.persistence, entity, path);
  return steps.at(-1)?.path === path && steps.every(({ attribute }) => attribute.kind !== "embedded");
}

/** The declaration of a query that Spring Data makes: what a class of the project implements has no graph. */
function declarationOf(model: Model, { repository, method, parameters, at }: Selection): Pick<GraphPlace, "file" | "method"> | undefined {
  const entry = model.types.declared(repository);
  if (entry === undefined) return undefined;
  const found = model.types
    .methodsOf(entry, method)
    .find(
      ({ owner, method: { parameters: own, nameSpan } }) =>
        own.length === parameters && owner.file.file === at?.file && nameSpan.start === at.start,
    );
  if (found === undefined) return undefined;
  const classes = [model.types.declared(`${repository}Impl`), ...model.types.descendantsOf(found.owner)];
  const isImplemented = classes.some(
    (one) =>
      one?.type.kind === "class" && one.type.methods.some((other) => other.name === method && other.parameters.length === parameters),
  );
  return isImplemented ? undefined : { file: found.owner.file, method: found.method };
}

function inBatches(model: Model, selection: Selection): readonly Fix[] {
  const near = selection.at?.file ?? model.types.declared(selection.repository)?.file.file;
  if (near === undefined || model.configuration.lacksBoot(near) || model.configuration.buildOf(near).has(...ECLIPSELINK)) return [];
  const file = model.configuration.applicationFileOf(near);
  return file === undefined ? [] : [setKey(file, "spring.jpa.properties.hibernate.default_batch_fetch_size", "16")];
}

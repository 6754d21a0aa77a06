import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Model } from "../../../model/model.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import type { TypeEntry } from "../../../model/types/typeIndex.ts";
import { chainStep, type FileEdit, indentAt, lineBreakOf, listWithin, longestLine, replace } from "../../../text/edits.ts";
import type { Span } from "../../../text/positions.ts";
import type { Sources } from "../../finding.ts";
import { GRAPH, graphOf } from "./fetching/fetchPlan.ts";
import type { WholeGraph } from "./fetching/wholeGraph.ts";
import { importEdits } from "./imports.ts";

/** A method that a fix adds to a repository. */
export interface AddedMethod {
  readonly repository: TypeEntry;
  readonly declaration: string;
  /** Qualified names of types that the declaration needs. */
  readonly imports: readonly string[];
  /** What comes along with its rows. */
  readonly graph?: WholeGraph;
}

/** Whether a class has each method of a repository, a stand-in of the tests say: it does not compile without one that is added. */
export const isImplemented = ({ types }: Model, repository: TypeEntry): boolean =>
  types.descendantsOf(repository).some(({ type }) => type.kind !== "interface");

/**
 * The derived query of another name that a repository, or what it extends, declares for the same parameters. "other" where one of that name
 * asks something else, or may: whoever wants to call it cannot, and it is not to be added beside it.
 */
export function twinOf(
  { types }: Model,
  repository: TypeEntry,
  name: string,
  { parameters }: Pick<JavaMethod, "parameters">,
): JavaMethod | "other" | undefined {
  const [one, ...others] = types.methodsOf(repository, name).filter(({ method }) => method.parameters.length === parameters.length);
  if (one === undefined) return undefined;
  const isSame = parameters.every(({ type }, i) => one.method.parameters[i]?.type === type);
  return others.length === 0 && isSame && annotationNamed(one.method.annotations, "Query") === undefined ? one.method : "other";
}

/** Adds a method at the end of the repository's body. */
export function addRepositoryMethod({ repository, declaration, imports, graph }: AddedMethod, sources: Sources): FileEdit | undefined {
  const text = sources.text(repository.file.file);
  if (text === undefined) return undefined;
  const lineBreak = lineBreakOf(text);
  const { bodySpan, methods } = repository.type;
  const close = bodySpan.end - 1;
  if (text[close] !== "}") return undefined;
  const indent = methods[0] === undefined ? `${indentAt(text, repository.type.span.start)}    ` : indentAt(text, methods[0].span.start);
  const closing = indentAt(text, close);
  const tail = text.slice(0, close).trimEnd().length;
  const annotation = graph === undefined ? "" : indent + graphOf(graph, text, methods[0]?.span.start ?? close) + lineBreak;
  const member = `${lineBreak}${methods.length > 0 ? lineBreak : ""}${annotation}${indent}${brokenList(declaration, indent, text)}${lineBreak}${closing}`;
  return {
    kind: "change",
    file: repository.file.file,
    edits: [
      ...importEdits(repository.file, text, [...imports, ...(graph === undefined ? [] : [GRAPH])]),
      replace({ start: tail, end: close }, member),
    ],
  };
}

/** A declaration of one line whose parameters go on in the next ones where they do not fit. */
function brokenList(declaration: string, indent: string, text: string): string {
  const [first = "", ...rest] = declaration.split(/(?=\r?\n)/);
  const [, head, list] = /^([^(]+\()(.+)\);$/.exec(first) ?? [];
  if (head === undefined || list === undefined || indent.length + first.length <= longestLine(text)) return declaration;
  const next = lineBreakOf(text) + indent + chainStep(text);
  // A comma within an annotation or a type parts no parameters.
  const parameters = list.split(/,\s*(?![^()]*\)|[^<>]*>)/);
  const fits = indent.length + head.length + (parameters[0]?.length ?? 0) < longestLine(text);
  const column = fits ? indent.length + head.length : indent.length + chainStep(text).length;
  return `${head}${fits ? "" : next}${listWithin(parameters, column, next, ");".length)});${rest.join("")}`;
}

/** "boolean existsByName(" with the parameters of another method as its file writes them, further lines below the first one. */
export function withParametersOf(
  head: string,
  { parameters, span }: { readonly parameters: readonly { readonly span: Span }[]; readonly span: Span },
  text: string,
): string {
  const [first] = parameters;
  const last = parameters.at(-1);
  if (first === undefined || last === undefined) return `${head})`;
  const column = first.span.start - text.lastIndexOf("\n", first.span.start - 1) - 1;
  const below = " ".repeat(indentAt(text, span.start).length + head.length);
  const written = text.slice(first.span.start, last.span.end).split("\n");
  const isBelow = (line: string): boolean => line.startsWith(" ".repeat(column)) && line[column] !== " ";
  return `${head}${written.map((line, i) => (i > 0 && isBelow(line) ? below + line.slice(column) : line)).join("\n")})`;
}

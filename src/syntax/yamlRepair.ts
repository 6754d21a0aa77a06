import { type Document, isCollection, isPair, isScalar, parseAllDocuments, type Scalar, type YAMLError } from "yaml";
import type { Span } from "../text/positions.ts";

type YamlError = Pick<YAMLError, "code" | "message" | "pos">;

/** What the library makes of a text. Where it is changed to be read, every offset stays. */
export interface ReadYaml {
  readonly documents: readonly Document.Parsed[];
  readonly errors: readonly YamlError[];
  /** A scalar as the text means it, whose lines may have been joined. */
  scalarOf(node: Scalar.Parsed): Scalar.Parsed;
}

/**
 * Reads as the readers of Spring Boot and Docker do: quoted text goes on at any column, where YAML asks for more than its key's. A line
 * that hides what comes behind it is left out, with its error.
 */
export function readYaml(text: string): ReadYaml {
  let reading = parse(text);
  let left = MOST_EXTRA;
  const again = (changed: string): Reading | undefined => {
    left -= changed.length;
    return left < 0 ? undefined : parse(changed);
  };
  const joined: Span[] = [];
  for (let quote = cutQuote(reading); quote !== undefined; quote = cutQuote(reading)) {
    const next = again(blanked(reading.text, quote));
    if (next === undefined || next.errors.length >= reading.errors.length) break;
    joined.push(quote);
    reading = next;
  }
  const lost: YamlError[] = [];
  // Templates of Helm and their like are no YAML: nothing makes them one.
  for (let error = firstError(reading); error !== undefined && !text.includes("{{"); error = firstError(reading)) {
    const [best] = linesAt(reading.text, error)
      .map((line) => ({ line, next: again(blanked(reading.text, line)) }))
      .flatMap(({ line, next }) => (next !== undefined && isBetter(next, reading) ? { line, next } : []))
      .sort((a, b) => a.next.errors.length - b.next.errors.length || entriesOf(b.next) - entriesOf(a.next));
    if (best === undefined) break;
    lost.push({ code: error.code, message: error.message, pos: [best.line.start, best.line.end] });
    reading = best.next;
  }
  return {
    documents: reading.documents,
    errors: [...lost, ...reading.errors],
    scalarOf(node) {
      const [start, end] = node.range;
      if (!joined.some((quote) => quote.start >= start && quote.start < end)) return node;
      const alone = parse(text.slice(start, end)).documents[0]?.contents;
      return isScalar(alone) ? (alone as Scalar.Parsed) : node;
    },
  };
}

/** Characters that a text with errors may be read for once more: about a millisecond each thousand. */
const MOST_EXTRA = 60_000;

interface Reading {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  readonly errors: readonly YAMLError[];
}

function parse(text: string): Reading {
  // Duplicate keys are looked for elsewhere: the library compares each key with all others, 50,000 of them for minutes.
  const documents = [...parseAllDocuments(text, { prettyErrors: false, logLevel: "silent", uniqueKeys: false })];
  return { text, documents, errors: documents.flatMap((document) => document.errors) };
}

/** An `@token@` of Maven is an error that hides nothing. */
const firstError = ({ errors }: Reading): YAMLError | undefined => errors.find(({ code }) => code !== "BAD_SCALAR_START");

/** One that tells more; or as much but for the line that it leaves out, with fewer errors. */
function isBetter(next: Reading, than: Reading): boolean {
  const [more, entries] = [entriesOf(next), entriesOf(than)];
  return more > entries || (more >= entries - 1 && next.errors.length < than.errors.length);
}

/** Quoted text that the library ends too early, or not at all: from its quote to the one that closes it. */
function cutQuote({ text, errors }: Reading): Span | undefined {
  for (const error of errors) {
    const start = openingQuote(text, error);
    const end = start === undefined ? undefined : closingQuote(text, start);
    if (start === undefined || end === undefined) continue;
    const quoted = text.slice(start, end);
    if (/[\r\n]/.test(quoted) && !/^(?:---|\.\.\.)/m.test(quoted)) return { start, end };
  }
  return undefined;
}

/** The quote that an error misses the other one of; the library tells where what it took for the text ends. */
function openingQuote(text: string, { code, message, pos }: YAMLError): number | undefined {
  const quote = code === "MISSING_CHAR" ? /^Missing closing (["'])/.exec(message)?.[1] : undefined;
  let at = quote === undefined ? -1 : text.lastIndexOf(quote, pos[0] - 1);
  // Escaped ones stand in the text.
  if (quote === "'") while (text[at - 1] === quote) at = text.lastIndexOf(quote, at - 2);
  else while (at > 0 && text[at - 1] === "\\") at = text.lastIndexOf('"', at - 1);
  return at < 0 ? undefined : at;
}

/** Behind the quote that closes the one at an offset. */
function closingQuote(text: string, at: number): number | undefined {
  const rest = text[at] === "'" ? /'(?:[^']|'')*'/y : /"(?:[^"\\]|\\[\s\S])*"/y;
  rest.lastIndex = at;
  return rest.test(text) ? rest.lastIndex : undefined;
}

/** The lines that an error may lie in: that of the quote which is not closed, its own, and the one before. */
function linesAt(text: string, error: YAMLError): readonly Span[] {
  const own = lineOf(text, Math.min(error.pos[0], text.length));
  const before = text.slice(0, own.start).trimEnd();
  const quote = openingQuote(text, error);
  const lines = [...(quote === undefined ? [] : [lineOf(text, quote)]), own, ...(before === "" ? [] : [lineOf(text, before.length)])];
  return lines.filter(({ start }, i) => lines.findIndex((other) => other.start === start) === i);
}

/** A line without what it is indented by. */
function lineOf(text: string, offset: number): Span {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const next = text.indexOf("\n", offset);
  const line = text.slice(start, next < 0 ? text.length : next);
  return { start: start + line.length - line.trimStart().length, end: start + line.trimEnd().length };
}

/** Line breaks, and the backslash that joins lines, become blanks in quoted text; a line becomes one that is empty. */
function blanked(text: string, { start, end }: Span): string {
  const part = text.slice(start, end);
  const changed = /^["']/.test(part)
    ? part.replace(/(?<!\\)((?:\\\\)*)\\(?=\r?\n)|[\r\n]/g, (match, kept = "") => kept + " ".repeat(match.length - kept.length))
    : part.replace(/[^\r\n]/g, " ");
  return text.slice(0, start) + changed + text.slice(end);
}

/** Keys of maps, as far as they are not nested deeper than any reader goes. */
function entriesOf({ documents }: Reading): number {
  let entries = 0;
  const visit = (node: unknown, depth: number): void => {
    if (depth > 100) return;
    if (isPair(node)) {
      entries++;
      visit(node.value, depth);
    } else if (isCollection(node)) for (const item of node.items) visit(item, depth + 1);
  };
  for (const { contents } of documents) visit(contents, 0);
  return entries;
}

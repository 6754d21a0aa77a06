import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Span } from "../../../text/positions.ts";
import { bareName, type TypeEntry } from "../../types/typeIndex.ts";
import type { Typer } from "../typing/typer.ts";

/** What a framework runs code once for. */
interface Items {
  /** Of rows it may be one that is asked for. */
  readonly kind: "items" | "rows";
  readonly over: string;
  readonly at: Span;
  readonly element: string;
}

/**
 * Spring Batch's `ItemProcessor.process(item)`: a step runs it once for each item that it reads. A processor that is given lists is run
 * once a chunk. And what makes an object of a row of a statement's result.
 */
export function itemsOf(entry: TypeEntry, method: JavaMethod | undefined): Items | undefined {
  return method?.name === "mapRow" ? rowsOf(entry, method) : processedItems(entry, method);
}

/** `mapRow(rows, number)` of Spring JDBC's `RowMapper`. */
function rowsOf({ type }: TypeEntry, { kind, parameters, nameSpan }: JavaMethod): Items | undefined {
  const [rows, ...more] = parameters;
  if (kind !== "method" || rows === undefined || bareName(rows.type) !== "ResultSet" || more.length !== 1) return undefined;
  return type.interfaces.some((name) => bareName(name) === "RowMapper")
    ? { kind: "rows", over: ROWS, at: nameSpan, element: rows.name }
    : undefined;
}

/**
 * `jdbc.query("…", (rows, number) -> …)`, `client.sql("…").query(this::order).list()`, and a `RowMapper` that a variable, a field or a
 * method holds. What asks for one row runs it once; what takes the rows as a whole has one parameter.
 */
export function mappedRows(mapper: CodeNode, typer: Typer): Items | undefined {
  const [rows, number] = mapper.kind === "lambda" ? childrenOf(mapper, "parameter") : [];
  if (handlesRows(mapper, typer))
    return { kind: "rows", over: ROWS, at: { start: mapper.start, end: mapper.end }, element: rows?.text ?? "" };
  if (mapper.kind === "lambda" ? number === undefined : !mapsRow(mapper, typer)) return undefined;
  const { parent } = mapper;
  const held = parent?.kind === "return" ? typer.method?.returns : parent?.kind === "local" ? parent.type : undefined;
  if (held === undefined ? !isQueryOfRows(mapper, typer) : bareName(held) !== "RowMapper") return undefined;
  return { kind: "rows", over: ROWS, at: { start: mapper.start, end: mapper.end }, element: rows?.text ?? "" };
}

/**
 * `jdbc.query("…", row -> { … })`, also cast to `RowCallbackHandler`: it gives nothing back, and Spring goes from row to row. What is given
 * the result as a whole goes on itself, or gives something back.
 */
function handlesRows(handler: CodeNode, typer: Typer): boolean {
  const [row, ...more] = handler.kind === "lambda" ? childrenOf(handler, "parameter") : [];
  if (row === undefined || more.length > 0) return false;
  const { parent } = handler;
  if (parent?.kind === "cast") return bareName(parent.type) === CALLBACK && sends(parent, typer);
  if (parent?.kind === "local") return bareName(parent.type) === CALLBACK;
  const body = childOf(handler, "body");
  if (body?.kind !== "block" || !sends(handler, typer)) return false;
  return !nodesOf(body).some(
    (node) =>
      (node.kind === "return" && node.children.length > 0) || (node.text === "next" && childOf(node, "receiver")?.text === row.text),
  );
}

const CALLBACK = "RowCallbackHandler";

/** `jdbc.query("…", new RowMapper<Order>() { public Order mapRow(ResultSet rows, int number) { … } })`. */
export function madeRows(made: CodeNode, method: CodeNode, typer: Typer): Items | undefined {
  if (method.text !== "mapRow" || bareName(made.type) !== "RowMapper" || !isQueryOfRows(made, typer)) return undefined;
  return { kind: "rows", over: ROWS, at: { start: made.start, end: made.end }, element: childOf(method, "parameter")?.text ?? "" };
}

/** `this::order`, a method of ours that is given a row and its number. */
const mapsRow = (reference: CodeNode, typer: Typer): boolean =>
  typer
    .calleeOf(reference)
    .declared.some(({ method }) => method.parameters.length === 2 && bareName(method.parameters[0]?.type ?? "") === "ResultSet");

/** Whether a function is given to the call that sends a query. */
const sends = (fn: CodeNode, typer: Typer): boolean =>
  /^(?:StatementSpec|(?:NamedParameter)?Jdbc(?:Template|Operations))$/.test(queryOf(fn, typer));

/** The library type on which a query is called with a function. */
function queryOf(fn: CodeNode, typer: Typer): string {
  const call = fn.parent;
  if (call?.kind !== "call" || fn.role !== "argument" || call.text !== "query") return "";
  return typer.calleeOf(call).library?.type ?? "";
}

function isQueryOfRows(mapper: CodeNode, typer: Typer): boolean {
  const call = mapper.parent;
  const on = queryOf(mapper, typer);
  if (on !== "StatementSpec") return SENDS_QUERIES.test(on);
  return (
    call?.kind === "call" && call.parent?.kind === "call" && call.role === "receiver" && /^(?:list|set|stream)$/.test(call.parent.text)
  );
}

const SENDS_QUERIES = /^(?:NamedParameter)?Jdbc(?:Template|Operations)$/;
const ROWS = "the query's rows";

function processedItems({ file, type }: TypeEntry, method: JavaMethod | undefined): Items | undefined {
  if (method?.name !== "process" || method.kind !== "method") return undefined;
  const [item, ...more] = method.parameters;
  if (item === undefined || more.length > 0 || !type.interfaces.some(takesItems) || !usesBatch(file)) return undefined;
  return { kind: "items", over: OVER, at: method.nameSpan, element: item.name };
}

/** `ItemProcessor<Order, Invoice> processor() { return order -> …; }` */
export function returnedItems(lambda: CodeNode, { file }: TypeEntry, method: JavaMethod | undefined): Items | undefined {
  if (lambda.parent?.kind !== "return" || method === undefined || !takesItems(method.returns) || !usesBatch(file)) return undefined;
  return { kind: "items", over: OVER, at: { start: lambda.start, end: lambda.end }, element: childOf(lambda, "parameter")?.text ?? "" };
}

const OVER = "the step's items";

const takesItems = (type: string): boolean =>
  bareName(type) === "ItemProcessor" && !/^(?:[\w.]+\.)?ItemProcessor<\s*(?:[\w.]+\.)?\w*(?:List|Set|Collection|Chunk|Map)\s*</.test(type);

const usesBatch = ({ java }: JavaFile): boolean => java.imports.some(({ name }) => name.startsWith("org.springframework.batch."));

import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type CodeNode, childOf } from "../../../facts/java/code.ts";
import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { Span } from "../../../text/positions.ts";
import { bareName, type TypeEntry } from "../../types/typeIndex.ts";

/** What a framework runs code once for. */
interface Items {
  readonly over: string;
  readonly at: Span;
  readonly element: string;
}

/**
 * Spring Batch's `ItemProcessor.process(item)`: a step runs it once for each item that it reads. A processor that is given lists is run
 * once a chunk.
 */
export function itemsOf({ file, type }: TypeEntry, method: JavaMethod | undefined): Items | undefined {
  if (method?.name !== "process" || method.kind !== "method") return undefined;
  const [item, ...more] = method.parameters;
  if (item === undefined || more.length > 0 || !type.interfaces.some(takesItems) || !usesBatch(file)) return undefined;
  return { over: OVER, at: method.nameSpan, element: item.name };
}

/** `ItemProcessor<Order, Invoice> processor() { return order -> …; }` */
export function returnedItems(lambda: CodeNode, { file }: TypeEntry, method: JavaMethod | undefined): Items | undefined {
  if (lambda.parent?.kind !== "return" || method === undefined || !takesItems(method.returns) || !usesBatch(file)) return undefined;
  return { over: OVER, at: { start: lambda.start, end: lambda.end }, element: childOf(lambda, "parameter")?.text ?? "" };
}

const OVER = "the step's items";

const takesItems = (type: string): boolean =>
  bareName(type) === "ItemProcessor" && !/^(?:[\w.]+\.)?ItemProcessor<\s*(?:[\w.]+\.)?\w*(?:List|Set|Collection|Chunk|Map)\s*</.test(type);

const usesBatch = ({ java }: JavaFile): boolean => java.imports.some(({ name }) => name.startsWith("org.springframework.batch."));

import { type CodeNode, childOf } from "../../facts/java/code.ts";
import { withoutCapital } from "../../text/capitals.ts";
import type { MethodCode } from "../calls/callGraph.ts";
import { attributeOf, type Entity } from "../persistence/mapping/entity.ts";

/**
 * The columns that a method looks at in the one row that a call brings: `Ticket ticket = tickets.findById(id).orElseThrow(); return new
 * Price(ticket.getPrice());`. Undefined where the row itself is handed on, or something is asked of it that is no column.
 */
export function columnsKept(
  entity: Entity,
  call: CodeNode,
  { nodes, typer }: Pick<MethodCode, "nodes" | "typer">,
): readonly string[] | undefined {
  let value = call;
  while (value.parent?.kind === "call" && value.role === "receiver" && SAME_ROW.has(value.parent.text)) value = value.parent;
  const row = rowOf(value);
  if (row === undefined) return undefined;
  // What is gone for good, or only says so, is no answer any more.
  const columns = entity.attributes.flatMap(({ kind, columns }) => (kind === "basic" ? columns.filter((column) => GONE.test(column)) : []));
  for (const use of nodes) {
    if (use.kind !== "name" || use.text !== row.text || typer.declarationOf(use) !== row) continue;
    const asked = columnsOfUse(entity, use);
    if (asked === undefined) return undefined;
    columns.push(...asked);
  }
  return columns;
}

const SAME_ROW: ReadonlySet<string> = new Set(["get", "orElse", "orElseGet", "orElseThrow", "filter"]);
const GONE = /delet|remov|archiv/i;

/** The variable that holds the row: a local, or the parameter of `map(ticket -> …)`. */
function rowOf(value: CodeNode): CodeNode | undefined {
  const around = value.parent;
  if (around?.kind === "local" && value.role === "value") return around;
  const lambda = around?.kind === "call" && value.role === "receiver" && around.text === "map" ? childOf(around, "argument") : undefined;
  return lambda?.kind === "lambda" ? childOf(lambda, "parameter") : undefined;
}

/** `ticket.getPrice()`, `ticket.price`, `ticket == null`. */
function columnsOfUse(entity: Entity, use: CodeNode): readonly string[] | undefined {
  const around = use.parent;
  if (around?.kind === "binary" && around.children.some(({ type }) => type === "null")) return [];
  if (around === undefined || use.role !== "receiver" || (around.kind !== "call" && around.kind !== "field")) return undefined;
  if (around.kind === "call" && childOf(around, "argument") !== undefined) return undefined;
  const attribute = attributeOf(
    entity,
    around.kind === "call" ? withoutCapital(around.text.replace(/^(?:get|is)(?=\p{Lu})/u, "")) : around.text,
  );
  if (attribute === undefined || attribute.kind === "embedded") return undefined;
  return attribute.columns;
}

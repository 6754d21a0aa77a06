import { type CodeNode, childOf } from "../../facts/java/code.ts";
import { withoutCapital } from "../../text/capitals.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import { attributeOf, type Entity } from "../persistence/mapping/entity.ts";
import { MOST_HANDS, takerOf } from "./handedOn.ts";

/**
 * The columns that a method looks at in the one row that a call brings: `Ticket ticket = tickets.findById(id).orElseThrow(); return new
 * Price(ticket.getPrice());`, and whoever it hands the row to. Undefined where the row itself is kept, where it is handed to what is not
 * known, and where something is asked of it that is no column.
 */
export function columnsKept(calls: CallGraph, entity: Entity, call: CodeNode, method: MethodNode): readonly string[] | undefined {
  let value = call;
  while (value.parent?.kind === "call" && value.role === "receiver" && SAME_ROW.has(value.parent.text)) value = value.parent;
  const reader: Reader = { calls, entity, method };
  const mapped = mapperOf(value);
  const looked = mapped?.kind === "reference" ? columnsHanded(reader, mapped, 0) : columnsOfRow(reader, value, mapped);
  return looked === undefined ? undefined : [...gone(entity), ...looked];
}

interface Reader {
  readonly calls: CallGraph;
  readonly entity: Entity;
  readonly method: MethodNode;
}

/** What is gone for good, or only says so, is no answer any more. */
const gone = ({ attributes }: Entity): readonly string[] =>
  attributes.flatMap(({ kind, columns }) => (kind === "basic" ? columns.filter((column) => GONE.test(column)) : []));

const SAME_ROW: ReadonlySet<string> = new Set(["get", "orElse", "orElseGet", "orElseThrow", "filter"]);
const GONE = /delet|remov|archiv/i;

/** `map(ticket -> …)`, `map(TicketDto::of)`: the function that is given the row. */
function mapperOf(value: CodeNode): CodeNode | undefined {
  const around = value.parent;
  return around?.kind === "call" && value.role === "receiver" && around.text === "map" ? childOf(around, "argument") : undefined;
}

/** The uses of the variable that holds the row: a local, or the parameter of `map(ticket -> …)`. */
function columnsOfRow(reader: Reader, value: CodeNode, mapped: CodeNode | undefined): readonly string[] | undefined {
  const { nodes, typer } = reader.calls.codeOf(reader.method);
  const local = value.parent?.kind === "local" && value.role === "value" ? value.parent : undefined;
  const row = local ?? (mapped?.kind === "lambda" ? childOf(mapped, "parameter") : undefined);
  if (row === undefined) return undefined;
  const uses = nodes.filter((use) => use.kind === "name" && use.text === row.text && typer.declarationOf(use) === row);
  return columnsOfUses(reader, uses, 0);
}

function columnsOfUses(reader: Reader, uses: readonly CodeNode[], hands: number): readonly string[] | undefined {
  const columns: string[] = [];
  for (const use of uses) {
    const asked = use.role === "argument" ? columnsHanded(reader, use, hands) : columnsOfUse(reader.entity, use);
    if (asked === undefined) return undefined;
    columns.push(...asked);
  }
  return columns;
}

/** What whoever takes the row looks at. */
function columnsHanded({ calls, entity, method }: Reader, given: CodeNode, hands: number): readonly string[] | undefined {
  const taken = hands >= MOST_HANDS ? undefined : takerOf(calls, method, given);
  if (taken === undefined) return undefined;
  const { nodes, typer } = calls.codeOf(taken.method);
  const uses = nodes.filter((use) => use.kind === "name" && use.text === taken.name && typer.declarationOf(use) === undefined);
  return columnsOfUses({ calls, entity, method: taken.method }, uses, hands + 1);
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

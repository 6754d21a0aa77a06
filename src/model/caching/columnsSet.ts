import { type CodeNode, childOf } from "../../facts/java/code.ts";
import { withoutCapital } from "../../text/capitals.ts";
import { contains } from "../../text/positions.ts";
import type { MethodCode, MethodNode } from "../calls/callGraph.ts";
import { type Attribute, attributeOf, type Entity } from "../persistence/mapping/entity.ts";

export interface SetColumns {
  readonly columns: readonly string[];
  /** The entity is a parameter: whoever hands it over may have changed it before. */
  readonly handed: boolean;
}

/**
 * What a method sets in an entity, `name` being one of the entity's uses; undefined where something else may change it. `changed` tells
 * the columns that a call of the entity's own changes.
 */
export function columnsSet(
  entity: Entity,
  name: CodeNode,
  method: MethodNode,
  { nodes, typer }: Pick<MethodCode, "nodes" | "typer">,
  changed: (call: CodeNode) => readonly string[] | undefined,
): SetColumns | undefined {
  // A parameter of the method has no declaration in its body.
  const declared = typer.declarationOf(name);
  if (declared !== undefined && !isBrought(declared, method, nodes)) return undefined;
  const columns: string[] = [];
  for (const use of nodes) {
    if (use.kind !== "name" || use.text !== name.text || typer.declarationOf(use) !== declared) continue;
    const call = use.parent;
    if (use.role === "argument" && call !== undefined && readsOnly(call)) continue;
    if (call?.kind !== "call" || use.role !== "receiver") return undefined;
    if (/^(?:get|is)\p{Lu}/u.test(call.text)) {
      if (call.parent?.kind === "call" && call.role === "receiver" && !leadsElsewhere(entity, call.text)) return undefined;
      continue;
    }
    const set = changed(call);
    if (set === undefined) return undefined;
    columns.push(...set);
  }
  // What is handed over and set nowhere has changed elsewhere.
  return declared === undefined && columns.length === 0 ? undefined : { columns, handed: declared === undefined };
}

/** The attribute that `ticket.setPrice(5)` sets. */
export function attributeSet({ text }: CodeNode, entity: Entity): Attribute | undefined {
  const name = /^set(\p{Lu}\w*)$/u.exec(text)?.[1];
  return name === undefined ? undefined : attributeOf(entity, withoutCapital(name));
}

/** Undefined for what is no setter of columns. */
export function columnsOfSetter(call: CodeNode, entity: Entity): readonly string[] | undefined {
  const attribute = attributeSet(call, entity);
  return attribute?.kind === "basic" && attribute.columns.length > 0 ? attribute.columns : undefined;
}

/** `tickets.save(ticket)`, `line.setTicket(ticket)`, `mapper.toDto(ticket)`, `new TicketDto(ticket)`, `log.info("{}", ticket)`: what leaves it as it is. */
const readsOnly = ({ kind, text }: CodeNode): boolean =>
  kind === "new" ||
  (kind === "call" &&
    /^(?:save(?:AndFlush)?|set\p{Lu}\w*|(?:to|from|of|convert)(?:\p{Lu}\w*)?|trace|debug|info|warn|error|publishEvent)$/u.test(text));

/** `ticket.getLines().add(…)`: what lies in other tables, or is a value that cannot change. */
function leadsElsewhere(entity: Entity, getter: string): boolean {
  const attribute = attributeOf(entity, withoutCapital(getter.replace(/^(?:get|is)/, "")));
  return attribute !== undefined && attribute.kind !== "embedded";
}

/** `Ticket ticket = tickets.findById(id).orElseThrow();`, `tickets.findById(id).ifPresent(ticket -> …)` */
function isBrought(declared: CodeNode, { sites }: MethodNode, nodes: readonly CodeNode[]): boolean {
  const lambda = declared.kind === "parameter" && declared.parent?.kind === "lambda" ? declared.parent : undefined;
  const value =
    declared.kind === "local"
      ? childOf(declared, "value")
      : lambda?.role === "argument" && lambda.parent !== undefined && /^(?:ifPresent|map)/.test(lambda.parent.text)
        ? childOf(lambda.parent, "receiver")
        : undefined;
  return (
    value !== undefined &&
    sites.some(({ work, order }) => {
      const call = nodes[order];
      return work?.kind === "read" && call !== undefined && contains(value, call);
    })
  );
}

import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { withoutCapital } from "../../text/capitals.ts";
import { contains } from "../../text/positions.ts";
import { onlyBodyRun } from "../calls/bodiesRun.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import { type Attribute, attributeOf, type Entity } from "../persistence/mapping/entity.ts";
import { MOST_HANDS, type Taken, takerOf } from "./handedOn.ts";

export interface SetColumns {
  readonly columns: readonly string[];
  /** The entity is a parameter: whoever hands it over may have changed it before. */
  readonly handed: boolean;
}

/**
 * What a method sets in an entity, `name` being one of the entity's uses, and whoever it hands the entity to; undefined where something
 * else may change it. `changed` tells the columns that a call of the entity's own in a method changes.
 */
export function columnsSet(
  calls: CallGraph,
  entity: Entity,
  name: CodeNode,
  method: MethodNode,
  changed: ColumnsChanged,
): SetColumns | undefined {
  const { nodes, typer } = calls.codeOf(method);
  // A parameter of the method has no declaration in its body.
  const declared = typer.declarationOf(name);
  if (declared !== undefined && !isBrought(calls, declared, method, nodes)) return undefined;
  const columns = setThrough({ calls, entity, changed }, { method, name: name.text }, declared, 0);
  if (columns === undefined || declared !== undefined) return columns && { columns, handed: false };
  const before = setByCallers({ calls, entity, changed }, { method, name: name.text });
  if (before !== undefined) return { columns: [...columns, ...before], handed: false };
  // What is handed over and set nowhere has changed elsewhere.
  return columns.length === 0 ? undefined : { columns, handed: true };
}

/** What all callers of a private method set in the rows that they have brought and hand to it; undefined where one may change more. */
function setByCallers({ calls, entity, changed }: Setter, { method, name }: Taken): readonly string[] | undefined {
  const { owner, method: declared } = method.declared;
  const index = declared.parameters.findIndex((parameter) => parameter.name === name);
  if (index < 0 || !declared.modifiers.includes("private")) return undefined;
  const columns: string[] = [];
  for (const caller of calls.methodsIn(owner.file.file)) {
    for (const { targets, order } of caller.sites) {
      if (!targets.includes(method.key)) continue;
      const { nodes, typer } = calls.codeOf(caller);
      const call = nodes[order];
      const given = call?.kind === "call" ? childrenOf(call, "argument")[index] : undefined;
      // One caller up: whoever is given the row itself is asked no further.
      const isOwn = given?.kind === "name" && typer.declarationOf(given) !== undefined;
      const set = isOwn ? columnsSet(calls, entity, given, caller, changed) : undefined;
      if (set === undefined) return undefined;
      columns.push(...set.columns);
    }
  }
  return columns;
}

export type ColumnsChanged = (call: CodeNode, method: MethodNode) => readonly string[] | undefined;

interface Setter {
  readonly calls: CallGraph;
  readonly entity: Entity;
  readonly changed: ColumnsChanged;
}

/** What is set in a variable, or in a parameter where it has no declaration. */
function setThrough(setter: Setter, { method, name }: Taken, declared: CodeNode | undefined, hands: number): readonly string[] | undefined {
  const { nodes, typer } = setter.calls.codeOf(method);
  const columns: string[] = [];
  for (const use of nodes) {
    if (use.kind !== "name" || use.text !== name || typer.declarationOf(use) !== declared) continue;
    const set = setByUse(setter, method, use, hands);
    if (set === undefined) return undefined;
    columns.push(...set);
  }
  return columns;
}

function setByUse(setter: Setter, method: MethodNode, use: CodeNode, hands: number): readonly string[] | undefined {
  const call = use.parent;
  if (use.role === "argument" && call !== undefined) {
    if (readsOnly(call)) return [];
    const taken = hands >= MOST_HANDS ? undefined : takerOf(setter.calls, method, use);
    return taken === undefined ? undefined : setThrough(setter, taken, undefined, hands + 1);
  }
  if (call?.kind === "binary" && call.children.some(({ type }) => type === "null")) return [];
  if (call?.kind !== "call" || use.role !== "receiver") return undefined;
  if (!/^(?:get|is)\p{Lu}/u.test(call.text)) return setter.changed(call, method);
  return call.parent?.kind === "call" && call.role === "receiver" && !leadsElsewhere(setter.entity, call.text) ? undefined : [];
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

/**
 * `Ticket ticket = tickets.findById(id).orElseThrow();`, `tickets.findById(id).ifPresent(ticket -> …)`, and the same through a method that
 * does nothing but find: `Ticket ticket = ticketOrThrow(id);`.
 */
function isBrought(calls: CallGraph, declared: CodeNode, { sites }: MethodNode, nodes: readonly CodeNode[]): boolean {
  const lambda = declared.kind === "parameter" && declared.parent?.kind === "lambda" ? declared.parent : undefined;
  const value =
    declared.kind === "local"
      ? childOf(declared, "value")
      : lambda?.role === "argument" && lambda.parent !== undefined && /^(?:ifPresent|map)/.test(lambda.parent.text)
        ? childOf(lambda.parent, "receiver")
        : undefined;
  return (
    value !== undefined &&
    sites.some((site) => {
      const call = nodes[site.order];
      return call !== undefined && contains(value, call) && (site.work?.kind === "read" || onlyFinds(calls, site));
    })
  );
}

/** Whether a call runs one method, which reads and sets nothing. */
function onlyFinds(calls: CallGraph, { work, targets: [target, ...others] }: CallSite): boolean {
  const runs = work !== undefined || target === undefined || others.length > 0 ? undefined : onlyBodyRun(calls, target);
  if (runs === undefined) return false;
  return (
    runs.sites.some(({ work }) => work?.kind === "read") &&
    runs.sites.every(({ work, targets }) => work?.kind === "read" || (work === undefined && targets.length === 0)) &&
    !calls.codeOf(runs).nodes.some(({ kind, text }) => kind === "call" && /^set\p{Lu}/u.test(text))
  );
}

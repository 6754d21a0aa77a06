import { type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import { simpleName, type Type } from "../types/type.ts";
import { usesOf } from "./locals.ts";
import type { Typer } from "./typing/typer.ts";
import { givesReference, type Work } from "./work.ts";

/**
 * `orders.getReferenceById(id)` asks for nothing, and whoever looks into what it gives asks for the row: `getReferenceById(id).getNote()`, or
 * so of the variable that holds it.
 */
export function referenceWork(call: CodeNode, typer: Typer, library: string, receiver: Type | undefined): Work | undefined {
  if (receiver === undefined || !givesReference(library, call.text) || !isLookedInto(call, typer)) return undefined;
  const label = `${simpleName(receiver)}.${call.text}`;
  const work = { kind: "read", label, reference: true } as const;
  return library === "EntityManager" ? work : { on: receiver.name, ...work };
}

function isLookedInto(call: CodeNode, typer: Typer): boolean {
  const { parent, role } = call;
  if (role === "receiver") return asksForRow(parent);
  if (parent?.kind !== "local" || role !== "value") return false;
  let body = parent;
  while (body.parent !== undefined) body = body.parent;
  const uses = usesOf({ nodes: nodesOf(body), typer }, parent);
  return uses.every((use) => use.role !== "target") && uses.some((use) => use.role === "receiver" && asksForRow(use.parent));
}

/** Anything but for the key, which the reference has; a getter that might be the key's counts as that. */
const asksForRow = (use: CodeNode | undefined): boolean =>
  use?.kind === "call" &&
  childOf(use, "receiver") !== undefined &&
  !/(?:^id|Id|[kK]ey|[cC]ode|[uU]uid|^equals|^hashCode|^getClass)$/.test(use.text);

import type { CodeNode } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { methodKey } from "../../calls/methodKey.ts";
import { apiOf } from "./apis.ts";
import { type Chain, chainOf } from "./chain.ts";
import type { BodyReader } from "./texts/bodyReader.ts";
import type { Frame } from "./texts/frame.ts";

/** A call of a library that sends a query, in the body where it stands. */
export interface Sending {
  readonly last: CodeNode;
  readonly chain: Chain;
  readonly frame: Frame;
  /** The types that the methods give back through which its answer goes, the innermost first. */
  readonly through: readonly string[];
}

/** A call that a method of the project makes for another one, once with what it is handed and once without. */
export interface HandedOn {
  readonly given: Sending;
  readonly bare: Sending;
}

/**
 * What a method of the project sends when a call hands it a query (`singleResult(context, criteria)`); nothing where it may send more
 * than one of a kind. Its body is found where nothing overrides it.
 */
export function handedOn(calls: CallGraph, reader: BodyReader, call: CodeNode, frame: Frame): readonly HandedOn[] {
  const sender = calledBy(calls, call, frame);
  const inner = sender && reader.enter(call, frame);
  if (sender === undefined || inner === undefined) return [];
  const bare = { ...reader.frameOf(sender, inner.code), depth: inner.depth };
  const found = sendings(calls, reader, sender, inner);
  const without = sendings(calls, reader, sender, bare);
  return found.flatMap((given, i) => {
    const other = without[i];
    return other === undefined ? [] : [{ given, bare: other }];
  });
}

function sendings(calls: CallGraph, reader: BodyReader, sender: MethodNode, frame: Frame): readonly Sending[] {
  const { returns } = sender.declared.method;
  const found: Sending[] = [];
  for (const site of sender.sites) {
    const api = apiOf(site, calls);
    const call = frame.code.nodes[site.order];
    if (call?.kind !== "call" || (api !== "text" && api !== "sender")) continue;
    if (site.iterations.length > 0) return [];
    if (api === "text") {
      found.push({ last: call, chain: chainOf(frame.code, call), frame, through: [returns] });
      continue;
    }
    const next = calledBy(calls, call, frame);
    const inner = next && reader.enter(call, frame);
    if (next === undefined || inner === undefined) continue;
    for (const sending of sendings(calls, reader, next, inner)) found.push({ ...sending, through: [...sending.through, returns] });
  }
  return found;
}

function calledBy(calls: CallGraph, call: CodeNode, { code }: Frame): MethodNode | undefined {
  const [declared] = code.typer.calleeOf(call).declared;
  return declared && calls.method(methodKey(declared));
}

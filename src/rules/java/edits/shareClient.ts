import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodCode, MethodNode } from "../../../model/calls/callGraph.ts";
import { usesOf } from "../../../model/calls/locals.ts";
import type { ClientCreation } from "../../../model/http/clients.ts";
import type { Model } from "../../../model/model.ts";
import type { Fix } from "../../finding.ts";
import { canHoldConstant, isConstant, shareConstant } from "./extractConstant.ts";

/**
 * Clients that keep nothing of a call but its connection, with what asks them without changing them. Apache's keeps the cookies that it
 * is given, which the next caller would send.
 */
const ASKED: Partial<Readonly<Record<ClientCreation["client"], RegExp>>> = {
  HttpClient: /^(?:send|sendAsync)$/,
  OkHttpClient: /^(?:newCall|newWebSocket)$/,
  RestTemplate: /^(?:(?:get|post|patch)For|headForHeaders$|put$|delete$|optionsForAllow$|exchange$|execute$)/,
};

/** A client that is made of constants in a method becomes one of its class. */
export function shareClient(model: Model, method: MethodNode, { client, node, root }: ClientCreation): readonly Fix[] {
  const asked = ASKED[client];
  if (asked === undefined || !canHoldConstant(method) || !isFixed(node, root)) return [];
  const calls = callsOf(node, model.calls.codeOf(method));
  if (calls === undefined || calls.length === 0 || !calls.every(({ text }) => asked.test(text))) return [];
  const { kind, start, end } = node;
  return [
    {
      title: `Share one ${client}`,
      safe: false,
      edits(sources) {
        // The body is unpacked again: a finding would keep it for as long as it is shown.
        const code = model.calls.codeOf(method);
        const same = code.nodes.find((one) => one.kind === kind && one.start === start && one.end === end);
        return same && shareConstant([{ body: { method, ...code }, node: same }], { type: client, wish: client }, sources);
      },
    },
  ];
}

/** Whether all that is given on the way from the beginning of the chain is the same at each call. */
function isFixed(node: CodeNode, root: CodeNode): boolean {
  for (let at: CodeNode | undefined = node; at !== undefined && at.kind !== "name"; at = childOf(at, "receiver")) {
    if (at.kind !== "call" && at.kind !== "new" && at.kind !== "field") return false;
    if (!childrenOf(at, "argument").every((argument) => isConstant(argument) || isMadeOfConstants(argument))) return false;
  }
  return root.kind !== "name" || /^\p{Lu}/u.test(root.text);
}

/** `Duration.ofSeconds(5)` */
const isMadeOfConstants = (node: CodeNode): boolean =>
  node.kind === "call" && /^\p{Lu}/u.test(childOf(node, "receiver")?.text ?? "") && childrenOf(node, "argument").every(isConstant);

/** The calls on what is made; undefined where something else may become of it. */
function callsOf({ parent, role }: CodeNode, code: MethodCode): readonly CodeNode[] | undefined {
  if (parent?.kind === "call" && role === "receiver") return [parent];
  if (parent?.kind !== "local" || parent.parent?.kind !== "block") return undefined;
  const uses = usesOf(code, parent);
  const calls = uses.flatMap((use) => (use.parent?.kind === "call" && use.role === "receiver" ? [use.parent] : []));
  return calls.length === uses.length ? calls : undefined;
}

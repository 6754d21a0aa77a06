import { ancestorsOf, type CodeNode, childOf } from "../../facts/java/code.ts";
import type { MethodCode, MethodNode } from "../../model/calls/callGraph.ts";
import { type IteratedWork, iteratedWork } from "../../model/calls/effects/iteratedWork.ts";
import type { Model } from "../../model/model.ts";
import { defineRule } from "../rule.ts";
import { elementsAround } from "./shared/loops/elementCount.ts";
import { elementsOf } from "./shared/loops/rounds.ts";

export const kafkaAckInLoop = defineRule({
  id: "java/kafka-ack-in-loop",
  title: "An acknowledgement of Kafka that each element of a loop waits for",
  language: "java",
  certainty: "likely",
  cost: "N round trips to the broker, one message a batch",
  references: [
    "https://docs.spring.io/spring-kafka/reference/kafka/sending-messages.html",
    "https://kafka.apache.org/documentation/#producerconfigs_linger.ms",
  ],
  messages: {
    direct: "{{call}} waits for the broker once per element of {{over}}",
    through: "{{by}} waits for {{call}} once per element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const said = new Set<number>();
      for (const work of iteratedWork(model.calls, model.effects, method, "message")) {
        const { site, effect, innermost } = work;
        if (said.has(innermost.at.start)) continue;
        if (!effect.label.startsWith("KafkaTemplate.") || effect.candidates > 1 || effect.depth > DEEPEST) continue;
        if (!(effect.depth === 0 ? isAwaited(model.calls.codeOf(method), site.order) : awaitsBelow(model, work))) continue;
        said.add(innermost.at.start);
        report({
          at: site.at,
          message: effect.depth === 0 ? "direct" : "through",
          data: { call: effect.label, by: site.name, over: innermost.over },
          certainty: /^(?:few|written)$/.test(elementsAround(model, method, site)) ? "possible" : "likely",
          cost: `N round trips to the broker, N = ${elementsOf(site.iterations)}`,
          related: [{ at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` }, ...effect.chain],
        });
      }
    }
  },
});

/** Behind longer ways somebody else has decided to wait. */
const DEEPEST = 2;

/** Whether the method that sends waits for its own message. */
function awaitsBelow({ calls, effects }: Model, { effect }: IteratedWork): boolean {
  const sender = effect.target === undefined ? undefined : effects.methodsFrom(effect.target, "message").at(-1);
  const node: MethodNode | undefined = sender === undefined ? undefined : calls.method(sender);
  if (node === undefined) return false;
  calls.noteBody(node);
  const sends = node.sites.filter(({ work }) => work?.label === effect.label);
  return sends.length > 0 && sends.every(({ order }) => isAwaited(calls.codeOf(node), order));
}

const WAITS = /^(?:get|join)$/;
const WRAPS = /^(?:completable|toCompletableFuture|orTimeout)$/;

/** `send(…).get()`, and a variable that is waited for in the same round of the loop. */
function isAwaited({ nodes, typer }: MethodCode, order: number): boolean {
  let sent: CodeNode | undefined = nodes[order];
  while (sent?.role === "receiver" && sent.parent?.kind === "call" && WRAPS.test(sent.parent.text)) sent = sent.parent;
  const next = sent?.parent;
  if (sent === undefined || next === undefined) return false;
  if (next.kind === "call") return sent.role === "receiver" && WAITS.test(next.text);
  const target = next.kind === "assign" ? childOf(next, "target") : undefined;
  const held = next.kind === "local" ? next : target === undefined ? undefined : typer.declarationOf(target);
  if (held?.kind !== "local") return false;
  const round = roundOf(next);
  return nodes.some((node) => {
    const on = node.kind === "call" && WAITS.test(node.text) ? childOf(node, "receiver") : undefined;
    return on?.kind === "name" && on.text === held.text && typer.declarationOf(on) === held && roundOf(node) === round;
  });
}

/** The loop or lambda around a node. */
function roundOf(node: CodeNode): CodeNode | undefined {
  for (const around of ancestorsOf(node)) if (/^(?:for|foreach|while|do|lambda)$/.test(around.kind)) return around;
  return undefined;
}

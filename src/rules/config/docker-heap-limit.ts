import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import type { Span } from "../../text/positions.ts";
import { defineRule } from "../rule.ts";
import { flagsOf, javaLaunchOf } from "./javaLaunch.ts";

const MIB = 1024 * 1024;
/** Classes, compiled code, stacks and buffers of a small Spring Boot application. */
const LEAST_BESIDE_HEAP = 128 * MIB;

export const dockerHeapLimit = defineRule({
  id: "config/docker-heap-limit",
  title: "The heap may grow to what the container is allowed in all",
  language: "container",
  certainty: "likely",
  cost: "the kernel ends the process when heap, classes, stacks and buffers together pass the limit: all its requests fail",
  references: [
    "https://docs.docker.com/engine/containers/resource_constraints/#memory",
    "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
    "https://docs.oracle.com/en/java/javase/21/vm/native-memory-tracking.html",
  ],
  messages: {
    over: "{{service}} may use {{heap}} of heap and {{limit}} in all: the kernel ends it first",
    close: "{{service}} may use {{heap}} of heap of {{limit}} in all: {{rest}} are left for the rest of the JVM",
  },
  toldOnceAlike: ["over", "close"],

  check({ file, model, report }) {
    if (!/^(?:compose|kubernetes)$/.test(file.container.kind) || isForDevelopment(file.file)) return;
    for (const service of model.deployment.containers()) {
      const { memory } = service;
      if (service.file !== file.file || memory === undefined) continue;
      const image = service.dockerfile === undefined ? undefined : model.deployment.dockerfile(service.dockerfile);
      const launch = image === undefined ? undefined : javaLaunchOf(image, model.deployment);
      // Variables of the service win over what the image says.
      const heap =
        heapOf(flagsOf(service, launch?.started).join(" ")) ?? (launch?.services.length === 1 ? heapOf(launch.flags) : undefined);
      if (heap === undefined || memory.amount - heap.bytes >= LEAST_BESIDE_HEAP) continue;
      const over = heap.bytes >= memory.amount;
      report({
        at: placeOf(service.texts, heap.flag) ?? memory.at,
        message: over ? "over" : "close",
        data: { service: service.name, heap: sizeOf(heap.bytes), limit: sizeOf(memory.amount), rest: sizeOf(memory.amount - heap.bytes) },
        ...(over ? { certainty: "proven" } : {}),
        related: [{ at: { file: file.file, ...memory.at }, message: "the limit of the container" }],
      });
    }
  },
});

/** The largest heap that flags allow; of several the JVM takes the last. */
function heapOf(flags: string): { readonly flag: string; readonly bytes: number } | undefined {
  const last = [...flags.matchAll(/-Xmx(\d+)([kmgt]?)(?=["'\s,\]]|$)/gi)].at(-1);
  if (last === undefined) return undefined;
  const [flag, digits, unit] = last;
  return { flag, bytes: Number(digits) * 1024 ** ["", "k", "m", "g", "t"].indexOf((unit ?? "").toLowerCase()) };
}

function placeOf(texts: readonly { readonly text: string; readonly at: Span }[], flag: string): Span | undefined {
  return texts.find(({ text }) => text.includes(flag))?.at;
}

const sizeOf = (bytes: number): string => (bytes % (1024 * MIB) === 0 ? `${bytes / 1024 / MIB} GiB` : `${Math.round(bytes / MIB)} MiB`);

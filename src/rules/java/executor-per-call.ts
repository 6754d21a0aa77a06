import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { isByClock } from "../../model/calls/effects/spread.ts";
import { isKept } from "../../model/calls/iteration/kept.ts";
import { dotted } from "../../model/calls/typing/typer.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { defineRule } from "../rule.ts";

export const executorPerCall = defineRule({
  id: "java/executor-per-call",
  title: "Threads are started for every request",
  language: "java",
  certainty: "proven",
  cost: "as many platform threads as requests at once; each reserves a stack of 1 MB of addresses",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/Executors.html",
    "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
  ],
  messages: {
    pool: "{{call}} makes a pool of threads for each {{entry}}",
    thread: "a thread is started for each {{entry}}",
  },

  check({ file, model, report }) {
    if (!file.java.code.strings.some((text) => MAKERS.test(text))) return;
    for (const method of model.calls.methodsIn(file.file)) {
      if (method.declared.method.body < 0 || runsOnce(method)) continue;
      const entry = model.effects.reachedFrom(method.key);
      if (entry === undefined || isByClock(entry)) continue;
      const { body, typer } = model.calls.codeOf(method);
      for (const node of nodesOf(body)) {
        const made = madeBy(node);
        if (made === undefined || (made === "new Timer" && isClock(node)) || (made !== "thread" && isKept(node, typer))) continue;
        // What fails is rare.
        const inCatch = [...ancestorsOf(node)].some(({ kind }) => kind === "catch");
        report({
          at: { start: node.start, end: node.kind === "new" ? node.start + `new ${node.type}`.length : node.end },
          message: made === "thread" ? "thread" : "pool",
          data: { call: made, entry: entry.label },
          ...(inCatch ? { severity: "hint" as const } : entry.often ? {} : { severity: "information" as const }),
          // How many messages come at once is not known here.
          certainty: inCatch ? "possible" : entry.kind === "listener" || model.effects.pathTo(method.key).length > 5 ? "likely" : "proven",
          related: model.effects.chainTo(method.key),
        });
      }
    }
  },
});

/** A timer that strikes again and again is for the life of something, not for a request. */
const isClock = (timer: CodeNode): boolean => {
  const on = timer.parent?.kind === "local" ? timer.parent.parent : timer.parent;
  return (
    on !== undefined &&
    nodesOf(on).some(
      (node) =>
        node.kind === "call" && /^schedule/.test(node.text) && (node.text !== "schedule" || childrenOf(node, "argument").length > 2),
    )
  );
};

const MAKERS = /^(?:Executors|Thread|ThreadPoolExecutor|ThreadPoolTaskExecutor|ForkJoinPool|Timer)$/;
const POOLS = /^new(?:Fixed|Cached|WorkStealing|SingleThread|Scheduled|SingleThreadScheduled)\w*$/;

/** "Executors.newFixedThreadPool", "thread" for one that is started; undefined for everything else. */
function madeBy(node: CodeNode): string | undefined {
  const on = childOf(node, "receiver");
  if (node.kind === "call" && POOLS.test(node.text) && on !== undefined && dotted(on) === "Executors") return `Executors.${node.text}`;
  if (node.kind !== "new") return undefined;
  if (/^(?:ThreadPool(?:Task)?Executor|ForkJoinPool|Timer)$/.test(node.type)) return `new ${node.type}`;
  // Threads that wait for the end of the process are made once.
  return node.type === "Thread" && node.parent?.kind === "call" && node.role === "receiver" && node.parent.text === "start"
    ? "thread"
    : undefined;
}

function runsOnce({ declared: { owner, method } }: MethodNode): boolean {
  if (method.kind !== "method" || method.name === "main") return true;
  if (annotationNamed(method.annotations, "Bean", "PostConstruct") !== undefined) return true;
  return annotationNamed(owner.type.annotations, "Configuration") !== undefined;
}

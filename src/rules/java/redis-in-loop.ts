import { nodesOf } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { iteratedWork } from "../../model/calls/effects/iteratedWork.ts";
import { siteEffect } from "../../model/calls/effects/siteEffects.ts";
import { defineRule } from "../rule.ts";
import { isInErrorBranch } from "./shared/errorBranches.ts";

export const redisInLoop = defineRule({
  id: "java/redis-in-loop",
  title: "A Redis command for every element of a loop",
  language: "java",
  certainty: "proven",
  cost: "N round trips, where one pipeline or one command for many keys would do",
  references: [
    "https://redis.io/docs/latest/develop/using-commands/pipelining/",
    "https://docs.spring.io/spring-data/redis/reference/redis/pipelining.html",
  ],
  messages: {
    direct: "{{command}} runs once per element of {{over}}",
    through: "{{by}} runs {{command}} once per element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const isRare = rareSites(model.calls, method);
      for (const { site, others, effect, innermost } of iteratedWork(model.calls, model.effects, method, "redis")) {
        // One of many writers or readers; a cache that may be in memory as well, deep below: whoever loops up here does not choose it.
        if (effect.candidates > 3 || (effect.candidates > 1 && effect.depth > 3)) continue;
        const entry = model.effects.reachedFrom(method.key);
        report({
          at: site.at,
          message: effect.depth === 0 ? "direct" : "through",
          data: { command: effect.label, by: site.name, over: innermost.over },
          certainty:
            effect.depth > 6 || [site, ...others].every(isRare)
              ? "possible"
              : effect.candidates > 1 ||
                  effect.depth > 3 ||
                  // Beside another machine that is asked as well, Redis is no cause.
                  siteEffect(model.effects, site, "http") !== undefined ||
                  entry?.kind === "scheduler" ||
                  entry?.kind === "job"
                ? "likely"
                : "proven",
          cost: `N round trips to Redis, N = elements of ${innermost.over}`,
          related: [
            { at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` },
            ...effect.chain,
            ...others.map((other) => ({ at: { file: file.file, ...other.at }, message: `${other.name} runs here too` })),
          ],
        });
      }
    }
  },
});

/** Whether a call of a method waits for a mistake: few of the elements come so far. */
function rareSites(calls: CallGraph, method: MethodNode): (site: CallSite) => boolean {
  let nodes: ReturnType<typeof nodesOf> | undefined;
  return ({ order }) => {
    nodes ??= nodesOf(calls.codeOf(method).body);
    const node = nodes[order];
    return node !== undefined && isInErrorBranch(node);
  };
}

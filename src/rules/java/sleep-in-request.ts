import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { runsOnEntryThread } from "../../model/calls/effects/requestPath.ts";
import { runsElsewhere } from "../../model/calls/threads.ts";
import { defineRule } from "../rule.ts";

export const sleepInRequest = defineRule({
  id: "java/sleep-in-request",
  title: "A thread that somebody waits for is put to sleep",
  language: "java",
  certainty: "proven",
  cost: "one request thread for as long as it sleeps, of 200 by default",
  references: [
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/Thread.html#sleep(long)",
    "https://tomcat.apache.org/tomcat-10.1-doc/config/http.html",
    "https://docs.spring.io/spring-boot/reference/features/task-execution-and-scheduling.html",
  ],
  messages: {
    endpoint: "{{method}} sleeps while {{entry}} waits",
    scheduler: "{{method}} sleeps on the scheduler's thread, in {{entry}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      for (const site of method.sites) {
        if (site.work?.kind !== "sleep") continue;
        const entry = model.effects.reachedFrom(method.key);
        // A consumer of messages may take its time, and often must.
        if (entry === undefined || entry.kind === "listener" || entry.kind === "job") continue;
        const { body, typer } = model.calls.codeOf(method);
        const call = nodesOf(body)[site.order];
        if (
          call === undefined ||
          isMoment(call) ||
          runsElsewhere(call, typer) ||
          !runsOnEntryThread(model.calls, model.effects, method.key)
        )
          continue;
        const { owner, method: declared } = method.declared;
        const way = model.effects.pathTo(method.key).length;
        // What slows requests down for its living.
        if (/^(?:Delay|Throttl|Tarpit)/.test(owner.type.name)) continue;
        // Waiting before another attempt is rare, and wanted.
        const retries =
          [...ancestorsOf(call)].some(({ kind }) => kind === "catch") ||
          site.excuses.length > 0 ||
          /retry|back-?off/i.test(`${owner.type.name}.${declared.name}`);
        report({
          at: site.at,
          message: entry.kind,
          data: { method: `${owner.type.name}.${declared.name}`, entry: entry.label },
          certainty:
            retries || entry.kind === "scheduler" || way > 6 || (way === 1 && isAskedFor(call, method))
              ? "possible"
              : way > 4 || !entry.often
                ? "likely"
                : "proven",
          ...(entry.kind === "scheduler"
            ? { cost: "the scheduler's thread for as long as it sleeps; all other jobs wait where it is the only one" }
            : {}),
          related: model.effects.chainTo(method.key),
        });
      }
    }
  },
});

/** `Thread.sleep(1)`: over before anybody waits. */
function isMoment(call: CodeNode): boolean {
  const pause = childOf(call, "argument");
  return pause?.kind === "literal" && Number(pause.text.replace(/[_lL]/g, "")) < MOMENT_MS;
}

const MOMENT_MS = 10;

/** FINRAOS/herd: an endpoint that shows how long a gateway waits sleeps for as long as the request says. */
function isAskedFor(call: CodeNode, { declared: { method } }: MethodNode): boolean {
  const pause = childOf(call, "argument");
  const given = method.parameters.map(({ name }) => name);
  return pause !== undefined && nodesOf(pause).some(({ kind, text }) => kind === "name" && given.includes(text));
}

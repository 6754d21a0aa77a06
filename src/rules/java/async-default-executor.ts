import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { setKeys } from "../config/application.ts";
import { defineRule } from "../rule.ts";
import { unsizedExecutors } from "./shared/waiting/unsizedExecutors.ts";

export const asyncDefaultExecutor = defineRule({
  id: "java/async-default-executor",
  title: "@Async on an executor that nobody sized",
  language: "java",
  certainty: "likely",
  cost: "8 tasks at once, and a queue without an end before anything is refused",
  references: ["https://docs.spring.io/spring-boot/reference/features/task-execution-and-scheduling.html"],
  messages: {
    queue: "@Async methods queue without bound behind 8 threads",
    never: "{{executor}} never has more than {{core}} threads: its queue has no end",
    unlimited: "{{executor}} starts a thread for each task",
    threads: "@Async methods start a thread for each call",
  },

  check({ file, model, report }) {
    for (const { at, message, data } of unsizedExecutors(model, file))
      report({ at, message, data, ...(message === "unlimited" ? { cost: "a thread for each task, without an end" } : {}) });
    for (const type of file.java.types) {
      const enabled = annotationNamed(type.annotations, "EnableAsync");
      if (enabled === undefined || !model.configuration.codeSettles("async-methods", file.file) || isSized(model, file.file)) continue;
      const { boot } = model.configuration.buildOf(file.file);
      const main = model.configuration.mainFileOf(file.file);
      report({
        at: enabled.span,
        message: boot === undefined ? "threads" : "queue",
        fixes: main === undefined || boot === undefined ? [] : [setKeys(main, POOL)],
        ...(boot === undefined ? { certainty: "possible", cost: "a thread for each call, without an end" } : {}),
      });
    }
  },
});

/** As in Spring Boot's reference: a queue with an end alone would leave the threads without one. */
const POOL = { "spring.task.execution.pool.max-size": "16", "spring.task.execution.pool.queue-capacity": "100" };

/** An executor of one's own, properties of Spring Boot's, or virtual threads, of which there may be any number. */
function isSized({ configuration }: Model, file: string): boolean {
  if (configuration.codeSettles("own-executor", file)) return true;
  if (configuration.everyValueBelow("spring.task.execution.pool", file).length > 0) return true;
  return configuration.everyValue("spring.threads.virtual.enabled", file).some(({ value }) => value.trim() === "true");
}

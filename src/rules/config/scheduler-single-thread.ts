import { leavesTransaction } from "../../model/calls/effects/requestPath.ts";
import { booleanOf } from "../../model/configuration/placeholders.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Trigger } from "../../model/web/endpoint.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication, isSetOutside, placeFor, setKey } from "./application.ts";

const KEY = "spring.task.scheduling.pool.size";

export const schedulerSingleThread = defineRule({
  id: "config/scheduler-single-thread",
  title: "All scheduled jobs share one thread",
  language: "config",
  certainty: "likely",
  cost: "a job that takes long delays all others by as long",
  references: [
    "https://docs.spring.io/spring-boot/reference/features/task-execution-and-scheduling.html",
    "https://docs.spring.io/spring-framework/reference/integration/scheduling.html#scheduling-annotation-support-scheduled",
  ],
  messages: { shared: "{{count}} @Scheduled jobs share one thread; {{job}} {{does}}" },

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForApplication(file, configuration)) return;
    if (configuration.codeSettles("own-scheduler", file.file)) return;
    if (configuration.everyValueBelow("spring.task.scheduling", file.file).some(({ key }) => /pool\.size$/i.test(key))) return;
    if (isSetOutside(configuration, file.file, KEY, "spring.threads.virtual.enabled")) return;
    const virtual = configuration.value("spring.threads.virtual.enabled", file.file);
    if (virtual !== undefined && booleanOf(virtual.value) !== false) return;
    const jobs = jobsOf(model, file.file);
    const slow = jobs.length < 2 ? undefined : slowOne(model, jobs);
    const at = placeFor(KEY, file.config);
    if (slow === undefined || at === undefined) return;
    report({
      at,
      message: "shared",
      data: { count: jobs.length, job: nameOf(slow.job), does: slow.does },
      related: jobs.map((job) => ({ at: job.at, message: job.label })),
      fixes: [setKey(file.file, KEY, String(Math.min(jobs.length, 8)))],
    });
  },
});

/** The jobs of the application that a file configures and that run on the scheduler's thread. */
function jobsOf({ web, configuration, calls }: Model, file: string): readonly Trigger[] {
  const own = configuration.moduleOf(file);
  const modules = new Set([own, ...configuration.buildOf(file).dependsOn]);
  const isApart = ({ method }: Trigger): boolean =>
    annotationNamed(calls.method(method)?.declared.method.annotations ?? [], "Async") !== undefined;
  return web.triggers().filter((job) => job.kind === "scheduler" && modules.has(configuration.moduleOf(job.file)) && !isApart(job));
}

const SLOW = {
  http: "calls another machine",
  search: "asks a search index",
  sleep: "sleeps",
  mail: "sends mail",
  read: "reads the database",
  write: "writes to the database",
} as const;

type SlowKind = keyof typeof SLOW;

interface SlowJob {
  readonly job: Trigger;
  readonly kind: SlowKind;
  readonly does: string;
}

/** The job that takes longest, by what its own thread does. */
function slowOne({ effects, calls }: Model, jobs: readonly Trigger[]): SlowJob | undefined {
  for (const kind of Object.keys(SLOW) as SlowKind[]) {
    const job = jobs.find(
      ({ method }) => effects.of(method, kind) !== undefined && !leavesTransaction(calls, effects.methodsFrom(method, kind), kind),
    );
    if (job !== undefined) return { job, kind, does: SLOW[kind] };
  }
  return undefined;
}

const nameOf = ({ label }: Trigger): string => label.replace(/^@Scheduled /, "");

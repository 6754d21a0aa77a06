import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, stringsNamed, unpackNodes } from "../../../../facts/java/code.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { Span } from "../../../../text/positions.ts";

/** An executor that a bean makes, whose size is not what it says. */
export interface UnsizedExecutor {
  readonly at: Span;
  readonly message: "never" | "unlimited";
  readonly data: { readonly executor: string; readonly core: string };
}

/**
 * A pool starts threads beyond its core only once its queue is full, which one without a capacity never is; an executor without a pool has no
 * limit unless it is given one.
 */
export function unsizedExecutors(model: Model, { file, java }: JavaFile): readonly UnsizedExecutor[] {
  if (stringsNamed(java.code, ["ThreadPoolTaskExecutor", "SimpleAsyncTaskExecutor"]) === undefined) return [];
  const virtual = model.configuration.everyValue("spring.threads.virtual.enabled", file).some(({ value }) => value.trim() === "true");
  return java.types.flatMap(({ methods }) =>
    methods.flatMap(({ annotations, body, name }): readonly UnsizedExecutor[] => {
      if (body < 0 || (annotationNamed(annotations, "Bean") === undefined && name !== "getAsyncExecutor")) return [];
      const nodes = unpackNodes(java.code, body);
      const made = nodes.filter((node) => node.kind === "new" && /^(?:ThreadPool|SimpleAsync)TaskExecutor$/.test(node.type));
      const [executor] = made;
      if (executor === undefined || made.length > 1) return [];
      const at = { start: executor.start, end: executor.end };
      const set = (setter: string): CodeNode | undefined => nodes.find(({ kind, text }) => kind === "call" && text === setter);
      if (executor.type === "SimpleAsyncTaskExecutor") {
        if (virtual || LIMITS.some((setter) => set(setter) !== undefined)) return [];
        return [{ at, message: "unlimited", data: { executor: executor.type, core: "" } }];
      }
      const most = numberIn(set("setMaxPoolSize"));
      const core = set("setCorePoolSize") === undefined ? "1" : numberIn(set("setCorePoolSize"));
      const queued = set("setQueueCapacity") !== undefined || set("setAllowCoreThreadTimeOut") !== undefined;
      if (queued || most === undefined || core === undefined || most === core) return [];
      return [{ at, message: "never", data: { executor: executor.type, core } }];
    }),
  );
}

const LIMITS = ["setConcurrencyLimit", "setVirtualThreads"];

/** What a setter is given as written, a number or the name of a constant. */
function numberIn(setter: CodeNode | undefined): string | undefined {
  const [given] = setter === undefined ? [] : childrenOf(setter, "argument");
  if (given === undefined) return undefined;
  if (given.kind === "literal" || given.kind === "name") return given.text;
  return given.kind === "call" || given.kind === "field" ? `${childOf(given, "receiver")?.text ?? ""}.${given.text}` : undefined;
}

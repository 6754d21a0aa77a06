import type { RunResult, Tick } from "./result.ts";

/** What whoever forked the benchmark process tells it. `scenario` is checked by the process. */
export type RunnerRequest =
  | {
      readonly kind: "start";
      readonly scenario: unknown;
      /** The person confirmed that the target is not this machine. */
      readonly allowRemote: boolean;
      /** Folder of the project: the run is kept in its `.performance/runs`. Without it nothing is written. */
      readonly folder?: string;
    }
  | { readonly kind: "stop" };

/** What the process answers: `ready` once, then ticks, then one of the others, and it ends. */
export type RunnerMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "tick"; readonly tick: Tick }
  | {
      readonly kind: "done";
      readonly result: RunResult;
      /** Where the run is kept. */
      readonly file?: string;
      /** Why it could not be kept. */
      readonly notKept?: string;
    }
  /** Nothing was sent. `remoteHost` where a confirmation of that host is all that lacks. */
  | { readonly kind: "refused"; readonly message: string; readonly remoteHost?: string };

/** A request as it came over the channel; undefined where it is none. */
export function readRunnerRequest(value: unknown): RunnerRequest | undefined {
  if (!isRecord(value)) return undefined;
  if (value["kind"] === "stop") return { kind: "stop" };
  const { scenario, allowRemote, folder } = value;
  if (value["kind"] !== "start" || typeof allowRemote !== "boolean") return undefined;
  if (folder !== undefined && typeof folder !== "string") return undefined;
  return { kind: "start", scenario, allowRemote, ...(folder === undefined ? {} : { folder }) };
}

/** A message as it came over the channel; undefined where it is none. Looks as deep as a reader needs to be safe. */
export function readRunnerMessage(value: unknown): RunnerMessage | undefined {
  if (!isRecord(value)) return undefined;
  switch (value["kind"]) {
    case "ready":
      return { kind: "ready" };
    case "tick":
      return isTick(value["tick"]) ? { kind: "tick", tick: value["tick"] } : undefined;
    case "done":
      return isResult(value["result"])
        ? { kind: "done", result: value["result"], ...texts(value, "file"), ...texts(value, "notKept") }
        : undefined;
    case "refused":
      return typeof value["message"] === "string"
        ? { kind: "refused", message: value["message"], ...texts(value, "remoteHost") }
        : undefined;
    default:
      return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isTick(value: unknown): value is Tick {
  if (!isRecord(value) || typeof value["warmup"] !== "boolean") return false;
  const isNumber = (key: string) => typeof value[key] === "number";
  return (
    ["tMs", "rate", "failed", "inFlight", "dropped"].every(isNumber) &&
    ["p50Ms", "p95Ms", "p99Ms"].every((key) => value[key] === null || isNumber(key))
  );
}

export function isResult(value: unknown): value is RunResult {
  return (
    isRecord(value) &&
    typeof value["name"] === "string" &&
    typeof value["durationMs"] === "number" &&
    isRecord(value["load"]) &&
    isRecord(value["generator"]) &&
    Array.isArray(value["generator"]["warnings"]) &&
    Array.isArray(value["endpoints"]) &&
    value["endpoints"].every(
      (endpoint) =>
        isRecord(endpoint) &&
        typeof endpoint["endpoint"] === "string" &&
        isRecord(endpoint["response"]) &&
        Array.isArray(endpoint["checks"]),
    )
  );
}

function texts<K extends string>(value: Record<string, unknown>, key: K): { readonly [P in K]?: string } {
  const text = value[key];
  return typeof text === "string" ? ({ [key]: text } as { readonly [P in K]?: string }) : {};
}

import { LatencyHistogram } from "./histogram.ts";
import type { Scenario } from "./scenario.ts";
import type { FailureKind } from "./transport.ts";

/** How one exchange ended. Times in milliseconds. */
export type Outcome =
  | { readonly kind: "answer"; readonly status: number; readonly bytes: number; readonly ok: boolean }
  | { readonly kind: "failure"; readonly failure: Exclude<FailureKind, "status">; readonly detail: string };

/** Counts of one endpoint over the measured time. */
export class EndpointRecord {
  readonly endpoint: string;
  readonly response = LatencyHistogram.create();
  readonly service = LatencyHistogram.create();
  readonly failures = new Map<FailureKind, number>();
  readonly statuses = new Map<number, number>();
  readonly reasons = new Map<string, number>();
  count = 0;
  bytes = 0;

  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  get failed(): number {
    let sum = 0;
    for (const count of this.failures.values()) sum += count;
    return sum;
  }

  add(outcome: Outcome, responseMs: number, serviceMs: number): void {
    this.count++;
    if (outcome.kind === "answer") {
      this.bytes += outcome.bytes;
      increment(this.statuses, outcome.status);
      if (!outcome.ok) this.#fail("status", `status ${outcome.status}`);
    } else {
      this.#fail(outcome.failure, printable(outcome.detail));
    }
    if (!isTimed(outcome)) return;
    this.response.record(responseMs);
    this.service.record(serviceMs);
  }

  #fail(kind: FailureKind, detail: string): void {
    increment(this.failures, kind);
    if (this.reasons.has(detail) || this.reasons.size < MAX_REASONS) increment(this.reasons, detail);
  }
}

const printable = (text: string): string => text.replace(/\p{Cc}+/gu, " ").slice(0, 200);

/** Server messages may hold anything: only so many different reasons are kept. */
const MAX_REASONS = 10;

/** A quick refusal or error page is no latency of the endpoint; a wait that was given up is one, of at least its length. */
export function isTimed(outcome: Outcome): boolean {
  return outcome.kind === "answer" ? outcome.ok : outcome.failure === "timeout";
}

/** One record for each endpoint name, in the order of the scenario. */
export function recordsFor(scenario: Scenario): ReadonlyMap<string, EndpointRecord> {
  return new Map(scenario.requests.map(({ endpoint }) => [endpoint, new EndpointRecord(endpoint)]));
}

function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

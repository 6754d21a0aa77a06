import * as z from "zod";
import { METHODS, variablesOf } from "./endpoint.ts";

/** What a run does, as plain data: it crosses the process border and is kept with the results. Times in milliseconds. */
export type Scenario = z.infer<typeof scenarioSchema>;
export type Load = Scenario["load"];
export type RequestSpec = Scenario["requests"][number];
/** Limits of an endpoint: latencies in milliseconds, `errorRate` as a share from 0 to 1. */
export type Sla = z.infer<typeof slaSchema>;

/** Bounds that no scenario may leave, so that a typing error cannot become a day of load. */
const LIMITS = { vus: 2000, ratePerSecond: 20_000, maxInFlight: 4000, durationMs: 3_600_000, requests: 20_000_000 } as const;

const slaSchema = z.strictObject({
  p50Ms: z.number().positive().optional(),
  p90Ms: z.number().positive().optional(),
  p95Ms: z.number().positive().optional(),
  p99Ms: z.number().positive().optional(),
  maxMs: z.number().positive().optional(),
  errorRate: z.number().min(0).max(1).optional(),
  /** Successful answers at least. */
  throughputPerSecond: z.number().positive().optional(),
});

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headersSchema = z.record(
  z.string().regex(token, "is no header name"),
  z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, "has a character that headers cannot carry"),
);

const requestSchema = z.strictObject({
  /** What results and SLAs are kept under: `GET /tickets/{id}`. */
  endpoint: z.string().min(1),
  method: z.enum(METHODS),
  /** Concrete, with its query: `/tickets/42?full=true`. */
  path: z
    .string()
    .regex(/^\/[^\s#]*$/, 'starts with "/" and has no spaces')
    .refine((path) => variablesOf(path).length === 0, "has a variable without a value"),
  headers: headersSchema.optional(),
  body: z.string().optional(),
  /** The one status that counts as success; without it everything below 400 does. */
  expectStatus: z.number().int().min(100).max(599).optional(),
  sla: slaSchema.optional(),
});

const loadSchema = z.discriminatedUnion("executor", [
  /** So many users, each sending its next request when the last is answered: closed model. */
  z.strictObject({ executor: z.literal("constant-vus"), vus: z.int().min(1).max(LIMITS.vus) }),
  /** So many requests a second, answered or not: open model. Those above `maxInFlight` at once are dropped and counted. */
  z.strictObject({
    executor: z.literal("constant-arrival-rate"),
    ratePerSecond: z.number().positive().max(LIMITS.ratePerSecond),
    maxInFlight: z.int().min(1).max(LIMITS.maxInFlight),
  }),
]);

const scenarioSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Base URL; its path is put before the requests' paths. */
  target: z.string().min(1),
  load: loadSchema,
  /** Same load, results thrown away. */
  warmupMs: z.number().min(0).max(LIMITS.durationMs),
  durationMs: z.number().positive().max(LIMITS.durationMs),
  /** A request without its whole answer after this time has failed. */
  timeoutMs: z.number().min(1).max(300_000),
  maxRequests: z.int().min(1).max(LIMITS.requests),
  /** Sent in turn. */
  requests: z.array(requestSchema).min(1).max(1000),
});

export type ScenarioResult = { readonly ok: true; readonly scenario: Scenario } | { readonly ok: false; readonly why: string };

/** Checks a scenario that comes from outside; `why` names every wrong field by its path. */
export function readScenario(value: unknown): ScenarioResult {
  const { success, data, error } = scenarioSchema.safeParse(value);
  if (success) return { ok: true, scenario: data };
  const why = error.issues.map(({ path, message }) => `${path.length === 0 ? "scenario" : path.join(".")}: ${message}`).join("; ");
  return { ok: false, why };
}

export const DEFAULTS = { vus: 10, warmupMs: 2000, durationMs: 10_000, timeoutMs: 10_000, maxRequests: LIMITS.requests } as const;

/** Room for every request of one timeout, so that a stall is measured and not dropped, as far as sockets go. */
export function defaultMaxInFlight(ratePerSecond: number, timeoutMs: number): number {
  return Math.min(LIMITS.maxInFlight, Math.max(10, Math.ceil((ratePerSecond * timeoutMs) / 1000)));
}

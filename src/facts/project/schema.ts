import * as z from "zod";
import { DATABASE_DIALECTS, EXECUTORS, RULE_LEVELS } from "./projectFacts.ts";
import { COUNT, DURATION, parseCount, parseDurationMs, parseRatePerSecond, parseShare, RATE, SHARE } from "./units.ts";

/** Of a migration: digits with dots or underscores between them. */
const VERSION = /^\d+(?:[._]\d+)*$/;

/** The one schema of `performance.yaml`: read with it, checked with it, and the source of `schemas/performance.schema.json`. */
export const performanceSchema = z
  .strictObject({
    version: z.literal(1).describe("Version of this format."),
    rules: rules().optional().describe("Severity of rules, or off."),
    overrides: z
      .array(
        z.strictObject({
          files: z.array(z.string()).min(1).describe("Patterns of files, as in a .gitignore beside this file."),
          rules: rules(),
        }),
      )
      .optional()
      .describe("Severity of rules in some files; the last pattern that matches wins."),
    ignore: z.array(z.string()).optional().describe("Files that are not read, as patterns of a .gitignore beside this file."),
    tests: z.enum(["judge", "ignore"]).optional().describe("Whether test code is judged. Default: ignore."),
    database: z
      .strictObject({
        dialect: z.enum(DATABASE_DIALECTS).optional().describe("Needed only where the migrations and the configuration leave it open."),
        tables: z
          .record(z.string(), z.strictObject({ rows: count().describe('Rows in production: 1200000, "1.2M" or "50k".') }))
          .optional()
          .describe("Sizes in production, by table."),
      })
      .optional(),
    migrations: z
      .strictObject({
        applied: z
          .union([z.string().regex(VERSION), z.int().nonnegative()], { error: 'is a version, for example 42 or "2.10"' })
          .transform(String)
          .optional()
          .describe("Version of the last migration that has run in production: newer ones are judged for the locks that they take."),
      })
      .optional(),
    statistics: z
      .string()
      .min(1)
      .optional()
      .describe("File with sizes, column statistics and counters of production, relative to this file."),
    slas: z.array(sla()).optional().describe("What endpoints must hold."),
    scenarios: z.array(scenario()).optional().describe("Load tests that Run Benchmark and performance-auditor bench offer."),
    baseline: z.string().min(1).optional().describe("File with findings that are known and not reported, relative to this file."),
  })
  .describe("Settings of Performance Auditor");

export type PerformanceDocument = z.output<typeof performanceSchema>;

function rules() {
  return z.record(z.string(), z.enum(RULE_LEVELS));
}

function sla() {
  return z.strictObject({
    endpoint: endpoint(),
    p50: duration().optional(),
    p90: duration().optional(),
    p95: duration().optional(),
    p99: duration().optional(),
    max: duration().optional(),
    errorRate: share().optional().describe('Share of failed requests: "0.1%" or 0.001.'),
    throughput: rate().optional().describe('Requests a second at least: "200/s".'),
  });
}

function scenario() {
  return z
    .strictObject({
      name: z.string().min(1),
      endpoint: endpoint().optional().describe('Method and mapped path, "GET /tickets/{id}": the key of its SLA.'),
      method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]).optional(),
      url: z.string().min(1).optional().describe("Path with query, or a whole URL. Default: the path of endpoint."),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional().describe("Text is sent as it is; a mapping or list is sent as JSON."),
      executor: z.enum(EXECUTORS).optional().describe("constant-vus (closed model) or constant-arrival-rate (open model)."),
      vus: z.int().positive().optional().describe("Virtual users of constant-vus."),
      rate: rate().optional().describe('Requests a second of constant-arrival-rate: 100 or "100/s".'),
      duration: duration().optional().describe("Default: 30s."),
      warmup: duration().optional().describe("Time before latencies count. Default: 5s."),
      timeout: duration().optional().describe("Of one request. Default: 10s."),
      target: z
        .string()
        .regex(/^https?:\/\/[^/\s]+\/?$/, { error: "is scheme, host and port, for example http://127.0.0.1:8080" })
        .optional(),
    })
    .superRefine((given, context) => {
      if (given.endpoint === undefined && given.url === undefined)
        context.addIssue({ code: "custom", message: "needs an endpoint or a url", path: [] });
      if (given.vus !== undefined && given.rate !== undefined)
        context.addIssue({ code: "custom", message: "has both vus and rate", path: ["rate"] });
      if (given.executor === "constant-arrival-rate" && given.vus !== undefined)
        context.addIssue({ code: "custom", message: "belongs to constant-vus", path: ["vus"] });
      if (given.executor === "constant-vus" && given.rate !== undefined)
        context.addIssue({ code: "custom", message: "belongs to constant-arrival-rate", path: ["rate"] });
      if (given.executor === "constant-arrival-rate" && given.rate === undefined)
        context.addIssue({ code: "custom", message: "needs a rate", path: ["executor"] });
    });
}

function endpoint() {
  return z.string().regex(/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*$/, { error: 'is method and path, for example "GET /tickets"' });
}

function duration() {
  return quantity(parseDurationMs, undefined, 'is a duration with its unit, for example "200ms" or "1.5s"', DURATION);
}

function count() {
  const whole = (value: number) => (Number.isSafeInteger(value) ? value : undefined);
  return quantity(parseCount, whole, 'is a number of rows, for example 50000 or "1.2M"', COUNT);
}

function rate() {
  return quantity(parseRatePerSecond, (value) => value, 'is a rate, for example 100 or "100/s"', RATE);
}

function share() {
  return quantity(parseShare, (value) => (value <= 1 ? value : undefined), 'is a share, for example "0.1%" or 0.001', SHARE);
}

/** A quantity as text with its unit or, where the unit is clear, as a number. Numbers below zero are never one. */
function quantity(
  fromText: (text: string) => number | undefined,
  fromNumber: ((value: number) => number | undefined) | undefined,
  error: string,
  pattern: RegExp,
) {
  // The pattern is for editors; what is wrong is said once, by the transformation.
  const text = z.string({ error }).meta({ pattern: pattern.source });
  const written = fromNumber === undefined ? text : z.union([text, z.number().meta({ minimum: 0 })], { error });
  return written.transform((given, context) => {
    const value = typeof given === "string" ? fromText(given) : given < 0 ? undefined : fromNumber?.(given);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: error });
    return z.NEVER;
  });
}

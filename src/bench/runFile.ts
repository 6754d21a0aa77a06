import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { RunResult } from "./result.ts";
import { FAILURE_KINDS } from "./transport.ts";

/** Where runs are kept, below the folder of the project. */
export const RUNS_FOLDER = ".performance/runs";
const SCHEMA = 1;

/** Keeps a run; answers with its absolute path. A reader never sees half of it. Rejects where the folder cannot be written. */
export async function keepRun(projectFolder: string, result: RunResult): Promise<string> {
  const folder = join(projectFolder, RUNS_FOLDER);
  await mkdir(folder, { recursive: true });
  const stem = `${result.startedAt.replace(/[-:]|\.\d+/g, "")}-${slug(result.name)}`;
  const taken = new Set(await readdir(folder));
  let name = `${stem}.json`;
  for (let i = 2; taken.has(name); i++) name = `${stem}-${i}.json`;
  const path = join(folder, name);
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify({ schema: SCHEMA, result }, null, 2)}\n`);
  await rename(temporary, path);
  return path;
}

export interface KeptRuns {
  /** Newest first. */
  readonly runs: readonly { readonly file: string; readonly result: RunResult }[];
  /** Files that could not be read as runs. */
  readonly unread: readonly { readonly file: string; readonly why: string }[];
}

/** All runs of a project; a damaged one costs only itself. */
export async function readRuns(projectFolder: string): Promise<KeptRuns> {
  const folder = join(projectFolder, RUNS_FOLDER);
  const names = await readdir(folder).catch(() => []);
  const runs: { file: string; result: RunResult }[] = [];
  const unread: { file: string; why: string }[] = [];
  for (const name of names.filter((name) => name.endsWith(".json")).sort()) {
    const file = join(folder, name);
    const read = readRun(await readFile(file, "utf8").catch(() => ""));
    if (typeof read === "string") unread.push({ file, why: read });
    else runs.push({ file, result: read });
  }
  runs.sort((a, b) => (a.result.startedAt < b.result.startedAt ? 1 : a.result.startedAt > b.result.startedAt ? -1 : 0));
  return { runs, unread };
}

/** The run in the text of a file, or why there is none. */
export function readRun(text: string): RunResult | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is not JSON";
  }
  const version = z.object({ schema: z.number() }).safeParse(value);
  if (!version.success) return "is no benchmark run";
  if (version.data.schema > SCHEMA) return `was written by a newer version (schema ${version.data.schema})`;
  const read = fileSchema.safeParse(value);
  if (read.success) return read.data.result;
  const [issue] = read.error.issues;
  return `is damaged at ${issue?.path.join(".") ?? "its start"}: ${issue?.message ?? "unknown"}`;
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "run";

const verdict = z.enum(["PASS", "FAIL", "INCONCLUSIVE"]);
const latency = z.object({
  count: z.number(),
  minMs: z.number(),
  meanMs: z.number(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});
const check = z.object({
  metric: z.enum(["p50", "p90", "p95", "p99", "max", "errorRate", "throughput"]),
  limit: z.number(),
  measured: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  samples: z.number(),
  verdict,
  note: z.string().nullable(),
});
const endpoint = z.object({
  endpoint: z.string(),
  count: z.number(),
  failed: z.number(),
  failures: z.partialRecord(z.enum(FAILURE_KINDS), z.number()),
  statuses: z.record(z.string(), z.number()),
  reasons: z.array(z.object({ detail: z.string(), count: z.number() })),
  errorRate: z.number(),
  ratePerSecond: z.number(),
  bytes: z.number(),
  response: latency,
  service: latency,
  checks: z.array(check),
  verdict: verdict.nullable(),
  histogram: z.string(),
});
const fileSchema = z.object({
  schema: z.literal(SCHEMA),
  result: z.object({
    name: z.string(),
    target: z.string(),
    load: z.discriminatedUnion("executor", [
      z.object({ executor: z.literal("constant-vus"), vus: z.number() }),
      z.object({ executor: z.literal("constant-arrival-rate"), ratePerSecond: z.number(), maxInFlight: z.number() }),
    ]),
    warmupMs: z.number(),
    durationMs: z.number(),
    startedAt: z.iso.datetime(),
    ended: z.enum(["completed", "stopped", "request-limit"]),
    endpoints: z.array(endpoint),
    generator: z.object({
      lagP99Ms: z.number(),
      lagMaxMs: z.number(),
      utilisation: z.number(),
      dropped: z.number(),
      scheduled: z.number(),
      unfinished: z.number(),
      warnings: z.array(z.string()),
    }),
    verdict: verdict.nullable(),
  }),
});

import * as z from "zod";
import { decodeText } from "../text/encodings.ts";
import { type Host, HostError } from "./host.ts";

/** Findings that a project knows and does not want to hear of again. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
  has(fingerprint: string): boolean;
}

/** The fingerprint decides (see `fingerprintsOf` of the analysis); rule and file are there for people who read a diff. */
export interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  readonly fingerprint: string;
}

export interface BaselineProblem {
  readonly problem: string;
}

const schema = z.object({
  version: z.literal(1),
  findings: z.array(z.object({ rule: z.string(), file: z.string(), fingerprint: z.string() })),
});

export function baselineOf(entries: Iterable<BaselineEntry>): Baseline {
  const sorted = [...entries].sort(byFile);
  const fingerprints = new Set(sorted.map(({ fingerprint }) => fingerprint));
  return { entries: sorted, has: (fingerprint) => fingerprints.has(fingerprint) };
}

/** The text of a baseline file: one finding a line and in a stable order, so that changes are small and merge. */
export function baselineText({ entries }: Baseline): string {
  const lines = [...entries]
    .sort(byFile)
    .map(({ rule, file, fingerprint }) => `    ${JSON.stringify({ file, rule, fingerprint })}`)
    .join(",\n");
  return `{\n  "version": 1,\n  "findings": [${lines === "" ? "" : `\n${lines}\n  `}]\n}\n`;
}

/** Reads a baseline; a missing file is an empty one, a broken one is said to be so. */
export function parseBaseline(text: string): Baseline | BaselineProblem {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    return { problem: `the baseline is not JSON: ${(error as Error).message}` };
  }
  const result = schema.safeParse(value);
  if (result.success) return baselineOf(result.data.findings);
  const issue = result.error.issues[0];
  return { problem: `the baseline is not understood: ${issue?.path.join(".") || "it"} ${issue?.message ?? "is wrong"}` };
}

/** `parseBaseline` of a file. */
export async function readBaseline(host: Host, path: string): Promise<Baseline | BaselineProblem> {
  try {
    return parseBaseline(decodeText(await host.read(path)).text);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return error.reason === "missing" ? baselineOf([]) : { problem: `the baseline could not be read: ${error.message}` };
  }
}

function byFile(a: BaselineEntry, b: BaselineEntry): number {
  return compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

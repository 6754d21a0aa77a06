/**
 * `npm run bench [-- PATH]`: measures a check of 5,000 generated Java files, or of the folder given, and holds the figures
 * against budgets.json. Prints JSON; ends with 1 when a budget is broken. Budgets are ratios within one run where they can be,
 * so that the speed of the machine does not count. Of a folder given, typing is measured in files from all over it.
 */
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { LARGE_FILE, writeCorpus } from "./corpus.ts";
import type { CheckTimes, EditTimes, StrideTimes, Task } from "./measure.ts";
import type { SchemaTimes } from "./schema.ts";

const JAVA_FILES = 5_000;
const WARM_RUNS = 3;

const here = dirname(fileURLToPath(import.meta.url));
const projectRoot = join(here, "../..");
/** Two folders below the root, as the sources are, so that the bundle finds the grammars. */
const work = join(projectRoot, ".cache", "bench");
const measurer = join(work, "measure.mjs");

async function main(): Promise<void> {
  const given = process.argv[2];
  const budgets = JSON.parse(readFileSync(join(here, "budgets.json"), "utf8")) as Readonly<Record<string, number>>;
  mkdirSync(work, { recursive: true });
  await bundle();
  const root = given === undefined ? generatedCorpus() : resolve(given);
  const cache = join(tmpdir(), `performance-auditor-bench-${process.pid}`);
  try {
    const check = (parseOnly: boolean) => inProcess<CheckTimes>({ kind: "check", root, cache, parseOnly });
    const cold = await check(true);
    const warm: CheckTimes[] = [];
    for (let i = 0; i < WARM_RUNS; i++) warm.push(await check(false));
    const edits = given === undefined ? await inProcess<EditTimes>({ kind: "edit", root, file: LARGE_FILE }) : undefined;
    const stride = given === undefined ? undefined : await inProcess<StrideTimes>({ kind: "stride", root });
    const schema = given === undefined ? await inProcess<SchemaTimes>({ kind: "schema" }) : undefined;
    const warmMs = percentile(
      warm.map(({ checkMs }) => checkMs),
      50,
    );
    const figures: Readonly<Record<string, number>> = {
      coldToParseRatio: cold.checkMs / (cold.parseMs ?? Number.NaN),
      warmToColdRatio: warmMs / cold.checkMs,
      ...(given === undefined ? { peakMemoryMb: cold.peakMemoryMb } : {}),
      ...(edits === undefined
        ? {}
        : { bodyKeystrokeP95Ms: percentile(edits.bodyMs, 95), signatureChangeP95Ms: percentile(edits.signatureMs, 95) }),
      ...(stride === undefined || stride.files === 0 ? {} : { bodyKeystrokeP95Ms: percentile(stride.bodyMs, 95) }),
      ...(schema === undefined ? {} : { foldToParseRatio: schema.foldMs / schema.parseMs, refoldP50Ms: percentile(schema.refoldMs, 50) }),
    };
    const broken = Object.entries(figures).filter(([name, value]) => !(value <= (budgets[name] ?? Number.POSITIVE_INFINITY)));
    const report = {
      machine: { cores: cpus().length, node: process.version },
      corpus: { root: given === undefined ? "generated" : root, files: cold.files, bytes: cold.parsedBytes, findings: cold.findings },
      measured: {
        coldMs: cold.checkMs,
        parseMs: cold.parseMs,
        warmMs,
        peakMemoryMb: cold.peakMemoryMb,
        ...(edits === undefined
          ? {}
          : {
              editedLines: edits.lines,
              bodyKeystrokeP50Ms: percentile(edits.bodyMs, 50),
              signatureChangeP50Ms: percentile(edits.signatureMs, 50),
              signatureChangeAllFilesP95Ms: percentile(edits.signatureAllMs, 95),
            }),
        ...(stride === undefined ? {} : { editedFiles: stride.files, bodyKeystrokeP50Ms: percentile(stride.bodyMs, 50) }),
        ...(schema === undefined
          ? {}
          : {
              sqlStatements: schema.statements,
              sqlParseMs: schema.parseMs,
              foldMs: schema.foldMs,
              refoldP50Ms: percentile(schema.refoldMs, 50),
            }),
      },
      figures: Object.fromEntries(
        Object.entries(figures).map(([name, value]) => [
          name,
          { value: rounded(value), budget: budgets[name], ok: value <= (budgets[name] ?? Infinity) },
        ]),
      ),
      broken: broken.map(([name]) => name),
    };
    console.log(JSON.stringify(report, (_, value: unknown) => (typeof value === "number" ? rounded(value) : value), 2));
    if (broken.length > 0) process.exitCode = 1;
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Plain Node runs what is measured: a loader that compiles on the way would count. */
async function bundle(): Promise<void> {
  const common = { bundle: true, platform: "node", packages: "external", logLevel: "warning" } as const;
  await build({ ...common, entryPoints: [join(here, "measure.ts")], outfile: measurer, format: "esm" });
  await build({
    ...common,
    entryPoints: [join(projectRoot, "src/cli/parseThread.ts")],
    outfile: join(work, "parse.cjs"),
    format: "cjs",
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
}

function generatedCorpus(): string {
  const root = join(work, `corpus-${JAVA_FILES}`);
  const marker = join(root, ".complete");
  const generators = readdirSync(here).filter((name) => /^(corpus\w*|random)\.ts$/.test(name));
  const version = createHash("sha256");
  for (const name of generators) version.update(readFileSync(join(here, name)));
  const wanted = version.digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return root;
  rmSync(root, { recursive: true, force: true });
  writeCorpus(root, JAVA_FILES);
  writeFileSync(marker, wanted);
  return root;
}

function inProcess<T>(task: Task): Promise<T> {
  return new Promise((resolvePromise, reject) => {
    const child = fork(measurer, { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
    let answer: T | undefined;
    child.once("message", (message) => {
      answer = message as T;
    });
    child.once("exit", (code) => {
      if (answer === undefined) reject(new Error(`The measuring process ended with ${code}`));
      else resolvePromise(answer);
    });
    child.send(task);
  });
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

await main();

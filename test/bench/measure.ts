import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { Language, Parser } from "web-tree-sitter";
import { scan, workspaceOf } from "../../src/analysis/scan.ts";
import type { Workspace } from "../../src/analysis/workspace.ts";
import { tuneForShortRuns } from "../../src/cli/engine.ts";
import type { ExitCode, Shell } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/program.ts";
import { locateTool } from "../../src/cli/tool.ts";
import { extractFacts, type Parsers } from "../../src/facts/extract.ts";
import { nodeHost } from "../../src/project/nodeHost.ts";
import { rules } from "../../src/rules/index.ts";
import { sourceAssets } from "../../src/syntax/assets.ts";
import { SqlParser } from "../../src/syntax/sql/sql.ts";
import { SyntaxRuntime } from "../../src/syntax/trees/runtime.ts";
import { measureSchema, type SchemaTimes } from "./schema.ts";

/** What a process of the benchmark is asked to do; it answers with one message over IPC. */
export type Task =
  | { readonly kind: "check"; readonly root: string; readonly cache: string; readonly parseOnly: boolean }
  | { readonly kind: "edit"; readonly root: string; readonly file: string }
  | { readonly kind: "stride"; readonly root: string }
  | { readonly kind: "schema" };

export interface CheckTimes {
  readonly checkMs: number;
  readonly exit: ExitCode;
  readonly files: number;
  readonly findings: number;
  /** The highest resident memory up to the end of the check. */
  readonly peakMemoryMb: number;
  /** tree-sitter alone on the same Java and Dart files in the same process, after the check. */
  readonly parseMs: number | undefined;
  readonly parsedBytes: number;
}

export interface EditTimes {
  readonly lines: number;
  readonly bodyMs: readonly number[];
  readonly signatureMs: readonly number[];
  /** With the findings of every file that the changed signature makes stale. */
  readonly signatureAllMs: readonly number[];
}

/** Lines typed into files all over a workspace. */
export interface StrideTimes {
  readonly files: number;
  /** Of each file the median of a few edits. */
  readonly bodyMs: readonly number[];
}

process.once("message", (task: Task) => {
  measured(task).then(
    (times) => process.send?.(times, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(2);
    },
  );
});

async function measured(task: Task): Promise<CheckTimes | EditTimes | StrideTimes | SchemaTimes> {
  switch (task.kind) {
    case "check":
      return measureCheck(task);
    case "edit":
      return measureEdits(task);
    case "stride":
      return measureStride(task);
    case "schema":
      return measureSchema(await locateTool().createParsers());
  }
}

async function measureCheck({ root, cache, parseOnly }: Extract<Task, { kind: "check" }>): Promise<CheckTimes> {
  tuneForShortRuns();
  let output = "";
  const shell: Shell = {
    io: { cwd: root, env: {}, colours: false, out: (text) => (output += text), err: (text) => process.stderr.write(text) },
    tool: locateTool(),
    rules,
  };
  const startedMs = performance.now();
  const exit = await runCli(["check", root, "--format", "json", "--cache-location", cache], shell);
  const checkMs = performance.now() - startedMs;
  const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
  const report = JSON.parse(output) as { readonly findings: readonly unknown[]; readonly stats: { readonly files: number } };
  const base = { checkMs, exit, files: report.stats.files, findings: report.findings.length, peakMemoryMb };
  if (!parseOnly) return { ...base, parseMs: undefined, parsedBytes: 0 };
  return { ...base, ...(await parseAlone(root)) };
}

/** The same files as the check reads, every tree thrown away at once. */
async function parseAlone(root: string): Promise<{ readonly parseMs: number; readonly parsedBytes: number }> {
  const parsers = await locateTool().createParsers();
  const { paths, ...scanned } = await scan({ roots: [root], host: nodeHost, parsers });
  const files = [...(await scanned.facts()).keys()].filter((file) => /\.(java|dart)$/.test(file));
  const assets = sourceAssets();
  const parserOf = async (wasm: string): Promise<Parser> => {
    const parser = new Parser();
    parser.setLanguage(await Language.load(wasm));
    return parser;
  };
  const [java, dart] = [await parserOf(assets.java), await parserOf(assets.dart)];
  const texts = files.map((file) => [readFileSync(paths.pathOf(file) ?? file, "utf8"), file.endsWith(".java") ? java : dart] as const);
  const startedMs = performance.now();
  for (const [text, parser] of texts) parser.parse(text)?.delete();
  const parseMs = performance.now() - startedMs;
  return { parseMs, parsedBytes: texts.reduce((sum, [text]) => sum + Buffer.byteLength(text), 0) };
}

/** A workspace as the server has it once every file has been judged. */
async function judgedWorkspace(root: string) {
  // The server's: it parses an open document from its last tree.
  const parsers: Parsers = { syntax: await SyntaxRuntime.create(sourceAssets(), { keepsTrees: true }), sql: new SqlParser() };
  const { paths, ...scanned } = await scan({ roots: [root], host: nodeHost, parsers });
  const workspace = await workspaceOf(scanned, {
    rules,
    settings: { severityOf: () => undefined },
    onRuleError: ({ error }) => {
      throw error;
    },
  });
  for (const each of workspace.files()) workspace.findings(each);
  return { workspace, parsers, textOf: (file: string) => readFileSync(paths.pathOf(file) ?? file, "utf8") };
}

const EDITS = 60;

async function measureEdits({ root, file }: Extract<Task, { kind: "edit" }>): Promise<EditTimes> {
  const { workspace, parsers, textOf } = await judgedWorkspace(root);
  const text = textOf(file);
  const typed = Array.from({ length: EDITS }, (_, i) => withStatement(text, i));
  const renamed = Array.from({ length: EDITS }, (_, i) => withParameter(text, i));
  const one = (next: string) => editMs(workspace, parsers, file, next, false);
  const bodyMs = typed.map(one);
  const signatureMs = renamed.map(one);
  const signatureAllMs = renamed.map((next) => editMs(workspace, parsers, file, `${next}\n`, true));
  return { lines: text.split("\n").length, bodyMs, signatureMs, signatureAllMs };
}

const STRIDE_FILES = 80;
const STRIDE_EDITS = 5;

/** What one large file does not show: a line typed into files of every kind, as far apart as the workspace allows. */
async function measureStride({ root }: Extract<Task, { kind: "stride" }>): Promise<StrideTimes> {
  const { workspace, parsers, textOf } = await judgedWorkspace(root);
  const files = [...workspace.files()].filter((file) => file.endsWith(".java") && BODY.test(textOf(file))).sort();
  const stride = Math.max(1, Math.floor(files.length / STRIDE_FILES));
  const bodyMs = files
    .filter((_, i) => i % stride === 0)
    .map((file) => {
      const text = textOf(file);
      const before = workspace.get(file);
      const times = Array.from({ length: STRIDE_EDITS }, (_, i) => editMs(workspace, parsers, file, withStatement(text, i), false));
      workspace.apply(new Map([[file, before]]));
      return times.sort((a, b) => a - b)[Math.floor(STRIDE_EDITS / 2)] ?? Number.NaN;
    });
  return { files: bodyMs.length, bodyMs };
}

/** From the new text to the diagnostics of its file, or of every file that it concerns. */
function editMs(workspace: Workspace, parsers: Parsers, file: string, text: string, all: boolean): number {
  const startedMs = performance.now();
  const facts = extractFacts("java", { file, text, hash: `${startedMs}` }, parsers);
  const stale = workspace.apply(new Map([[file, facts]]));
  workspace.findings(file);
  if (all) for (const each of stale) workspace.findings(each);
  return performance.now() - startedMs;
}

const BODY = /^(?: {2}| {4}|\t)(?:public|protected|private) [^;={}]*\)[^;={}]*\{\r?\n/m;

/** A character more at the start of the body of a method somewhere in the file. */
function withStatement(text: string, i: number): string {
  const bodies = [...text.matchAll(new RegExp(BODY, "gm"))];
  const at = bodies[(i * 7) % bodies.length];
  const offset = at === undefined ? text.length : at.index + at[0].length;
  return `${text.slice(0, offset)}        int typed${"x".repeat(i)} = ${i};\n${text.slice(offset)}`;
}

/** A parameter more in a public method somewhere in the file. */
function withParameter(text: string, i: number): string {
  const methods = [...text.matchAll(/ {4}public [\w<>, ]+ \w+\(/g)];
  const at = methods[(i * 5) % methods.length];
  if (at === undefined) return text;
  const offset = at.index + at[0].length;
  const comma = text[offset] === ")" ? "" : ", ";
  return `${text.slice(0, offset)}int added${i}${comma}${text.slice(offset)}`;
}

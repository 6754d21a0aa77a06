import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { relative, resolve } from "node:path";
import { type CacheStorage, FactsCache } from "../analysis/factsCache.ts";
import type { RuleError } from "../analysis/judge.ts";
import { type Scan, scan } from "../analysis/scan.ts";
import { SLA_BROKEN } from "../bench/slaFindings.ts";
import type { Parsers } from "../facts/extract.ts";
import type { FileFacts } from "../facts/fileFacts.ts";
import type { MigrationHistory } from "../model/schema/migrationHistory.ts";
import { whyNotFound } from "../project/admission.ts";
import { defaultCacheLocation, diskStorage } from "../project/diskStorage.ts";
import { HostError } from "../project/host.ts";
import { type MigrationChanges, migrationChanges } from "../project/migrationChanges.ts";
import { hostPath, nodeHost } from "../project/nodeHost.ts";
import { type Project, projectOf } from "../project/project.ts";
import { WorkspacePaths } from "../project/workspacePaths.ts";
import type { AnyRule } from "../rules/rule.ts";
import { similarNames } from "../text/similar.ts";
import { type Io, type Shell, UsageError } from "./io.ts";
import { isInside, type Targets, targetsOf } from "./targets.ts";
import type { Tool } from "./tool.ts";

/** What `check` and `fix` share on the command line. */
export interface SessionOptions {
  readonly rule: readonly string[];
  readonly config?: string;
  readonly cache: boolean;
  readonly cacheLocation?: string;
  /** The git revision that production has the migrations of, instead of the default branch. */
  readonly unappliedSince?: string;
  /** Of `check`: what is reported only where it is changed since then, has not run since then either. */
  readonly since?: string;
}

/** A workspace on disk, scanned; its facts are not loaded yet. */
export interface Session extends Shell {
  readonly parsers: Parsers;
  readonly targets: Targets;
  /** Whether single rules were asked for, and nothing else. */
  readonly onlyRules: boolean;
  readonly project: Project;
  readonly scanned: Scan;
  readonly caches: Caches | undefined;
  /** Which migrations git does not have where production comes from. */
  readonly history: MigrationHistory & Pick<MigrationChanges, "silent">;
  /** The absolute path of a file of the workspace, whether it exists or not. */
  pathOf(file: string): string;
  /** The path of a file of the workspace as the person would type it. */
  shownPath(file: string): string;
  onRuleError(error: RuleError): void;
  /** The facts of all files; the facts cache is written and let go of. */
  facts(): Promise<ReadonlyMap<string, FileFacts>>;
  /** Writes caches; a folder that cannot be written costs time at the next run and is said once. */
  keep(write: () => Promise<void>): Promise<void>;
}

export interface Caches {
  readonly storage: CacheStorage;
  readonly facts: FactsCache;
  /** The name under which this workspace's result is kept. */
  readonly resultName: string;
}

export async function openSession(
  paths: readonly string[],
  options: SessionOptions,
  { io, tool, rules: allRules }: Shell,
): Promise<Session> {
  const rules = selectedRules(options.rule, allRules);
  const targets = targetsOf(paths, io.cwd);
  const parsers = await tool.createParsers();
  const caches = options.cache ? await openCaches(targets, options, tool, io) : undefined;
  const asked = historyOf(new WorkspacePaths(targets.roots.map(hostPath)), options);
  // It is waited for behind the scan, which may fail first.
  asked.catch(() => undefined);
  const helper = availableParallelism() > 1 ? tool.createHelper() : undefined;
  const scanned = await scan({
    roots: targets.roots,
    host: nodeHost,
    parsers,
    config: options.config === undefined ? undefined : hostPath(resolve(io.cwd, options.config)),
    cache: caches?.facts,
    helper,
  })
    .catch((error: unknown) => {
      throw error instanceof HostError ? new UsageError(error.message) : error;
    })
    .finally(() => helper?.close());
  const history = await asked;
  const ruleIds = [...allRules.map(({ id }) => id), SLA_BROKEN];
  const project = await projectOf(scanned, ruleIds, nodeHost);
  for (const remark of unreadTargets(targets, scanned, io)) io.err(`${remark}\n`);
  for (const remark of project.remarks) io.err(`${remark}\n`);
  let told = false;
  const keep = (write: () => Promise<void>) =>
    write().catch((error: unknown) => {
      if (told) return;
      told = true;
      io.err(`The cache could not be written: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  const pathOf = (file: string) => scanned.paths.pathOf(file) ?? file;
  return {
    io,
    tool,
    parsers,
    targets,
    onlyRules: options.rule.length > 0,
    project,
    rules,
    scanned,
    caches,
    history,
    pathOf,
    shownPath: (file) => {
      const path = pathOf(file);
      return isInside(path, io.cwd) ? relative(io.cwd, path).replaceAll("\\", "/") : file;
    },
    onRuleError: ({ rule, file, error }) => {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      io.err(`${rule} failed on ${file}, which costs its findings there: ${why}\n`);
    },
    keep,
    facts: async () => {
      const facts = await scanned.facts();
      if (caches !== undefined) await keep(() => caches.facts.save());
      return facts;
    },
  };
}

/** What was named and is not read: its findings are none for that reason. */
function unreadTargets({ files }: Targets, { paths, found, skipped }: Scan, { cwd }: Io): readonly string[] {
  if (found.size === 0 && skipped.length === 0)
    return ["There is nothing to judge: no Java, Dart, SQL, Spring configuration or build file"];
  return files.flatMap((path) => {
    const file = paths.keyOf(path);
    const isRead = file === undefined || found.has(file) || skipped.some((left) => left.file === file);
    return isRead ? [] : [`${relative(cwd, path).replaceAll("\\", "/")} is not judged: ${whyNotFound(file)}`];
  });
}

/** Throws a UsageError where a revision was asked for that git does not know. */
async function historyOf(paths: WorkspacePaths, { unappliedSince, since }: SessionOptions): Promise<Session["history"]> {
  const { changed, silent, unknown } = await migrationChanges(paths, unappliedSince ?? since);
  const [root] = unknown;
  if (unappliedSince !== undefined && root !== undefined)
    throw new UsageError(`--unapplied-since: git knows no revision ${unappliedSince} in ${root}`);
  return { changed, silent };
}

function selectedRules(ids: readonly string[], rules: readonly AnyRule[]): readonly AnyRule[] {
  for (const id of ids) ruleNamed(id, rules);
  return ids.length === 0 ? rules : rules.filter((rule) => ids.includes(rule.id));
}

/** Throws a UsageError for an id that no rule has. */
export function ruleNamed(id: string, rules: readonly AnyRule[]): AnyRule {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) return rule;
  const near = similarNames(
    id,
    rules.map((candidate) => candidate.id),
  );
  const hint = near.length === 0 ? 'See "performance-auditor rules"' : `Did you mean ${near.join(" or ")}?`;
  throw new UsageError(`There is no rule ${id}. ${hint}`);
}

async function openCaches(targets: Targets, options: SessionOptions, tool: Tool, io: Io): Promise<Caches> {
  const folder = options.cacheLocation === undefined ? defaultCacheLocation(io) : resolve(io.cwd, options.cacheLocation);
  const storage = diskStorage(folder);
  const workspace = createHash("sha256").update(targets.roots.join("\0")).digest("hex").slice(0, 16);
  const facts = await FactsCache.open({ storage, name: `${workspace}.cli.facts`, version: tool.identity });
  return { storage, facts, resultName: `${workspace}.cli.result` };
}

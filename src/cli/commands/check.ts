import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { fingerprintsOf } from "../../analysis/fingerprint.ts";
import { placesOf } from "../../analysis/parts.ts";
import { byPlace } from "../../analysis/resolve.ts";
import { readResult, writeResult } from "../../analysis/resultCache.ts";
import { workspaceOf } from "../../analysis/scan.ts";
import { withOfferedFixes } from "../../analysis/verifyFix.ts";
import type { Workspace } from "../../analysis/workspace.ts";
import { nodeHost } from "../../project/nodeHost.ts";
import { type CheckReport, type CheckStats, type ReportedFinding, reportedFinding } from "../../report/checkReport.ts";
import { githubReport } from "../../report/github.ts";
import { jsonReport } from "../../report/json.ts";
import { sarifReport } from "../../report/sarif.ts";
import { textReport } from "../../report/text.ts";
import { atLeast, type Finding, type Severity } from "../../rules/finding.ts";
import { dialectName } from "../../rules/sql/shared/dialectNames.ts";
import { decodeText } from "../../text/encodings.ts";
import type { Span } from "../../text/positions.ts";
import { changedLines, touches } from "../changedLines.ts";
import { DiskTexts } from "../diskTexts.ts";
import { settleHeap } from "../engine.ts";
import { EXIT, type ExitCode, type Shell } from "../io.ts";
import { offered } from "../offered.ts";
import { painter } from "../paint.ts";
import { configuredStatistics, mustCount, planSources, statisticsText, toldBy } from "../planSources.ts";
import { type PlannedFindings, plannedFindings } from "../planVerdicts.ts";
import { problemFindings } from "../problems.ts";
import { documentReader } from "../ruleDocuments.ts";
import { openSession, type Session, type SessionOptions } from "../session.ts";
import { isInside } from "../targets.ts";
import { type OwnFinding, toldOnce } from "../toldOnce.ts";

export const FORMATS = ["text", "json", "sarif", "github"] as const;

export interface CheckOptions extends SessionOptions {
  /** Whether PostgreSQL's planner judges the findings about indexes. */
  readonly plan: boolean;
  readonly statistics?: string;
  readonly format: (typeof FORMATS)[number];
  readonly minimumSeverity: Severity;
}

/** Finds, reports, and says by its exit code whether anything at warning or above was found. */
export async function check(paths: readonly string[], options: CheckOptions, shell: Shell): Promise<ExitCode> {
  const startedMs = performance.now();
  const session = await openSession(paths, options, shell);
  const outcome = await outcomeOf(session, options);
  const findings = await wanted(outcome.findings, session, options);
  const withdrawn = outcome.withdrawn === undefined ? undefined : await wanted(outcome.withdrawn, session, options);
  const { scanned } = session;
  const report: CheckReport = {
    version: 1,
    findings,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    stats: {
      files: scanned.files,
      parsed: outcome.parsed,
      partlyParsed: outcome.partlyParsed,
      notJudged: outcome.notJudged,
      ...(outcome.notKnownToRun.length === 0 ? {} : { notKnownToRun: outcome.notKnownToRun }),
      skipped: scanned.skipped,
      durationMs: Math.round(performance.now() - startedMs),
    },
  };
  shell.io.out(formatted(report, options.format, session));
  return findings.some(({ severity }) => atLeast(severity, "warning")) ? EXIT.findings : EXIT.clean;
}

/** What follows from the files, the rules and the configuration alone; kept between runs. */
interface Outcome {
  readonly findings: readonly OwnFinding[];
  /** By the planner, where it was asked. */
  readonly withdrawn?: readonly OwnFinding[];
  readonly parsed: number;
  readonly partlyParsed: readonly string[];
  readonly notJudged: CheckStats["notJudged"];
  readonly notKnownToRun: readonly string[];
}

async function outcomeOf(session: Session, options: CheckOptions): Promise<Outcome> {
  const { caches, scanned, tool, rules, project } = session;
  const statistics = options.plan ? statisticsText(session, options.statistics) : configuredStatistics(session);
  const plan = options.plan ? ["plan"] : [];
  const key = createHash("sha256")
    .update(
      [
        ...[
          tool.identity,
          scanned.digest,
          project.digest,
          historyDigest(session),
          String(session.onlyRules),
          JSON.stringify(statistics ?? null),
          ...plan,
        ],
        ...rules.map(({ id }) => id),
      ].join("\0"),
    )
    .digest("hex");
  if (caches !== undefined) {
    const known = await readResult(caches.storage, caches.resultName, key);
    if (known !== undefined) {
      await session.keep(() => caches.facts.save());
      return known as Outcome;
    }
  }
  const told = toldBy(statistics);
  if (options.plan) mustCount(told.wrong);
  else if (told.wrong !== undefined) session.io.err(`performance-auditor: ${told.wrong}. No rule knows what it says.\n`);
  let failed = told.wrong !== undefined;
  const workspace = await workspaceOf(session, {
    rules,
    settings: project.settings,
    once: true,
    onRuleError: (error) => {
      failed = true;
      session.onRuleError(error);
    },
  });
  workspace.setHistory(session.history);
  workspace.setStatistics(told.statistics);
  settleHeap();
  const all = options.plan ? findingsByFile(workspace) : undefined;
  const planned =
    all === undefined
      ? undefined
      : await plannedFindings([...all.values()].flat(), planSources(session, workspace.model, statistics), session);
  if (planned?.unavailable !== undefined) {
    failed = true;
    session.io.err(
      `performance-auditor: ${planned.unavailable}. What it has not judged stays as the rules say, marked as not confirmed.\n`,
    );
  }
  const outcome = await judged(workspace, session, (file) => all?.get(file) ?? workspace.ownFindings(file), planned);
  if (caches !== undefined && !failed) await session.keep(() => writeResult(caches.storage, caches.resultName, key, outcome));
  return outcome;
}

/** Names what git says of migrations; the same text wherever it says nothing. */
const historyDigest = ({ history }: Session): string =>
  JSON.stringify([history.silent, ...[...history.changed].sort(([a], [b]) => (a < b ? -1 : 1))]);

const findingsByFile = (workspace: Workspace): ReadonlyMap<string, readonly Finding[]> =>
  new Map([...workspace.files()].sort().map((file) => [file, workspace.ownFindings(file)]));

async function judged(
  workspace: Workspace,
  session: Session,
  findingsOf: (file: string) => readonly Finding[],
  planned: PlannedFindings | undefined,
): Promise<Outcome> {
  const findings: OwnFinding[] = [];
  const withdrawn: OwnFinding[] = [];
  const partlyParsed: string[] = [];
  const byDatabase = new Map<string, string[]>();
  const sources = new DiskTexts(session.pathOf, session.targets.roots);
  const files = [...workspace.files()].sort();
  for (const file of files) {
    const facts = workspace.get(file);
    if (facts === undefined) continue;
    const dialect = workspace.otherDialectOf(file);
    const database = dialect === undefined ? undefined : dialectName(dialect);
    if (database !== undefined) byDatabase.set(database, [...(byDatabase.get(database) ?? []), file]);
    else if (facts.parse === "partly") partlyParsed.push(file);
    const problems = session.onlyRules ? [] : problemFindings(facts, [...workspace.problemsOf(file), ...session.project.problemsOf(file)]);
    const found = [...findingsOf(file), ...problems].sort(byPlace);
    if (found.length === 0) continue;
    const { text } = decodeText(await nodeHost.read(session.pathOf(file)));
    const fingerprints = fingerprintsOf(found, text, facts.lineStarts);
    for (const [i, said] of found.entries()) {
      const finding = withOfferedFixes(planned?.withVerdict(said) ?? said, sources);
      const into = finding.plan?.verdict === "withdrawn" ? withdrawn : findings;
      // What the planner leaves of it may be told by another of its places.
      const names = new Map(placesOf(said).map(({ start }, k) => [start, fingerprints[i]?.[k] as string]));
      const [own, ...others] = placesOf(finding);
      const named = (span: Span) => ({ span, fingerprint: names.get(span.start) as string });
      const reported = reportedFinding(finding, [named(own), ...others.map(named)], (name) => workspace.get(name)?.lineStarts);
      const fixes = finding.fixes.map(({ title, safe, addsTo }) => ({ title, safe, ...(addsTo === undefined ? {} : { addsTo }) }));
      into.push({ ...reported, fixes, ...(finding.cause === undefined ? {} : { cause: finding.cause }) });
    }
  }
  const notJudged = [...byDatabase].map(([database, scripts]) => ({ database, files: scripts }));
  const notKnownToRun = newestOfUnknown(workspace, session);
  return { findings, ...(planned === undefined ? {} : { withdrawn }), parsed: files.length, partlyParsed, notJudged, notKnownToRun };
}

/** The newest migration of each schema of PostgreSQL, where git and the configuration do not tell what has run. */
function newestOfUnknown({ model }: Workspace, { history, onlyRules, pathOf }: Session): readonly string[] {
  if (onlyRules || history.silent.length === 0) return [];
  return model.schema.schemas().flatMap(({ dialect, test, migrations, naming }) => {
    if (dialect !== "postgresql" || test) return [];
    const versioned = migrations.filter(({ kind }) => kind === "versioned");
    const newest = versioned.length < 2 ? undefined : versioned.findLast(({ file }) => naming?.isLast(file) === true);
    const isSilent = newest !== undefined && history.silent.some((root) => isInside(pathOf(newest.file), root));
    return isSilent && !model.pending.isDated(newest.file) ? [newest.file] : [];
  });
}

/** Without what the baseline has accepted, what was not asked for, and what lies on unchanged lines; what several files lack, once. */
async function wanted(
  findings: readonly OwnFinding[],
  session: Session,
  { minimumSeverity, since }: CheckOptions,
): Promise<readonly ReportedFinding[]> {
  const { targets, project } = session;
  // A mistake in what governs the run concerns whoever runs it, wherever the file lies.
  const governing = new Set(project.settings.configurations.map(({ path }) => path));
  const wants = (path: string) => targets.wants(path) || governing.has(path);
  const unknown = findings.filter((finding) =>
    [finding, ...(finding.alike ?? [])].some(({ file, fingerprint }) => !project.isKnown(file, fingerprint)),
  );
  const asked = unknown.filter(({ file, severity }) => atLeast(severity, minimumSeverity) && wants(session.pathOf(file)));
  if (since === undefined) return offered(toldOnce(asked, unknown), session);
  const changed = await Promise.all(targets.roots.map((root) => changedLines(root, since)));
  const touched = asked.filter((finding) => changed.some((lines) => touches(lines, finding, (file) => session.pathOf(file))));
  return offered(toldOnce(touched, unknown), session);
}

function formatted(report: CheckReport, format: CheckOptions["format"], session: Session): string {
  const { io, tool, rules, shownPath: pathOf } = session;
  switch (format) {
    case "json":
      return jsonReport(report);
    case "github":
      return githubReport(report, pathOf);
    case "sarif":
      return sarifReport(report, { toolVersion: tool.version, rules, documentOf: documentReader(tool.packageRoot), pathOf });
    case "text":
      return textReport(report, { paint: painter(io.colours), pathOf });
  }
}

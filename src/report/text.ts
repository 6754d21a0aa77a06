import { SEVERITIES, type Severity } from "../rules/finding.ts";
import { type CheckReport, hasCost, type ReportedFinding } from "./checkReport.ts";

export type Style = "bold" | "dim" | "underline" | "red" | "yellow" | "blue" | "green" | "cyan";
/** Gives a text a colour, or leaves it as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

export interface TextReportOptions {
  readonly paint: Paint;
  pathOf(file: string): string;
}

const STYLE_OF: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", information: "blue", hint: "dim" };

/** For people: findings by file, the cost and the chain below each, a summary at the end. */
export function textReport(report: CheckReport, options: TextReportOptions): string {
  const byFile = new Map<string, ReportedFinding[]>();
  for (const finding of report.findings) {
    const sameFile = byFile.get(finding.file);
    if (sameFile === undefined) byFile.set(finding.file, [finding]);
    else sameFile.push(finding);
  }
  const blocks = [...byFile].map(([file, findings]) => fileBlock(file, findings, options));
  return [...blocks, ...remarks(report, options), summary(report, options)].join("\n");
}

function fileBlock(file: string, findings: readonly ReportedFinding[], { paint, pathOf }: TextReportOptions): string {
  const places = findings.map(({ line, column }) => `${line}:${column}`);
  const placeWidth = Math.max(...places.map((place) => place.length));
  const severityWidth = Math.max(...findings.map(({ severity }) => severity.length));
  const indent = " ".repeat(placeWidth + severityWidth + 6);
  const lines = findings.flatMap((finding, i) => [
    [
      `  ${paint("dim", (places[i] as string).padStart(placeWidth))}`,
      paint(STYLE_OF[finding.severity], finding.severity.padEnd(severityWidth)),
      finding.message,
      paint("dim", finding.rule),
    ].join("  "),
    ...(hasCost(finding) ? [`${indent}${paint("dim", "cost:")} ${finding.cost}`] : []),
    ...(finding.plan === undefined ? [] : [`${indent}${paint("dim", "plan:")} ${finding.plan.text}`]),
    ...chainOf(finding, pathOf).map((step) => `${indent}${paint("dim", "↳")} ${step}`),
  ]);
  return `${[paint("underline", pathOf(file)), ...lines].join("\n")}\n`;
}

/** What a person reads of a chain: one service of hundreds lacks what all lack. The other reports have all of it. */
const SHOWN_STEPS = 20;

function chainOf({ related }: ReportedFinding, pathOf: TextReportOptions["pathOf"]): readonly string[] {
  const steps = related.map(({ file, line, column, message }) => `${pathOf(file)}:${line}:${column} ${message}`);
  return steps.length <= SHOWN_STEPS + 1 ? steps : [...steps.slice(0, SHOWN_STEPS), `… and ${steps.length - SHOWN_STEPS} more`];
}

function remarks({ stats, withdrawn = [] }: CheckReport, { paint, pathOf }: TextReportOptions): readonly string[] {
  const lines = [
    ...withdrawn.map(
      ({ file, line, message, plan }) => `${paint("dim", `${plan?.text ?? "withdrawn"}:`)} ${pathOf(file)}:${line} ${message}`,
    ),
    ...stats.notJudged.map(({ database, files: [file = "", ...more] }) => {
      const others = more.length === 0 ? "" : ` and ${counted(more.length, "more script")}`;
      return `${paint("dim", `for ${database}, not judged:`)} ${pathOf(file)}${others}`;
    }),
    ...(stats.notKnownToRun ?? []).map(
      (file) => `${paint("dim", "not known whether it has run, so its locks are not judged (set migrations.applied):")} ${pathOf(file)}`,
    ),
    ...stats.partlyParsed.map((file) => `${paint("dim", "partly parsed:")} ${pathOf(file)}`),
    ...stats.skipped.map(({ file, why }) => `${paint("dim", "skipped:")} ${pathOf(file)}: ${why}`),
  ];
  return lines.length === 0 ? [] : [`${shortened(lines).join("\n")}\n`];
}

const SHOWN_REMARKS = 20;

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= SHOWN_REMARKS ? lines : [...lines.slice(0, SHOWN_REMARKS), `… and ${lines.length - SHOWN_REMARKS} more`];
}

function summary({ findings, stats }: CheckReport, { paint }: TextReportOptions): string {
  const where = `in ${counted(stats.files, "file")}, ${(stats.durationMs / 1000).toFixed(1)} s`;
  if (findings.length === 0) return `${paint("green", "✔")} no findings ${where}\n`;
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [severity === "information" ? `${count} information` : counted(count, severity)];
  });
  const fixable = findings.filter((finding) => finding.fixes.some((fix) => fix.safe)).length;
  const suggested = findings.filter((finding) => finding.fixes.length > 0).length - fixable;
  const help = [
    ...(fixable === 0 ? [] : [`${fixable} with a safe fix (performance-auditor fix)`]),
    ...(suggested === 0 ? [] : [`${suggested} with a suggestion (fix --suggestions)`]),
  ];
  const verdict = `${paint("bold", `✖ ${counted(findings.length, "finding")}`)} (${parts.join(", ")}) ${where}\n`;
  return help.length === 0 ? verdict : `${verdict}  ${help.join(", ")}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

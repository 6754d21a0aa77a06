import type { Severity } from "../rules/finding.ts";
import { type CheckReport, messageWithCost } from "./checkReport.ts";

const COMMAND_OF: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "notice", hint: "notice" };

/** Workflow commands that GitHub Actions turns into annotations. `pathOf` gives a path relative to the repository. */
export function githubReport(report: CheckReport, pathOf: (file: string) => string): string {
  const lines = report.findings.map((finding) => {
    const properties = {
      file: pathOf(finding.file),
      line: finding.line,
      endLine: finding.endLine,
      col: finding.column,
      endColumn: finding.endColumn,
      title: finding.rule,
    };
    const chain = finding.related.map(({ file, line, message }) => `\n${pathOf(file)}:${line} ${message}`).join("");
    const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    return `::${COMMAND_OF[finding.severity]} ${listed.join(",")}::${escapeData(`${messageWithCost(finding)}${chain}`)}\n`;
  });
  return lines.join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

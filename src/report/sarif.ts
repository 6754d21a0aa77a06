import type { Severity } from "../rules/finding.ts";
import { type AnyRule, languagesOf } from "../rules/rule.ts";
import { type CheckReport, messageWithCost, type ReportedFinding, type ReportedPlace } from "./checkReport.ts";

export interface SarifOptions {
  readonly toolVersion: string;
  readonly rules: readonly AnyRule[];
  /** The rule's document as Markdown, where there is one. */
  documentOf(rule: string): string | undefined;
  /** Relative to the repository, as the code scanning service expects it. */
  pathOf(file: string): string;
}

const LEVEL_OF: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};
const PRECISION_OF = { proven: "very-high", likely: "high", possible: "medium" } as const;
/** The name that code scanning services know for the root of the sources. */
const ROOT = "%SRCROOT%";

/**
 * SARIF 2.1.0 (OASIS standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/). The chain of a finding is a code flow and its
 * related locations; `primaryLocationLineHash` is the name under which GitHub matches alerts between runs.
 */
export function sarifReport(report: CheckReport, options: SarifOptions): string {
  const rules = describedRules(report.findings, options);
  const indexOf = new Map(rules.map((rule, index) => [rule.id, index]));
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Performance Auditor", semanticVersion: options.toolVersion, rules } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository" } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report, options) }],
        results: report.findings.map((finding) => result(finding, indexOf, options)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describedRules(findings: readonly ReportedFinding[], options: SarifOptions) {
  const known = options.rules.map((rule) => {
    const markdown = options.documentOf(rule.id);
    const text = `${rule.title}. Cost: ${rule.cost}.`;
    return {
      id: rule.id,
      shortDescription: { text: rule.title },
      fullDescription: { text },
      help: markdown === undefined ? { text } : { text, markdown },
      ...(rule.references[0] === undefined ? {} : { helpUri: rule.references[0] }),
      properties: { tags: ["performance", ...languagesOf(rule)], precision: PRECISION_OF[rule.certainty] },
    };
  });
  const ids = new Set(known.map(({ id }) => id));
  const others = new Set(findings.map(({ rule }) => rule).filter((id) => !ids.has(id)));
  return [...known, ...[...others].sort().map((id) => ({ id, shortDescription: { text: id } }))];
}

function result(finding: ReportedFinding, indexOf: ReadonlyMap<string, number>, options: SarifOptions) {
  const { line, column, endLine, endColumn, message, related } = finding;
  const here = { startLine: line, startColumn: column, endLine, endColumn };
  const chain = related.map((place) => physical(place, { startLine: place.line, startColumn: place.column }, options));
  const primary = physical(finding, here, options);
  return {
    ruleId: finding.rule,
    ruleIndex: indexOf.get(finding.rule) ?? -1,
    level: LEVEL_OF[finding.severity],
    message: { text: messageWithCost(finding) },
    locations: [{ physicalLocation: primary }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, i) => ({ id: i + 1, physicalLocation: chain[i], message: { text: place.message } })),
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: [
                    { location: { physicalLocation: primary, message: { text: message } } },
                    ...related.map((place, i) => ({ location: { physicalLocation: chain[i], message: { text: place.message } } })),
                  ],
                },
              ],
            },
          ],
        }),
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint, "performanceAuditor/v1": finding.fingerprint },
    properties: { certainty: finding.certainty, severity: finding.severity, cost: finding.cost },
  };
}

function physical(place: ReportedPlace, region: Readonly<Record<string, number>>, options: SarifOptions) {
  return { artifactLocation: artifact(place.file, options), region };
}

function artifact(file: string, options: SarifOptions) {
  return { uri: options.pathOf(file).split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}

function notifications({ stats }: CheckReport, options: SarifOptions) {
  const notes = [
    ...stats.notJudged.flatMap(({ database, files }) =>
      files.map((file) => ({ file, text: `${file} is for ${database} and was not judged` })),
    ),
    ...(stats.notKnownToRun ?? []).map((file) => ({
      file,
      text: `${file}: nobody tells whether it has run, so its locks were not judged`,
    })),
    ...stats.partlyParsed.map((file) => ({ file, text: `${file} was parsed in part` })),
    ...stats.skipped.map(({ file, why }) => ({ file, text: `${file} was skipped: ${why}` })),
  ];
  return notes.map(({ file, text }) => ({
    level: "note",
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: artifact(file, options) } }],
  }));
}

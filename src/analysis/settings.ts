import type { Severity } from "../rules/finding.ts";

/** What a project wants reported. */
export interface RuleSettings {
  /** "off", another severity, or undefined for the rule's own. */
  severityOf(rule: string, file: string): Severity | "off" | undefined;
}

export const defaultSettings: RuleSettings = { severityOf: () => undefined };

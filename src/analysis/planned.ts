import type { PlanVerdict } from "../model/persistence/scans/planClaim.ts";
import { type Certainty, type Finding, SEVERITY_OF, type Severity } from "../rules/finding.ts";

const SURER: Readonly<Record<Certainty, Certainty>> = { possible: "likely", likely: "proven", proven: "proven" };
const LOUDER: Readonly<Record<Severity, Severity>> = { hint: "information", information: "warning", warning: "warning", error: "error" };

/**
 * A finding with what the planner says of it. What is confirmed at sizes that somebody has told is one step surer and louder; at assumed
 * sizes it is as sure as before. `fixed` keeps a severity that the project has chosen.
 */
export function withVerdict(finding: Finding, plan: PlanVerdict, fixed: boolean): Finding {
  // An edit that makes another index than the one that helps helps nobody.
  const fixes = plan.asProposed ? finding.fixes : [];
  if (plan.verdict !== "confirmed" || !plan.sized || finding.certainty === "proven") return { ...finding, fixes, plan };
  const certainty = SURER[finding.certainty];
  const isLoud = SEVERITY_OF[certainty] === finding.severity;
  return { ...finding, fixes, plan, certainty, severity: fixed || isLoud ? finding.severity : LOUDER[finding.severity] };
}

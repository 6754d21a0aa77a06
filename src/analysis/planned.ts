import type { PlanClaim, PlanVerdict } from "../model/persistence/scans/planClaim.ts";
import { type Certainty, type Finding, SEVERITY_OF, type Severity } from "../rules/finding.ts";
import { together } from "./onePlace.ts";

const SURER: Readonly<Record<Certainty, Certainty>> = { possible: "likely", likely: "proven", proven: "proven" };
const LOUDER: Readonly<Record<Severity, Severity>> = { hint: "information", information: "warning", warning: "warning", error: "error" };

/** What the planner can judge of a finding. */
export const claimsOf = ({ claim, parts }: Finding): readonly PlanClaim[] =>
  parts === undefined ? (claim === undefined ? [] : [claim]) : parts.flatMap(claimsOf);

/**
 * A finding with what the planner says of it; of one that is put together, what is left of it, or all of it where nothing is. `fixed` keeps
 * a severity that the project has chosen.
 */
export function planned(finding: Finding, verdictOf: (claim: PlanClaim) => PlanVerdict | undefined, fixed: boolean): Finding {
  const { claim, parts, severity } = finding;
  if (parts === undefined) {
    const plan = claim === undefined ? undefined : verdictOf(claim);
    return plan === undefined ? finding : withVerdict(finding, plan, fixed);
  }
  const judged = parts.map((part) => planned(fixed ? { ...part, severity } : part, verdictOf, fixed));
  const [first, ...others] = judged.filter(({ plan }) => plan?.verdict !== "withdrawn");
  return together(first === undefined ? (judged as [Finding, ...Finding[]]) : [first, ...others]);
}

/**
 * A finding with what the planner says of it. What is confirmed at sizes that somebody has told is one step surer and louder; at assumed
 * sizes it is as sure as before.
 */
function withVerdict(finding: Finding, plan: PlanVerdict, fixed: boolean): Finding {
  // An edit that makes another index than the one that helps helps nobody.
  const fixes = plan.asProposed ? finding.fixes : [];
  if (plan.verdict !== "confirmed" || !plan.sized || finding.certainty === "proven") return { ...finding, fixes, plan };
  const certainty = SURER[finding.certainty];
  const isLoud = SEVERITY_OF[certainty] === finding.severity;
  return { ...finding, fixes, plan, certainty, severity: fixed || isLoud ? finding.severity : LOUDER[finding.severity] };
}

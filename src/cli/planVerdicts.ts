import { claimsOf, planned } from "../analysis/planned.ts";
import type { PlanSources } from "../planner/schemaPlans.ts";
import { verdictsOf } from "../planner/verdicts.ts";
import type { Finding } from "../rules/finding.ts";
import { mustCount } from "./planSources.ts";
import type { Session } from "./session.ts";

/** Findings as the planner sees them. */
export interface PlannedFindings {
  /** The finding with its verdict, that of one that is withdrawn too; itself where the planner has nothing to say of it. */
  withVerdict(finding: Finding): Finding;
  /** Why the planner had no answer to some. */
  readonly unavailable: string | undefined;
}

/** Asks PostgreSQL's planner about findings. Where it has no answer, they stay, marked as not confirmed. */
export async function plannedFindings(findings: readonly Finding[], sources: PlanSources, session: Session): Promise<PlannedFindings> {
  const claims = findings.flatMap(claimsOf);
  if (claims.length === 0) return { withVerdict: (finding) => finding, unavailable: undefined };
  const parser = session.parsers.sql;
  await parser.load();
  const planner = session.tool.createPlanner();
  try {
    const { of, unavailable, wrong } = await verdictsOf(planner, sources, claims, parser);
    mustCount(wrong);
    return {
      unavailable,
      withVerdict: (finding) =>
        planned(finding, (claim) => of.get(claim), session.project.settings.severityOf(finding.rule, finding.file) !== undefined),
    };
  } finally {
    await planner.close();
  }
}

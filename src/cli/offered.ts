import { nodeHost } from "../project/nodeHost.ts";
import { TestStubs } from "../project/testStubs.ts";
import type { ReportedFinding, ReportedFix } from "../report/checkReport.ts";
import type { Session } from "./session.ts";
import type { OwnFinding, OwnFix } from "./toldOnce.ts";

/** Findings with the fixes that may be applied: a class of the tests that implements an interface forbids to add to it. */
export async function offered(findings: readonly OwnFinding[], { pathOf }: Session): Promise<readonly ReportedFinding[]> {
  const tests = new TestStubs(nodeHost);
  const isOffered = async ({ addsTo }: OwnFix): Promise<boolean> =>
    addsTo === undefined || (await tests.implementing(pathOf(addsTo))) === undefined;
  const all: ReportedFinding[] = [];
  for (const finding of findings) {
    const fixes: ReportedFix[] = [];
    for (const fix of finding.fixes) if (await isOffered(fix)) fixes.push({ title: fix.title, safe: fix.safe });
    all.push({ ...finding, fixes });
  }
  return all;
}

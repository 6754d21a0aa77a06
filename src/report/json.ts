import type { CheckReport } from "./checkReport.ts";

export function jsonReport(report: CheckReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

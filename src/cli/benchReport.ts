import { describeRun, formatMs } from "../bench/format.ts";
import type { RunResult, Tick, Verdict } from "../bench/result.ts";
import { checkText, RESULT_COLUMNS, remarks, resultRow, verdictText } from "../bench/resultRows.ts";
import type { Paint, Style } from "../report/text.ts";

const STYLE_OF: Readonly<Record<Verdict, Style>> = { PASS: "green", FAIL: "red", INCONCLUSIVE: "yellow" };

/** A run for people: a table of endpoints, why each verdict is what it is, what else to know, the verdict of all. */
export function benchReport(result: RunResult, { paint, file }: { readonly paint: Paint; readonly file: string | undefined }): string {
  const rows = result.endpoints.map(resultRow);
  const widths = RESULT_COLUMNS.map((name, i) => Math.max(name.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  const checks = result.endpoints.flatMap(({ endpoint, checks }) =>
    checks.map((check) => paint(STYLE_OF[check.verdict], `  ${endpoint} ${checkText(check)}`)),
  );
  const notes = remarks(result).map((remark) => `  ${remark}`);
  return [
    `${paint("bold", result.name)}: ${describeRun(result)} against ${result.target}`,
    "",
    paint("dim", line(RESULT_COLUMNS)),
    ...rows.map(line),
    ...section("SLA", checks, paint),
    ...section("Notes", notes, paint),
    "",
    conclusion(result, paint),
    ...(file === undefined ? [] : [paint("dim", `kept in ${file}`)]),
    "",
  ].join("\n");
}

/** What a terminal shows while the run goes. */
export function liveLine({ tMs, warmup, rate, p95Ms, failed, inFlight }: Tick): string {
  const latency = p95Ms === null ? "–" : formatMs(p95Ms);
  return `${warmup ? "warm-up " : ""}${(tMs / 1000).toFixed(1)} s  ${Math.round(rate)}/s  p95 ${latency}  ${inFlight} in flight  ${failed} failed`;
}

function section(title: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : ["", paint("bold", title), ...lines];
}

function conclusion({ verdict, endpoints }: RunResult, paint: Paint): string {
  if (endpoints.every(({ count, failed }) => count === failed)) return paint("red", "✗ No request succeeded");
  if (verdict === null) return "No SLA is set for what was measured";
  const words = paint(STYLE_OF[verdict], verdictText(verdict));
  return verdict === "INCONCLUSIVE" ? `${words}: neither kept nor broken for sure; the exit code is that of success` : words;
}

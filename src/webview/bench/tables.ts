import { checkText, formatMs, RESULT_COLUMNS, type RunResult, remarks, resultRow, type Tick } from "../../bench/panelProtocol.ts";
import { element, table } from "../dom.ts";

/** The table of all endpoints, the reasons of each verdict, and what else a reader must know. */
export function outcome(result: RunResult): readonly HTMLElement[] {
  const rows = result.endpoints.map((endpoint) => {
    const cells = resultRow(endpoint);
    const verdict = element("span", { class: `verdict ${endpoint.verdict ?? "none"}` }, cells.at(-1) ?? "");
    return [...cells.slice(0, -1), verdict];
  });
  const checks = result.endpoints.flatMap(({ endpoint, checks }) => checks.map((check) => `${endpoint} ${checkText(check)}`));
  return [
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": "Results by endpoint" },
      table("Results by endpoint", RESULT_COLUMNS, rows),
    ),
    ...list("SLA", checks),
    ...list("Notes", remarks(result)),
  ];
}

/** The newest tick in words, for who does not see the charts, with the errors and drops of the whole run. */
export function latestTable(ticks: readonly Tick[]): readonly HTMLElement[] {
  const last = ticks.at(-1);
  if (last === undefined) return [];
  const ms = (value: number | null) => (value === null ? "–" : formatMs(value));
  const sum = (of: (tick: Tick) => number) => String(ticks.reduce((total, tick) => total + of(tick), 0));
  const row = [
    last.warmup ? "warm-up" : "measured",
    `${(last.tMs / 1000).toFixed(1)} s`,
    `${Math.round(last.rate)}/s`,
    ms(last.p50Ms),
    ms(last.p95Ms),
    ms(last.p99Ms),
    String(last.inFlight),
    sum(({ failed }) => failed),
    sum(({ dropped }) => dropped),
  ];
  const columns = ["Phase", "Time", "Rate", "p50", "p95", "p99", "In flight", "Errors so far", "Not sent so far"];
  return [
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": "Last half second" },
      table("Last half second", columns, [row]),
    ),
  ];
}

function list(title: string, lines: readonly string[]): readonly HTMLElement[] {
  if (lines.length === 0) return [];
  return [element("h2", {}, title), element("ul", {}, ...lines.map((line) => element("li", {}, line)))];
}

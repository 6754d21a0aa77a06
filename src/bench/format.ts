import type { Load } from "./scenario.ts";

/** `0.24 ms`, `5.2 ms`, `412 ms`, `2.31 s`: three digits that a person reads. */
export function formatMs(ms: number): string {
  const [amount, unit] = ms >= 999.5 ? [ms / 1000, "s"] : [ms, "ms"];
  const decimals = amount >= 99.95 ? 0 : amount >= 9.995 ? 1 : 2;
  return `${Number(amount.toFixed(decimals))} ${unit}`;
}

/** A share as a percentage: `0 %`, `0.12 %`, `4.5 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.005) return "< 0.01 %";
  return `${Number(percent.toFixed(percent < 1 ? 2 : 1))} %`;
}

/** `10 users for 10 s`, `100 requests/s for 1 m`. */
export function describeRun({ load, durationMs }: { readonly load: Load; readonly durationMs: number }): string {
  const how = load.executor === "constant-vus" ? `${load.vus} ${load.vus === 1 ? "user" : "users"}` : `${load.ratePerSecond} requests/s`;
  const seconds = durationMs / 1000;
  const time = seconds % 60 === 0 ? `${seconds / 60} min` : `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  return `${how} for ${time}`;
}

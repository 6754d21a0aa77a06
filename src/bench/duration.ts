const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/;
const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of `250ms`, `10s`, `1.5m` or `1h`; a bare number is seconds on the command line's word. Undefined where it is none. */
export function parseDuration(text: string, bareUnit: keyof typeof MILLISECONDS = "s"): number | undefined {
  const [, amount, unit] = DURATION.exec(text.trim()) ?? [];
  if (amount === undefined) return undefined;
  return Number(amount) * MILLISECONDS[(unit as keyof typeof MILLISECONDS | undefined) ?? bareUnit];
}

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

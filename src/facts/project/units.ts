export const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/;
const MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** "250ms", "1.5s", "2m" in milliseconds; undefined for anything else. */
export function parseDurationMs(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * (MS[match[2] as string] as number);
}

export const COUNT = /^(\d[\d_]*(?:\.\d+)?)\s*([kMG])?$/;
const FACTOR: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 };

/** "1_000", "50k", "1.2M" as a whole number; undefined for anything else. */
export function parseCount(text: string): number | undefined {
  const match = COUNT.exec(text.trim());
  if (match === null) return undefined;
  const count = Number((match[1] as string).replaceAll("_", "")) * (match[2] === undefined ? 1 : (FACTOR[match[2]] as number));
  return Number.isSafeInteger(Math.round(count)) ? Math.round(count) : undefined;
}

export const RATE = /^(\d+(?:\.\d+)?)\s*(?:\/\s*(s|m)|rps)$/;

/** "100/s", "100 rps" or "6000/m" in requests a second. */
export function parseRatePerSecond(text: string): number | undefined {
  const match = RATE.exec(text.trim());
  return match === null ? undefined : Number(match[1]) / (match[2] === "m" ? 60 : 1);
}

export const SHARE = /^(\d+(?:\.\d+)?)\s*(%)?$/;

/** "0.1%" or "0.001" as a share from 0 to 1. */
export function parseShare(text: string): number | undefined {
  const match = SHARE.exec(text.trim());
  if (match === null) return undefined;
  const share = Number(match[1]) / (match[2] === "%" ? 100 : 1);
  return share <= 1 ? share : undefined;
}

const Z95 = 1.959963984540054;

/** A 95 % interval as ranks (1-based) of the sorted sample; a rank of 0 or of n + 1 lies outside of what was measured. */
export interface RankInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The ranks between which the true `share`-quantile lies with 95 % confidence, whatever the distribution (Hahn & Meeker,
 * Statistical Intervals, §5.2): the number of samples below the quantile is Binomial(n, share).
 */
export function quantileRanks(n: number, share: number): RankInterval {
  if (n === 0) return { lower: 0, upper: 1 };
  const { from, masses } = binomial(n, share);
  let below = 0;
  let lower = 0;
  let upper = n + 1;
  for (const [i, mass] of masses.entries()) {
    // P(X ≤ lower − 1) ≤ 2.5 % and P(X ≤ upper − 1) ≥ 97.5 %
    if (below <= 0.025) lower = from + i;
    below += mass;
    if (below >= 0.975) {
      upper = from + i + 1;
      break;
    }
  }
  return { lower, upper };
}

/** Samples without which the interval of the `share`-quantile has no upper end: 72 for p95, 368 for p99. */
export function minimumSamples(share: number): number {
  return Math.ceil(Math.log(0.025) / Math.log(share));
}

/** Wilson's 95 % interval of a share of `failed` in `n`. */
export function wilson(failed: number, n: number): { readonly lower: number; readonly upper: number } {
  if (n === 0) return { lower: 0, upper: 1 };
  const share = failed / n;
  const z2 = Z95 * Z95;
  const middle = (failed + z2 / 2) / (n + z2);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { lower: failed === 0 ? 0 : Math.max(0, middle - half), upper: failed === n ? 1 : Math.min(1, middle + half) };
}

/** Probabilities of Binomial(n, p) where they are not negligible, grown from the mode outwards so that nothing underflows. */
function binomial(n: number, p: number): { readonly from: number; readonly masses: Float64Array } {
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const down: number[] = [];
  for (let k = mode, mass = 1; k > 0; k--) {
    mass *= k / ((n - k + 1) * odds);
    if (mass < 1e-18) break;
    down.push(mass);
  }
  const up: number[] = [];
  for (let k = mode, mass = 1; k < n; k++) {
    mass *= ((n - k) / (k + 1)) * odds;
    if (mass < 1e-18) break;
    up.push(mass);
  }
  const masses = Float64Array.from([...down.reverse(), 1, ...up]);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return { from: mode - down.length, masses: masses.map((mass) => mass / total) };
}

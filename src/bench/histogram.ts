import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from "hdr-histogram-js";

const MICROSECONDS = 1000;
const HIGHEST_US = 3_600_000_000;

/** Latencies in constant memory: microseconds in an HDR histogram of three digits, extremes and sum exact. */
export class LatencyHistogram {
  readonly #counts: Histogram;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = 0;
  #sumMs = 0;

  private constructor(counts: Histogram) {
    this.#counts = counts;
  }

  static create(): LatencyHistogram {
    return new LatencyHistogram(empty());
  }

  get count(): number {
    return this.#counts.totalCount;
  }
  get minMs(): number {
    return this.count === 0 ? 0 : this.#minMs;
  }
  get maxMs(): number {
    return this.#maxMs;
  }
  get meanMs(): number {
    return this.count === 0 ? 0 : this.#sumMs / this.count;
  }

  record(ms: number): void {
    this.#counts.recordValue(Math.min(HIGHEST_US, Math.max(1, Math.round(ms * MICROSECONDS))));
    this.#minMs = Math.min(this.#minMs, ms);
    this.#maxMs = Math.max(this.#maxMs, ms);
    this.#sumMs += ms;
  }

  /** The smallest recorded latency that `share` (0 to 1) of all do not exceed; 0 without any. */
  quantileMs(share: number): number {
    return this.rankMs(Math.ceil(share * this.count - 1e-9));
  }

  /** The latency at `rank` in ascending order, from 1 to `count`, to three digits. */
  rankMs(rank: number): number {
    if (this.count === 0) return 0;
    const inside = Math.min(this.count, Math.max(1, rank));
    // Half a rank lower, so that rounding in the library cannot step over a sample.
    const us = this.#counts.getValueAtPercentile(((inside - 0.5) / this.count) * 100);
    return Math.min(this.#maxMs, Math.max(this.minMs, us / MICROSECONDS));
  }

  reset(): void {
    this.#counts.reset();
    this.#minMs = Number.POSITIVE_INFINITY;
    this.#maxMs = 0;
    this.#sumMs = 0;
  }

  /** HdrHistogram's own compressed form (V2, base64), which its other ports read and merge too. */
  encode(): string {
    return encodeIntoCompressedBase64(this.#counts);
  }

  /** What `encode` wrote; extremes and mean are then of three digits too. Throws on text that is none. */
  static decode(encoded: string): LatencyHistogram {
    const counts = decodeFromCompressedBase64(encoded, 32, false);
    const histogram = new LatencyHistogram(counts);
    if (counts.totalCount > 0) {
      histogram.#minMs = counts.minNonZeroValue / MICROSECONDS;
      histogram.#maxMs = counts.maxValue / MICROSECONDS;
      histogram.#sumMs = (counts.mean * counts.totalCount) / MICROSECONDS;
    }
    return histogram;
  }
}

function empty(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

/** When the k-th request of an open model is due, in milliseconds since the start of the run; k from 0 to `count` - 1. */
export interface ArrivalSchedule {
  readonly count: number;
  /** The first whose results count; those before it warm up. */
  readonly firstMeasured: number;
  dueMs(k: number): number;
}

/**
 * A constant rate from the start of the warm-up to the end. Every due time comes from its index alone, so that nothing adds up over
 * hours.
 */
export function arrivalSchedule(ratePerSecond: number, times: { readonly warmupMs: number; readonly durationMs: number }): ArrivalSchedule {
  const firstAtOrAfter = (ms: number) => Math.ceil((ms * ratePerSecond) / 1000 - 1e-9);
  return {
    count: firstAtOrAfter(times.warmupMs + times.durationMs),
    firstMeasured: firstAtOrAfter(times.warmupMs),
    dueMs: (k) => (k * 1000) / ratePerSecond,
  };
}

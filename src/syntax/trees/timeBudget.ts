export interface Clock {
  readonly wallMs: () => number;
  /** What all threads of this process have had of the processors: Node 20 does not tell one of them. */
  readonly processorMs: () => number;
}

export const SYSTEM_CLOCK: Clock = {
  wallMs: () => performance.now(),
  processorMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};

/**
 * Whether work has had its time, counted from the first question. It has had so much of the processor at most as the clock on the wall
 * shows, and as all threads together: on a machine that is busy with other things, or asleep, it has had less. The processor's clock is
 * a call of the system, 15 µs, and most work is done before anybody asks.
 */
export function timeBudget(budgetMs: number, { wallMs, processorMs }: Clock): () => boolean {
  let deadlines: { readonly wall: number; readonly processor: number } | undefined;
  return () => {
    deadlines ??= { wall: wallMs() + budgetMs, processor: processorMs() + budgetMs };
    return wallMs() > deadlines.wall && processorMs() > deadlines.processor;
  };
}

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
 * Whether work that begins now has had its time. It has had so much of the processor at most as the clock on the wall shows, and as all
 * threads together: on a machine that is busy with other things, or asleep, it has had less.
 */
export function timeBudget(budgetMs: number, { wallMs, processorMs }: Clock): () => boolean {
  const deadline = wallMs() + budgetMs;
  const processorDeadline = processorMs() + budgetMs;
  return () => wallMs() > deadline && processorMs() > processorDeadline;
}

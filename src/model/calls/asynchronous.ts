/** Annotations whose methods run on a thread of their own: Spring's, those of Jakarta's enterprise beans and of MicroProfile. */
export const RUNS_APART = ["Async", "Asynchronous"] as const;

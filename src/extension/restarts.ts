/** A server that ends more often than this within so many milliseconds is left alone. */
const MOST = 5;
const WITHIN_MS = 180_000;

/** Counts the ends of a server, and says how long it is worth another start. */
export class Restarts {
  readonly #now: () => number;
  readonly #ends: number[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Notes an end; what is wrong when it was one too many. */
  ended(): string | undefined {
    const now = this.#now();
    while (this.#ends.length > 0 && now - (this.#ends[0] as number) > WITHIN_MS) this.#ends.shift();
    this.#ends.push(now);
    return this.#ends.length <= MOST ? undefined : `the server ended ${this.#ends.length} times in ${WITHIN_MS / 60_000} minutes`;
  }

  /** A person has started the server: it has all its chances again. */
  startAnew(): void {
    this.#ends.length = 0;
  }
}

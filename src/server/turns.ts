/** Lets requests and cancellations in between long work. */
export class Turns {
  readonly #turnMs: number;
  #since = performance.now();

  constructor(turnMs = 8) {
    this.#turnMs = turnMs;
  }

  async yieldWhenDue(): Promise<void> {
    if (performance.now() - this.#since < this.#turnMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}

const TURN_MS = 8;

/** Lets requests and cancellations in between long work. */
export class Turns {
  #since = performance.now();

  async yieldWhenDue(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}

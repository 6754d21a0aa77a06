import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { performance } from "node:perf_hooks";

const SENT = "undici:client:sendHeaders";
const ANSWERED = "undici:request:trailers";

interface Told {
  readonly request: object;
}

/**
 * What each exchange of this process took on its socket, as undici tells everybody who listens: a second observer of the very
 * requests that the engine counts, so that whatever the machine does to one it does to both.
 */
export class Wire {
  readonly #sentMs = new Map<object, number>();
  readonly #tookMs = new Map<object, number>();

  static async watch<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly wire: Wire }> {
    const wire = new Wire();
    subscribe(SENT, wire.#sent);
    subscribe(ANSWERED, wire.#answered);
    try {
      return { result: await work(), wire };
    } finally {
      unsubscribe(SENT, wire.#sent);
      unsubscribe(ANSWERED, wire.#answered);
    }
  }

  /** The smallest time in ms that `share` (0 to 1) of the last `count` requests did not exceed; the order is that of sending. */
  quantileOfLast(count: number, share: number): number {
    const took = [...this.#sentMs.keys()].slice(-count).map((request) => this.#tookMs.get(request) ?? Number.NaN);
    return took.sort((a, b) => a - b)[Math.ceil(count * share) - 1] ?? Number.NaN;
  }

  readonly #sent = (told: unknown) => {
    this.#sentMs.set((told as Told).request, performance.now());
  };

  readonly #answered = (told: unknown) => {
    const { request } = told as Told;
    this.#tookMs.set(request, performance.now() - (this.#sentMs.get(request) ?? Number.NaN));
  };
}

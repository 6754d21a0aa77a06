/** What is asked of a client of the server. */
export interface Startable {
  /** Starts nothing where the server runs. Rejects where it does not start. */
  start(): Promise<void>;
  /** Ends the server, too. Rejects where there is none to end, or one that is just starting. */
  dispose(): Promise<void>;
}

/**
 * Keeps the client of now. A start is one of a new client: that of a server which died while it started can never be started again.
 */
export class Clients<T extends Startable> {
  readonly #make: () => T;
  #current: T | undefined;
  #started: Promise<void> = Promise.resolve();
  #recovery: Promise<void> | undefined;

  constructor(make: () => T) {
    this.#make = make;
  }

  /** Undefined before the first start, and after a stop. */
  get current(): T | undefined {
    return this.#current;
  }

  /** The client of now, or another where its server cannot be had. Rejects where no server starts. */
  async running(): Promise<T> {
    const client = this.#current;
    try {
      await this.#started;
      await client?.start();
      if (client !== undefined && client === this.#current) return client;
    } catch {
      // Another client is asked below.
    }
    await (this.#recovery ??= this.start().finally(() => {
      this.#recovery = undefined;
    }));
    return this.#current as T;
  }

  /** Ends the server of now and starts another. Rejects where that does not start. */
  start(): Promise<void> {
    return this.#replace(this.#make());
  }

  async stop(): Promise<void> {
    await this.#replace(undefined);
  }

  /** One after the other: what is just starting cannot be ended. */
  #replace(client: T | undefined): Promise<void> {
    const [old, before] = [this.#current, this.#started];
    this.#current = client;
    this.#started = (async () => {
      await before.catch(() => {});
      await old?.dispose().catch(() => {});
      await client?.start();
    })();
    return this.#started;
  }
}

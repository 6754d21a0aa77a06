/**
 * What a (file, rule) pair has asked the model. Every query of the model notes a key for what it looked at, also when it found
 * nothing; after an update exactly the pairs that noted a changed key run again.
 *
 * Keys are `topic:name`, for example `type:Owner`, `effects:a.b.C#m/1`, `table:tickets`, `config:spring.jpa.open-in-view`.
 */
export class ReadLog {
  #open: Set<string> | undefined;
  #closed = false;

  note(key: string): void {
    this.#open?.add(key);
  }

  /** Stands for the collection that is under way: what was learned in one of them must not be used unnoted in another. */
  get collection(): unknown {
    return this.#open;
  }

  /** Whether a note would be kept: what asks a million times need not even make the key. */
  get isListening(): boolean {
    return this.#open !== undefined;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** For a workspace that never changes: from now on nothing is noted, which saves a third of the memory of a check. */
  close(): void {
    this.#closed = true;
  }

  /** Collects the keys that are noted while `work` runs. */
  during(work: () => void): ReadonlySet<string> {
    if (this.#closed) {
      work();
      return NOTHING;
    }
    const outer = this.#open;
    const keys = new Set<string>();
    this.#open = keys;
    try {
      work();
    } finally {
      this.#open = outer;
    }
    return keys;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

import type { ReadLog } from "./readLog.ts";

/**
 * Answers that are worked out when they are first asked for and kept until a key that they read has changed. Asking notes
 * `topic:name`, and only that: what the answer itself was made of stays its own affair.
 *
 * Answers are plain data: two are the same when their JSON is.
 */
export class Answers<V> {
  readonly #reads: ReadLog;
  readonly #topic: string;
  readonly #workOut: (name: string) => V;
  readonly #kept = new Map<string, Kept<V>>();

  constructor(reads: ReadLog, topic: string, workOut: (name: string) => V) {
    this.#reads = reads;
    this.#topic = topic;
    this.#workOut = workOut;
  }

  get(name: string): V {
    if (this.#reads.isListening) this.#reads.note(`${this.#topic}:${name}`);
    let kept = this.#kept.get(name);
    if (kept === undefined) this.#kept.set(name, (kept = this.#make(name)));
    return kept.value;
  }

  /** Works out again what has read one of the changed keys, and names the answers that came out different. */
  refresh(changed: ReadonlySet<string>): readonly string[] {
    const different: string[] = [];
    for (const [name, kept] of this.#kept) {
      if (!intersects(kept.read, changed)) continue;
      const next = this.#make(name);
      this.#kept.set(name, next);
      if (JSON.stringify(kept.value) !== JSON.stringify(next.value)) different.push(`${this.#topic}:${name}`);
    }
    return different;
  }

  #make(name: string): Kept<V> {
    let value: { readonly of: V } | undefined;
    const read = this.#reads.during(() => {
      value = { of: this.#workOut(name) };
    });
    return { value: (value as { readonly of: V } | undefined as { readonly of: V }).of, read };
  }
}

interface Kept<V> {
  readonly value: V;
  readonly read: ReadonlySet<string>;
}

function intersects(read: ReadonlySet<string>, changed: ReadonlySet<string>): boolean {
  const [few, many] = read.size < changed.size ? [read, changed] : [changed, read];
  for (const key of few) if (many.has(key)) return true;
  return false;
}

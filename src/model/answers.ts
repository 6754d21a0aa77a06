import { Readers } from "./readers.ts";
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
  readonly #readers = new Readers();

  constructor(reads: ReadLog, topic: string, workOut: (name: string) => V) {
    this.#reads = reads;
    this.#topic = topic;
    this.#workOut = workOut;
  }

  get(name: string): V {
    if (this.#reads.isListening) this.#reads.note(`${this.#topic}:${name}`);
    return (this.#kept.get(name) ?? this.#make(name)).value;
  }

  /** Works out again what has read one of the changed keys, and names the answers that came out different. */
  refresh(changed: ReadonlySet<string>): readonly string[] {
    const different: string[] = [];
    // In the order in which they were first asked for: an answer may ask others of its kind, which are then up to date.
    const stale = [...this.#readers.of(changed)].map((name) => [name, this.#kept.get(name) as Kept<V>] as const);
    for (const [name, { value, place }] of stale.sort(([, a], [, b]) => a.place - b.place)) {
      this.#readers.forget(name);
      const next = this.#make(name, place);
      if (JSON.stringify(value) !== JSON.stringify(next.value)) different.push(`${this.#topic}:${name}`);
    }
    return different;
  }

  #make(name: string, place?: number): Kept<V> {
    let value: { readonly of: V } | undefined;
    const read = this.#reads.during(() => {
      value = { of: this.#workOut(name) };
    });
    const kept = { value: (value as { readonly of: V } | undefined as { readonly of: V }).of, place: place ?? this.#kept.size };
    this.#kept.set(name, kept);
    this.#readers.add(name, read);
    return kept;
  }
}

/**
 * An answer for each file, asked for together under the one key `topic:all`: after a change those are worked out again whose files, or what
 * they have read, are others.
 */
export class FileAnswers<V> {
  readonly #reads: ReadLog;
  readonly #key: string;
  readonly #answers: Answers<V>;
  readonly #files: () => Iterable<string>;
  #all: readonly V[] | undefined;

  constructor(reads: ReadLog, topic: string, files: () => Iterable<string>, workOut: (file: string) => V) {
    this.#reads = reads;
    this.#key = `${topic}:all`;
    this.#answers = new Answers(reads, topic, workOut);
    this.#files = files;
  }

  /** In the order of the files' names. */
  all(): readonly V[] {
    this.#reads.note(this.#key);
    if (this.#all === undefined)
      this.#reads.during(() => {
        this.#all = [...this.#files()].sort().map((file) => this.#answers.get(file));
      });
    return this.#all as readonly V[];
  }

  /** `others` tells that there are other files than before. Answers with the key, where anything is another. */
  refresh(changed: ReadonlySet<string>, others: boolean): readonly string[] {
    if (this.#answers.refresh(changed).length === 0 && !others) return [];
    this.#all = undefined;
    return [this.#key];
  }
}

interface Kept<V> {
  readonly value: V;
  /** How many were there before it. */
  readonly place: number;
}

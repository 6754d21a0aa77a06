/** Who has read which keys of a ReadLog, both ways: a change of few keys then costs what they concern, not all that is kept. */
export class Readers {
  readonly #keysOf = new Map<string, readonly string[]>();
  /** Most keys have one reader: it stands for itself, without a set around it. */
  readonly #byKey = new Map<string, string | Set<string>>();

  /** Adds to what a reader has read. */
  add(reader: string, keys: ReadonlySet<string>): void {
    if (keys.size === 0) return;
    const before = this.#keysOf.get(reader);
    this.#keysOf.set(reader, before === undefined ? [...keys] : [...new Set([...before, ...keys])]);
    for (const key of keys) {
      const known = this.#byKey.get(key);
      if (known === undefined) this.#byKey.set(key, reader);
      else if (typeof known !== "string") known.add(reader);
      else if (known !== reader) this.#byKey.set(key, new Set([known, reader]));
    }
  }

  forget(reader: string): void {
    for (const key of this.#keysOf.get(reader) ?? []) {
      const known = this.#byKey.get(key);
      if (known === reader || (typeof known === "object" && known.delete(reader) && known.size === 0)) this.#byKey.delete(key);
    }
    this.#keysOf.delete(reader);
  }

  /** Everybody who has read one of the keys. */
  of(keys: Iterable<string>): Set<string> {
    const found = new Set<string>();
    for (const key of keys) {
      const known = this.#byKey.get(key);
      if (typeof known === "string") found.add(known);
      else if (known !== undefined) for (const reader of known) found.add(reader);
    }
    return found;
  }
}

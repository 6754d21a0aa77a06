/**
 * What the calls of each file say of one concern, as a text that tells two answers apart. A file is read again when its calls have
 * changed (`calls:<file>`).
 */
export class CallsByFile {
  readonly #read: (file: string) => string;
  readonly #byFile = new Map<string, string>();

  /** `read` answers with "" for a file that says nothing. */
  constructor(read: (file: string) => string) {
    this.#read = read;
  }

  /** Takes in the files whose calls have changed; whether any answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    let different = false;
    for (const key of changed) {
      if (!key.startsWith(KEY)) continue;
      const file = key.slice(KEY.length);
      const said = this.#read(file);
      if ((this.#byFile.get(file) ?? "") === said) continue;
      different = true;
      if (said === "") this.#byFile.delete(file);
      else this.#byFile.set(file, said);
    }
    return different;
  }

  has(file: string): boolean {
    return this.#byFile.has(file);
  }

  entries(): Iterable<readonly [string, string]> {
    return this.#byFile;
  }
}

/** The same of all files together, by something else than the file: gathered when it is first asked for after a change. */
export class GatheredCalls<T> {
  readonly #files: CallsByFile;
  readonly #gather: (said: Iterable<string>) => T;
  #all: { readonly of: T } | undefined;

  constructor(read: (file: string) => string, gather: (said: Iterable<string>) => T) {
    this.#files = new CallsByFile(read);
    this.#gather = gather;
  }

  update(changed: ReadonlySet<string>): boolean {
    const different = this.#files.update(changed);
    if (different) this.#all = undefined;
    return different;
  }

  get all(): T {
    this.#all ??= { of: this.#gather([...this.#files.entries()].map(([, said]) => said)) };
    return this.#all.of;
  }
}

const KEY = "calls:";

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

const KEY = "calls:";

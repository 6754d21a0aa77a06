/**
 * Code lowered from a grammar's nodes to a small fixed set of expressions and statements, packed into one array a file: a check
 * holds the code of thousands of files at once, and plain objects would take ten times the room. Each language has its own kinds.
 *
 * A node takes WORDS words: kind | role << 8 | flags << 16; start; end; index behind its subtree; text; type; name start.
 * Text and type are indices into `strings`, plus one; 0 for none.
 */
export interface PackedCode {
  readonly words: Uint32Array;
  readonly strings: readonly string[];
  /** A filter over `strings` (see mayHold): most questions for a name are answered without a search. */
  readonly sketch: Uint32Array;
}

export const WORDS = 7;

/** A power of two. */
const SKETCH_BITS = 2048;

export const NO_CODE: PackedCode = { words: new Uint32Array(0), strings: [], sketch: new Uint32Array(SKETCH_BITS / 32) };

/** The bit of a text: of its length and five of its characters, which tells identifiers apart well enough. */
function sketchBit(text: string): number {
  const n = text.length;
  if (n === 0) return 0;
  const outer = text.charCodeAt(0) * 31 + text.charCodeAt(n - 1) * 131 + (n < 2 ? 0 : text.charCodeAt(n - 2) * 67);
  return (n * 7 + outer + text.charCodeAt(n >> 1) * 521 + text.charCodeAt(n >> 2) * 1031) & (SKETCH_BITS - 1);
}

/** False where a text is not among the strings of a file; true where it may be. */
export function mayHold({ sketch }: PackedCode, text: string): boolean {
  const bit = sketchBit(text);
  return (((sketch[bit >> 5] as number) >>> (bit & 31)) & 1) === 1;
}

/** Whether a subtree holds a node of one of these kinds, which each language numbers for itself. */
export function holdsKindNumber({ words }: PackedCode, index: number, wanted: readonly number[]): boolean {
  if (index < 0) return false;
  const end = (words[index * WORDS + 3] as number) * WORDS;
  for (let at = index * WORDS; at < end; at += WORDS) if (wanted.includes((words[at] as number) & 0xff)) return true;
  return false;
}

/** Packs nodes in pre-order: `open`, its children, `close`. */
export class CodePacker {
  #words = new Uint32Array(4096);
  #size = 0;
  readonly #strings: string[] = [];
  readonly #sketch = new Uint32Array(SKETCH_BITS / 32);
  readonly #indices = new Map<string, number>();

  get size(): number {
    return this.#size;
  }

  open(kind: number, role: number, start: number, end: number): number {
    const index = this.#size++;
    const at = index * WORDS;
    if (at + WORDS > this.#words.length) {
      const wider = new Uint32Array(this.#words.length * 2);
      wider.set(this.#words);
      this.#words = wider;
    }
    const words = this.#words;
    words[at] = kind | (role << 8);
    words[at + 1] = start;
    words[at + 2] = end;
    words[at + 3] = this.#size;
    words[at + 4] = 0;
    words[at + 5] = 0;
    words[at + 6] = start;
    return index;
  }

  close(index: number): void {
    this.#words[index * WORDS + 3] = this.#size;
  }

  text(index: number, text: string, nameStart?: number): void {
    this.#words[index * WORDS + 4] = this.intern(text) + 1;
    if (nameStart !== undefined) this.#words[index * WORDS + 6] = nameStart;
  }

  type(index: number, type: string): void {
    this.#words[index * WORDS + 5] = this.intern(type) + 1;
  }

  /** Sets a flag: a bit among the low 16. */
  flag(index: number, flag: number): void {
    this.#words[index * WORDS] = (this.#words[index * WORDS] as number) | (flag << 16);
  }

  markStatement(index: number): void {
    this.flag(index, 1);
  }

  intern(text: string): number {
    let index = this.#indices.get(text);
    if (index === undefined) {
      index = this.#strings.length;
      const own = detached(text);
      this.#strings.push(own);
      this.#indices.set(own, index);
      const bit = sketchBit(own);
      this.#sketch[bit >> 5] = (this.#sketch[bit >> 5] as number) | (1 << (bit & 31));
    }
    return index;
  }

  /** The one copy of a text that this file's facts share. */
  interned(text: string): string {
    return this.#strings[this.intern(text)] as string;
  }

  done(): PackedCode {
    return { words: this.#words.slice(0, this.#size * WORDS), strings: this.#strings.slice(), sketch: this.#sketch };
  }
}

/** Names that many files have are held once: what the first files of a workspace import, annotate and call, nearly all others do. */
const SHARED = new Map<string, string>();
const MOST_SHARED = 16_384;
const LONGEST_SHARED = 100;

/** A copy that does not keep the source text alive: V8 makes slices of 13 units and more views of their parent. */
export function detached(text: string): string {
  const shared = SHARED.get(text);
  if (shared !== undefined) return shared;
  const own = text.length < 13 ? text : Buffer.from(text, "utf16le").toString("utf16le");
  if (SHARED.size < MOST_SHARED && own.length <= LONGEST_SHARED) SHARED.set(own, own);
  return own;
}

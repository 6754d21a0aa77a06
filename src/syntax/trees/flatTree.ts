import type { Language, Tree, TreeCursor } from "web-tree-sitter";

/**
 * The named nodes of one parsed file, in pre-order, as parallel arrays.
 *
 * A tree-sitter tree lives in WASM memory and every step of its cursor crosses the border; the walk costs more than the
 * parse. A flat tree is taken out in one go, the tree is freed, and everything after it is plain JavaScript.
 */
export interface FlatTree {
  readonly text: string;
  readonly language: GrammarNames;
  readonly size: number;
  /** Node kind, an index into `language.kinds`; `ERROR_KIND` for what could not be parsed. */
  readonly kind: Uint16Array;
  /** The field under which the parent holds the node, an index into `language.fields`; 0 for none. */
  readonly field: Uint8Array;
  /** UTF-16 offsets. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** The index of the first node behind this node's subtree: `i + 1 < next[i]` means that it has children. */
  readonly next: Uint32Array;
  /** UTF-16 ranges that did not parse, and places where a token is missing. */
  readonly errors: readonly { readonly start: number; readonly end: number }[];
}

export interface GrammarNames {
  readonly kinds: readonly (string | undefined)[];
  readonly fields: readonly (string | null)[];
  kindOf(name: string): number;
  fieldOf(name: string): number;
}

export const ERROR_KIND = 0xffff;

/** Takes a tree apart. The tree stays the caller's to delete. */
export type Flatten = (tree: Tree, text: string) => FlatTree;

export function grammarNames(language: Language): GrammarNames {
  const kinds = new Map<string, number>();
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.types[id];
    if (name !== undefined && language.nodeTypeIsNamed(id) && !kinds.has(name)) kinds.set(name, id);
  }
  const fields = new Map(language.fields.map((name, id) => [name, id]));
  const known = (table: Map<string | null, number>, what: string) => (name: string) => {
    const id = table.get(name);
    if (id === undefined) throw new Error(`The grammar has no ${what} "${name}"`);
    return id;
  };
  return { kinds: language.types, fields: language.fields, kindOf: known(kinds, "node"), fieldOf: known(fields, "field") };
}

/** Growable arrays that one flattening fills and the next one uses again. */
export class FlatBuffer {
  kind = new Uint16Array(1 << 15);
  field = new Uint8Array(1 << 15);
  start = new Uint32Array(1 << 15);
  end = new Uint32Array(1 << 15);
  next = new Uint32Array(1 << 15);
  size = 0;

  add(kind: number, field: number, start: number, end: number): number {
    const at = this.size++;
    if (at === this.kind.length) this.grow();
    this.kind[at] = kind;
    this.field[at] = field;
    this.start[at] = start;
    this.end[at] = end;
    return at;
  }

  /** The arrays are views of this buffer: they are good until the next `reset`. */
  view(text: string, language: GrammarNames, errors: FlatTree["errors"]): FlatTree {
    const n = this.size;
    return {
      text,
      language,
      errors,
      size: n,
      kind: this.kind.subarray(0, n),
      field: this.field.subarray(0, n),
      start: this.start.subarray(0, n),
      end: this.end.subarray(0, n),
      next: this.next.subarray(0, n),
    };
  }

  private grow(): void {
    const to = this.kind.length * 2;
    const wider = <T extends Uint8Array | Uint16Array | Uint32Array>(from: T, into: T): T => {
      into.set(from);
      return into;
    };
    this.kind = wider(this.kind, new Uint16Array(to));
    this.field = wider(this.field, new Uint8Array(to));
    this.start = wider(this.start, new Uint32Array(to));
    this.end = wider(this.end, new Uint32Array(to));
    this.next = wider(this.next, new Uint32Array(to));
  }
}

/** The plain way, over the public cursor: the reference that the fast way is held against. */
export function flattenByCursor(language: GrammarNames): Flatten {
  const buffer = new FlatBuffer();
  return (tree, text) => {
    buffer.size = 0;
    const errors: { start: number; end: number }[] = [];
    const cursor = tree.walk();
    try {
      walkCursor(cursor, buffer, errors);
    } finally {
      cursor.delete();
    }
    return buffer.view(text, language, errors);
  };
}

function walkCursor(cursor: TreeCursor, out: FlatBuffer, errors: { start: number; end: number }[]): void {
  const open: number[] = [];
  for (;;) {
    const named = cursor.nodeIsNamed;
    const at = named ? out.add(cursor.nodeTypeId, cursor.currentFieldId, cursor.startIndex, cursor.endIndex) : -1;
    if (cursor.nodeTypeId === ERROR_KIND || cursor.nodeIsMissing) errors.push({ start: cursor.startIndex, end: cursor.endIndex });
    open.push(at);
    if (cursor.gotoFirstChild()) continue;
    for (;;) {
      const closed = open.pop();
      if (closed !== undefined && closed >= 0) out.next[closed] = out.size;
      if (cursor.gotoNextSibling()) break;
      if (!cursor.gotoParent()) return;
    }
  }
}

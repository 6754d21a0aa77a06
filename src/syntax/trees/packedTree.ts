import type { FlatTree, GrammarNames } from "./flatTree.ts";
import type { GrammarId, ParseTimeout, Syntax } from "./runtime.ts";

/** A flat tree in one piece of memory, to be handed from thread to thread without a copy. */
export interface PackedTree {
  /** `start`, `end` and `next` (32 bits each), then `kind` (16) and `field` (8), `size` of each. */
  readonly memory: ArrayBuffer;
  readonly size: number;
  readonly errors: FlatTree["errors"];
}

export function packTree({ size, start, end, next, kind, field, errors }: FlatTree): PackedTree {
  const memory = new ArrayBuffer(size * BYTES_A_NODE);
  const into = arraysIn(memory, size);
  into.start.set(start);
  into.end.set(end);
  into.next.set(next);
  into.kind.set(kind);
  into.field.set(field);
  return { memory, size, errors };
}

/** `names` are those of the grammar that the text was parsed with. */
export function openTree({ memory, size, errors }: PackedTree, text: string, names: GrammarNames): FlatTree {
  return { text, language: names, size, errors, ...arraysIn(memory, size) };
}

const BYTES_A_NODE = 15;

function arraysIn(memory: ArrayBuffer, n: number): Pick<FlatTree, "start" | "end" | "next" | "kind" | "field"> {
  return {
    start: new Uint32Array(memory, 0, n),
    end: new Uint32Array(memory, n * 4, n),
    next: new Uint32Array(memory, n * 8, n),
    kind: new Uint16Array(memory, n * 12, n),
    field: new Uint8Array(memory, n * 14, n),
  };
}

/** Answers for one text with what was made of it elsewhere, and parses any other. */
export class ParsedAhead implements Syntax {
  readonly #text: string;
  readonly #parsed: PackedTree | ParseTimeout;
  readonly #syntax: Syntax;

  constructor(text: string, parsed: PackedTree | ParseTimeout, syntax: Syntax) {
    this.#text = text;
    this.#parsed = parsed;
    this.#syntax = syntax;
  }

  load(id: GrammarId): Promise<void> {
    return this.#syntax.load(id);
  }

  names(id: GrammarId): GrammarNames {
    return this.#syntax.names(id);
  }

  parse(id: GrammarId, text: string, budgetMs?: number): FlatTree | ParseTimeout {
    if (text !== this.#text) return this.#syntax.parse(id, text, budgetMs);
    return "timedOut" in this.#parsed ? this.#parsed : openTree(this.#parsed, text, this.names(id));
  }
}

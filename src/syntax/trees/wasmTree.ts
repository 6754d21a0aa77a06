import type { Language, Tree } from "web-tree-sitter";
import { ERROR_KIND, FlatBuffer, type Flatten, type GrammarNames } from "./flatTree.ts";

/**
 * Reads tree-sitter's subtrees directly from WASM memory.
 *
 * Layouts: tree-sitter 0.25–0.27, `lib/src/subtree.h` (SubtreeInlineData, SubtreeHeapData), `lib/src/tree.h` (TSTree) and
 * `lib/src/parser.h` (TSLanguage, ABI 14 and 15), compiled for wasm32. The caller compares the result with the cursor's on a
 * probe before using it, so that a runtime with other layouts costs speed and never a wrong tree.
 */
export function flattenFromMemory(language: Language, names: GrammarNames, memory: WasmMemory): Flatten {
  const buffer = new FlatBuffer();
  const grammar = grammarTables(addressOf(language), memory);
  return (tree, text) => {
    buffer.size = 0;
    const errors: { start: number; end: number }[] = [];
    walk(addressOf(tree), memory, grammar, buffer, errors);
    return buffer.view(text, names, errors);
  };
}

/** The emscripten module object that `Parser.init` was given; its views are replaced when the memory grows. */
export interface WasmMemory {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAPU32: Uint32Array;
}

function addressOf(handle: Language | Tree): number {
  return (handle as unknown as { readonly 0: number })[0];
}

interface GrammarTables {
  /** Three bytes a symbol: visible, named, supertype. */
  readonly metadata: Uint8Array;
  readonly publicSymbol: Uint16Array;
  readonly aliasWidth: number;
  readonly aliases: Uint16Array;
  /** By production: the field of each direct child, by structural index. */
  readonly fields: readonly (Uint8Array | undefined)[];
}

function grammarTables(at: number, memory: WasmMemory): GrammarTables {
  const { HEAPU8, HEAPU16, HEAPU32 } = memory;
  const word = (offset: number) => HEAPU32[(at + offset) >> 2] as number;
  const symbols = word(4) + word(8);
  const productions = word(28);
  const aliasWidth = HEAPU16[(at + 36) >> 1] as number;
  const metadata = HEAPU8.slice(word(72), word(72) + symbols * 3);
  const publicSymbol = HEAPU16.slice(word(76) >> 1, (word(76) >> 1) + symbols);
  const aliases = HEAPU16.slice(word(84) >> 1, (word(84) >> 1) + productions * aliasWidth);
  const fields: (Uint8Array | undefined)[] = [];
  for (let production = 0; production < productions; production++) {
    const slice = (word(64) >> 1) + production * 2;
    const first = HEAPU16[slice] as number;
    const count = HEAPU16[slice + 1] as number;
    if (count === 0) {
      fields.push(undefined);
      continue;
    }
    const direct = new Uint8Array(256);
    for (let i = count - 1; i >= 0; i--) {
      const entry = word(68) + (first + i) * 4;
      const inherited = HEAPU8[entry + 3] as number;
      if (inherited === 0) direct[HEAPU8[entry + 2] as number] = HEAPU16[entry >> 1] as number;
    }
    fields.push(direct);
  }
  return { metadata, publicSymbol, aliasWidth, aliases, fields };
}

/** One open subtree whose children are being read. */
interface Frame {
  child: number;
  last: number;
  structural: number;
  position: number;
  first: boolean;
  production: number;
  /** The field that an invisible subtree hands down to the nodes in it. */
  handed: number;
  /** The index of the node, or -1 when it is anonymous or invisible. */
  node: number;
}

function walk(tree: number, memory: WasmMemory, grammar: GrammarTables, out: FlatBuffer, errors: { start: number; end: number }[]): void {
  const { HEAPU8, HEAPU16, HEAPU32 } = memory;
  const { metadata, publicSymbol, aliases, aliasWidth, fields } = grammar;
  const frames: Frame[] = [];
  let depth = -1;

  const visit = (subtree: number, position: number, alias: number, field: number, parentVisible: boolean): void => {
    const word = HEAPU32[subtree >> 2] as number;
    let visible: boolean;
    let named: boolean;
    let missing: boolean;
    let symbol: number;
    let size: number;
    let children = 0;
    let heap = 0;
    if (word & 1) {
      visible = (word & 2) !== 0;
      named = (word & 4) !== 0;
      missing = (word & 32) !== 0;
      symbol = (word >>> 8) & 0xff;
      size = HEAPU8[subtree + 7] as number;
    } else {
      heap = word;
      const flags = HEAPU16[(heap + 44) >> 1] as number;
      visible = (flags & 1) !== 0;
      named = (flags & 2) !== 0;
      missing = (flags & 0x200) !== 0;
      symbol = HEAPU16[(heap + 40) >> 1] as number;
      size = HEAPU32[(heap + 16) >> 2] as number;
      children = HEAPU32[(heap + 36) >> 2] as number;
    }
    if (alias !== 0) {
      symbol = alias;
      visible = true;
      named = metadata[alias * 3 + 1] === 1;
    }
    const shown = visible || parentVisible;
    let node = -1;
    const start = position >>> 1;
    const end = (position + size) >>> 1;
    if (shown && named) node = out.add(symbol >= 0xfffe ? symbol : (publicSymbol[symbol] as number), field, start, end);
    if (shown && (symbol === ERROR_KIND || missing)) errors.push({ start, end });
    if (children === 0) {
      if (node >= 0) out.next[node] = out.size;
      return;
    }
    depth++;
    const frame = (frames[depth] ??= { child: 0, last: 0, structural: 0, position: 0, first: true, production: 0, handed: 0, node: 0 });
    frame.child = heap - children * 8;
    frame.last = heap;
    frame.structural = 0;
    frame.position = position;
    frame.first = true;
    frame.production = HEAPU16[(heap + 66) >> 1] as number;
    frame.handed = shown ? 0 : field;
    frame.node = node;
  };

  const root = HEAPU32[tree >> 2] as number;
  visit(tree, root & 1 ? (HEAPU8[tree + 6] as number) : (HEAPU32[(root + 4) >> 2] as number), 0, 0, true);
  while (depth >= 0) {
    const frame = frames[depth] as Frame;
    if (frame.child === frame.last) {
      if (frame.node >= 0) out.next[frame.node] = out.size;
      depth--;
      continue;
    }
    const subtree = frame.child;
    frame.child += 8;
    const word = HEAPU32[subtree >> 2] as number;
    let padding: number, size: number, extra: boolean;
    if (word & 1) {
      extra = (word & 8) !== 0;
      padding = HEAPU8[subtree + 6] as number;
      size = HEAPU8[subtree + 7] as number;
    } else {
      extra = ((HEAPU16[(word + 44) >> 1] as number) & 4) !== 0;
      padding = HEAPU32[(word + 4) >> 2] as number;
      size = HEAPU32[(word + 16) >> 2] as number;
    }
    if (frame.first) frame.first = false;
    else frame.position += padding;
    const position = frame.position;
    frame.position += size;
    if (extra) {
      visit(subtree, position, 0, 0, false);
      continue;
    }
    const structural = frame.structural++;
    const alias = frame.production ? (aliases[frame.production * aliasWidth + structural] as number) : 0;
    const field = (fields[frame.production]?.[structural] || frame.handed) as number;
    visit(subtree, position, alias, field, false);
  }
}

/**
 * Turns offsets of other coordinate systems into UTF-16 offsets: libpg-query speaks UTF-8 bytes in its trees and code points
 * in its errors. A text of ASCII needs no table.
 */
export class OffsetMap {
  readonly #utf16ByUtf8: Uint32Array | undefined;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#utf16ByUtf8 = isAscii(text) ? undefined : tableOf(text);
  }

  fromUtf8(byteOffset: number): number {
    const table = this.#utf16ByUtf8;
    if (table === undefined) return Math.min(byteOffset, this.#text.length);
    return table[Math.min(byteOffset, table.length - 1)] as number;
  }

  fromCodePoints(count: number): number {
    if (this.#utf16ByUtf8 === undefined) return Math.min(count, this.#text.length);
    let offset = 0;
    for (let i = 0; i < count && offset < this.#text.length; i++) offset += (this.#text.codePointAt(offset) as number) > 0xffff ? 2 : 1;
    return offset;
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function tableOf(text: string): Uint32Array {
  const table: number[] = [];
  for (let i = 0; i < text.length; ) {
    const point = text.codePointAt(i) as number;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (let b = 0; b < bytes; b++) table.push(i);
    i += point > 0xffff ? 2 : 1;
  }
  table.push(text.length);
  return Uint32Array.from(table);
}

/** Reads a file's bytes as text: UTF-8 with or without BOM, UTF-16 with BOM, else Latin-1 where UTF-8 does not decode. */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "latin1" } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16le" };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "utf-16be" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("latin1").decode(bytes), encoding: "latin1" };
  }
}

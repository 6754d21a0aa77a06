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

/** Every other character takes more bytes than units. */
const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

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

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1";

/** A file's text as editors show it: without its byte order mark. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
}

/** Reads a file's bytes as text: UTF-8 with or without BOM, UTF-16 with BOM, else Latin-1 where UTF-8 does not decode. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, "utf-16le", true);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, "utf-16be", true);
  try {
    return decoded(bytes, "utf-8", bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
  } catch {
    return decoded(bytes, "latin1", false);
  }
}

function decoded(bytes: Uint8Array, encoding: Encoding, byteOrderMark: boolean): DecodedText {
  const text = encoding === "latin1" ? decodeLatin1(bytes) : new TextDecoder(encoding, { fatal: encoding === "utf-8" }).decode(bytes);
  return { text, encoding, byteOrderMark };
}

/** The bytes of a text in the encoding that it was read in; undefined where that has no bytes for one of its characters. */
export function encodeText({ text, encoding, byteOrderMark }: DecodedText): Uint8Array | undefined {
  if (encoding === "latin1") return encodeLatin1(text);
  const marked = byteOrderMark ? `\ufeff${text}` : text;
  if (encoding === "utf-8") return new TextEncoder().encode(marked);
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), encoding === "utf-16le");
  return bytes;
}

/** By hand: what `TextDecoder` calls Latin-1 is windows-1252 in some versions of Node and Latin-1 in others. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}

function encodeLatin1(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 255) return undefined;
    bytes[i] = unit;
  }
  return bytes;
}

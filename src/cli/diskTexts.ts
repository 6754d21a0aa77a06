import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Sources } from "../rules/finding.ts";
import { type DecodedText, decodeText, encodeText } from "../text/encodings.ts";

/** The texts of a workspace on disk, read when first asked for. */
export class DiskTexts implements Sources {
  readonly #pathOf: (file: string) => string;
  readonly #read = new Map<string, DecodedText | undefined>();

  constructor(pathOf: (file: string) => string) {
    this.#pathOf = pathOf;
  }

  text(file: string): string | undefined {
    if (!this.#read.has(file)) this.#read.set(file, readText(this.#pathOf(file)));
    return this.#read.get(file)?.text;
  }

  /**
   * Replaces a file as a whole, in the encoding that it has, or creates it; answers why not. A file that is no longer as it
   * was read is left alone.
   */
  write(file: string, before: string | undefined, after: string): string | undefined {
    const path = this.#pathOf(file);
    const now = readText(path);
    if (now?.text !== before) return "it has changed meanwhile";
    const bytes = encodeText({ encoding: "utf-8", byteOrderMark: false, ...now, text: after });
    if (bytes === undefined) return "its encoding has no bytes for some of the new characters";
    try {
      replaceFile(path, bytes, now !== undefined);
      this.#read.delete(file);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

function readText(path: string): DecodedText | undefined {
  try {
    return decodeText(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Beside, then renamed over: nobody ever sees half a file. A link stays a link, permissions stay. */
function replaceFile(path: string, bytes: Uint8Array, exists: boolean): void {
  if (!exists) mkdirSync(dirname(path), { recursive: true });
  const target = exists ? realpathSync(path) : path;
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, bytes, { flag: "wx" });
    if (exists) chmodSync(temporary, statSync(target).mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

import { randomUUID } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Sources } from "../rules/finding.ts";
import { type DecodedText, decodeText, encodeText } from "../text/encodings.ts";
import { isInside } from "./targets.ts";

/** The texts of a workspace on disk, read when first asked for. */
export class DiskTexts implements Sources {
  readonly #pathOf: (file: string) => string;
  /** The folders that may be written in. */
  readonly #roots: readonly string[];
  readonly #read = new Map<string, DecodedText | undefined>();

  constructor(pathOf: (file: string) => string, roots: readonly string[]) {
    this.#pathOf = pathOf;
    this.#roots = roots.map(realPathOf);
  }

  text(file: string): string | undefined {
    if (!this.#read.has(file)) this.#read.set(file, readText(this.#pathOf(file)));
    return this.#read.get(file)?.text;
  }

  /** Whether nobody may write a file that is there: it would be replaced all the same, since that is its folder's to allow. */
  isReadOnly(file: string): boolean {
    try {
      return (statSync(this.#pathOf(file)).mode & 0o222) === 0;
    } catch {
      return false;
    }
  }

  /** Where a file lies to which a symbolic link leads out of the folders that may be written in: others may use it, too. */
  outside(file: string): string | undefined {
    const path = realPathOf(this.#pathOf(file));
    return this.#roots.some((root) => isInside(path, root)) ? undefined : path;
  }

  /** Why a file is not to be replaced or created: it is no longer as it was read, or cannot hold the text. */
  refuses(file: string, before: string | undefined, after: string): string | undefined {
    const path = this.#pathOf(file);
    const now = readText(path);
    if (now?.text !== before) return "it has changed meanwhile";
    if (now === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined) return "something else is there";
    if (this.outside(file) !== undefined) return "a symbolic link leads out of the project";
    if (this.isReadOnly(file)) return "it is read-only";
    return bytesOf(now, after) === undefined ? "its encoding has no bytes for some of the new characters" : undefined;
  }

  /**
   * Replaces a file as a whole, in the encoding that it has, or creates it; answers why not. A file that is no longer as it
   * was read is left alone.
   */
  write(file: string, before: string | undefined, after: string): string | undefined {
    const why = this.refuses(file, before, after);
    if (why !== undefined) return why;
    const path = this.#pathOf(file);
    const now = readText(path);
    try {
      replaceFile(path, bytesOf(now, after) as Uint8Array, now !== undefined);
      this.#read.delete(file);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

const bytesOf = (now: DecodedText | undefined, text: string): Uint8Array | undefined =>
  encodeText({ encoding: "utf-8", byteOrderMark: false, ...now, text });

function readText(path: string): DecodedText | undefined {
  try {
    return decodeText(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Without symbolic links, as far as the path is there. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPathOf(folder), basename(path));
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

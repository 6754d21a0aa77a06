import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliDecompress, constants } from "node:zlib";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { EXTENSIONS, type PlannerAssets, type Step, type StepResult } from "./protocol.ts";

/** PostgreSQL keeps a relation in files of so many pages: the first without a suffix, then `.1`, `.2`, … */
const SEGMENT_PAGES = 131_072;
const PAGE_BYTES = 8_192;
const DATA_DIRECTORY = "/pglite/data/";

/** A file of emscripten's MEMFS: `usedBytes` is the size that it tells, whatever it holds. */
interface MemoryFile {
  usedBytes: number;
}

interface MemoryFiles {
  analyzePath(path: string): { readonly exists: boolean };
  lookupPath(path: string): { readonly node: Partial<MemoryFile> };
  writeFile(path: string, content: Uint8Array): void;
  unlink(path: string): void;
}

/**
 * PostgreSQL in WASM. Its planner asks the file system how large tables are, so a table of any size is a number in the file's node:
 * it costs neither memory nor time.
 */
export class PlannerDatabase {
  readonly #pglite: PGlite;
  readonly #files: MemoryFiles;

  private constructor(pglite: PGlite) {
    this.#pglite = pglite;
    this.#files = (pglite.Module as unknown as { readonly FS: MemoryFiles }).FS;
  }

  static async start(assets: PlannerAssets): Promise<PlannerDatabase> {
    // One after the other: together they would be the most that the thread ever holds.
    const pgliteWasmModule = await compiled(await unpacked(assets.wasm));
    const fsBundle = await blobOf(assets.data);
    const loadDataDir = await blobOf(assets.snapshot);
    const extensions = EXTENSIONS.map((name) => [name, pathToFileURL(join(assets.extensions, `${name}.tar.gz`))] as const);
    const pglite = await PGlite.create({
      pgliteWasmModule,
      fsBundle,
      loadDataDir,
      extensions: Object.fromEntries(extensions),
      postgresqlconf: ["shared_buffers=8MB", "jit=off"],
    });
    return new PlannerDatabase(pglite);
  }

  async run(step: Step): Promise<StepResult> {
    try {
      switch (step.kind) {
        case "sql": {
          const results = await this.#pglite.exec(step.sql);
          return { ok: true, rows: (results.at(-1)?.rows ?? []) as Extract<StepResult, { ok: true }>["rows"] };
        }
        case "resize":
          for (const { file, pages } of await this.#filesOf(step.relations)) this.#resize(DATA_DIRECTORY + file, pages);
          return { ok: true, rows: [] };
        case "reset":
          await this.#reset();
          return { ok: true, rows: [] };
      }
    } catch (error) {
      // A script that failed within BEGIN … leaves its transaction behind.
      await this.#pglite.exec("ROLLBACK").catch(() => undefined);
      return { ok: false, message: error instanceof Error ? error.message : String(error), code: codeOf(error) };
    }
  }

  async #filesOf(relations: Extract<Step, { kind: "resize" }>["relations"]): Promise<readonly { file: string; pages: number }[]> {
    const { rows } = await this.#pglite.query<{ readonly file: string; readonly pages: number }>(
      `SELECT pg_relation_filepath(to_regclass(name)) AS file, pages FROM unnest($1::text[], $2::float8[]) AS wanted (name, pages)
       WHERE to_regclass(name) IS NOT NULL`,
      [relations.map(({ name }) => name), relations.map(({ pages }) => pages)],
    );
    return rows;
  }

  #resize(path: string, pages: number): void {
    for (let segment = 0; ; segment++) {
      const file = segment === 0 ? path : `${path}.${segment}`;
      const inSegment = Math.max(0, Math.min(SEGMENT_PAGES, Math.round(pages) - segment * SEGMENT_PAGES));
      const exists = this.#files.analyzePath(file).exists;
      if (inSegment === 0 && segment > 0) {
        if (!exists) return;
        this.#files.unlink(file);
        continue;
      }
      if (!exists) {
        if (segment === 0) throw new Error(`PGlite has no file ${file}`);
        this.#files.writeFile(file, new Uint8Array(0));
      }
      const { node } = this.#files.lookupPath(file);
      if (typeof node.usedBytes !== "number") throw new Error("PGlite keeps its files in another way: sizes cannot be told");
      node.usedBytes = inSegment * PAGE_BYTES;
    }
  }

  async #reset(): Promise<void> {
    await this.#pglite.exec("ROLLBACK; RESET ALL");
    const schemas = await this.#pglite.query<{ readonly name: string }>(
      "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
    );
    for (const { name } of schemas.rows) await this.#pglite.exec(`DROP SCHEMA ${name} CASCADE`);
    await this.#pglite.exec("CREATE SCHEMA public");
  }
}

/** More than any file has: what is unpacked lies in one piece then, and of the piece only what is used is ever in memory. */
const LARGEST = 64 << 20;

/** A file as `scripts/plannerFiles.mjs` compresses it. */
async function unpacked(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const params = { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 1 };
  return (await promisify(brotliDecompress)(await readFile(file), { chunkSize: LARGEST, params })) as Uint8Array<ArrayBuffer>;
}

const blobOf = async (file: string): Promise<Blob> => new Blob([await unpacked(file)]);

/** The compiler's types know no WebAssembly without the DOM. */
async function compiled(bytes: Uint8Array): Promise<NonNullable<PGliteOptions["pgliteWasmModule"]>> {
  type Compiles = { compile(bytes: Uint8Array): Promise<NonNullable<PGliteOptions["pgliteWasmModule"]>> };
  return (globalThis as unknown as { readonly WebAssembly: Compiles }).WebAssembly.compile(bytes);
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null ? (error as { readonly code?: unknown }).code : undefined;
  return typeof code === "string" ? code : undefined;
}

import type { RawStmt } from "libpg-query";
import type { PgQueryModule } from "libpg-query/wasm/libpg-query.js";
import { OffsetMap } from "../../text/encodings.ts";

export type { Node as SqlNode, RawStmt } from "libpg-query";

export interface SqlParserOptions {
  /** Absolute path of `libpg-query.wasm`, where it does not lie beside libpg-query's own script. */
  readonly wasmFile?: string;
}

/** A parse tree, its locations UTF-8 byte offsets (see `OffsetMap`), or why there is none. */
export type SqlParse =
  | { readonly ok: true; readonly statements: readonly RawStmt[] }
  | {
      readonly ok: false;
      readonly message: string;
      /** UTF-16 offset in the parsed text. */
      readonly offset: number;
    };

/** What was parsed together with others: the locations of its tree count from `base` bytes before its text. */
export interface PlacedParse {
  readonly parse: SqlParse;
  readonly base: number;
}

/** PostgreSQL's own parser. It knows no placeholders and no client commands: see `splitStatements` and `maskPlaceholders`. */
export class SqlParser {
  readonly #options: SqlParserOptions;
  #module: PgQueryModule | undefined;
  #worn = false;

  constructor(options: SqlParserOptions = {}) {
    this.#options = options;
  }

  /** Must be awaited before the first `parse`. WASM memory never shrinks: after a huge statement this starts over with a fresh one. */
  async load(): Promise<void> {
    if (this.#module !== undefined && !this.#worn && this.#module.HEAPU8.length <= MEMORY_LIMIT_BYTES) return;
    const { default: create } = await import("libpg-query/wasm/libpg-query.js");
    const { wasmFile } = this.#options;
    this.#module = await create({
      // What goes wrong is an error already.
      printErr: () => {},
      ...(wasmFile === undefined ? {} : { locateFile: () => wasmFile }),
    });
    this.#worn = false;
  }

  /** Parses one statement (or several). Never throws for what the text says. */
  parse(text: string): SqlParse {
    if (text.length > LONGEST_STATEMENT) return failure(`a statement of ${Math.round(text.length / 1024)} KB is not read`, 0);
    // A NUL would end the text for C.
    if (text.includes("\0")) return failure("the statement holds a NUL character", text.indexOf("\0"));
    if (this.#module === undefined) throw new Error("The SQL parser is not loaded");
    try {
      return parseWith(this.#module, text);
    } catch (error) {
      // Ten thousand nested operators overflow the stack. The module goes on, as measured; the next `load` still starts a fresh one.
      this.#worn = true;
      return failure(`the parser gave up: ${error instanceof Error ? error.message : String(error)}`, 0);
    }
  }

  /**
   * Parses statements that stand in one file, several at once: a call costs as much as a short statement. One that is none loses only
   * itself. Trees are many times as large as their texts, so those of a file are never there all at once.
   */
  *parseEach(texts: readonly string[]): Generator<PlacedParse> {
    for (let from = 0; from < texts.length; ) {
      let length = 0;
      let to = from;
      while (to < texts.length && (to === from || length < BATCH)) length += (texts[to++] as string).length;
      const batch = texts.slice(from, to);
      const together = this.#parseTogether(batch);
      if (together !== undefined) yield* together;
      else for (const text of batch) yield { parse: this.parse(text), base: 0 };
      from = to;
    }
  }

  /** Undefined where the parser does not find exactly one statement in each. */
  #parseTogether(texts: readonly string[]): readonly PlacedParse[] | undefined {
    if (texts.length === 1) return undefined;
    // On lines of their own: a statement may end in a comment.
    const parsed = this.parse(texts.join(BETWEEN));
    if (!parsed.ok || parsed.statements.length !== texts.length) return undefined;
    const placed: PlacedParse[] = [];
    let base = 0;
    for (const [i, text] of texts.entries()) {
      const statement = parsed.statements[i] as RawStmt;
      const end = base + Buffer.byteLength(text);
      const at = statement.stmt_location ?? 0;
      // A statement is said to start behind the semicolon before it.
      if (at < base - BETWEEN.length || at >= end) return undefined;
      placed.push({ parse: { ok: true, statements: [statement] }, base });
      base = end + BETWEEN.length;
    }
    return placed;
  }

  /** PL/pgSQL's tree of a `CREATE FUNCTION` as a whole; undefined where its body is none. */
  parseFunction(text: string): unknown {
    if (this.#module === undefined) throw new Error("The SQL parser is not loaded");
    if (text.length > LONGEST_STATEMENT || text.includes("\0")) return undefined;
    try {
      return functionWith(this.#module, text);
    } catch {
      this.#worn = true;
      return undefined;
    }
  }
}

const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;
const LONGEST_STATEMENT = 2 * 1024 * 1024;
/** So many characters are parsed at once: one that is none has all of them parsed again, each by itself. */
const BATCH = 8 * 1024;
const BETWEEN = "\n;\n";

const failure = (message: string, offset: number): SqlParse => ({ ok: false, message, offset });

/** A text in the module's memory for as long as it is read. */
function withText<T>(module: PgQueryModule, text: string, read: (input: number) => T): T {
  const capacity = module.lengthBytesUTF8(text) + 1;
  const input = module._malloc(capacity);
  try {
    module.stringToUTF8(text, input, capacity);
    return read(input);
  } finally {
    module._free(input);
  }
}

/** A text of C, up to its NUL. The module's own `UTF8ToString` looks for that one byte at a time. */
function textAt({ HEAPU8: bytes }: PgQueryModule, start: number): string {
  return Buffer.from(bytes.buffer, start, bytes.indexOf(0, start) - start).toString("utf8");
}

function functionWith(module: PgQueryModule, text: string): unknown {
  const result = withText(module, text, (input) => module._wasm_parse_plpgsql(input));
  if (result === 0) return undefined;
  try {
    const said = textAt(module, result);
    return said.startsWith("{") ? (JSON.parse(said) as unknown) : undefined;
  } finally {
    module._wasm_free_string(result);
  }
}

function parseWith(module: PgQueryModule, text: string): SqlParse {
  const result = withText(module, text, (input) => module._wasm_parse_query_raw(input));
  try {
    if (result === 0) return failure("the parser ran out of memory", 0);
    const pointer = (at: number): number => module.getValue(at, "i32");
    // PgQueryParseResult { char *tree; char *stderr; PgQueryError *error }
    const error = pointer(result + 8);
    if (error !== 0) {
      // PgQueryError { char *message, *function, *file; int line, cursor }, the cursor counting code points from 1.
      const cursor = pointer(error + 16);
      return failure(textAt(module, pointer(error)), new OffsetMap(text).fromCodePoints(Math.max(0, cursor - 1)));
    }
    const tree = JSON.parse(textAt(module, pointer(result))) as { readonly stmts?: readonly RawStmt[] };
    return { ok: true, statements: tree.stmts ?? [] };
  } finally {
    if (result !== 0) module._wasm_free_parse_result(result);
  }
}

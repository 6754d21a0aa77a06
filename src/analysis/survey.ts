import { createHash } from "node:crypto";
import { extractFacts, FACTS_VERSION, type Parsers, prepare } from "../facts/extract.ts";
import type { FileFacts, FileProblem, Language } from "../facts/fileFacts.ts";
import { languageOf } from "../facts/languages.ts";
import { whyLeftOut } from "../project/admission.ts";
import type { SkippedFile } from "../project/discovery.ts";
import { decodeText } from "../text/encodings.ts";
import type { FactsCache } from "./factsCache.ts";

export type { SkippedFile };

/** A file to read: its workspace path, and where the host finds it. */
export interface FoundFile {
  readonly file: string;
  readonly path: string;
  /** Where the name does not tell it: a `performance.yaml` may have any. */
  readonly language?: Language;
}

export interface SurveyOptions {
  readonly files: readonly FoundFile[];
  /** The bytes of a file; rejects where it cannot be read. */
  read(path: string): Promise<Uint8Array>;
  readonly parsers: Parsers;
  readonly cache?: FactsCache | undefined;
  /** Extracts some of the files elsewhere meanwhile. */
  readonly helper?: ExtractionHelper | undefined;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

export interface ExtractionJob {
  readonly found: FoundFile;
  readonly content: Uint8Array;
  readonly hash: string;
}

/** Facts, and as the bytes that they came in (see factsCodec.ts). */
export interface HelpedFacts {
  readonly facts: FileFacts;
  readonly bytes: Uint8Array;
}

/** Another thread with parsers of its own. */
export interface ExtractionHelper {
  /** Takes a job, or answers undefined when it has enough to do. A rejected job is done by the one who gave it. */
  take(job: ExtractionJob): Promise<HelpedFacts | SkippedFile | "generated"> | undefined;
  /** Nothing more will come: jobs that were gathered for later start now. */
  flush(): void;
}

/** Every file read and hashed; those that no cache knows are extracted, the others wait for `facts`. */
export interface Survey {
  /** SHA-256 over all paths and hashes: the same when nothing has changed. */
  readonly digest: string;
  readonly files: number;
  readonly bytes: number;
  readonly extracted: number;
  readonly skipped: readonly SkippedFile[];
  /** All facts, those of the cache included. May be asked once. */
  facts(): Promise<ReadonlyMap<string, FileFacts>>;
}

/** Reads that run ahead of the extraction. */
const READ_AHEAD = 24;
/** How long the thread is held before others have a turn. */
const TURN_MS = 40;
/** A helper must not wait for its next job. */
const HELPED_TURN_MS = 8;

/**
 * Reads files, in the order given, while others are being parsed. A file that cannot be read or whose extractor fails is
 * skipped with the reason. Throws only what `signal` was aborted with.
 */
export async function survey(options: SurveyOptions): Promise<Survey> {
  const { files, parsers, cache, signal } = options;
  await prepare(languagesOf(files), parsers);
  const digest = createHash("sha256").update(`facts ${FACTS_VERSION}\n`);
  const facts = new Map<string, FileFacts | undefined>();
  const hashes = new Map<string, string>();
  const skipped: SkippedFile[] = [];
  const turns = new Turns(signal, options.helper === undefined ? TURN_MS : HELPED_TURN_MS);
  const helpers: Promise<void>[] = [];
  const keep = (file: string, result: Extraction | HelpedFacts): void => {
    if (result === "generated" || "why" in result) {
      facts.delete(file);
      if (result !== "generated") skipped.push(result);
      return;
    }
    extracted++;
    const read = "bytes" in result ? result.facts : result;
    facts.set(file, read);
    if ("bytes" in result) cache?.putEncoded(read, result.bytes);
    else cache?.put(read);
  };
  let bytes = 0;
  let extracted = 0;
  let done = 0;
  for await (const { found, content } of readAhead(files, options.read)) {
    const { file } = found;
    await turns.yieldWhenDue();
    done++;
    options.onProgress?.(done, files.length);
    if (content instanceof Error) {
      skipped.push({ file, why: `could not be read: ${content.message}` });
      continue;
    }
    bytes += content.byteLength;
    const hash = createHash("sha256").update(content).digest("hex");
    digest.update(`${file}\0${hash}\n`);
    if (cache?.has(file, hash)) {
      facts.set(file, undefined);
      hashes.set(file, hash);
      continue;
    }
    const job = { found, content, hash };
    const helped = options.helper?.take(job);
    if (helped === undefined) keep(file, extractBytes(found, content, hash, parsers));
    else {
      facts.set(file, undefined);
      helpers.push(
        helped.then(
          (result) => keep(file, result),
          () => keep(file, extractBytes(found, content, hash, parsers)),
        ),
      );
    }
  }
  options.helper?.flush();
  await Promise.all(helpers);
  signal?.throwIfAborted();
  return {
    digest: digest.digest("hex"),
    files: files.length,
    bytes,
    extracted,
    skipped,
    facts: async () => {
      const missed: FoundFile[] = [];
      for (const found of files) {
        const hash = hashes.get(found.file);
        if (hash === undefined) continue;
        await turns.yieldWhenDue();
        const known = cache?.get(found.file, hash);
        if (known === undefined) missed.push(found);
        else facts.set(found.file, known);
      }
      for await (const { found, content } of readAhead(missed, options.read)) {
        await turns.yieldWhenDue();
        if (content instanceof Error) continue;
        const read = extractBytes(found, content, createHash("sha256").update(content).digest("hex"), parsers);
        if (read === "generated" || "why" in read) continue;
        facts.set(read.file, read);
        cache?.put(read);
      }
      return new Map([...facts].filter((entry): entry is [string, FileFacts] => entry[1] !== undefined));
    },
  };
}

function languagesOf(files: readonly FoundFile[]): ReadonlySet<Language> {
  const languages = new Set<Language>();
  for (const { file, language = languageOf(file) } of files) {
    if (language !== undefined) languages.add(language);
  }
  return languages;
}

/** The facts of a file's bytes; "generated" where its head says so; a `SkippedFile` where nothing reads it. */
export function extractBytes(found: FoundFile, content: Uint8Array, hash: string, parsers: Parsers): Extraction {
  const { file, language = languageOf(file) } = found;
  if (language === undefined) return { file, why: "no language reads it" };
  const { text, encoding } = decodeText(content);
  const leftOut = whyLeftOut(file, text);
  if (leftOut === "generated") return leftOut;
  if (leftOut !== undefined) return { file, why: "minified: its lines are too long to be read" };
  const problems: FileProblem[] =
    encoding === "latin1"
      ? [{ span: { start: 0, end: 0 }, severity: "information", message: "The file is not UTF-8 and was read as Latin-1" }]
      : [];
  try {
    return extractFacts(language, { file, text, hash, problems }, parsers);
  } catch (error) {
    return { file, why: `could not be analysed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

export type Extraction = FileFacts | SkippedFile | "generated";

interface ReadFile {
  readonly found: FoundFile;
  readonly content: Uint8Array | Error;
}

async function* readAhead(files: readonly FoundFile[], read: (path: string) => Promise<Uint8Array>): AsyncGenerator<ReadFile> {
  const start = (found: FoundFile): Promise<ReadFile> =>
    read(found.path).then(
      (content) => ({ found, content }),
      (error: unknown) => ({ found, content: error instanceof Error ? error : new Error(String(error)) }),
    );
  const pending: Promise<ReadFile>[] = files.slice(0, READ_AHEAD).map(start);
  for (let next = pending.length; pending.length > 0; next++) {
    const first = (await pending.shift()) as ReadFile;
    const ahead = files[next];
    if (ahead !== undefined) pending.push(start(ahead));
    yield first;
  }
}

/** Lets timers and messages have their turn, and notices an abort. */
class Turns {
  readonly #signal: AbortSignal | undefined;
  readonly #turnMs: number;
  #since = performance.now();

  constructor(signal: AbortSignal | undefined, turnMs: number) {
    this.#signal = signal;
    this.#turnMs = turnMs;
  }

  async yieldWhenDue(): Promise<void> {
    this.#signal?.throwIfAborted();
    if (performance.now() - this.#since < this.#turnMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
    this.#signal?.throwIfAborted();
  }
}

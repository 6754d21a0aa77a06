import { createHash } from "node:crypto";
import { extractFacts, FACTS_VERSION, type ParsedText, type Parsers, prepare, type SourceText, withParsed } from "../facts/extract.ts";
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
  /** Parses some of the files elsewhere meanwhile. */
  readonly helper?: ParsingHelper | undefined;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** Another thread with parsers of its own. */
export interface ParsingHelper {
  /** Takes a text, or answers undefined when it has enough to do. A text whose promise is rejected is parsed by the one who gave it. */
  take(language: "java" | "dart", text: string): Promise<ParsedText> | undefined;
  /** Nothing more will come: texts that were gathered for later start now. */
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
/** A helper must not wait for its next text. */
const HELPED_TURN_MS = 4;
/** Fewer files are read before a helper is up. */
const HELPED_FILES = 300;

/**
 * Reads files, in the order given, while others are being parsed. A file that cannot be read or whose extractor fails is
 * skipped with the reason. Throws only what `signal` was aborted with.
 */
export async function survey(options: SurveyOptions): Promise<Survey> {
  try {
    return await surveyed(options);
  } catch (error) {
    options.cache?.discard();
    throw error;
  }
}

async function surveyed(options: SurveyOptions): Promise<Survey> {
  const { files, parsers, cache, signal } = options;
  await prepare(languagesOf(files), parsers);
  const digest = createHash("sha256").update(`facts ${FACTS_VERSION}\n`);
  const facts = new Map<string, FileFacts | undefined>();
  const hashes = new Map<string, string>();
  const skipped: SkippedFile[] = [];
  const helper = files.length < HELPED_FILES ? undefined : options.helper;
  const turns = new Turns(signal, helper === undefined ? TURN_MS : HELPED_TURN_MS);
  const helpers: Promise<void>[] = [];
  const keep = (file: string, result: Extraction): void => {
    if (result === "leftOut" || "why" in result) {
      facts.delete(file);
      if (result !== "leftOut") skipped.push(result);
      return;
    }
    extracted++;
    facts.set(file, result);
    cache?.put(result);
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
    const opened = open(found, content, hash);
    const parsed = isOpened(opened) ? parsedElsewhere(opened, helper) : undefined;
    if (!isOpened(opened) || parsed === undefined) keep(file, isOpened(opened) ? extract(opened, parsers) : opened);
    else {
      facts.set(file, undefined);
      helpers.push(
        parsed.then(
          (tree) => keep(file, extract(opened, withParsed(parsers, opened.text, tree))),
          () => keep(file, extract(opened, parsers)),
        ),
      );
    }
  }
  helper?.flush();
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
        if (read === "leftOut" || "why" in read) continue;
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

/** The facts of a file's bytes; "leftOut" where nobody misses it; a `SkippedFile` where nothing reads it. */
function extractBytes(found: FoundFile, content: Uint8Array, hash: string, parsers: Parsers): Extraction {
  const opened = open(found, content, hash);
  return isOpened(opened) ? extract(opened, parsers) : opened;
}

interface OpenedFile extends SourceText {
  readonly language: Language;
}

const isOpened = (opened: OpenedFile | SkippedFile | "leftOut"): opened is OpenedFile => opened !== "leftOut" && !("why" in opened);

function open({ file, language = languageOf(file) }: FoundFile, content: Uint8Array, hash: string): OpenedFile | SkippedFile | "leftOut" {
  if (language === undefined) return { file, why: "no language reads it" };
  const { text, encoding } = decodeText(content);
  const leftOut = whyLeftOut(file, text);
  if (leftOut === "minified") return { file, why: "minified: its lines are too long to be read" };
  if (leftOut !== undefined) return "leftOut";
  const problems: FileProblem[] =
    encoding === "latin1"
      ? [{ span: { start: 0, end: 0 }, severity: "information", message: "The file is not UTF-8 and was read as Latin-1" }]
      : [];
  return { file, language, text, hash, problems };
}

function extract({ language, ...source }: OpenedFile, parsers: Parsers): Extraction {
  try {
    return extractFacts(language, source, parsers);
  } catch (error) {
    return { file: source.file, why: `could not be analysed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Extractors leave out texts that are larger than what a person writes. */
const LARGEST_ELSEWHERE = 500_000;

function parsedElsewhere({ language, text }: OpenedFile, helper: ParsingHelper | undefined): Promise<ParsedText> | undefined {
  return (language === "java" || language === "dart") && text.length <= LARGEST_ELSEWHERE ? helper?.take(language, text) : undefined;
}

type Extraction = FileFacts | SkippedFile | "leftOut";

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

import { callsGone, type Stub, stubsIn } from "../facts/java/stubs.ts";
import { decodeText } from "../text/encodings.ts";
import { lineStartsOf, positionAt } from "../text/positions.ts";
import type { Host } from "./host.ts";
import { roleOfPath } from "./roles.ts";

/** A stub in a file: an absolute path, and a line from 1. */
export interface PlacedStub extends Stub {
  readonly path: string;
  readonly line: number;
}

/** A source as it was and as it is to be. */
export interface ChangedSource {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** How long what was read of tests holds: an editor asks at every move of the cursor. */
const FRESH_MS = 20_000;
const MOST_FILES = 2_000;
const LONGEST_BYTES = 500_000;

/**
 * What the tests beside a source stub or count. Tests are read when a change takes away a call, or adds a method to an interface, those of the source's own module
 * (`src/test` and the like beside its `src/main`), and are no part of what rules know.
 */
export class TestStubs {
  readonly #host: Host;
  readonly #known = new Map<string, { readonly readAtMs: number; readonly tests: Promise<Tests> }>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** The stubs of calls that a change takes away, in order of their places. */
  async concerned({ path, before, after }: ChangedSource): Promise<readonly PlacedStub[]> {
    const sources = /^(.*\/src)\/main\/(?:java|kotlin)\//.exec(path)?.[1];
    if (sources === undefined) return [];
    const gone = callsGone(before, after);
    if (gone.length === 0) return [];
    const { stubs } = await this.#testsBeside(sources);
    return stubs.filter((stub) => gone.some(({ type, method }) => stub.type === type && stub.method === method));
  }

  /**
   * The class of the tests beside that has each method of an interface, and would not compile without one that a change adds to it;
   * undefined where there is none.
   */
  async standIn({ path, before, after }: ChangedSource): Promise<string | undefined> {
    const name = /(\w+)\.java$/.exec(path)?.[1];
    if (name === undefined || !new RegExp(`\\binterface\\s+${name}\\b`).test(before)) return undefined;
    return declarationsIn(after) <= declarationsIn(before) ? undefined : this.implementing(path);
  }

  /** The class of the tests beside that has each method of the interface of a file; undefined where there is none. */
  async implementing(path: string): Promise<string | undefined> {
    const [, sources, name] = /^(.*\/src)\/main\/(?:java|kotlin)\/.*?(\w+)\.java$/.exec(path) ?? [];
    return sources === undefined || name === undefined ? undefined : (await this.#testsBeside(sources)).implementing.get(name);
  }

  #testsBeside(sources: string): Promise<Tests> {
    const known = this.#known.get(sources);
    if (known !== undefined && performance.now() - known.readAtMs < FRESH_MS) return known.tests;
    const tests = this.#read(sources);
    this.#known.set(sources, { readAtMs: performance.now(), tests });
    return tests;
  }

  async #read(sources: string): Promise<Tests> {
    const files: string[] = [];
    for (const { name, kind } of await this.#list(sources))
      if (kind === "directory" && roleOfPath(`src/${name}/java/A.java`) === "test") await this.#collect(`${sources}/${name}`, files);
    const stubs: PlacedStub[] = [];
    const implementing = new Map<string, string>();
    for (const path of files) {
      const text = await this.#textOf(path);
      stubs.push(...stubsOf(path, text));
      for (const [, list = ""] of text.matchAll(/\bclass\s+\w+[^{;]*?\bimplements\s+([^{]+)\{/g))
        for (const [name] of list.matchAll(/\w+/g)) implementing.set(name, path);
      for (const [, name = ""] of text.matchAll(/\bnew\s+(\w+)\s*\(\s*\)\s*\{/g)) implementing.set(name, path);
    }
    return { stubs, implementing };
  }

  async #collect(folder: string, into: string[]): Promise<void> {
    for (const { name, kind } of [...(await this.#list(folder))].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (into.length >= MOST_FILES) return;
      if (kind === "directory") await this.#collect(`${folder}/${name}`, into);
      else if (kind === "file" && /\.(?:java|kt)$/.test(name)) into.push(`${folder}/${name}`);
    }
  }

  async #textOf(path: string): Promise<string> {
    const bytes = await this.#host.read(path).catch(() => undefined);
    return bytes === undefined || bytes.byteLength > LONGEST_BYTES ? "" : decodeText(bytes).text;
  }

  #list(folder: string): Promise<readonly { readonly name: string; readonly kind: string }[]> {
    return this.#host.list(folder).catch(() => []);
  }
}

interface Tests {
  readonly stubs: readonly PlacedStub[];
  /** The file of a class that implements an interface, by the interface's name. */
  readonly implementing: ReadonlyMap<string, string>;
}

function stubsOf(path: string, text: string): readonly PlacedStub[] {
  if (!/mockito|mockk|MockBean/i.test(text)) return [];
  const lines = lineStartsOf(text);
  return stubsIn(text).map((stub) => ({ ...stub, path, line: positionAt(lines, stub.at).line + 1 }));
}

/** How many methods without a body a text declares, as far as it is laid out as people do. */
const declarationsIn = (text: string): number => text.match(/^[ \t]+(?:[\w.<>,?[\] ]+\s)\w+\([^;{}]*\)\s*;/gm)?.length ?? 0;

/** "2 tests stub findByCode", for the title of a fix; undefined where none does. */
export function stubNote(stubs: readonly PlacedStub[]): string | undefined {
  if (stubs.length === 0) return undefined;
  const tests = new Set(stubs.map(({ path }) => path)).size;
  const methods = [...new Set(stubs.map(({ method }) => method))];
  return `${tests} ${tests === 1 ? "test stubs" : "tests stub"} ${methods.join(" and ")}`;
}

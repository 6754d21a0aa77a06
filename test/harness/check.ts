import { createHash } from "node:crypto";
import { defaultSettings } from "../../src/analysis/settings.ts";
import { Workspace } from "../../src/analysis/workspace.ts";
import { extractFacts, type Parsers, prepare } from "../../src/facts/extract.ts";
import type { FileFacts } from "../../src/facts/fileFacts.ts";
import { languageOf } from "../../src/facts/languages.ts";
import { readStatistics } from "../../src/planner/statistics/file.ts";
import type { Finding } from "../../src/rules/finding.ts";
import type { AnyRule } from "../../src/rules/rule.ts";
import { sourceAssets } from "../../src/syntax/assets.ts";
import { SqlParser } from "../../src/syntax/sql/sql.ts";
import { SyntaxRuntime } from "../../src/syntax/trees/runtime.ts";

let loaded: Promise<Parsers> | undefined;

/** One set of parsers for the whole test run. */
export function testParsers(): Promise<Parsers> {
  loaded ??= (async () => {
    const parsers: Parsers = { syntax: await SyntaxRuntime.create(sourceAssets()), sql: new SqlParser() };
    await prepare(["java", "dart", "sql"], parsers);
    return parsers;
  })();
  return loaded;
}

export async function factsOf(file: string, text: string): Promise<FileFacts> {
  const language = languageOf(file);
  if (language === undefined) throw new Error(`No language reads ${file}`);
  const hash = createHash("sha256").update(text).digest("hex");
  return deepFreeze(extractFacts(language, { file, text, hash }, await testParsers()));
}

/** A workspace in memory, with the texts that its facts were read from. */
export class TestWorkspace {
  readonly texts = new Map<string, string>();
  readonly workspace: Workspace;

  constructor(rules: readonly AnyRule[]) {
    this.workspace = new Workspace({
      rules,
      settings: defaultSettings,
      onRuleError: ({ rule, file, error }) => {
        throw new Error(`${rule} failed on ${file}`, { cause: error });
      },
    });
  }

  async put(files: Iterable<readonly [string, string | undefined]>): Promise<ReadonlySet<string>> {
    const changes = new Map<string, FileFacts | undefined>();
    for (const [file, text] of files) {
      if (text === undefined) this.texts.delete(file);
      else this.texts.set(file, text);
      changes.set(file, text === undefined ? undefined : await factsOf(file, text));
    }
    return this.workspace.apply(changes);
  }

  /** Takes the text of a statistics file. */
  setStatistics(text: string | undefined): void {
    if (text === undefined) return;
    const read = readStatistics(text);
    if (!read.ok) throw new Error(`The statistics of the fixture: ${read.why}`);
    this.workspace.setStatistics(read.statistics);
  }

  findings(): readonly Finding[] {
    return [...this.workspace.files()].sort().flatMap((file) => this.workspace.findings(file));
  }
}

/** Typed arrays cannot be frozen; everything around them can. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}

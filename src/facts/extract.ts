import type { SqlParser } from "../syntax/sql/sql.ts";
import { type PackedTree, ParsedAhead } from "../syntax/trees/packedTree.ts";
import type { ParseTimeout, Syntax } from "../syntax/trees/runtime.ts";
import { lineStartsOf } from "../text/positions.ts";
import { buildFacts } from "./build/extract.ts";
import { changelogFacts } from "./changelog/extract.ts";
import { configFacts } from "./config/extract.ts";
import { conflictsIn } from "./conflicts.ts";
import { containerFacts } from "./container/extract.ts";
import { dartFacts } from "./dart/extract.ts";
import type { Extracted, FileFacts, FileHead, FileProblem, Language } from "./fileFacts.ts";
import { javaFacts } from "./java/extract.ts";
import { migrationSql } from "./java/migrationSql.ts";
import { mapperFacts } from "./mapper/extract.ts";
import { projectFacts } from "./project/extract.ts";
import { sqlFacts } from "./sql/extract.ts";
import { suppressionsIn } from "./suppressions.ts";

/** Raise it whenever an extractor changes what it says: cached facts of other versions are dropped. */
export const FACTS_VERSION = 60;

export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly hash: string;
  readonly problems?: readonly FileProblem[];
}

/** The parsers, loaded by `prepare`. */
export interface Parsers {
  readonly syntax: Syntax;
  readonly sql: SqlParser;
}

/** What another thread has made of a text. */
export type ParsedText = PackedTree | ParseTimeout;

/** Parsers that know one text already. */
export function withParsed(parsers: Parsers, text: string, parsed: ParsedText): Parsers {
  return { ...parsers, syntax: new ParsedAhead(text, parsed, parsers.syntax) };
}

/** Loads what the languages need; cheap when loaded already. */
export async function prepare(languages: Iterable<Language>, parsers: Parsers): Promise<void> {
  for (const language of new Set(languages)) {
    if (language === "java" || language === "dart") await parsers.syntax.load(language);
    if (language === "sql" || language === "java") await parsers.sql.load();
  }
}

/** Reads one file. Never throws for what a text says; a parser that runs out of its time budget is a problem of the file. */
export function extractFacts(language: Language, source: SourceText, parsers: Parsers): FileFacts {
  const { file, text, hash } = source;
  const head = <F>(extracted: Extracted<F>): FileHead => ({
    file,
    hash,
    length: text.length,
    lineStarts: lineStartsOf(text),
    parse: extracted.unparsed.length > 0 ? "partly" : "full",
    unparsed: extracted.unparsed,
    problems: [...(source.problems ?? []), ...causesOf(extracted.problems, text)],
    suppressions: suppressionsIn(text),
  });
  switch (language) {
    case "java": {
      const extracted = javaFacts(text, parsers.syntax);
      const migration = migrationSql(file, text, extracted.facts, parsers.sql);
      const java = migration === undefined ? extracted.facts : { ...extracted.facts, migration };
      return { language, java, ...head(extracted) };
    }
    case "dart": {
      const extracted = dartFacts(file, text, parsers.syntax);
      return { language, dart: extracted.facts, ...head(extracted) };
    }
    case "sql": {
      const extracted = file.endsWith(".sql") ? sqlFacts(file, text, parsers.sql) : changelogFacts(file, text, parsers.sql);
      return { language, sql: extracted.facts, ...head(extracted) };
    }
    case "config": {
      const extracted = configFacts(file, text);
      return { language, config: extracted.facts, ...head(extracted) };
    }
    case "build": {
      const extracted = buildFacts(file, text);
      return { language, build: extracted.facts, ...head(extracted) };
    }
    case "container": {
      const extracted = containerFacts(file, text);
      return { language, container: extracted.facts, ...head(extracted) };
    }
    case "mapper": {
      const extracted = mapperFacts(text);
      return { language, mapper: extracted.facts, ...head(extracted) };
    }
    case "project": {
      const extracted = projectFacts(file, text);
      return { language, project: extracted.facts, ...head(extracted) };
    }
  }
}

/** Of what is wrong in a text, the conflicts of a merge: what else is wrong comes of the markers, and of one key being there twice. */
function causesOf(problems: readonly FileProblem[], text: string): readonly FileProblem[] {
  if (problems.length === 0) return problems;
  const conflicts = conflictsIn(text);
  return conflicts.length === 0 ? problems : conflicts;
}

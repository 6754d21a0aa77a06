import { parse as parseJava } from "java-parser";
import { parseAllDocuments } from "yaml";
import type { FixedText } from "../../src/analysis/verifyFix.ts";
import { extractFacts, type Parsers } from "../../src/facts/extract.ts";
import { parseXml } from "../../src/syntax/xml.ts";

/** Why a file that a fix has changed or made does not parse, by a parser that the fix knows nothing of; undefined where it does, or never did. */
export function doesNotParse({ file, before, after }: FixedText, parsers: Parsers): string | undefined {
  const grammar = GRAMMARS.find(({ files }) => files.test(file));
  const complaint = grammar?.complaint(after, file, parsers);
  if (complaint === undefined) return undefined;
  const hadOne = before !== undefined && grammar?.complaint(before, file, parsers) !== undefined;
  return hadOne ? undefined : `${file}: ${complaint.split("\n", 1)[0]}`;
}

interface Grammar {
  readonly files: RegExp;
  complaint(text: string, file: string, parsers: Parsers): string | undefined;
}

const GRAMMARS: readonly Grammar[] = [
  { files: /\.java$/i, complaint: (text) => thrownBy(() => parseJava(text)) },
  { files: /\.ya?ml$/i, complaint: (text) => parseAllDocuments(text).flatMap(({ errors }) => errors)[0]?.message },
  { files: /\.json$/i, complaint: (text) => thrownBy(() => JSON.parse(text)) },
  { files: /\.xml$/i, complaint: (text) => parseXml(text).problems[0]?.message },
  {
    files: /\.sql$/i,
    complaint(text, _, { sql }) {
      // As a whole: how scripts are split is part of what is tried here.
      const filled = text.replace(/\$\{[^}]*\}/g, (name) => "p".repeat(name.length));
      // The head of a changeset ends the statement in front of it.
      const parsed = sql.parse(/^\s*--\s*liquibase formatted sql/i.test(text) ? filled.replace(/^\s*--\s*changeset\b/gim, ";$&") : filled);
      return parsed.ok ? undefined : parsed.message;
    },
  },
  {
    files: /\.dart$/i,
    complaint(text, file, parsers) {
      const { unparsed } = extractFacts("dart", { file, text, hash: "" }, parsers);
      return unparsed.length === 0 ? undefined : `${unparsed.length} places that do not parse`;
    },
  },
];

function thrownBy(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What of its look a file has lost: line ends, the end of the last line, tabs or spaces, no blanks at ends of lines. */
export function looksOther({ file, before = "", after }: FixedText): string | undefined {
  const complaint = lookOf(before, after);
  return complaint === undefined ? undefined : `${file}: ${complaint}`;
}

function lookOf(before: string, after: string): string | undefined {
  const crlf = /\r\n/.test(before);
  if (!crlf && before !== "" && after.includes("\r") && !before.includes("\r")) return "CR among LF";
  if (crlf && !/[^\r]\n/.test(before) && /[^\r]\n/.test(after)) return "LF among CRLF";
  const lastLine = after.trimEnd().split("\n").at(-1) as string;
  if (endsLine(before) ? !endsLine(after) : endsLine(after) && !before.includes(lastLine)) return "another end of the file";
  if (before.startsWith("\uFEFF") !== after.startsWith("\uFEFF")) return "another byte order mark";
  const old = new Set(before.split(/\r?\n/));
  const added = after.split(/\r?\n/).filter((line) => !old.has(line));
  if (before !== "" && blankEnds(after) > blankEnds(before)) return "blanks at the end of a line";
  const indents = [...old].map((line) => /^[ \t]+/.exec(line)?.[0] ?? "").filter(Boolean);
  const tabs = indents.filter((indent) => indent.startsWith("\t")).length;
  if (tabs > 3 && tabs === indents.length && added.some((line) => /^ {2}/.test(line))) return "spaces among tabs";
  if (indents.length > 3 && tabs === 0 && added.some((line) => line.startsWith("\t"))) return "tabs among spaces";
  if (before !== "" && /(?:\r?\n[ \t]*){4}\S/.test(after) && !/(?:\r?\n[ \t]*){4}\S/.test(before)) return "several blank lines";
  return undefined;
}

/** A file that was not there ends its last line. */
const endsLine = (text: string): boolean => text === "" || text.endsWith("\n");

const blankEnds = (text: string): number => text.match(/[ \t]+$/gm)?.length ?? 0;

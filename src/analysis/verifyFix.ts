import { extractFacts, type Parsers } from "../facts/extract.ts";
import type { JavaFile } from "../facts/fileFacts.ts";
import { languageOf } from "../facts/languages.ts";
import type { Finding, Fix, Sources } from "../rules/finding.ts";
import { applyEdits, type FileEdit } from "../text/edits.ts";

/** A file as it is after a fix; `before` is missing when the fix creates it. */
export interface FixedText {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string;
}

export interface VerifiedFix {
  readonly kind: "verified";
  readonly edits: readonly FileEdit[];
  readonly results: readonly FixedText[];
}

/** Why a fix is not offered: it does not fit the texts as they are, or its result has syntax errors that were not there. */
export interface RejectedFix {
  readonly kind: "notApplicable" | "breaksSyntax";
  /** The file that it would break. */
  readonly file?: string;
}

/**
 * Builds a fix's edits from the texts as they are, applies them in memory, and reads the results again. The parsers of the
 * languages concerned must be loaded (see `prepare`).
 */
export function verifyFix(fix: Fix, sources: Sources, parsers: Parsers): VerifiedFix | RejectedFix {
  const edits = fix.edits(sources);
  if (edits === undefined || edits.length === 0) return { kind: "notApplicable" };
  const results = applyFileEdits(edits, sources);
  if (results === undefined) return { kind: "notApplicable" };
  for (const result of results) {
    if (addsSyntaxErrors(result, parsers)) return { kind: "breaksSyntax", file: result.file };
  }
  return { kind: "verified", edits, results };
}

/** A finding with the fixes that make an edit. Few may make none; the others are not built to be listed. */
export function withOfferedFixes(finding: Finding, sources: Sources): Finding {
  if (!finding.fixes.some(({ mayBeNone }) => mayBeNone)) return finding;
  return { ...finding, fixes: finding.fixes.filter((fix) => !fix.mayBeNone || (fix.edits(sources)?.length ?? 0) > 0) };
}

/** The texts after `edits`; undefined when they overlap, edit a file that is gone, or create one that is there. */
export function applyFileEdits(edits: readonly FileEdit[], sources: Sources): readonly FixedText[] | undefined {
  const results = new Map<string, FixedText>();
  for (const edit of edits) {
    const { file } = edit;
    const before = sources.text(file);
    if (results.has(file) || (edit.kind === "create") !== (before === undefined)) return undefined;
    const after = edit.kind === "create" ? edit.text : applied(before as string, edit);
    if (after === undefined) return undefined;
    if (after !== before) results.set(file, { file, before, after });
  }
  return results.size === 0 ? undefined : [...results.values()];
}

function applied(before: string, edit: Extract<FileEdit, { kind: "change" }>): string | undefined {
  const inside = edit.edits.every(({ span }) => 0 <= span.start && span.start <= span.end && span.end <= before.length);
  if (!inside) return undefined;
  try {
    return applyEdits(before, edit.edits);
  } catch {
    return undefined;
  }
}

function addsSyntaxErrors({ file, before, after }: FixedText, parsers: Parsers): boolean {
  const then = syntaxErrors(file, before ?? "", parsers);
  const now = syntaxErrors(file, after, parsers);
  return now.count > then.count || now.length > then.length || now.clashes > then.clashes;
}

interface SyntaxErrors {
  /** Ranges that do not parse, with the errors that the reader names. */
  readonly count: number;
  /** What those ranges cover together. */
  readonly length: number;
  /** Imports of a name that another import, or a class of the file, has already, and annotations that stand twice: no compiler takes them. */
  readonly clashes: number;
}

function syntaxErrors(file: string, text: string, parsers: Parsers): SyntaxErrors {
  const language = languageOf(file);
  if (language === undefined || text === "") return { count: 0, length: 0, clashes: 0 };
  const facts = extractFacts(language, { file, text, hash: "" }, parsers);
  const { unparsed, problems } = facts;
  const errors = problems.filter((problem) => problem.severity === "error");
  return {
    count: unparsed.length + errors.length,
    length: unparsed.reduce((sum, span) => sum + span.end - span.start, 0),
    clashes: facts.language === "java" ? clashingImports(facts) + annotationsTwice(facts) : 0,
  };
}

function clashingImports({ java }: JavaFile): number {
  const imported = new Set(java.imports.filter(({ isStatic, wildcard }) => !isStatic && !wildcard).map(({ name }) => name));
  const names = [...imported].map((name) => name.slice(name.lastIndexOf(".") + 1));
  const taken = new Set(java.types.map(({ name }) => name));
  return names.filter((name, i) => taken.has(name) || names.indexOf(name) !== i).length;
}

function annotationsTwice({ java }: JavaFile): number {
  const declared = java.types.flatMap((type) => [type, ...type.fields, ...type.methods]);
  return declared.reduce((sum, { annotations }) => sum + annotations.length - new Set(annotations.map(({ name }) => name)).size, 0);
}

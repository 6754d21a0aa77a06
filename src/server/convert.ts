import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type TextEdit as LspTextEdit,
  type Range,
} from "vscode-languageserver";
import type { FileProblem } from "../facts/fileFacts.ts";
import { FILE_PROBLEM, type Finding, type Severity } from "../rules/finding.ts";
import type { TextEdit } from "../text/edits.ts";
import { lineStartsOf, offsetAt, type Place, positionAt, type Span } from "../text/positions.ts";
import { DIAGNOSTIC_SOURCE } from "./protocol.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What turns offsets of a text into lines and columns. FileFacts have it. */
export interface TextShape {
  readonly length: number;
  readonly lineStarts: Uint32Array;
}

export function shapeOf(text: string): TextShape {
  return { length: text.length, lineStarts: lineStartsOf(text) };
}

export function rangeOf(span: Span, { length, lineStarts }: TextShape): Range {
  const at = (offset: number) => positionAt(lineStarts, Math.min(offset, length));
  return { start: at(span.start), end: at(span.end) };
}

export function spanOf({ start, end }: Range, { length, lineStarts }: TextShape): Span {
  return { start: offsetAt(lineStarts, start, length), end: offsetAt(lineStarts, end, length) };
}

export function textEditsOf(edits: readonly TextEdit[], shape: TextShape): LspTextEdit[] {
  return edits.map(({ span, text }) => ({ range: rangeOf(span, shape), newText: text }));
}

/** What a diagnostic needs from elsewhere: where other files are, and where a rule is explained. */
export interface DiagnosticContext {
  uriOf(file: string): string | undefined;
  shapeOf(file: string): TextShape | undefined;
  documentOf(rule: string): string | undefined;
}

export function diagnosticOf(finding: Finding, shape: TextShape, context: DiagnosticContext): Diagnostic {
  const related = finding.related.flatMap(({ at, message }) => relatedAt(at, message, context));
  return {
    range: rangeOf(finding.span, shape),
    severity: SEVERITIES[finding.severity],
    ...linkedCode(finding.rule, context),
    source: DIAGNOSTIC_SOURCE,
    message: [
      finding.message,
      ...(finding.cost === "none" ? [] : [`Cost: ${finding.cost}`]),
      ...(finding.plan === undefined ? [] : [`Plan: ${finding.plan.text}`]),
    ].join("\n"),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

function linkedCode(rule: string, context: DiagnosticContext): Pick<Diagnostic, "code" | "codeDescription"> {
  const href = context.documentOf(rule);
  return { code: rule, ...(href === undefined ? {} : { codeDescription: { href } }) };
}

function relatedAt(at: Place, message: string, context: DiagnosticContext): DiagnosticRelatedInformation[] {
  const uri = context.uriOf(at.file);
  const shape = context.shapeOf(at.file);
  return uri === undefined || shape === undefined ? [] : [{ location: { uri, range: rangeOf(at, shape) }, message }];
}

/** What a person should hear about the file itself. */
export function diagnosticOfProblem(problem: FileProblem, shape: TextShape, context: DiagnosticContext): Diagnostic {
  return {
    range: rangeOf(problem.span, shape),
    severity: SEVERITIES[problem.severity],
    ...linkedCode(FILE_PROBLEM, context),
    source: DIAGNOSTIC_SOURCE,
    message: problem.message,
  };
}

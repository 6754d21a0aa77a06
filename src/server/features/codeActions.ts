import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CreateFile,
  type Diagnostic,
  type TextDocumentEdit,
} from "vscode-languageserver";
import { type FixedText, verifyFix } from "../../analysis/verifyFix.ts";
import type { Parsers } from "../../facts/extract.ts";
import type { FileFacts } from "../../facts/fileFacts.ts";
import { nodeHost } from "../../project/nodeHost.ts";
import { type PlacedStub, stubNote, TestStubs } from "../../project/testStubs.ts";
import type { Finding, Fix, Sources } from "../../rules/finding.ts";
import type { FileEdit, TextEdit } from "../../text/edits.ts";
import { overlaps, type Span } from "../../text/positions.ts";
import { rangeOf, shapeOf, spanOf, textEditsOf } from "../convert.ts";
import { EXPLAIN_RULE_COMMAND, FIX_ALL_KIND } from "../protocol.ts";
import type { Session } from "../session.ts";
import { listedOnce } from "./listedOnce.ts";
import { suppressionEdits } from "./suppress.ts";
import { VerifiedFixes } from "./verifiedFixes.ts";

/** The actions for a range: fixes first, then what else can be done about a finding. */
export class CodeActions {
  readonly #session: Session;
  readonly #verified = new VerifiedFixes();
  readonly #stubs = new TestStubs(nodeHost);

  constructor(session: Session) {
    this.#session = session;
  }

  async at(params: CodeActionParams): Promise<CodeAction[]> {
    const { workspace, documents, isIndexed } = this.#session;
    const file = documents.fileOf(params.textDocument.uri);
    const facts = file === undefined ? undefined : workspace.get(file);
    if (facts === undefined || !isIndexed) return [];
    const wants = (kind: string) => params.context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
    const wantsFixAll = params.context.only !== undefined && wants(FIX_ALL_KIND);
    if (!wants(CodeActionKind.QuickFix) && !wantsFixAll) return [];
    const asked = spanOf(params.range, facts);
    const findings = this.#session.findings(facts.file);
    const touched = findings.filter(({ span }) => touches(span, asked));
    if (touched.length === 0 && !wantsFixAll) return [];

    const parsers = await this.#session.parsers();
    const sources = this.#sources();
    const actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      const diagnosticOf = (finding: Finding) => matching(params.context.diagnostics, finding, rangeOf(finding.span, facts));
      for (const finding of touched) actions.push(...(await this.#fixes(finding, diagnosticOf(finding), sources, parsers)));
      for (const finding of touched) actions.push(...this.#others(finding, facts, diagnosticOf(finding), sources));
    }
    if (wantsFixAll) actions.push(...this.#fixAll(facts, findings, sources, parsers));
    return listedOnce(actions);
  }

  async #fixes(finding: Finding, diagnostics: Diagnostic[], sources: Sources, parsers: Parsers): Promise<CodeAction[]> {
    const actions: CodeAction[] = [];
    for (const [order, fix] of finding.fixes.entries()) {
      const verified = this.#verified.verify(fix, sources, parsers);
      if (verified.kind !== "verified" || (await this.#breaksTests(verified.results))) continue;
      const documentChanges = this.#changes(verified.edits, sources);
      const note = stubNote(await this.#stubsOf(verified.results));
      actions.push({
        title: note === undefined ? fix.title : `${fix.title} (${note})`,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred: order === 0 && fix.safe,
        edit: { documentChanges },
      });
    }
    return actions;
  }

  async #breaksTests(results: readonly FixedText[]): Promise<boolean> {
    for (const { file, before, after } of results) {
      const path = this.#session.documents.paths.pathOf(file);
      if (path !== undefined && before !== undefined && (await this.#stubs.standIn({ path, before, after })) !== undefined) return true;
    }
    return false;
  }

  /** What tests answer for that a fix no longer calls. */
  async #stubsOf(results: readonly FixedText[]): Promise<readonly PlacedStub[]> {
    const stubs: PlacedStub[] = [];
    for (const { file, before, after } of results) {
      const path = this.#session.documents.paths.pathOf(file);
      if (path !== undefined && before !== undefined) stubs.push(...(await this.#stubs.concerned({ path, before, after })));
    }
    return stubs;
  }

  #others(finding: Finding, facts: FileFacts, diagnostics: Diagnostic[], sources: Sources): CodeAction[] {
    const text = sources.text(facts.file);
    const suppressions = text === undefined ? [] : suppressionEdits(finding, facts, text);
    return [
      ...suppressions.map(({ title, edit }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: { documentChanges: this.#changes([{ kind: "change", file: facts.file, edits: [edit] }], sources) },
      })),
      {
        title: `Explain ${finding.rule}`,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        command: { title: `Explain ${finding.rule}`, command: EXPLAIN_RULE_COMMAND, arguments: [finding.rule] },
      },
    ];
  }

  /** All safe fixes that stay in this file and do not get in each other's way, as one edit. */
  #fixAll(facts: FileFacts, findings: readonly Finding[], sources: Sources, parsers: Parsers): CodeAction[] {
    const safe = findings.flatMap((finding) => finding.fixes.filter((fix) => fix.safe).slice(0, 1));
    const chosen: TextEdit[] = [];
    for (const fix of safe) {
      const verified = this.#verified.verify(fix, sources, parsers);
      if (verified.kind !== "verified") continue;
      const [edit, ...others] = verified.edits;
      if (edit?.kind !== "change" || edit.file !== facts.file || others.length > 0) continue;
      const fresh = edit.edits.filter((one) => !chosen.some((other) => sameEdit(one, other)));
      // Two fixes may each add the method that both need: the second comes with the next run, built from what is there then.
      if (fresh.some((one) => chosen.some((other) => overlaps(one.span, other.span) || meet(one, other)))) continue;
      chosen.push(...fresh);
    }
    if (chosen.length === 0) return [];
    const together: Fix = {
      title: "Fix all performance problems that have a safe fix",
      safe: true,
      edits: () => [{ kind: "change", file: facts.file, edits: chosen }],
    };
    const verified = verifyFix(together, sources, parsers);
    if (verified.kind !== "verified") return [];
    return [{ title: together.title, kind: FIX_ALL_KIND, edit: { documentChanges: this.#changes(verified.edits, sources) } }];
  }

  /** Texts as the findings know them. */
  #sources(): Sources {
    const { workspace, documents } = this.#session;
    const read = new Map<string, string | undefined>();
    return {
      text: (file) => {
        if (!read.has(file)) {
          const facts = workspace.get(file);
          read.set(file, facts === undefined ? documents.textOnDisk(file) : documents.text(facts));
        }
        return read.get(file);
      },
    };
  }

  #changes(edits: readonly FileEdit[], sources: Sources): (TextDocumentEdit | CreateFile)[] {
    const { documents } = this.#session;
    return edits.flatMap((edit): (TextDocumentEdit | CreateFile)[] => {
      const uri = documents.uriOf(edit.file) ?? documents.newUriOf(edit.file);
      if (uri === undefined) return [];
      const version = documents.document(edit.file)?.version ?? null;
      if (edit.kind === "change") {
        const shape = shapeOf(sources.text(edit.file) ?? "");
        return [{ textDocument: { uri, version }, edits: textEditsOf(edit.edits, shape) }];
      }
      const start = { line: 0, character: 0 };
      return [
        { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: edit.text }] },
      ];
    });
  }
}

/** A cursor has an empty range: it touches what it stands in or beside. */
const touches = (span: Span, asked: Span): boolean => span.start <= asked.end && asked.start <= span.end;

const sameEdit = (a: TextEdit, b: TextEdit): boolean => a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;

/** Whether both insert at one place, and a line of one is a line of the other: `void dispose() {`. */
function meet(a: TextEdit, b: TextEdit): boolean {
  if (a.span.start !== b.span.start || a.span.end !== b.span.end) return false;
  const lines = new Set(b.text.split(/\r?\n/).map((line) => line.trim()));
  return a.text.split(/\r?\n/).some((line) => /\w/.test(line) && lines.has(line.trim()));
}

function matching(diagnostics: readonly Diagnostic[], finding: Finding, range: Diagnostic["range"]): Diagnostic[] {
  return diagnostics.filter(
    (diagnostic) =>
      diagnostic.code === finding.rule &&
      diagnostic.range.start.line === range.start.line &&
      diagnostic.range.start.character === range.start.character,
  );
}

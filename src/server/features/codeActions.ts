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
import { held, released } from "./heldEdits.ts";
import { listedOnce } from "./listedOnce.ts";
import { suppressionEdits } from "./suppress.ts";
import { VerifiedFixes } from "./verifiedFixes.ts";

interface Asked {
  readonly facts: FileFacts;
  readonly findings: readonly Finding[];
  readonly touched: readonly Finding[];
}

interface MadeFix {
  readonly action: CodeAction;
  readonly results: readonly FixedText[];
}

/** The actions for a range: fixes first, then what else can be done about a finding. */
export class CodeActions {
  readonly #session: Session;
  readonly #resolves: boolean;
  readonly #verified = new VerifiedFixes();
  readonly #stubs = new TestStubs(nodeHost);

  /** With `resolves` edits are handed out by `resolve`, when they are taken. */
  constructor(session: Session, resolves: boolean) {
    this.#session = session;
    this.#resolves = resolves;
  }

  resolve(action: CodeAction): CodeAction {
    return released(action, (uri) => this.#session.documents.textNow(uri));
  }

  async at(params: CodeActionParams): Promise<CodeAction[]> {
    const wants = (kind: string) => params.context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
    const wantsFixAll = params.context.only !== undefined && wants(FIX_ALL_KIND);
    if (!wants(CodeActionKind.QuickFix) && !wantsFixAll) return [];
    await this.#session.flush();
    const first = this.#asked(params);
    if (first === undefined || (first.touched.length === 0 && !wantsFixAll)) return [];
    const parsers = await this.#session.parsers();
    // What was typed while they loaded has moved findings and texts. From here on nothing waits until all edits are made.
    await this.#session.flush();
    const asked = this.#asked(params);
    if (asked === undefined) return [];
    const { facts, findings, touched } = asked;
    const sources = this.#sources();
    const made = wants(CodeActionKind.QuickFix)
      ? touched.map((finding) => {
          const diagnostics = matching(params.context.diagnostics, finding, rangeOf(finding.span, facts));
          const fixes = this.#fixes(finding, diagnostics, sources, parsers);
          return { fixes, others: this.#others(finding, facts, diagnostics, sources) };
        })
      : [];
    const fixAll = wantsFixAll ? this.#fixAll(facts, findings, sources, parsers) : [];
    const fixes: CodeAction[] = [];
    for (const one of made.flatMap((of) => of.fixes)) fixes.push(...(await this.#heldAgainstTests(one)));
    const all = listedOnce([...fixes, ...made.flatMap(({ others }) => others), ...fixAll]);
    if (!this.#resolves) return all;
    return all.map((action) => held(action, (uri) => sources.text(this.#session.documents.nameOf(uri) ?? uri)));
  }

  /** The findings of the file that is asked about, and those of them that its range touches; undefined while there is nothing to ask. */
  #asked({ textDocument, range }: CodeActionParams): Asked | undefined {
    const { workspace, documents, isIndexed } = this.#session;
    const file = documents.fileOf(textDocument.uri);
    const facts = file === undefined ? undefined : workspace.get(file);
    if (facts === undefined || !isIndexed) return undefined;
    const asked = spanOf(range, facts);
    const findings = this.#session.findings(facts.file);
    return { facts, findings, touched: findings.filter(({ span }) => touches(span, asked)) };
  }

  #fixes(finding: Finding, diagnostics: Diagnostic[], sources: Sources, parsers: Parsers): readonly MadeFix[] {
    return finding.fixes.flatMap((fix, order) => {
      const verified = this.#verified.verify(fix, sources, parsers);
      if (verified.kind !== "verified") return [];
      const edit = { documentChanges: this.#changes(verified.edits, sources) };
      const isPreferred = order === 0 && fix.safe;
      return { action: { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred, edit }, results: verified.results };
    });
  }

  /** None where tests would not compile; with a note where they stub what the fix no longer calls. */
  async #heldAgainstTests({ action, results }: MadeFix): Promise<readonly CodeAction[]> {
    if (await this.#breaksTests(results)) return [];
    const note = stubNote(await this.#stubsOf(results));
    return [note === undefined ? action : { ...action, title: `${action.title} (${note})` }];
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

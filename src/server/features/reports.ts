import { createHash } from "node:crypto";
import type { Diagnostic } from "vscode-languageserver";
import { atLeast } from "../../rules/finding.ts";
import { type DiagnosticContext, diagnosticOf, diagnosticOfProblem } from "../convert.ts";
import type { EditorSettings } from "../protocol.ts";
import type { Session } from "../session.ts";
import type { Benchmarks } from "./benchmarks.ts";

/** The diagnostics of one file, and a name for exactly these: the same in another run of the server. */
export interface Report {
  readonly items: Diagnostic[];
  readonly resultId: string;
}

/** Turns findings into what an editor shows. */
export class Reports {
  readonly #session: Session;
  readonly #benchmarks: Benchmarks;
  readonly #documentOf: (rule: string) => string | undefined;
  settings: EditorSettings;

  constructor(session: Session, benchmarks: Benchmarks, settings: EditorSettings, documentOf: (rule: string) => string | undefined) {
    this.#session = session;
    this.#benchmarks = benchmarks;
    this.settings = settings;
    this.#documentOf = documentOf;
  }

  /** Of a file as the session knows it now; only what the file itself says as long as the index is not complete. */
  of(file: string): Report {
    const facts = this.#session.workspace.get(file);
    if (facts === undefined) return emptyReport();
    const problems = [...this.#session.workspace.problemsOf(file), ...(this.#session.project?.problemsOf(file) ?? [])];
    const items = problems.map((problem) => diagnosticOfProblem(problem, facts, this.#context));
    for (const finding of [...this.#session.findings(file), ...this.#benchmarks.findings(file)])
      if (atLeast(finding.severity, this.settings.minimumSeverity)) items.push(diagnosticOf(finding, facts, this.#context));
    return report(items);
  }

  readonly #context: DiagnosticContext = {
    uriOf: (file) => this.#session.documents.uriOf(file),
    shapeOf: (file) => this.#session.workspace.get(file),
    documentOf: (rule) => this.#documentOf(rule),
  };
}

/** Of a file that says nothing. */
export const emptyReport = (): Report => report([]);

function report(items: Diagnostic[]): Report {
  return { items, resultId: createHash("sha256").update(JSON.stringify(items)).digest("base64url").slice(0, 22) };
}

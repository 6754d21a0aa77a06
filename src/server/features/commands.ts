import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CancellationToken, LSPErrorCodes, ResponseError, type WorkDoneProgressReporter } from "vscode-languageserver";
import type { AnyRule } from "../../rules/rule.ts";
import type { CheckWorkspaceResult, MarkdownDocument } from "../protocol.ts";
import type { Session } from "../session.ts";
import { Turns } from "../turns.ts";

/** Judges every file, so that all findings are there at once, and counts them. */
export async function checkWorkspace(
  session: Session,
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
): Promise<CheckWorkspaceResult> {
  const startedAt = performance.now();
  progress.begin("Checking the workspace", 0, "reading files", true);
  try {
    await untilIndexed(session, token);
    await session.flush();
    const files = [...session.workspace.files()];
    const findings = { error: 0, warning: 0, information: 0, hint: 0 };
    const turns = new Turns();
    for (const [done, file] of files.entries()) {
      await turns.yieldWhenDue();
      throwIfCancelled(token);
      if (done % 50 === 0) progress.report(Math.floor((100 * done) / files.length), `${done} of ${files.length} files`);
      for (const { severity } of session.findings(file)) findings[severity]++;
    }
    return { files: files.length, durationMs: Math.round(performance.now() - startedAt), findings, skipped: session.skipped };
  } finally {
    progress.done();
  }
}

/** Runs something long with progress, until it is done or cancelled. */
export async function withProgress<T>(
  progress: WorkDoneProgressReporter,
  token: CancellationToken,
  title: string,
  run: (options: { readonly signal: AbortSignal; progress(done: number, all: number, what: string): void }) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancelled = token.onCancellationRequested(() => controller.abort());
  progress.begin(title, 0, "", true);
  try {
    const done = await run({
      signal: controller.signal,
      progress: (done, all, what) => progress.report(Math.floor((100 * done) / all), what),
    });
    throwIfCancelled(token);
    return done;
  } finally {
    cancelled.dispose();
    progress.done();
  }
}

/** The documents of rules, as they lie beside the bundles. */
export class RuleDocuments {
  readonly #directory: string;
  readonly #rules: ReadonlyMap<string, AnyRule>;

  constructor(directory: string, rules: readonly AnyRule[]) {
    this.#directory = directory;
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
  }

  uriOf(rule: string): string | undefined {
    const path = this.#pathOf(rule);
    return path !== undefined && existsSync(path) ? pathToFileURL(path).href : undefined;
  }

  explain(id: string): MarkdownDocument | undefined {
    const rule = this.#rules.get(id);
    const path = this.#pathOf(id);
    if (path !== undefined && existsSync(path)) return { title: id, markdown: readFileSync(path, "utf8") };
    if (rule === undefined) return undefined;
    const references = rule.references.map((reference) => `- <${reference}>`).join("\n");
    return { title: id, markdown: `# ${id}\n\n${rule.title}\n\nCost: ${rule.cost}\n\n## References\n\n${references}\n` };
  }

  #pathOf(rule: string): string | undefined {
    return /^[a-z]+\/[a-z0-9-]+$/.test(rule) ? join(this.#directory, `${rule}.md`) : undefined;
  }
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled");
}

/** Rejects when the request is cancelled meanwhile. */
export function untilIndexed(session: Session, token: CancellationToken): Promise<void> {
  if (session.isIndexed) return Promise.resolve();
  return new Promise((resolve, reject) => {
    void session.indexed().then(resolve);
    token.onCancellationRequested(() => reject(new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled")));
  });
}

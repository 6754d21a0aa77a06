import { type Disposable, type DocumentSelector, type LanguageStatusItem, LanguageStatusSeverity, languages } from "vscode";
import type { Status } from "../server/protocol.ts";

/** The line about this extension in the editor's language status: indexing, ready, or what is wrong. */
export class StatusItem implements Disposable {
  readonly #item: LanguageStatusItem;

  constructor(selector: DocumentSelector) {
    this.#item = languages.createLanguageStatusItem("performanceAuditor.status", selector);
    this.#item.name = "Performance Auditor";
    this.show({ state: "indexing", files: 0 });
  }

  show(status: Status): void {
    const item = this.#item;
    item.busy = status.state === "indexing";
    item.severity = status.state === "problem" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    switch (status.state) {
      case "indexing":
        item.text = "Performance: indexing";
        item.detail = status.total === undefined ? "finding files" : `${status.files} of ${status.total} files`;
        item.command = { title: "Show Log", command: "performanceAuditor.showLog" };
        return;
      case "ready":
        item.text = "Performance: ready";
        item.detail = `${status.files} files${status.durationMs === undefined ? "" : ` in ${(status.durationMs / 1000).toFixed(1)} s`}`;
        item.command = { title: "Check Workspace", command: "performanceAuditor.checkWorkspace" };
        return;
      case "problem":
        item.text = "Performance: problem";
        item.detail = status.message ?? "see the log";
        item.command = { title: "Restart Server", command: "performanceAuditor.restartServer" };
    }
  }

  dispose(): void {
    this.#item.dispose();
  }
}

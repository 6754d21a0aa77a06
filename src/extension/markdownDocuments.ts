import { commands, type Disposable, EventEmitter, Uri, workspace } from "vscode";
import type { MarkdownDocument } from "../server/protocol.ts";

const SCHEME = "performance-auditor";

/** Shows Markdown that is no file as a preview. */
export class MarkdownDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? "",
  });

  async show({ title, markdown }: MarkdownDocument): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${title}.md` });
    this.#texts.set(uri.path, markdown);
    this.#changed.fire(uri);
    await commands.executeCommand("markdown.showPreview", uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

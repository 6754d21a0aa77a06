import assert from "node:assert/strict";
import { commands, type Diagnostic, languages, type TextDocument, Uri, window, workspace } from "vscode";

export const EXTENSION = "performance-auditor.performance-auditor";

export const SERVICE = "backend/src/main/java/demo/TicketService.java";
export const REPOSITORY = "backend/src/main/java/demo/TicketRepository.java";
export const MIGRATION = "backend/src/main/resources/db/migration/V1__init.sql";
export const WIDGET = "app/lib/name_field.dart";

export function uriOf(file: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder !== undefined, "a folder is open");
  return Uri.joinPath(folder.uri, file);
}

export async function open(file: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uriOf(file));
  await window.showTextDocument(document);
  return document;
}

/** The diagnostics of this extension once `wanted` accepts them; waits for changes, not for time. */
export function diagnostics(uri: Uri, wanted: (codes: readonly string[]) => boolean): Promise<readonly Diagnostic[]> {
  const ours = () => languages.getDiagnostics(uri).filter(({ source }) => source === "performance");
  return new Promise((resolve) => {
    const look = () => {
      const found = ours();
      if (!wanted(found.map(codeOf))) return false;
      listener.dispose();
      resolve(found);
      return true;
    };
    const listener = languages.onDidChangeDiagnostics(
      ({ uris }) => uris.some((changed) => changed.toString() === uri.toString()) && look(),
    );
    look();
  });
}

export function codeOf({ code }: Diagnostic): string {
  return typeof code === "object" ? String(code.value) : String(code);
}

export async function closeAll(): Promise<void> {
  await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await commands.executeCommand("workbench.action.closeAllEditors");
}

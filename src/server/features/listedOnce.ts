import type { CodeAction } from "vscode-languageserver";

/** What several findings at one place offer alike is listed once, where the first stands, and answers for all of them. */
export function listedOnce(actions: readonly CodeAction[]): CodeAction[] {
  const listed = new Map<string, CodeAction>();
  for (const action of actions) {
    const key = JSON.stringify([action.title, action.edit, action.command]);
    const same = listed.get(key);
    listed.set(key, same === undefined ? action : together(same, action));
  }
  return [...listed.values()];
}

function together(first: CodeAction, second: CodeAction): CodeAction {
  const diagnostics = [...new Set([...(first.diagnostics ?? []), ...(second.diagnostics ?? [])])];
  return { ...first, diagnostics, ...(first.isPreferred === true || second.isPreferred === true ? { isPreferred: true } : {}) };
}

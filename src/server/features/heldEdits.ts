import { type CodeAction, LSPErrorCodes, ResponseError, type WorkspaceEdit } from "vscode-languageserver";
import { hashOf } from "../documents.ts";

type Changes = NonNullable<WorkspaceEdit["documentChanges"]>;

/** What an action carries in the place of its edit: the edit, and the texts that it was built from, as their hashes by URI. */
interface HeldEdit {
  readonly documentChanges: Changes;
  readonly builtFrom: Readonly<Record<string, string>>;
}

/** By URI; undefined where nothing is. */
export type TextOf = (uri: string) => string | undefined;

/**
 * An action whose edit is handed out when a person takes it. An editor keeps actions in an open menu, checks no version when it applies
 * one, and the files that it changes may be others by then: of a formatter, of version control, of another editor.
 */
export function held(action: CodeAction, textOf: TextOf): CodeAction {
  const { edit, ...rest } = action;
  if (edit?.documentChanges === undefined) return action;
  const uris = edit.documentChanges.flatMap((change) => ("textDocument" in change ? change.textDocument.uri : []));
  const data: HeldEdit = {
    documentChanges: edit.documentChanges,
    builtFrom: Object.fromEntries(uris.map((uri) => [uri, nameOf(textOf(uri))])),
  };
  return { ...rest, data };
}

/** The action with its edit, where it has one. Throws `ContentModified` where a text is no longer the one that it was built from. */
export function released({ data, ...action }: CodeAction, textOf: TextOf): CodeAction {
  if (data === undefined) return action;
  const { documentChanges, builtFrom } = data as HeldEdit;
  for (const [uri, name] of Object.entries(builtFrom))
    if (nameOf(textOf(uri)) !== name) throw new ResponseError(LSPErrorCodes.ContentModified, `${uri} has changed since it was offered`);
  return { ...action, edit: { documentChanges } };
}

const nameOf = (text: string | undefined): string => (text === undefined ? "" : hashOf(text));

import { type FileEdit, lineBreakOf } from "../../../text/edits.ts";
import { addChangeset, changelogOf, formattedLogOf, type NewChangeset } from "./changesetEdit.ts";
import { besidePath, fileAfter, fileBehind, folderOf, type Last, nextFile, readAfter } from "./newChangelog.ts";

/** Whether a file of a run is a plain script, which is no change log: what has run is not to be changed. */
export const isPlainScript = (file: string, text: string): boolean => /\.sql$/i.test(file) && !/^[ \t]*--[ \t]*changeset\b/im.test(text);

/**
 * A statement behind a plain script: in a script of its own, which is named, and read, as that one is. A changeset of its own runs it where
 * a `sqlFile` runs the last one. Where the order of names runs them, and they follow none, it is named after that one.
 */
export function nextScript(
  last: Last,
  text: string,
  changeset: NewChangeset,
  texts: { text(file: string): string | undefined },
): readonly FileEdit[] | undefined {
  const { inclusions, file } = last;
  const inclusion = inclusions.get(file);
  if (inclusion === undefined) return undefined;
  const lineBreak = lineBreakOf(text);
  if (inclusion.kind !== "script") {
    const next = nextFile(last, changeset.id, texts) ?? (inclusion.kind === "file" ? fileBehind : fileAfter)(file, changeset.id, texts);
    // Only a changeset can say that it runs outside of a transaction.
    const content = changeset.alone ? formattedLogOf(changeset, lineBreak) : changeset.sql + lineBreak;
    return next === undefined ? undefined : readAfter(last, next, content, texts);
  }
  const { by, path } = inclusion;
  const log = texts.text(by);
  if (log === undefined) return undefined;
  const nextLog = nextFile({ inclusions, file: by }, changeset.id, texts);
  const script = scriptBehind(last, nextLog, changeset.id, texts);
  const changes = [...(script === undefined ? [] : [{ ...changeset, script: { like: path, path: besidePath(path, script) } }]), changeset];
  for (const one of changes) {
    const content = nextLog === undefined ? undefined : changelogOf(by, log, one);
    const read = nextLog === undefined || content === undefined ? undefined : readAfter({ inclusions, file: by }, nextLog, content, texts);
    const edits = read ?? addChangeset(by, log, one);
    if (edits === undefined) continue;
    return script === undefined || one === changeset ? edits : [{ kind: "create", file: script, text: one.sql + lineBreak }, ...edits];
  }
  return undefined;
}

/** Beside the change log of the same name where each script has one. */
function scriptBehind(
  last: Last,
  nextLog: string | undefined,
  description: string,
  texts: { text(file: string): string | undefined },
): string | undefined {
  const { by } = last.inclusions.get(last.file) ?? { by: "" };
  if (nextLog !== undefined && stemOf(by) === stemOf(last.file)) {
    const paired = `${folderOf(last.file)}${stemOf(nextLog)}.sql`;
    return texts.text(paired) === undefined ? paired : undefined;
  }
  return nextFile(last, description, texts) ?? fileBehind(last.file, description, texts);
}

const stemOf = (file: string): string => file.slice(folderOf(file).length).replace(/\.\w+$/, "");

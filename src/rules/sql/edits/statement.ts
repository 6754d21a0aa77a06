import type { JavaFile } from "../../../facts/fileFacts.ts";
import { statementOfTexts, type WrittenStatement, writtenStatement } from "../../../model/persistence/edits/statementEdit.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import type { TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { writtenOf } from "../shared/queries/statements.ts";

/** A change of the statement of a query's annotation; none where the statement is not spelled out in one place, or has another form. */
export function changeStatement(
  file: JavaFile,
  query: Query,
  title: string,
  change: (statement: WrittenStatement) => readonly (TextEdit | undefined)[] | undefined,
): readonly Fix[] {
  const written = writtenOf(query, file);
  if (written === undefined || change(statementOfTexts(written.texts)) === undefined) return [];
  return [
    {
      title,
      safe: false,
      edits(sources) {
        const source = sources.text(file.file);
        const statement = source === undefined ? undefined : writtenStatement(source, written.span);
        const edits = statement === undefined ? undefined : change(statement);
        if (source === undefined || edits === undefined || edits.includes(undefined)) return undefined;
        return [
          { kind: "change", file: file.file, edits: edits.flatMap((edit) => (edit === undefined ? [] : [withBlanks(edit, source)])) },
        ];
      },
    },
  ];
}

/** What is taken out goes with the blanks behind it. */
function withBlanks({ span, text }: TextEdit, source: string): TextEdit {
  const blanks = text === "" ? (/^[ \t]*/.exec(source.slice(span.end))?.[0].length ?? 0) : 0;
  return { span: { start: span.start, end: span.end + blanks }, text };
}

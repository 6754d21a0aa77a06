import { quotedAt, skipComment } from "../../../syntax/sql/sqlLexer.ts";
import type { Span } from "../../../text/positions.ts";
import type { TableName } from "../sqlFacts.ts";
import type { StatementText } from "../statementText.ts";

/** A `REFRESH MATERIALIZED VIEW CONCURRENTLY` in the body of a routine, or in a text that is given to a scheduler. */
export interface Refresh {
  readonly view: TableName;
  readonly at: Span;
}

/** Those that a statement runs later; a body that looks for indexes first, or goes on after an error, knows what it does. */
export function refreshesIn(source: StatementText): readonly Refresh[] | undefined {
  if (!/\bREFRESH\s+MATERIALIZED\b/i.test(source.text)) return undefined;
  const text = withoutComments(source.text);
  if (/\bpg_index(?:es)?\b|\bEXCEPTION\s+WHEN\b/i.test(text)) return undefined;
  const found = [...text.matchAll(REFRESH)].map(({ 0: whole, 1: qualified = "", index }) => {
    const names = [...qualified.matchAll(/"((?:[^"]|"")+)"|([\w$]+)/g)].map(([, quoted, plain]) => quoted ?? (plain ?? "").toLowerCase());
    const start = source.start + index;
    return { view: { namespace: names.at(-2), name: names.at(-1) ?? "" }, at: { start, end: start + whole.length } };
  });
  return found.length === 0 ? undefined : found;
}

const REFRESH = /\bREFRESH\s+MATERIALIZED\s+VIEW\s+CONCURRENTLY\s+((?:"(?:[^"]|"")+"|[\w$]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\w$]+))?)/gi;

/** As long as before. Inside of a body that a dollar opens, too. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const end = skipComment(text, i);
    if (end > i) {
      parts.push(text.slice(from, i), " ".repeat(end - i));
      from = end;
      i = end - 1;
    } else if (text[i] === "'") i = Math.max(i, (quotedAt(text, i)?.end ?? i) - 1);
  }
  return parts.join("") + text.slice(from);
}

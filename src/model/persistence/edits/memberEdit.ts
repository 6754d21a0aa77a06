import type { TextEdit } from "../../../text/edits.ts";
import { pathAt, type WrittenStatement, wordAt } from "./statementEdit.ts";

/** What may stand before a condition. */
const BEFORE: ReadonlySet<string> = new Set(["where", "and", "("]);

/**
 * The edits that turn the one `:value member of t.list` of a statement into `exists (select 1 from t.list x where x = :value)`; undefined
 * where it has another form, or where there are more.
 */
export function memberEdits(statement: WrittenStatement): readonly (TextEdit | undefined)[] | undefined {
  const { edit, text, tokens } = statement;
  const places = tokens.flatMap((_, at) => (wordAt(statement, at) === "member" ? [at] : []));
  const [at = 0] = places;
  const value = tokens[at - 1];
  if (places.length !== 1 || value?.kind !== "parameter" || !BEFORE.has(wordAt(statement, at - 2))) return undefined;
  const collection = pathAt(statement, wordAt(statement, at + 1) === "of" ? at + 2 : at + 1);
  const last = collection === undefined ? undefined : tokens[collection.next - 1];
  if (collection?.text.split(".").length !== 2 || last === undefined) return undefined;
  const words = new Set(tokens.map((token) => token.text.toLowerCase()));
  const name = [collection.text.split(".").at(-1)?.[0]?.toLowerCase() ?? "x", "x", "one"].find((candidate) => !words.has(candidate));
  if (name === undefined) return undefined;
  const isUpper = /^[A-Z]/.test(tokens[at]?.text ?? "");
  const spelled = (word: string): string => (isUpper ? word.toUpperCase() : word);
  const asked = text.slice(value.start, value.end);
  const from = `${spelled("exists")} (${spelled("select")} 1 ${spelled("from")} ${collection.text} ${name} ${spelled("where")}`;
  return [edit({ start: value.start, end: last.end }, `${from} ${name} = ${asked})`)];
}

import { parseJpql } from "../../../syntax/jpql/jpql.ts";
import type { JpqlToken } from "../../../syntax/jpql/jpqlTokens.ts";
import type { TextEdit } from "../../../text/edits.ts";
import { pathAt, type StatementPart, takeOut, type WrittenStatement, wordAt } from "./statementEdit.ts";

/** What a subquery may not have behind its condition to become one that is asked for each row. */
const ENDS: ReadonlySet<string> = new Set(["group", "having", "order", "limit", "offset", "union", "intersect", "except", "window"]);
/** What may stand before a condition. */
const BEFORE: ReadonlySet<string> = new Set(["where", "and", "or", "on", "("]);

/** Joins that may give NULL for a column that has none. */
const OUTER: ReadonlySet<string> = new Set(["left", "right", "full"]);

/**
 * The edits that turn the `count` times `x not in (select y from …)` of a statement into `not exists (select 1 from … where y = x)`;
 * undefined where one of them has another form, where there are more, where a join may give NULL, and where `x` would mean something else
 * inside.
 */
export function notExistsEdits(statement: WrittenStatement, count: number): readonly (TextEdit | undefined)[] | undefined {
  const isOuter = (at: number): boolean => OUTER.has(wordAt(statement, at)) && ["join", "outer"].includes(wordAt(statement, at + 1));
  if (statement.tokens.some((_, at) => isOuter(at))) return undefined;
  const starts = placesOf(statement, "not", "in", "(", "select");
  if (starts.length !== count) return undefined;
  const edits = starts.map((at) => editsAt(statement, at));
  return edits.includes(undefined) ? undefined : edits.flatMap((some) => some ?? []);
}

/** `at` is the place of NOT. */
function editsAt(statement: WrittenStatement, at: number): readonly (TextEdit | undefined)[] | undefined {
  const { edit, text, tokens } = statement;
  const from = startBefore(statement, at);
  const end = closingOf(statement, at + 2);
  if (from === undefined || end === undefined || !BEFORE.has(wordAt(statement, from - 1))) return undefined;
  const item = itemAt(statement, at + 4);
  if (item === undefined || wordAt(statement, item.next) !== "from") return undefined;
  const inner = levelOf(statement, item.next, end);
  if (inner.some(({ word }) => ENDS.has(word))) return undefined;
  const outer = qualified(pathAt(statement, from)?.text ?? "", text);
  const [alias = ""] = outer?.split(".") ?? [];
  // Inside, the name would be that of the subquery's own table.
  if (outer === undefined || inner.some(({ word }) => word === alias.toLowerCase())) return undefined;
  const where = inner.find(({ word }) => word === "where");
  const alternatives = where !== undefined && inner.some(({ word, at: place }) => word === "or" && place > where.at);
  const isUpper = /^[A-Z]/.test(tokens[at]?.text ?? "");
  const spelled = (word: string): string => (isUpper ? word.toUpperCase() : word);
  const condition = `${item.text} = ${outer}`;
  const last = tokens[end - 1]?.end ?? 0;
  const opened = tokens[(where?.at ?? 0) + 1]?.start ?? 0;
  return [
    ...takeOut(statement, from, at),
    edit(tokens[at + 1] as JpqlToken, spelled("exists")),
    ...takeOut(statement, at + 4, item.next - 1),
    edit(tokens[item.next - 1] as JpqlToken, "1"),
    ...(alternatives ? [edit({ start: opened, end: opened }, "(")] : []),
    edit({ start: last, end: last }, `${alternatives ? ")" : ""} ${spelled(where === undefined ? "where" : "and")} ${condition}`),
  ];
}

/** A name with its table; the statement's only table stands for none. */
function qualified(path: string, text: string): string | undefined {
  if (path.includes(".")) return path;
  const statement = parseJpql(text);
  if (statement.kind === "other" || !statement.understood) return undefined;
  const [from, ...others] = statement.kind === "select" ? statement.from : [statement.from, ...statement.others];
  if (from === undefined || others.length > 0 || from.source.kind !== "name") return undefined;
  const name = from.alias ?? (from.source.parts.length === 1 ? from.source.parts[0] : undefined);
  return name === undefined ? undefined : `${name}.${path}`;
}

function placesOf(statement: WrittenStatement, ...words: readonly string[]): readonly number[] {
  return statement.tokens.flatMap((_, at) => (words.every((word, i) => wordAt(statement, at + i) === word) ? [at] : []));
}

/** Where the path begins that ends before a place. */
function startBefore(statement: WrittenStatement, at: number): number | undefined {
  const { tokens } = statement;
  let from = at - 1;
  if (tokens[from]?.kind !== "word") return undefined;
  while (wordAt(statement, from - 1) === "." && tokens[from - 2]?.kind === "word") from -= 2;
  return from;
}

/** The place of the parenthesis that closes the one at a place. */
function closingOf(statement: WrittenStatement, at: number): number | undefined {
  let depth = 0;
  for (let i = at; i < statement.tokens.length; i++) {
    if (wordAt(statement, i) === "(") depth++;
    if (wordAt(statement, i) === ")" && --depth === 0) return i;
  }
  return undefined;
}

/** A path, also as `distinct path` and `distinct(path)`. */
function itemAt(statement: WrittenStatement, at: number): StatementPart | undefined {
  const from = wordAt(statement, at) === "distinct" ? at + 1 : at;
  if (wordAt(statement, from) !== "(") return pathAt(statement, from);
  const path = pathAt(statement, from + 1);
  return path !== undefined && wordAt(statement, path.next) === ")" ? { ...path, next: path.next + 1 } : undefined;
}

/** The words between two places that lie in no parentheses of their own. */
function levelOf(statement: WrittenStatement, from: number, to: number): readonly { readonly word: string; readonly at: number }[] {
  const words: { word: string; at: number }[] = [];
  let depth = 0;
  for (let at = from; at < to; at++) {
    const word = wordAt(statement, at);
    if (word === "(") depth++;
    else if (word === ")") depth--;
    else if (depth === 0) words.push({ word, at });
  }
  return words;
}

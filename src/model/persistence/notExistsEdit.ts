import { parseJpql } from "../../syntax/jpql.ts";
import type { JpqlToken } from "../../syntax/jpqlTokens.ts";
import type { TextEdit } from "../../text/edits.ts";
import { takeOut, type WrittenStatement } from "./statementEdit.ts";

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
  const reader = new Reader(statement);
  if (statement.tokens.some((_, at) => OUTER.has(reader.word(at)) && ["join", "outer"].includes(reader.word(at + 1)))) return undefined;
  const starts = reader.places("not", "in", "(", "select");
  if (starts.length !== count) return undefined;
  const edits = starts.map((at) => editsAt(statement, reader, at));
  return edits.includes(undefined) ? undefined : edits.flatMap((some) => some ?? []);
}

/** `at` is the place of NOT. */
function editsAt(statement: WrittenStatement, reader: Reader, at: number): readonly (TextEdit | undefined)[] | undefined {
  const { edit, text } = statement;
  const from = reader.pathBefore(at);
  const end = reader.closing(at + 2);
  if (from === undefined || end === undefined || !BEFORE.has(reader.word(from - 1))) return undefined;
  const item = reader.item(at + 4);
  if (item === undefined || reader.word(item.next) !== "from") return undefined;
  const inner = reader.level(item.next, end);
  if (inner.some(({ word }) => ENDS.has(word))) return undefined;
  const outer = qualified(reader.text(from, at), text);
  const [alias = ""] = outer?.split(".") ?? [];
  // Inside, the name would be that of the subquery's own table.
  if (outer === undefined || inner.some(({ word }) => word === alias.toLowerCase())) return undefined;
  const where = inner.find(({ word }) => word === "where");
  const alternatives = where !== undefined && inner.some(({ word, at: place }) => word === "or" && place > where.at);
  const isUpper = /^[A-Z]/.test(reader.token(at)?.text ?? "");
  const spelled = (word: string): string => (isUpper ? word.toUpperCase() : word);
  const condition = `${item.path} = ${outer}`;
  const last = reader.token(end - 1)?.end ?? 0;
  const opened = reader.token((where?.at ?? 0) + 1)?.start ?? 0;
  return [
    ...takeOut(statement, from, at),
    edit(reader.token(at + 1) as JpqlToken, spelled("exists")),
    ...takeOut(statement, at + 4, item.next - 1),
    edit(reader.token(item.next - 1) as JpqlToken, "1"),
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

/** Looks around in the tokens of a statement. */
class Reader {
  readonly #tokens: readonly JpqlToken[];
  readonly #text: string;

  constructor({ tokens, text }: Pick<WrittenStatement, "tokens" | "text">) {
    this.#tokens = tokens;
    this.#text = text;
  }

  token(at: number): JpqlToken | undefined {
    return this.#tokens[at];
  }

  /** A word in lower case, or a symbol. */
  word(at: number): string {
    const token = this.#tokens[at];
    return token?.kind === "word" ? token.text.toLowerCase() : token?.kind === "symbol" ? token.text : "";
  }

  places(...words: readonly string[]): readonly number[] {
    return this.#tokens.flatMap((_, at) => (words.every((word, i) => this.word(at + i) === word) ? [at] : []));
  }

  /** Where the path begins that ends before a place. */
  pathBefore(at: number): number | undefined {
    let from = at - 1;
    if (this.#tokens[from]?.kind !== "word") return undefined;
    while (this.word(from - 1) === "." && this.#tokens[from - 2]?.kind === "word") from -= 2;
    return from;
  }

  /** The place of the parenthesis that closes the one at a place. */
  closing(at: number): number | undefined {
    let depth = 0;
    for (let i = at; i < this.#tokens.length; i++) {
      if (this.word(i) === "(") depth++;
      if (this.word(i) === ")" && --depth === 0) return i;
    }
    return undefined;
  }

  /** A path, also as `distinct path` and `distinct(path)`, and the place behind it. */
  item(at: number): { readonly path: string; readonly next: number } | undefined {
    let from = this.word(at) === "distinct" ? at + 1 : at;
    const wrapped = this.word(from) === "(";
    if (wrapped) from++;
    if (this.#tokens[from]?.kind !== "word") return undefined;
    let next = from + 1;
    while (this.word(next) === "." && this.#tokens[next + 1]?.kind === "word") next += 2;
    const path = this.text(from, next);
    if (!wrapped) return { path, next };
    return this.word(next) === ")" ? { path, next: next + 1 } : undefined;
  }

  /** The words between two places that lie in no parentheses of their own. */
  level(from: number, to: number): readonly { readonly word: string; readonly at: number }[] {
    const words: { word: string; at: number }[] = [];
    let depth = 0;
    for (let at = from; at < to; at++) {
      const word = this.word(at);
      if (word === "(") depth++;
      else if (word === ")") depth--;
      else if (depth === 0) words.push({ word, at });
    }
    return words;
  }

  /** As it is written, quotes included. */
  text(from: number, to: number): string {
    return this.#tokens
      .slice(from, to)
      .map(({ start, end }) => this.#text.slice(start, end))
      .join("");
  }
}

/** The arguments of one call of `pg_restore_relation_stats` or `pg_restore_attribute_stats` in a dump. */
export interface RestoreCall {
  readonly what: "relation" | "attribute";
  readonly values: ReadonlyMap<string, string>;
}

const CALL = /\bpg_restore_(relation|attribute)_stats\s*\(/g;
/** `'name'`, `E'a\\b'`, a number, TRUE; a cast behind it says nothing more. */
const ARGUMENT = /\s*(?:(E)?'((?:[^']|'')*)'|([+-]?[\d.]+(?:e[+-]?\d+)?|true|false|null))(?:::[\w" .]+(?:\[\])?)?\s*(,|\))/giy;

/** The calls in the SQL that `pg_dump --statistics-only` of PostgreSQL 18 writes; undefined where one does not read as such a call. */
export function restoreCalls(dump: string): readonly RestoreCall[] | undefined {
  const calls: RestoreCall[] = [];
  for (const match of dump.matchAll(CALL)) {
    const given: string[] = [];
    ARGUMENT.lastIndex = match.index + match[0].length;
    for (let closed = false; !closed; ) {
      const argument = ARGUMENT.exec(dump);
      if (argument === null) return undefined;
      const [, escaped, text, bare, end] = argument;
      const value = text === undefined ? (bare ?? "") : text.replaceAll("''", "'");
      given.push(escaped === undefined ? value : value.replace(/\\(.)/g, "$1"));
      closed = end === ")";
    }
    const values = new Map<string, string>();
    for (let i = 0; i + 1 < given.length; i += 2) values.set(given[i] as string, given[i + 1] as string);
    calls.push({ what: match[1] === "relation" ? "relation" : "attribute", values });
  }
  return calls;
}

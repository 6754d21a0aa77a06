/**
 * What is wrong with how the migrations of fixes changed a catalog; undefined where each did what its title says. `before` and `after` are
 * lines of `PostgresDatabase.catalog`. One that creates an index makes that one, one that drops something takes that away; of any other
 * only that it changes something is known. Nothing else may change.
 */
export function wrongIn(titles: readonly string[], before: readonly string[], after: readonly string[]): string | undefined {
  const [had, has] = [new Set(before), new Set(after)];
  let lines: readonly string[] = [
    ...before.filter((line) => !has.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !had.has(line)).map((line) => `+ ${line}`),
  ];
  let isAnyFree = false;
  for (const title of titles) {
    const own = ownLines(title, lines);
    if (own.length === 0) return `changes nothing: ${title}`;
    isAnyFree ||= ![CREATES, DROPS].some((known) => known.test(title));
    lines = lines.filter((line) => !own.includes(line));
  }
  return lines.length === 0 || isAnyFree ? undefined : `changes more:\n  ${lines.join("\n  ")}`;
}

const CREATES = /^Create (unique )?index on (\S+) \((.*?)\)(?: concurrently| where .*)?$/;
const DROPS = /^Drop (?:index|constraint) (\S+)$/;

function ownLines(title: string, lines: readonly string[]): readonly string[] {
  const [, unique = "", table = "", keys = ""] = CREATES.exec(title) ?? [];
  if (table !== "") {
    const head = `+ index CREATE ${unique.toUpperCase()}INDEX `;
    const on = new RegExp(` ON (?:\\w+\\.)?"?${table}"? USING `, "i");
    const isPlain = /^[\w, ]+$/.test(keys);
    const isOwn = (line: string): boolean =>
      line.startsWith(head) && on.test(line) && (!isPlain || plain(line).includes(`(${plain(keys)})`)) && !line.endsWith(" INVALID");
    return lines.filter(isOwn).slice(0, 1);
  }
  const dropped = DROPS.exec(title)?.[1];
  if (dropped === undefined) return lines;
  return lines.filter(
    (line) =>
      line.startsWith("- ") &&
      plain(line)
        .split(/[^\w$-]+/)
        .includes(plain(dropped)),
  );
}

const plain = (text: string): string => text.replaceAll('"', "").toLowerCase();

import type { Changeset } from "./operationFacts.ts";

/** The changesets of a change log in Liquibase's formatted SQL, in order, those for other databases too. */
export function changesetsIn(text: string): Changeset[] {
  const heads = [...text.matchAll(/^[ \t]*--[ \t]*changeset[ \t]+(\S[^\r\n]*)/gim)];
  return heads.map((head, i) => {
    const line = head[1] as string;
    const start = head.index + head[0].search(/\S/);
    const end = heads[i + 1]?.index ?? text.length;
    const [contexts, labels] = [attributeIn(line, /\bcontext(?:s|Filter)?:/i), attributeIn(line, /\blabels:/i)];
    const dbms = attributeIn(line, /\bdbms:/i);
    return {
      name: /^(?:"[^"]*"|[^\s:])+:(?:"[^"]*"|\S+)/.exec(line)?.[0] ?? line.trim(),
      at: { start, end: head.index + head[0].trimEnd().length },
      span: { start, end },
      transactional: !/\brunInTransaction:\s*"?false\b/i.test(line),
      ...(contexts === undefined ? {} : { contexts }),
      ...(labels === undefined ? {} : { labels }),
      ...(dbms === undefined ? {} : { dbms }),
      ...(/^[ \t]*--[ \t]*preconditions?\b/im.test(text.slice(start, end)) ? { asks: "other" as const } : {}),
    };
  });
}

/** What stands behind an attribute, in quotation marks or not. */
function attributeIn(line: string, attribute: RegExp): string | undefined {
  const found = attribute.exec(line);
  const value = found === null ? null : /^\s*(?:"([^"]*)"|(\S+))/.exec(line.slice(found.index + found[0].length));
  return value?.[1] ?? value?.[2];
}

/** Whether a list of databases ("h2, postgresql", "!oracle", "all", "none") has PostgreSQL in it. */
export function runsOnPostgres(dbms: string | undefined): boolean {
  const names = (dbms ?? "").split(",").map((name) => name.trim().toLowerCase());
  if (names.every((name) => name === "")) return true;
  if (names.includes("none") || names.includes("!postgresql")) return false;
  return names.includes("all") || names.includes("postgresql") || names.every((name) => name.startsWith("!"));
}

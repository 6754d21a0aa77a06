import { noSql, Parameters, type SqlText } from "./sqlText.ts";

/** What must not be looked into, then the placeholders of Spring Data, JDBI, npjt, MyBatis and JDBC. */
const SCANNER =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|::|(?<lead>\b(?:not\s+)?in\s*\(?\s*)?(?:(?<spel>[:?]#\{[^}]*\})|(?<template>[#$]\{[^}]*\})|:(?<name>[\p{L}_][\p{L}\p{N}_.]*)|\?(?<number>\d+)|(?<bare>\?)(?![|&?]))(?<tail>\s*\))?/giu;

/** A native query with numbered parameters. A list of values becomes an array, which is planned as a list of some. */
export function nativeSql(text: string): SqlText {
  // JDBI's list of values; anything else between these signs may be any text.
  const listed = text.replace(/'(?:[^']|'')*'|(\bin\s*\(\s*)<([a-z]\w*)>(?=\s*\))/gi, (whole, lead?: string, name?: string) =>
    lead === undefined ? whole : `${lead}:${name}`,
  );
  if (/<(?!=|>|\s|@|-|\d|:|\?|')[a-z]\w*>/i.test(withoutStrings(listed))) return noSql("parts of it are put in at run time");
  // Hibernate puts the default schema here, which is the first one of the search path.
  const own = withWildcardsInPatterns(withoutEscapes(listed.replaceAll("{h-schema}", "")));
  const parameters = new Parameters();
  let unclear: string | undefined;
  const sql = own.replace(SCANNER, (match, ...rest) => {
    const groups = rest.at(-1) as Readonly<Record<"lead" | "spel" | "template" | "name" | "number" | "bare" | "tail", string | undefined>>;
    const { lead, spel, template, name, number, bare, tail } = groups;
    if (spel === undefined && template === undefined && name === undefined && number === undefined && bare === undefined) return match;
    if (template?.startsWith("$") === true) unclear = `${template} is put in at run time`;
    const given =
      name ?? (number === undefined ? undefined : `?${number}`) ?? spel ?? template?.replace(/^#\{\s*([\w.]+).*\}$/, "$1") ?? "";
    const place = parameters.place(given);
    if (lead === undefined) return `${place}${tail ?? ""}`;
    const wrapped = lead.includes("(");
    // `in (?, ?)` lists single values.
    if (wrapped && tail === undefined) return `${lead}${place}`;
    const closing = wrapped ? "" : (tail ?? "");
    const single = bare !== undefined;
    if (single) return `${lead}${place}${tail ?? ""}`;
    return `${/^not/i.test(lead) ? "<> ALL" : "= ANY"} (${place})${closing}`;
  });
  if (unclear !== undefined) return noSql(unclear);
  return { ok: true, sql: sql.trim().replace(/;\s*$/, ""), parameters: parameters.names, assumed: [] };
}

/** `id\\:\\:text`: of a colon alone Hibernate makes a parameter. */
const withoutEscapes = (text: string): string => text.replace(/'(?:[^']|'')*'|\\(?=:)/g, (match) => (match.startsWith("'") ? match : ""));

/** Spring Data takes the wildcards of `like %:name%` out of the text and puts them into the value. */
const withWildcardsInPatterns = (text: string): string =>
  text.replace(PATTERN, (whole, like: string, begins: string, parameter: string, ends: string) => {
    if (begins === "" && ends === "") return whole;
    const parts = [begins, parameter, ends].filter((part) => part !== "");
    return `${like}(${parts.map((part) => (part === "%" ? "'%'" : part)).join(" || ")})`;
  });

const PATTERN = /(\bi?like\s+)(%?)(:[\p{L}_][\p{L}\p{N}_.]*|\?\d*|[:?]#\{[^}]*\})(%?)/giu;

const withoutStrings = (text: string): string => text.replace(/'(?:[^']|'')*'/g, "''");

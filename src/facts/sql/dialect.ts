import { isSpace, isWord, quotedAt, skipComment } from "../../syntax/sql/sqlLexer.ts";
import type { Dialect } from "./sqlFacts.ts";

/**
 * The dialect that a file's own words show, and whether that settles it. That PostgreSQL's parser accepts a text proves nothing: types
 * such as DATETIME, TINYINT(1) and CLOB parse as unknown types.
 */
export function dialectOf(file: string, text: string): { readonly dialect: Dialect; readonly settled: boolean } {
  const byPath = vendorOf(file);
  if (byPath !== undefined) return { dialect: byPath, settled: true };
  // The cheaper questions first: what MySQL alone writes outweighs PostgreSQL's words, and those outweigh all others.
  const own = POSTGRESQL.exec(text);
  const isMySql = MYSQL_ONLY.test(text);
  // What stands in code before any comment or string is found without looking at the rest.
  if (!isMySql && own !== null && POSTGRESQL.test(codeOnly(text.slice(0, own.index + own[0].length))))
    return { dialect: "postgresql", settled: true };
  const isForeign = isMySql || ANY_FOREIGN.test(text);
  if (!isForeign && own === null) return { dialect: "unknown", settled: false };
  const code = codeOnly(text);
  if (isMySql && MYSQL_ONLY.test(code)) return { dialect: "mysql", settled: true };
  if (own !== null && POSTGRESQL.test(code)) return { dialect: "postgresql", settled: true };
  const foreign = isForeign ? FOREIGN.find(([, pattern]) => pattern.test(code))?.[0] : undefined;
  return { dialect: foreign ?? "unknown", settled: false };
}

/** The dialect that a path names by a folder (`db/mysql/…`) or in the file's name (`schema-h2.sql`, `h2.sql`), as Flyway's `{vendor}` does. */
export function vendorOf(file: string): Dialect | undefined {
  if (!ANY_VENDOR.test(file)) return undefined;
  const segments = file.toLowerCase().split("/");
  const name = segments.pop() ?? "";
  for (const token of name
    .replace(/\.sql$/, "")
    .split(/[-.]/)
    .slice(1)
    .reverse())
    if (VENDORS[token] !== undefined) return VENDORS[token];
  const whole = VENDORS[name.replace(/\.sql$/, "")];
  if (whole !== undefined) return whole;
  const last = VENDORS[/^(?![vrub]\d|[vrub]__|\d)\w+_([a-z\d]+)\.sql$/.exec(name)?.[1] ?? ""];
  if (last !== undefined) return last;
  for (const segment of segments.reverse()) if (VENDORS[segment] !== undefined) return VENDORS[segment];
  return undefined;
}

const VENDORS: Readonly<Record<string, Dialect>> = Object.assign(Object.create(null), {
  postgresql: "postgresql",
  postgres: "postgresql",
  pgsql: "postgresql",
  psql: "postgresql",
  pg: "postgresql",
  mysql: "mysql",
  mariadb: "mysql",
  h2: "h2",
  hsqldb: "other",
  hsql: "other",
  derby: "other",
  db2: "other",
  cockroachdb: "other",
  cockroach: "other",
  bigquery: "other",
  clickhouse: "other",
  cassandra: "other",
  snowflake: "other",
  oracle: "oracle",
  sqlserver: "sqlserver",
  mssql: "sqlserver",
  sqlite: "sqlite",
});

/** Most paths name none. */
const ANY_VENDOR = new RegExp(Object.keys(VENDORS).join("|"), "i");

const MYSQL_ONLY = /`|\bENGINE\s*=|\bAUTO_INCREMENT\b|\bON\s+DUPLICATE\s+KEY\b|^[ \t]*DELIMITER\s/im;

const FOREIGN: readonly (readonly [Dialect, RegExp])[] = [
  [
    "mysql",
    /\b(?:UNSIGNED|LONGTEXT|MEDIUMTEXT|LONGBLOB|MEDIUMINT|TINYINT|DATETIME|MODIFY\s+COLUMN|CHANGE\s+COLUMN|DROP\s+FOREIGN\s+KEY|DROP\s+PRIMARY\s+KEY|UNIQUE\s+KEY|ADD\s+(?:KEY|INDEX)|DROP\s+KEY|DROP\s+INDEX\s+\S+\s+ON|TABLE\s+\S+\s+DROP\s+INDEX|INSERT\s+IGNORE|REPLACE\s+INTO|UTF8MB4\w*)\b|\bALTER\s+TABLE\s+\S+\s+MODIFY\b|\bTABLE\s+\S+\s+CHANGE\b|\bLIMIT\s+\d+\s*,/i,
  ],
  ["sqlserver", /\[dbo\]|\b(?:NVARCHAR|UNIQUEIDENTIFIER|DATETIME2|IDENTITY\s*\(\s*1\s*,\s*1\s*\)|NONCLUSTERED)\b|^[ \t]*GO[ \t]*$/im],
  ["oracle", /\b(?:N?VARCHAR2|NUMBER\s*\(|SYSTIMESTAMP|TABLESPACE\s+\w+\s+LOGGING)/i],
  ["sqlite", /\b(?:AUTOINCREMENT|WITHOUT\s+ROWID)\b|^\s*PRAGMA\s/im],
  ["h2", /\b(?:VARCHAR_IGNORECASE|CREATE\s+(?:MEMORY|CACHED)\s+TABLE|CREATE\s+ALIAS)\b|\bDROP\s+TABLE\s+\S+\s+IF\s+EXISTS\b/i],
  // BigQuery's types.
  ["other", /\b(?:INT64|FLOAT64|BIGNUMERIC)\b/i],
];

/** Any of them, before the costlier look at the text without comments and strings. */
const ANY_FOREIGN = new RegExp(FOREIGN.map(([, { source }]) => source).join("|"), "im");

const POSTGRESQL =
  /::|\$\$|\b(?:JSONB|BIGSERIAL|SERIAL|TIMESTAMPTZ|BYTEA|CITEXT|TSVECTOR|PLPGSQL|GEN_RANDOM_UUID|CONCURRENTLY|ON\s+CONFLICT|CREATE\s+EXTENSION|USING\s+(?:GIN|GIST|BRIN)|TIME\s+ZONE|AS\s+ENUM|OWNER\s+TO|ADD\s+COLUMN\s+IF\s+NOT\s+EXISTS)\b|\bTEXT\s*\[\]/i;

/** The text without comments and single-quoted strings; dollar quotes stay recognisable. */
function codeOnly(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let i = 0;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    if (isSpace(unit) || (isWord(unit) && unit !== 36)) {
      i++;
      continue;
    }
    const comment = skipComment(text, i);
    const end = comment > i ? comment : unit === 39 || unit === 36 ? (quotedAt(text, i)?.end ?? i) : i;
    if (end > i) {
      parts.push(text.slice(from, i), unit === 36 ? "$$" : " ");
      from = i = end;
    } else i++;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

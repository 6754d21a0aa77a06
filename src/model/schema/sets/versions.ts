import { withCapital } from "../../../text/capitals.ts";
/** How migration files are named, ordered, and named next. */

export interface MigrationName {
  readonly kind: "versioned" | "repeatable" | "baseline" | "callback" | "numbered" | "ignored";
  /** Digits of each part; empty where there is no version. */
  readonly version: readonly string[];
  /** What stands in front of the version, the version and what stands between it and the description, as written. */
  readonly prefix: string;
  readonly versionText: string;
  readonly separator: string;
  readonly description: string;
  /** `.sql`, `.up.sql`. */
  readonly suffix: string;
}

/**
 * Flyway's names: `V1__a.sql`, `V1.2_3__a.sql`, `R__a.sql`, `U1__a.sql`, `B1__a.sql`, `afterMigrate__a.sql`; `v1__a.sql`, which takes a
 * setting (`sql-migration-prefix`).
 */
export function flywayName(fileName: string): MigrationName | undefined {
  const versioned = /^([VUB]|v(?=[\d._]+__))(\d+(?:[._]\d+)*)(?:(__)(.*?))?(\.sql)$/.exec(fileName);
  if (versioned !== null) {
    const [, prefix = "", versionText = "", separator = "", description = "", suffix = ""] = versioned;
    const kind = /v/i.test(prefix) ? "versioned" : prefix === "B" ? "baseline" : "ignored";
    return { kind, version: versionText.split(/[._]/), prefix, versionText, separator, description, suffix };
  }
  const other = /^(R__|(?:before|after|create)[A-Z]\w*?(?:__)?(?=__|\.|$))(.*)\.sql$/.exec(fileName);
  if (other === null) return undefined;
  const kind = fileName.startsWith("R__") ? "repeatable" : fileName.startsWith("before") ? "ignored" : "callback";
  return { kind, version: [], prefix: "", versionText: "", separator: "", description: fileName.replace(/\.sql$/, ""), suffix: ".sql" };
}

/** What a migration that is written in Java would be called as a script: `V9__Compute.sql`. */
export const scriptName = (fileName: string): string => fileName.replace(/\.java$/, ".sql");

/** Names that start with a number or a date: `001_init.sql`, `20240131120000-users.up.sql`, `2024-01-31-users.sql`. */
export function numberedName(fileName: string): MigrationName | undefined {
  const match = /^(\d+(?:[._-]\d+)*)(?:([-_. ]+)(\D.*?))?((?:\.(?:up|down|do|undo))?\.sql)$/i.exec(fileName);
  if (match === null) return undefined;
  const [, versionText = "", separator = "", description = "", suffix = ""] = match;
  // Back again, or from one release to the next: such a script stands beside what makes the schema.
  const changes = /^\.(down|undo)/i.test(suffix) || /(?:^|[-_.])(?:rollback|undo|to[-_]v?\d[\w.-]*)(?:[-_.]|$)/i.test(description);
  const kind = changes ? "ignored" : "numbered";
  return { kind, version: versionText.split(/[._-]/), prefix: "", versionText, separator, description, suffix };
}

/** As Flyway compares: part by part as numbers, a missing part is 0. Timestamps with milliseconds exceed what a double holds exactly. */
export function compareVersions(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const x = (a[i] ?? "0").replace(/^0+(?=\d)/, "");
    const y = (b[i] ?? "0").replace(/^0+(?=\d)/, "");
    if (x.length !== y.length) return x.length - y.length;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/**
 * The next version in the scheme of the last one: its last part plus one, its zero padding and its separators kept. Dates and times
 * move to the next minute, second or day that exists. No clock is asked: the answer is the least version of the scheme that comes
 * behind all others, so that it is the same on every machine.
 */
export function nextVersion(last: string): string {
  return nextMoment(last) ?? last.replace(/\d+$/, increment);
}

function increment(digits: string): string {
  return (BigInt(digits) + 1n).toString().padStart(digits.length, "0");
}

/** Year, month, day and as much of the time as there is, with one or more separators or none. */
const MOMENT = /^((?:19|20)\d\d)([._-]?)(\d\d)\2(\d\d)(?:([._T-]?)(\d\d)([._-]?)(\d\d)(?:([._-]?)(\d\d))?)?Z?$/;

function nextMoment(last: string): string | undefined {
  const match = MOMENT.exec(last);
  if (match === null) return undefined;
  const [, year = "", , month = "", day = "", , hour, , minute, , second] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = new Date(Date.UTC(y, mo - 1, d, h, mi, s));
  const exists = at.getUTCMonth() === mo - 1 && at.getUTCDate() === d && at.getUTCHours() === h && at.getUTCMinutes() === mi && s < 60;
  if (!exists) return undefined;
  const stepMs = second !== undefined ? 1_000 : hour !== undefined ? 60_000 : 86_400_000;
  const next = new Date(at.getTime() + stepMs);
  const parts = [next.getUTCMonth() + 1, next.getUTCDate(), next.getUTCHours(), next.getUTCMinutes(), next.getUTCSeconds()];
  const values = [next.getUTCFullYear(), ...parts].map((part) => String(part).padStart(2, "0"));
  // The digits of the last one replaced two by two (the year by four), whatever stands between them.
  let i = 0;
  return last.replace(/^\d{4}|\d\d/g, () => values[i++] ?? "");
}

/** A description in snake_case, written as the project writes its own. */
export function styledDescription(snake: string, like: string): string {
  if (/^[A-Z0-9_]+$/.test(like) && /[A-Z]/.test(like)) return snake.toUpperCase();
  if (like.includes("-") && !like.includes("_")) return snake.replaceAll("_", "-");
  if (/^[A-Z][a-z0-9]+(?:_[A-Za-z0-9]+)*$/.test(like)) return withCapital(snake);
  if (/^(?:[A-Z][a-z0-9]*){2,}$/.test(like)) return snake.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return snake;
}

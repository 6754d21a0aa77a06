/** The functions that texts handed to pg_cron call, lower case, without their PostgreSQL schema; also inside of a block. */
export function scheduledIn(statement: string): readonly string[] {
  if (!/\bcron\s*\.\s*schedule/i.test(statement)) return [];
  const called = [...statement.matchAll(CALLED)].map(([, name = ""]) => name.toLowerCase());
  return [...new Set(called)].filter((name) => !name.startsWith("schedule"));
}

const CALLED = /\b(?:select|perform|call|from)\s+(?:"?\w+"?\s*\.\s*)?"?(\w+)"?\s*\(/gi;

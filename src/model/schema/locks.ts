import type { LockForm } from "../../facts/sql/operationFacts.ts";

/** PostgreSQL's table-level locks that statements of a migration take, the weakest first. */
export type LockMode =
  | "ACCESS SHARE"
  | "ROW SHARE"
  | "ROW EXCLUSIVE"
  | "SHARE UPDATE EXCLUSIVE"
  | "SHARE"
  | "SHARE ROW EXCLUSIVE"
  | "EXCLUSIVE"
  | "ACCESS EXCLUSIVE";

/** What a statement does while it holds its lock: nothing that takes time, reading all rows, building an index, writing all rows anew. */
export type LockedWork = "none" | "scan" | "index" | "rewrite";

/** What one form of statement does in a range of major versions. */
export interface LockRow {
  readonly form: LockForm;
  /** The first major version with this row, of those that are supported here: 12 to 18. */
  readonly since: number;
  /** On the table that the statement names; of DROP INDEX and REINDEX INDEX, on the index's table. */
  readonly lock: LockMode;
  /** On the other table: a foreign key's parent, the partition that is attached or detached. */
  readonly other?: LockMode;
  readonly work: LockedWork;
}

/** The versions of PostgreSQL that the table below speaks of. */
export const LOCK_VERSIONS = [12, 13, 14, 15, 16, 17, 18] as const;

const ALL = 12;

/**
 * Locks by form of statement. Sources: PostgreSQL's documentation of each command (ALTER TABLE says of every form which lock it takes,
 * and under "Notes" what is rewritten), and the chapter "Explicit Locking"; "since" rows come from the release notes. A test runs every
 * form on a real server and compares lock and rewriting with what `pg_locks` and `pg_class.relfilenode` say.
 *
 * https://www.postgresql.org/docs/current/sql-altertable.html
 * https://www.postgresql.org/docs/current/explicit-locking.html
 */
export const LOCK_TABLE: readonly LockRow[] = [
  { form: "create index", since: ALL, lock: "SHARE", work: "index" },
  { form: "create index concurrently", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", work: "index" },
  { form: "drop index", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "drop index concurrently", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", work: "none" },
  { form: "reindex", since: ALL, lock: "SHARE", work: "index" },
  { form: "reindex concurrently", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", work: "index" },
  { form: "add column", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "add column with default", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "add column with volatile default", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "add serial column", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "add identity column", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "add stored generated column", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "add virtual generated column", since: 18, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "drop column", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  // To a type with the same bytes and no narrower; `rewritesColumn` decides which of both it is.
  { form: "set column type", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "rewrite column type", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "set default", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "set not null", since: ALL, lock: "ACCESS EXCLUSIVE", work: "scan" },
  { form: "drop not null", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "add not null not valid", since: 18, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "add identity", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "add foreign key", since: ALL, lock: "SHARE ROW EXCLUSIVE", other: "SHARE ROW EXCLUSIVE", work: "scan" },
  { form: "add foreign key not valid", since: ALL, lock: "SHARE ROW EXCLUSIVE", other: "SHARE ROW EXCLUSIVE", work: "none" },
  { form: "add check", since: ALL, lock: "ACCESS EXCLUSIVE", work: "scan" },
  { form: "add check not valid", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "add unique", since: ALL, lock: "ACCESS EXCLUSIVE", work: "index" },
  { form: "add primary key", since: ALL, lock: "ACCESS EXCLUSIVE", work: "index" },
  { form: "add constraint using index", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "add exclusion", since: ALL, lock: "ACCESS EXCLUSIVE", work: "index" },
  { form: "validate constraint", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", work: "scan" },
  { form: "drop constraint", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "rename column", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "rename table", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "rename constraint", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  // On the index alone.
  { form: "rename index", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", work: "none" },
  { form: "drop table", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "truncate", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "create trigger", since: ALL, lock: "SHARE ROW EXCLUSIVE", work: "none" },
  { form: "drop trigger", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "toggle trigger", since: ALL, lock: "SHARE ROW EXCLUSIVE", work: "none" },
  { form: "attach partition", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", other: "ACCESS EXCLUSIVE", work: "scan" },
  { form: "detach partition", since: ALL, lock: "ACCESS EXCLUSIVE", other: "ACCESS EXCLUSIVE", work: "none" },
  { form: "detach partition concurrently", since: 14, lock: "SHARE UPDATE EXCLUSIVE", other: "ACCESS EXCLUSIVE", work: "none" },
  { form: "create partition", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "inherit", since: ALL, lock: "ACCESS EXCLUSIVE", other: "SHARE UPDATE EXCLUSIVE", work: "none" },
  { form: "no inherit", since: ALL, lock: "ACCESS EXCLUSIVE", other: "ACCESS SHARE", work: "none" },
  { form: "set logged", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "set tablespace", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "set storage parameters", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", work: "none" },
  { form: "set statistics", since: ALL, lock: "SHARE UPDATE EXCLUSIVE", work: "none" },
  { form: "refresh materialized view", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "refresh materialized view concurrently", since: ALL, lock: "EXCLUSIVE", work: "scan" },
  { form: "vacuum full", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "cluster", since: ALL, lock: "ACCESS EXCLUSIVE", work: "rewrite" },
  { form: "lock table", since: ALL, lock: "ACCESS EXCLUSIVE", work: "none" },
  { form: "update", since: ALL, lock: "ROW EXCLUSIVE", work: "scan" },
  { form: "delete", since: ALL, lock: "ROW EXCLUSIVE", work: "scan" },
  { form: "insert select", since: ALL, lock: "ROW EXCLUSIVE", work: "scan" },
];

/** What a form does in a version; undefined where that version does not know it. Without a version: in the newest. */
export function lockOf(form: LockForm, version: number = LOCK_VERSIONS[LOCK_VERSIONS.length - 1] as number): LockRow | undefined {
  return LOCK_TABLE.filter((row) => row.form === form && row.since <= version).at(-1);
}

/** What waits for a lock: everything, or what writes. */
export function waitsFor(lock: LockMode): "reads and writes" | "writes" | undefined {
  if (lock === "ACCESS EXCLUSIVE") return "reads and writes";
  return lock === "SHARE" || lock === "SHARE ROW EXCLUSIVE" || lock === "EXCLUSIVE" ? "writes" : undefined;
}

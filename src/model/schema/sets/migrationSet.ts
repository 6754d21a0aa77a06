import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { SchemaChange } from "../../../facts/sql/sqlFacts.ts";
import type { FoldedFile } from "../fold/foldedFile.ts";
import type { Dialect, Inclusion, Migration, MigrationNaming } from "../schema.ts";
import type { MigrationName } from "./versions.ts";

/** The files that make one schema, in the order in which they run. */
export interface MigrationSet {
  readonly id: string;
  readonly dialect: Dialect;
  readonly test: boolean;
  readonly liquibase: boolean;
  /** Made of entities by Hibernate. */
  readonly mapped?: true;
  /** Whether the order is known; otherwise tables come first, whatever the files are called. */
  readonly ordered: boolean;
  readonly migrations: readonly Migration[];
  /** Those of them that do not run: behind Flyway's target. */
  readonly behind?: ReadonlySet<string>;
  /** What runs, where one file runs in parts or after others that it names; else the migrations do. */
  readonly steps?: readonly FoldedFile[];
  /** See Schema. */
  readonly inclusions?: ReadonlyMap<string, Inclusion>;
  readonly naming: MigrationNaming | undefined;
  readonly problems: readonly MigrationProblem[];
}

/** A migration with what its name, or its folder's, says. */
export interface Named {
  readonly file: string;
  readonly folder: string;
  /** The vendor that the path below Flyway's location names. */
  readonly vendor?: Dialect | undefined;
  readonly name: MigrationName;
  /** Missing for a migration written in Java: it takes a version, what it does is not known. */
  readonly facts: SqlFile | undefined;
}

/** What is wrong with the version of a file. */
export interface MigrationProblem {
  readonly file: string;
  readonly kind: "duplicate" | "gap";
  /** The file with the same version, or the one before the gap. */
  readonly other: string;
  /** The version that two files have, or the first that none has. */
  readonly version: string;
}

/** PostgreSQL where as many files say so as speak for all others. */
export function votedDialect(votes: readonly Dialect[]): Dialect {
  const counts = new Map<Dialect, number>();
  for (const vote of votes) if (vote !== "unknown") counts.set(vote, (counts.get(vote) ?? 0) + 1);
  const postgresql = counts.get("postgresql") ?? 0;
  const [most, count] = [...counts].filter(([dialect]) => dialect !== "postgresql").sort((a, b) => b[1] - a[1])[0] ?? ["unknown", 0];
  return postgresql > 0 && postgresql >= count ? "postgresql" : most;
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const isWithin = (folder: string, root: string): boolean => folder === root || root === "" || folder.startsWith(`${root}/`);

export function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** What a file says is worked out once: sets are sorted anew at each edit, of one file. */
function keptPerFile<T>(read: (facts: SqlFile) => T): (facts: SqlFile) => T {
  const known = new WeakMap<SqlFile, { readonly value: T }>();
  return (facts) => {
    let entry = known.get(facts);
    if (entry === undefined) known.set(facts, (entry = { value: read(facts) }));
    return entry.value;
  };
}

/** What a script changes, in order; of another dialect what is known of it behind that. */
export const changesOf = keptPerFile(({ sql }): readonly SchemaChange[] => {
  const all: SchemaChange[] = [];
  for (const { changes } of sql.statements) for (const change of changes) all.push(change);
  return sql.elsewhere === undefined ? all : [...all, ...sql.elsewhere];
});

/** Lower case, without the PostgreSQL schema. */
export const tablesMadeBy = keptPerFile((facts): readonly string[] =>
  changesOf(facts).flatMap((change) => (change.kind === "createTable" ? change.table.name.toLowerCase() : [])),
);

/** The tables that a script makes and alters, and what statements name that nobody understands. */
export const tablesIn = keptPerFile(
  (facts): ReadonlySet<string> =>
    new Set(
      changesOf(facts).flatMap((change) =>
        change.kind === "unclear" ? change.names : "table" in change ? [change.table.name.toLowerCase()] : [],
      ),
    ),
);

/** Whether something of a script is not read at all. */
export const isUnread = keptPerFile(
  (facts): boolean => facts.sql.changelog !== undefined || changesOf(facts).some(({ kind }) => kind === "unread"),
);

import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Changeset, Operation } from "../../facts/sql/operationFacts.ts";
import type { SqlStatement, TableName } from "../../facts/sql/sqlFacts.ts";
import { contains, type Span } from "../../text/positions.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { sameValue } from "./changes.ts";
import { foldFile, type Tables } from "./fold/fold.ts";
import { keyedAs } from "./fold/tableKeys.ts";
import type { FoldedMigration } from "./foldedSets.ts";
import type { GoMigrate } from "./goMigrate.ts";
import { type LineRange, type MigrationHistory, NO_HISTORY } from "./migrationHistory.ts";
import type { Schema, Table } from "./schema.ts";
import type { SchemaModel } from "./schemaModel.ts";
import { compareVersions, flywayName, numberedName, scriptName } from "./sets/versions.ts";

/** A migration that has not run in production, as far as version control and `performance.yaml` tell. */
export interface PendingMigration {
  readonly schema: Schema;
  readonly tool: "flyway" | "liquibase" | "golang-migrate" | "other";
  /** Whether its statements may still change: no tool has taken its checksum, and they stand in a script. */
  readonly editable: boolean;
  /** What runs one after the other, each all or nothing where it is `transactional`. */
  readonly units: readonly MigrationUnit[];
}

export interface MigrationUnit {
  readonly transactional: boolean;
  /** Of Liquibase. */
  readonly changeset: Changeset | undefined;
  readonly statements: readonly SqlStatement[];
  readonly steps: readonly MigrationStep[];
}

/** One operation on one table. */
export interface MigrationStep {
  readonly statement: SqlStatement;
  readonly operation: Operation;
  /** The table before the statement. Undefined where it is not known, or is made by a migration that has not run either: nobody waits for it. */
  readonly table: Table | undefined;
  /** The same, also where it is as new. */
  readonly known: Table | undefined;
  /** The same of a foreign key's parent and of a partition. */
  readonly other: Table | undefined;
  /** Whether the statement itself is new: an old file may have got a line. */
  readonly pending: boolean;
}

/**
 * Which migrations have not run yet: those that version control does not have on the default branch, and those behind the version that
 * `migrations.applied` of `performance.yaml` names. Keys: `pending:<file>`, and `lock-timeouts:all` for the
 * scripts that limit how long a statement waits for a lock.
 */
export class PendingMigrations implements ModelPart {
  readonly #reads: ReadLog;
  readonly #schema: SchemaModel;
  readonly #goMigrate: Pick<GoMigrate, "sendsWhole">;
  #history: MigrationHistory = NO_HISTORY;
  /** Folders with a `performance.yaml` that names a version, the innermost first. */
  #applied: readonly { readonly folder: string; readonly version: readonly string[] }[] = [];
  /** Scripts that set a lock_timeout. */
  #timeouts: readonly string[] = [];
  /** By script: what the file beside it says of its transaction. */
  #transactional: ReadonlyMap<string, boolean> = new Map();
  /** The file that was asked for last, for as long as reads go into one collection: many rules ask for the same one. */
  #last: { readonly file: string; readonly collection: unknown; readonly answer: PendingMigration | undefined } | undefined;

  constructor(reads: ReadLog, schema: SchemaModel, goMigrate: Pick<GoMigrate, "sendsWhole">) {
    this.#reads = reads;
    this.#schema = schema;
    this.#goMigrate = goMigrate;
  }

  update(changes: readonly FactsChange[], store: FactsStore): Iterable<string> {
    this.#last = undefined;
    const keys: string[] = [];
    if (changesOf(changes, "project").length > 0) {
      const applied = [...store.of("project")].flatMap(({ file, project }) => {
        if (project.appliedMigration === undefined) return [];
        // One above the workspace, or another file that was asked for, governs all of it.
        const folder = /^(?:\.\.\/|\/|[A-Za-z]:\/)/.test(file) ? "" : file.slice(0, file.lastIndexOf("/") + 1);
        return [{ folder, version: project.appliedMigration.split(/[._]/) }];
      });
      applied.sort((a, b) => b.folder.length - a.folder.length);
      if (!sameValue(applied, this.#applied)) {
        for (const { file } of store.of("sql")) keys.push(`pending:${file}`);
        for (const { file, java } of store.of("java")) if (java.migration !== undefined) keys.push(`pending:${file}`);
      }
      this.#applied = applied;
    }
    const timeouts = new Set(this.#timeouts);
    const scripts = [
      ...changesOf(changes, "sql").map(({ file, after }) => ({ file, sql: after?.sql })),
      ...changesOf(changes, "java").map(({ file, after }) => ({ file, sql: after?.java.migration })),
    ];
    for (const { file, sql } of scripts) {
      if (sql?.statements.some(({ mark }) => mark === "set lock_timeout") === true) timeouts.add(file);
      else timeouts.delete(file);
    }
    const sorted = [...timeouts].sort();
    if (sorted.join("\n") !== this.#timeouts.join("\n")) keys.push("lock-timeouts:all");
    this.#timeouts = sorted;
    if (changesOf(changes, "config").some(({ file }) => file.endsWith(".sql.conf"))) {
      const transactional = new Map<string, boolean>();
      for (const { file, config } of store.of("config")) {
        if (config.kind !== "script") continue;
        const value = config.documents.flatMap(({ properties }) => properties).find(({ key }) => key === "executeInTransaction")?.value;
        if (value !== undefined) transactional.set(file.slice(0, -".conf".length), value.trim().toLowerCase() !== "false");
      }
      for (const file of new Set([...transactional.keys(), ...this.#transactional.keys()]))
        if (transactional.get(file) !== this.#transactional.get(file)) keys.push(`pending:${file}`);
      this.#transactional = transactional;
    }
    return keys;
  }

  /** Takes what version control says now, and answers with the keys whose answers are new. */
  setHistory(history: MigrationHistory): Iterable<string> {
    this.#last = undefined;
    const before = this.#history;
    this.#history = history;
    const files = new Set([...before.changed.keys(), ...history.changed.keys()]);
    const changed = [...files].filter((file) => !sameValue(before.changed.get(file), history.changed.get(file)));
    // What a file may call new depends on the others.
    return changed.length === 0 ? [] : [...files].map((file) => `pending:${file}`);
  }

  /** A migration that has not run, or that has statements that have not; undefined for all others, and outside of PostgreSQL. */
  of(file: string): PendingMigration | undefined {
    this.#reads.note(`pending:${file}`);
    if (!this.#mayBePending(file)) return undefined;
    const { collection } = this.#reads;
    if (this.#last?.file !== file || this.#last.collection !== collection) this.#last = { file, collection, answer: this.#answer(file) };
    return this.#last.answer;
  }

  #answer(file: string): PendingMigration | undefined {
    const folded = this.#schema.migration(file);
    if (folded === undefined || folded.schema.test || folded.schema.dialect !== "postgresql") return undefined;
    const state = this.#stateOf(folded);
    return state === undefined ? undefined : this.#read(folded, state);
  }

  /** Whether a versioned migration that has run has other text than it had: the lines that differ. */
  editedLines(file: string): readonly LineRange[] | undefined {
    this.#reads.note(`pending:${file}`);
    const lines = this.#history.changed.get(file);
    // Flyway takes no checksum of what is written in Java.
    if (lines === undefined || lines === "new" || file.endsWith(".java")) return undefined;
    const folded = this.#schema.migration(file);
    if (folded?.migration.kind !== "versioned" || folded.schema.liquibase || this.#isBehind(file)) return undefined;
    return lines;
  }

  /** Whether a file beside the script says how it runs. */
  isConfigured(file: string): boolean {
    this.#reads.note(`pending:${file}`);
    return this.#transactional.has(file);
  }

  /** Whether a script beside the migrations of a file, a callback of Flyway among them, limits how long statements wait for locks. */
  setsLockTimeout(file: string): boolean {
    this.#reads.note("lock-timeouts:all");
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    return this.#timeouts.some((script) => script.startsWith(folder) || file.startsWith(script.slice(0, script.lastIndexOf("/") + 1)));
  }

  /** Whether `performance.yaml` says which version has run. */
  isDated(file: string): boolean {
    this.#reads.note(`pending:${file}`);
    return this.#applied.some(({ folder }) => file.startsWith(folder));
  }

  #mayBePending(file: string): boolean {
    return this.#history.changed.has(file) || this.#applied.length > 0;
  }

  #stateOf({ file, migration }: FoldedMigration): "new" | readonly LineRange[] | undefined {
    this.#reads.note(`pending:${file.file}`);
    const known = this.#history.changed.get(file.file);
    if (known === "new" || (migration.kind === "versioned" && this.#isBehind(file.file))) return "new";
    // A repeatable migration runs as a whole again.
    return known !== undefined && migration.kind === "repeatable" ? "new" : known;
  }

  /** Whether the version lies behind the one that `performance.yaml` says has run. */
  #isBehind(file: string): boolean {
    const applied = this.#applied.find(({ folder }) => file.startsWith(folder));
    const name = file.slice(file.lastIndexOf("/") + 1);
    const version = (flywayName(scriptName(name)) ?? numberedName(name))?.version ?? [];
    return applied !== undefined && version.length > 0 && compareVersions(version, applied.version) > 0;
  }

  /** Whether what stands at a place has not run yet. */
  isPending({ file, start, end }: Span & { readonly file: string }): boolean {
    const folded = this.#schema.migration(file);
    const state = folded === undefined ? undefined : this.#stateOf(folded);
    return folded !== undefined && state !== undefined && isOn(state, { start, end }, folded.file);
  }

  #read(folded: FoldedMigration, state: "new" | readonly LineRange[]): PendingMigration | undefined {
    const { file, schema, migration } = folded;
    if (!file.sql.statements.some(({ span }) => isOn(state, span, file))) return undefined;
    const flyway = flywayName(scriptName(file.file.slice(file.file.lastIndexOf("/") + 1))) !== undefined;
    const other = this.#goMigrate.sendsWhole(file.file) ? "golang-migrate" : "other";
    const tool = schema.liquibase ? "liquibase" : flyway ? "flyway" : other;
    let tables = folded.before;
    const named = (name: TableName | undefined): Table | undefined => name && tables.get(keyedAs(name, tables));
    const existing = (table: Table | undefined): Table | undefined => (table === undefined || this.isPending(table.at) ? undefined : table);
    const units = unitsOf(file, tool, this.#transactional.get(file.file)).map(({ statements, ...unit }) => {
      const steps: MigrationStep[] = [];
      for (const statement of statements) {
        const pending = isOn(state, statement.span, file);
        for (const operation of statement.operations) {
          const known = operation.table === undefined ? tableOfIndex(operation.name, tables) : named(operation.table);
          const [table, other] = [existing(known), existing(named(operation.other))];
          steps.push({ statement, operation, table, known, other, pending });
        }
        if (statement.changes.length > 0)
          tables = foldFile(tables, { file: file.file, facts: { ...file.sql, insertedRows: [] }, seeds: false }, statement.changes);
      }
      return { statements, steps, ...unit };
    });
    return migration.kind === "plain" && tool === "other"
      ? undefined
      : { schema, tool, editable: (state === "new" || tool === "liquibase") && file.sql.runs === undefined, units };
  }
}

function tableOfIndex(name: string | undefined, tables: Tables): Table | undefined {
  if (name === undefined) return undefined;
  const wanted = name.toLowerCase();
  for (const table of tables.values()) if (table.indexes.some((index) => index.name.toLowerCase() === wanted)) return table;
  return undefined;
}

function isOn(state: "new" | readonly LineRange[], span: Span, { lineStarts }: SqlFile): boolean {
  if (state === "new") return true;
  const line = (offset: number): number => {
    let [low, high] = [0, lineStarts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lineStarts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const [first, last] = [line(span.start), line(span.end)];
  return state.some((range) => range.first <= last && first <= range.last);
}

type Unit = Omit<MigrationUnit, "steps">;

/** How a tool cuts a script into transactions. */
function unitsOf({ sql }: SqlFile, tool: PendingMigration["tool"], configured: boolean | undefined): Unit[] {
  if (tool === "liquibase") {
    return sql.changesets.map((changeset) => ({
      transactional: changeset.transactional,
      changeset,
      statements: sql.statements.filter(({ span }) => contains(changeset.span, span)),
    }));
  }
  if (sql.runs !== undefined) return [{ transactional: sql.runs === "in transaction", changeset: undefined, statements: sql.statements }];
  // PostgreSQL makes a transaction of the statements of one message; a single one has none.
  if (tool === "golang-migrate") return [{ transactional: sql.statements.length > 1, changeset: undefined, statements: sql.statements }];
  const transactional = configured ?? !(tool === "flyway" && sql.statements.some(runsAlone));
  const units: Unit[] = [];
  let open: SqlStatement[] = [];
  const close = (): void => {
    if (open.length > 0) units.push({ transactional: transactional || begun, changeset: undefined, statements: open });
    open = [];
  };
  let begun = false;
  for (const statement of sql.statements) {
    if (statement.mark === "begin") {
      close();
      begun = true;
    } else if (statement.mark === "commit") {
      close();
      begun = false;
    } else open.push(statement);
  }
  close();
  return units;
}

/** As Flyway recognises what cannot run in a transaction. */
function runsAlone({ operations }: SqlStatement): boolean {
  return operations.some(
    ({ form }) => form === "create index concurrently" || form === "drop index concurrently" || form === "vacuum full",
  );
}

import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { SchemaChange, SqlFacts } from "../../../facts/sql/sqlFacts.ts";
import type { FoldedFile } from "../fold/foldedFile.ts";
import type { Schema } from "../schema.ts";
import type { MappedChange, MappedTables } from "./mapped.ts";
import type { MigrationSet } from "./migrationSet.ts";
import { isTestFile, type SchemaSettings } from "./settings.ts";

/**
 * The schemas that Hibernate makes of entities, one for each application whose configuration says so. Where a script creates one of
 * their tables too, the scripts are the schema. Scripts of no set that add to their tables run behind them (`import.sql`, `data.sql`).
 */
export function mappedSets(
  mapped: MappedTables,
  settings: SchemaSettings,
  scripted: readonly Schema[],
  loose: readonly SqlFile[],
): readonly MigrationSet[] {
  const byApplication = new Map<string, MappedChange[]>();
  const applications = new Map<string, string | undefined>();
  for (const { qualified, file } of mapped.mappedClasses()) {
    if (isTestFile(file)) continue;
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    if (!applications.has(folder)) applications.set(folder, settings.createdFromEntities(file));
    const application = applications.get(folder);
    if (application === undefined) continue;
    const changes = byApplication.get(application) ?? [];
    byApplication.set(application, changes);
    changes.push(...mapped.mappedTable(qualified));
  }
  return [...byApplication].flatMap(([id, changes]) => {
    const tables = new Set(changes.flatMap(({ change }) => (change.kind === "createTable" ? [change.table.name.toLowerCase()] : [])));
    const isScripted = scripted.some((schema) => !schema.test && [...schema.tables.keys()].some((table) => tables.has(table)));
    if (tables.size === 0 || isScripted) return [];
    return [mappedSet(id, [...stepsOf(changes), ...loose.flatMap((file) => additionsOf(file, tables))])];
  });
}

function mappedSet(id: string, steps: readonly FoldedFile[]): MigrationSet {
  return {
    id,
    dialect: "postgresql",
    test: false,
    liquibase: false,
    mapped: true,
    ordered: false,
    migrations: [],
    steps,
    naming: undefined,
    problems: [],
  };
}

/** One step for each run of changes of one file. */
function stepsOf(changes: readonly MappedChange[]): readonly FoldedFile[] {
  const steps: { readonly file: string; readonly changes: SchemaChange[] }[] = [];
  for (const { file, change } of changes) {
    const last = steps.at(-1);
    if (last?.file === file) last.changes.push(change);
    else steps.push({ file, changes: [change] });
  }
  return steps.map((step) => ({ file: step.file, facts: factsOf(step.changes), seeds: false }));
}

/** What a script adds to tables that others create. */
function additionsOf({ file, sql }: SqlFile, tables: ReadonlySet<string>): readonly FoldedFile[] {
  if (isTestFile(file)) return [];
  const added = sql.statements
    .flatMap(({ changes }) => changes)
    .filter((change) => (change.kind === "createIndex" || change.kind === "addConstraint") && tables.has(change.table.name.toLowerCase()));
  return added.length === 0 ? [] : [{ file, facts: factsOf(added), seeds: false }];
}

function factsOf(changes: readonly SchemaChange[]): SqlFacts {
  const statement = { span: { start: 0, end: 0 }, kind: undefined, changes, operations: [] };
  return { dialect: "postgresql", liquibase: false, changesets: [], statements: [statement], insertedRows: [] };
}

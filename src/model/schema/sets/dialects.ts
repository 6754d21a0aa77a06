import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { Place } from "../../../text/positions.ts";
import { foldFile, type Tables } from "../fold/fold.ts";
import type { FoldedFile } from "../fold/foldedFile.ts";
import { foldUnordered } from "../fold/foldUnordered.ts";
import type { Dialect, Table } from "../schema.ts";
import type { MigrationSet } from "./migrationSet.ts";

/** An index of a table in another database of the same application. */
export interface DialectIndex {
  readonly dialect: Dialect;
  /** As the script writes it. */
  readonly table: string;
  /** Lower case, in order. */
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
  /** MySQL and H2 make an index for a foreign key where none begins with its columns. */
  readonly impliedBy: "foreign key" | undefined;
  readonly at: Place;
}

/**
 * By schema: the indexes of the sets that stand beside one of PostgreSQL for other databases, and of a set for another database with none
 * beside it its own; by table in lower case.
 */
export type DialectIndexes = ReadonlyMap<string, ReadonlyMap<string, readonly DialectIndex[]>>;

/** Sets whose names differ in nothing but the database: `db/migration/mysql` beside `db/migration/postgresql`. */
export function dialectIndexes(sets: readonly MigrationSet[], files: ReadonlyMap<string, SqlFile>): DialectIndexes {
  const families = new Map<string, MigrationSet[]>();
  for (const set of sets) {
    if (set.test || set.mapped === true) continue;
    const family = familyOf(set.id);
    families.set(family, [...(families.get(family) ?? []), set]);
  }
  const found = new Map<string, ReadonlyMap<string, readonly DialectIndex[]>>();
  for (const family of families.values()) {
    const own = family.filter(({ dialect }) => dialect === "postgresql");
    const others = family.filter(({ dialect }) => dialect !== "postgresql" && dialect !== "unknown").sort(byRank);
    if (own.length === 0) for (const set of others) found.set(set.id, indexesByTable([set], files));
    else if (own.length === 1 && others.length > 0) found.set((own[0] as MigrationSet).id, indexesByTable(others, files));
  }
  return found;
}

function indexesByTable(sets: readonly MigrationSet[], files: ReadonlyMap<string, SqlFile>): ReadonlyMap<string, readonly DialectIndex[]> {
  const byTable = new Map<string, DialectIndex[]>();
  for (const set of sets) {
    for (const [name, table] of tablesOf(set, files)) {
      const indexes = indexesOf(set.dialect, table);
      if (indexes.length > 0) byTable.set(name, [...(byTable.get(name) ?? []), ...indexes]);
    }
  }
  return byTable;
}

const VENDOR = /(?<=^|[/(_-])(?:postgres(?:ql)?|pgsql|psql|pg|mysql|mariadb|h2|oracle|sqlserver|mssql|sqlite)(?=$|[/)_.-])/gi;

/** A path without the database that it names, be it in a folder and in a file's name; itself where it names none. */
const familyOf = (id: string): string => id.replace(VENDOR, "*");

function tablesOf(set: MigrationSet, files: ReadonlyMap<string, SqlFile>): Tables {
  const inputs = set.migrations.flatMap(({ file }): FoldedFile[] => {
    const facts = files.get(file)?.sql;
    if (facts === undefined) return [];
    const statement = { span: { start: 0, end: 0 }, kind: undefined, changes: facts.elsewhere ?? [], operations: [] };
    return [{ file, facts: { ...facts, statements: [statement], insertedRows: [] }, seeds: false }];
  });
  if (!set.ordered) return foldUnordered(inputs);
  let tables: Tables = new Map();
  for (const input of inputs) tables = foldFile(tables, input, input.facts.elsewhere ?? []);
  return tables;
}

function indexesOf(dialect: Dialect, table: Table): readonly DialectIndex[] {
  const declared = table.indexes.flatMap(({ keys, unique, constraint, at }): DialectIndex[] => {
    const columns = keys.flatMap(({ column }) => column ?? []);
    const primary = constraint === "primary";
    return columns.length === 0 ? [] : [{ dialect, table: table.name, columns, unique, primary, impliedBy: undefined, at }];
  });
  const implied =
    dialect !== "mysql" && dialect !== "h2"
      ? []
      : table.foreignKeys.filter(({ columns }) => !declared.some((one) => begins(one.columns, columns)));
  const shared = { dialect, table: table.name, unique: false, primary: false, impliedBy: "foreign key" } as const;
  return [...declared, ...implied.map(({ columns, at }) => ({ columns, at, ...shared }))];
}

const begins = (keys: readonly string[], columns: readonly string[]): boolean => columns.every((column, i) => keys[i] === column);

/** MySQL is what people run beside PostgreSQL; H2 is for tests. */
const byRank = (a: MigrationSet, b: MigrationSet): number => rank(a.dialect) - rank(b.dialect);
const rank = (dialect: Dialect): number => (dialect === "mysql" ? 0 : dialect === "h2" ? 2 : 1);

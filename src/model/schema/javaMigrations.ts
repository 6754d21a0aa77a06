import type { JavaFile } from "../../facts/fileFacts.ts";
import type { JavaType } from "../../facts/java/javaFacts.ts";
import { isFlywayMigration } from "../../facts/java/migrationSql.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { bareName } from "../types/typeIndex.ts";

/**
 * Indexes that migrations written in Java create, whatever their SQL is put together of: what the schema does not fold, it may not ask
 * for. Key: `java-indexes:<table>`.
 */
export class JavaMigrations implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byFile = new Map<string, readonly string[]>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[], _store: FactsStore): Iterable<string> {
    const tables = new Set<string>();
    for (const { file, after } of changesOf(changes, "java")) {
      const before = this.#byFile.get(file) ?? [];
      const now = after !== undefined && isMigration(after) ? indexesIn(after) : [];
      if (before.join() === now.join()) continue;
      if (now.length > 0) this.#byFile.set(file, now);
      else this.#byFile.delete(file);
      for (const index of [...before, ...now]) tables.add(`java-indexes:${index.slice(0, index.indexOf("."))}`);
    }
    return tables;
  }

  /** Whether an index that begins with the column is created. */
  indexes(table: string, column: string): boolean {
    this.#reads.note(`java-indexes:${table.toLowerCase()}`);
    const wanted = `${table}.${column}`.toLowerCase();
    return [...this.#byFile.values()].some((indexes) => indexes.includes(wanted));
  }
}

const CUSTOM_CHANGES: ReadonlySet<string> = new Set(["CustomSqlChange", "CustomTaskChange"]);

/** A class that Flyway or Liquibase runs once. */
export const isMigrationType = (type: JavaType): boolean =>
  isFlywayMigration(type) || type.interfaces.some((above) => CUSTOM_CHANGES.has(bareName(above)));

const isMigration = ({ java }: JavaFile): boolean => java.types.some(isMigrationType);

const CREATE_INDEX =
  /\bcreate\s+(?:unique\s+)?index\b[^;(]*?\bon\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?\s*(?:using\s+\w+\s*)?\(\s*"?(\w+)"?/gi;

/** "table.column" of the first key of every index in the file's strings. */
function indexesIn({ java }: JavaFile): readonly string[] {
  return java.code.strings.flatMap((text) =>
    [...text.matchAll(CREATE_INDEX)].map(([, table, column]) => `${table}.${column}`.toLowerCase()),
  );
}

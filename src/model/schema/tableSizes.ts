import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import type { ProductionStatistics } from "./productionStatistics.ts";
import type { Table } from "./schema.ts";

/** How many rows tables have in production: as its statistics say, else as `performance.yaml` declares. Key: `rows:<table>`. */
export class TableSizes implements ModelPart {
  readonly #reads: ReadLog;
  readonly #statistics: ProductionStatistics;
  #rows: ReadonlyMap<string, number> = new Map();

  constructor(reads: ReadLog, statistics: ProductionStatistics) {
    this.#reads = reads;
    this.#statistics = statistics;
  }

  update(changes: readonly FactsChange[], store: FactsStore): Iterable<string> {
    if (changesOf(changes, "project").length === 0) return [];
    const before = this.#rows;
    const rows = new Map<string, number>();
    for (const { project } of store.of("project")) {
      for (const table of project.database.tables)
        rows.set(bareName(table.name), Math.max(table.rows, rows.get(bareName(table.name)) ?? 0));
    }
    this.#rows = rows;
    return [...new Set([...before.keys(), ...rows.keys()])]
      .filter((name) => before.get(name) !== rows.get(name))
      .map((name) => `rows:${name}`);
  }

  /** The number of rows that somebody has told; of several projects' tables of one name, the largest. */
  rowsOf(table: string): number | undefined {
    const name = bareName(table);
    this.#reads.note(`rows:${name}`);
    return this.#statistics.table(name)?.rows ?? this.#rows.get(name);
  }

  /** Whether no index is felt: as somebody has told, else by the checks and seeds of the migrations. */
  isSmall(table: Table): boolean {
    const rows = this.rowsOf(table.name);
    return rows === undefined ? table.small !== undefined : rows < FEW_ROWS;
  }
}

/** PostgreSQL reads so many rows of common width in about a millisecond, index or not. */
const FEW_ROWS = 10_000;

const bareName = (name: string): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";

/** How many rows tables have in production, as `performance.yaml` declares them. Key: `rows:<table>`. */
export class TableSizes implements ModelPart {
  readonly #reads: ReadLog;
  #rows: ReadonlyMap<string, number> = new Map();

  constructor(reads: ReadLog) {
    this.#reads = reads;
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

  /** The declared number of rows; of several projects' tables of one name, the largest. */
  rowsOf(table: string): number | undefined {
    const name = bareName(table);
    this.#reads.note(`rows:${name}`);
    return this.#rows.get(name);
  }
}

const bareName = (name: string): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

import type { ReadLog } from "../readLog.ts";
import type { Index, Table } from "./schema.ts";
import type { CountedSpan, DatabaseStatistics, IndexStatistics, TableStatistics } from "./statistics.ts";

/**
 * What the statistics of production say of tables and indexes, where somebody has exported them. Keys: `statistics:<table>`, and
 * `statistics:all` for whether there are any.
 */
export class ProductionStatistics {
  readonly #reads: ReadLog;
  #known: DatabaseStatistics = NOTHING;

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  /** Takes other statistics, or none, and names the keys whose answers may be new. */
  set(statistics: DatabaseStatistics | undefined): Iterable<string> {
    const before = this.#known;
    this.#known = statistics ?? NOTHING;
    return new Set(["all", ...before.tables.keys(), ...this.#known.tables.keys()].map((name) => `statistics:${name}`));
  }

  /** Whether there are any: the cheapest question. */
  get isTold(): boolean {
    this.#reads.note("statistics:all");
    return this.#known !== NOTHING;
  }

  /** Undefined also for a table that was never analysed: that says nothing of itself. */
  table(name: string): TableStatistics | undefined {
    const known = this.#noted(name).tables.get(name.toLowerCase());
    return known !== undefined && (known.rows > 0 || known.columns.size > 0) ? known : undefined;
  }

  index({ name }: Index, table: Table): IndexStatistics | undefined {
    return this.#noted(table.name).indexes.get(name.toLowerCase());
  }

  /** How long the server has counted what is read and written of a table. */
  counted(table: Table): CountedSpan | undefined {
    return this.#noted(table.name).counted;
  }

  #noted(table: string): DatabaseStatistics {
    this.#reads.note(`statistics:${table.toLowerCase()}`);
    return this.#known;
  }
}

const NOTHING: DatabaseStatistics = { tables: new Map(), indexes: new Map() };

import type { MappedCollection, TableUsage } from "../../schema/usage.ts";
import { looksUp } from "../scans/query.ts";
import type { RoutineCallers } from "./routineCallers.ts";
import type { RoutineQueries, RoutineQuery } from "./routineQueries.ts";

/** What application code does with tables, by itself and through the functions of the database that it is known to run. */
export class DatabaseUsage implements TableUsage {
  readonly #application: TableUsage;
  readonly #routines: RoutineQueries;
  readonly #callers: RoutineCallers;

  constructor(application: TableUsage, routines: RoutineQueries, callers: RoutineCallers) {
    this.#application = application;
    this.#routines = routines;
    this.#callers = callers;
  }

  lookupsBy(table: string, column: string, nearFile: string): readonly (readonly string[])[] | undefined {
    const sent = this.#application.lookupsBy(table, column, nearFile);
    const inside = this.#on(table, (query) => query.kind !== "delete" && this.#isRun(query)).flatMap((query) =>
      query.scans.flatMap(({ table: name, tests }, position) => {
        const tested = tests.filter((test) => looksUp(test, position));
        if (name !== table.toLowerCase() || !tested.some((one) => one.column === column)) return [];
        return [[...new Set(tested.map((one) => one.column))].filter((other) => other !== column).sort()];
      }),
    );
    return sent === undefined && inside.length === 0 ? undefined : [...(sent ?? []), ...inside];
  }

  collectionsBy(table: string, column: string): readonly MappedCollection[] {
    return this.#application.collectionsBy(table, column);
  }

  purgesBy(table: string, column: string, nearFile: string): boolean | undefined {
    const sent = this.#application.purgesBy(table, column, nearFile);
    if (sent === true) return true;
    const purges = this.#on(table, (query) => this.#deletes(query, table) && this.#isRun(query)).some(({ scans }) =>
      scans.some(
        ({ table: name, tests }) =>
          name === table.toLowerCase() && tests.some((one) => one.column === column && (one.test === "equals" || one.test === "in")),
      ),
    );
    return purges ? true : sent;
  }

  deletesFrom(table: string, nearFile: string): boolean | undefined {
    const sent = this.#application.deletesFrom(table, nearFile);
    if (sent === true) return true;
    const deleting = this.#on(table, (query) => this.#deletes(query, table));
    if (deleting.some((query) => this.#isRun(query))) return true;
    return deleting.length > 0 ? undefined : sent;
  }

  #on(table: string, asks: (query: RoutineQuery) => boolean): readonly RoutineQuery[] {
    return this.#routines.on(table).filter(asks);
  }

  #deletes({ kind, scans: [first] }: RoutineQuery, table: string): boolean {
    return kind === "delete" && first?.table === table.toLowerCase();
  }

  #isRun({ routine }: RoutineQuery): boolean {
    return this.#callers.of(routine).length > 0;
  }
}

import { Answers } from "../../answers.ts";
import type { FactsChange, FactsStore, ModelPart } from "../../part.ts";
import type { ReadLog } from "../../readLog.ts";
import type { SchemaModel } from "../../schema/schemaModel.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import type { Query } from "../scans/query.ts";
import { withTableKeys } from "../scans/tableKeys.ts";

/** The queries of repositories and of bodies by the tables that they look at. Key: `queries-on:<table>`. */
export class TableQueries implements ModelPart {
  readonly #byTable: Answers<Readonly<Record<string, readonly Query[]>>>;
  readonly #on: Answers<readonly Query[]>;

  constructor(reads: ReadLog, persistence: PersistenceModel, schema: SchemaModel) {
    this.#byTable = new Answers(reads, "queries-by-table", () => {
      const declared = persistence.repositories().flatMap(({ qualified }) => persistence.queriesOf(qualified));
      const all = [...declared, ...persistence.formulas.all(), ...persistence.written.all()];
      return byTable(all.map((query) => withTableKeys(query, schema.sharedNames(query.at.file))));
    });
    this.#on = new Answers(reads, "queries-on", (table) => this.#byTable.get("all")[table] ?? []);
  }

  update(_changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const stale = new Set(changed);
    for (const key of this.#byTable.refresh(stale)) stale.add(key);
    return this.#on.refresh(stale);
  }

  /** In the order of their files and places; one that several repositories inherit once. */
  of(table: string): readonly Query[] {
    return this.#on.get(table.toLowerCase());
  }
}

function byTable(queries: readonly Query[]): Readonly<Record<string, readonly Query[]>> {
  const found = new Map<string, Map<string, Query>>();
  for (const query of queries) {
    const place = `${query.at.file}\n${query.at.start} ${query.method}`;
    for (const { table } of query.scans) {
      const known = found.get(table);
      if (known === undefined) found.set(table, new Map([[place, query]]));
      else if (!known.has(place)) known.set(place, query);
    }
  }
  return Object.fromEntries([...found].map(([table, known]) => [table, [...known.values()].sort(byPlace)]));
}

const byPlace = (a: Query, b: Query): number => (a.at.file === b.at.file ? a.at.start - b.at.start : a.at.file < b.at.file ? -1 : 1);

import type { RoutineText } from "../../../facts/sql/blocks/routine.ts";
import { Answers } from "../../answers.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../../part.ts";
import type { ReadLog } from "../../readLog.ts";
import { isJudged } from "../../schema/schema.ts";
import type { SchemaModel } from "../../schema/schemaModel.ts";
import type { Query } from "../scans/query.ts";
import { type Naming, statementScans } from "../scans/statementScans.ts";

/** A statement in the body of a function or a procedure that the last migration leaves as it is. */
export interface RoutineQuery extends Query {
  /** The routine's name, lower case. */
  readonly routine: string;
  /** SQL with `:name` for what the body holds. */
  readonly text: string;
}

const SQL: Naming = { language: "sql", entityNamed: () => undefined, entities: () => undefined, domain: undefined };

/** Queries that the database's own functions and procedures send. Keys: `routine-queries:<file>`, `routine-queries-on:<table>`, `routines:all`. */
export class RoutineQueries implements ModelPart {
  readonly #schema: SchemaModel;
  readonly #reads: ReadLog;
  /** By file, the texts of each routine by where its statement begins. */
  readonly #texts = new Map<string, ReadonlyMap<number, readonly RoutineText[]>>();
  readonly #all: Answers<Readonly<Record<string, readonly RoutineQuery[]>>>;
  readonly #in: Answers<readonly RoutineQuery[]>;
  readonly #on: Answers<readonly RoutineQuery[]>;

  constructor(reads: ReadLog, schema: SchemaModel) {
    this.#reads = reads;
    this.#schema = schema;
    this.#all = new Answers(reads, "routines", () => this.#gather());
    this.#in = new Answers(reads, "routine-queries", (file) => at(this.#all.get("all"), file));
    this.#on = new Answers(reads, "routine-queries-on", (table) =>
      this.all().filter(({ scans }) => scans.some((scan) => scan.table === table)),
    );
  }

  update(changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const stale = new Set(changed);
    for (const { file, after } of changesOf(changes, "sql")) {
      const texts = new Map<number, readonly RoutineText[]>();
      for (const { span, routine } of after?.sql.statements ?? [])
        if (routine?.queries !== undefined) texts.set(span.start, routine.queries);
      if (texts.size > 0 || this.#texts.has(file)) stale.add("routine-texts:all");
      if (texts.size > 0) this.#texts.set(file, texts);
      else this.#texts.delete(file);
    }
    const told = this.#all.refresh(stale);
    for (const key of told) stale.add(key);
    return [...told, ...this.#in.refresh(stale), ...this.#on.refresh(stale)];
  }

  /** In the order of the text. */
  in(file: string): readonly RoutineQuery[] {
    return this.#in.get(file);
  }

  /** Those that look at a table, wherever they stand. */
  on(table: string): readonly RoutineQuery[] {
    return this.#on.get(table.toLowerCase());
  }

  all(): readonly RoutineQuery[] {
    return Object.values(this.#all.get("all")).flat();
  }

  #gather(): Readonly<Record<string, readonly RoutineQuery[]>> {
    this.#reads.note("routine-texts:all");
    const found: Record<string, readonly RoutineQuery[]> = {};
    if (this.#texts.size === 0) return found;
    const seen = new Set<string>();
    for (const { test, dialect, objects } of this.#schema.schemas()) {
      if (test || !isJudged(dialect)) continue;
      for (const { what, name, at: place } of objects.values()) {
        const texts = what === "function" || what === "procedure" ? this.#texts.get(place.file)?.get(place.start) : undefined;
        const key = `${place.file} ${place.start}`;
        if (texts === undefined || seen.has(key)) continue;
        seen.add(key);
        found[place.file] = [...(found[place.file] ?? []), ...texts.map((text) => queryOf(name, text, place.file))];
      }
    }
    return found;
  }
}

const at = (byFile: Readonly<Record<string, readonly RoutineQuery[]>>, file: string): readonly RoutineQuery[] =>
  Object.hasOwn(byFile, file) ? (byFile[file] ?? []) : [];

function queryOf(name: string, { text, at: span }: RoutineText, file: string): RoutineQuery {
  return {
    repository: "",
    method: `${name}()`,
    parameters: 0,
    source: "native",
    dynamicSort: false,
    returns: "list",
    at: { file, ...span },
    routine: name.toLowerCase(),
    text,
    ...statementScans(text, SQL),
  };
}

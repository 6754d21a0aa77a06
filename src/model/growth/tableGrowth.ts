import { Answers } from "../answers.ts";
import type { CallGraph } from "../calls/callGraph.ts";
import type { IndexedGraph } from "../calls/effects/indexedGraph.ts";
import type { EntryPoint } from "../calls/effects/spread.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { Entity } from "../persistence/mapping/entity.ts";
import type { PersistenceModel } from "../persistence/persistenceModel.ts";
import { CallsByFile } from "../persistence/repositories/callsByFile.ts";
import type { TableQueries } from "../persistence/sent/tableQueries.ts";
import type { ReadLog } from "../readLog.ts";
import { isFrameworkTable } from "../schema/frameworkTables.ts";
import type { ForeignKey, Table } from "../schema/schema.ts";
import type { SchemaModel } from "../schema/schemaModel.ts";
import { isTestFile } from "../schema/sets/settings.ts";
import type { TableSizes } from "../schema/tableSizes.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import { type Delete, deletesIn } from "./deletes.ts";
import { type Insert, insertsIn } from "./inserts.ts";
import { areFew, type Comer, comersOf, isReachedBy } from "./whoRuns.ts";

/** How many rows a table has where they are few, and what says so. */
export interface Size {
  /** What people type in for others may be a catalogue of thousands. */
  readonly rows: "few" | "probably few";
  readonly because: string;
}

/** Who adds rows to a table that stays small: each also does what those before it do. */
type Adds = "migrations" | "files" | "start-up" | "administrators";

const SIZES: Readonly<Record<Adds, Size>> = {
  migrations: { rows: "few", because: "only migrations add rows to it" },
  files: { rows: "probably few", because: "only a file that its migrations load adds rows to it" },
  "start-up": { rows: "few", because: "rows are added to it only when the application starts" },
  administrators: { rows: "probably few", because: "only administrators add rows to it" },
};

export interface GrowthParts {
  readonly calls: CallGraph;
  readonly types: TypeIndex;
  readonly persistence: PersistenceModel;
  readonly tableQueries: TableQueries;
  readonly schema: SchemaModel;
  readonly sizes: TableSizes;
  readonly graph: () => IndexedGraph;
  readonly entryPoints: () => readonly EntryPoint[];
}

interface Inserts {
  /** Keys of methods by table. */
  readonly byTable: Readonly<Record<string, readonly string[]>>;
  /** Methods that keep objects of nobody knows which class. */
  readonly anything: readonly string[];
  /** Methods that send what may add rows to any table. */
  readonly texts: readonly string[];
}

/**
 * Who adds rows to tables, and what that says of their number; who deletes them. Keys: `inserts:<file>`, `adds:<table> <file>`,
 * `filled-by-users:<table>`, `deleted-by-few:<table>`.
 */
export class TableGrowth implements ModelPart {
  readonly #reads: ReadLog;
  readonly #parts: GrowthParts;
  readonly #files: CallsByFile;
  readonly #inFile: Answers<readonly Insert[]>;
  readonly #all: Answers<Inserts>;
  readonly #deletesIn: Answers<readonly Delete[]>;
  /** The methods that delete rows, by table. */
  readonly #deleters: Answers<Readonly<Record<string, readonly string[]>>>;
  readonly #deletedByFew: Answers<boolean>;
  readonly #filledByUsers: Answers<boolean>;
  readonly #adds: Answers<Adds | undefined>;
  /** Qualified names of entities by their tables. */
  readonly #entities: Answers<Readonly<Record<string, readonly string[]>>>;
  readonly #inFunctions = new Map<string, readonly string[]>();
  #edition = -1;
  #entries: { readonly of: readonly EntryPoint[]; readonly byMethod: ReadonlyMap<string, readonly EntryPoint[]> } | undefined;

  constructor(reads: ReadLog, parts: GrowthParts) {
    this.#reads = reads;
    this.#parts = parts;
    this.#files = new CallsByFile((file) => (parts.calls.methodsIn(file).some(({ sites }) => sites.length > 0) ? "some" : ""));
    this.#inFile = new Answers(reads, "inserts", (file) => insertsIn(file, parts));
    this.#all = new Answers(reads, "all-inserts", () => this.#gather());
    this.#deletesIn = new Answers(reads, "deletes-in", (file) => deletesIn(file, parts));
    this.#deleters = new Answers(reads, "all-deletes", () => this.#gatherDeletes());
    this.#deletedByFew = new Answers(reads, "deleted-by-few", (table) => {
      const comers = this.#comers(at(this.#deleters.get("all"), table));
      return comers.size > 0 && areFew(comers);
    });
    this.#filledByUsers = new Answers(reads, "filled-by-users", (table) => {
      const methods = at(this.#all.get("all").byTable, table);
      if (methods.length === 0) return false;
      reads.note("comers:all");
      const { reached, files } = isReachedBy(methods, parts.graph(), this.#byMethod(), isPostOfUsers);
      for (const file of files) reads.note(`calls:${file}`);
      return reached;
    });
    this.#entities = new Answers(reads, "entities-by-table", () => entitiesByTable(parts.persistence));
    this.#adds = new Answers(reads, "adds", (name) => {
      const border = name.indexOf(" ");
      const file = name.slice(border + 1);
      const table = parts.schema.table(name.slice(0, border), file);
      return table?.at.file === file ? this.#whoAdds(table, new Set()) : undefined;
    });
  }

  update(changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const stale = new Set(changed);
    for (const { file, after } of changesOf(changes, "sql")) {
      const tables = after?.sql.statements.flatMap(({ insertsInto }) => insertsInto ?? []) ?? [];
      if (tables.join() !== (this.#inFunctions.get(file) ?? []).join()) stale.add("function-inserts:all");
      if (tables.length > 0) this.#inFunctions.set(file, tables);
      else this.#inFunctions.delete(file);
    }
    if (this.#files.update(changed)) stale.add("inserting-files:all");
    if (this.#edition !== this.#parts.calls.edition || changed.has("endpoints:all")) stale.add("comers:all");
    this.#edition = this.#parts.calls.edition;
    const told: string[] = [];
    const questions = [
      this.#entities,
      this.#inFile,
      this.#all,
      this.#adds,
      this.#filledByUsers,
      this.#deletesIn,
      this.#deleters,
      this.#deletedByFew,
    ];
    for (const answers of questions) {
      for (const key of answers.refresh(stale)) {
        stale.add(key);
        told.push(key);
      }
    }
    return told;
  }

  /**
   * Whether a table has few rows: as somebody has told, as its checks and seeds show, else by who adds rows to it. Undefined where it may
   * grow, and where that is not known.
   */
  sizeOf(table: Table): Size | undefined {
    const { sizes } = this.#parts;
    const told = sizes.rowsOf(table.name);
    if (told !== undefined) return sizes.isSmall(table) ? { rows: "few", because: `it has ${told} rows` } : undefined;
    if (table.small !== undefined) return { rows: "few", because: table.small };
    if (table.kind !== "table") return this.#sizeOfView(table);
    const adds = this.#adds.get(`${table.key} ${table.at.file}`);
    return adds && SIZES[adds];
  }

  /**
   * Whether a table has so few rows that all are soon read, and a key to it finds many: by its checks and seeds, or since nothing but
   * migrations and the start of the application adds rows to it. Of hundreds of seeds a key finds few.
   */
  isHandful(table: Table): boolean {
    return this.#parts.sizes.isSmall(table) || (table.seededRows <= HANDFUL && this.sizeOf(table)?.rows === "few");
  }

  /** Whether a POST of others than administrators is known to add rows to a table, which no schema need know. */
  isFilledByUsers(table: string): boolean {
    return this.#filledByUsers.get(table.toLowerCase());
  }

  /** Whether rows of a table are deleted by administrators and at the start alone: now and then, whatever else reads the table. */
  isDeletedByFew(table: string): boolean {
    return this.#deletedByFew.get(table.toLowerCase());
  }

  #gatherDeletes(): Readonly<Record<string, readonly string[]>> {
    this.#reads.note("inserting-files:all");
    const byTable = new Map<string, Set<string>>();
    for (const [file] of this.#files.entries()) {
      if (isTestFile(file)) continue;
      for (const { method, table } of this.#deletesIn.get(file)) byTable.set(table, (byTable.get(table) ?? new Set()).add(method));
    }
    return Object.fromEntries([...byTable].map(([table, methods]) => [table, [...methods].sort()]));
  }

  /** A view of few rows has few. */
  #sizeOfView({ reads = [], at }: Table): Size | undefined {
    const tables = reads.map((name) => this.#parts.schema.table(name, at.file));
    const sizes = tables.map((table) => (table === undefined || table.kind !== "table" ? undefined : this.sizeOf(table)));
    if (sizes.length === 0 || sizes.includes(undefined)) return undefined;
    return {
      rows: sizes.every((size) => size?.rows === "few") ? "few" : "probably few",
      because: "the tables that it reads have few rows",
    };
  }

  #whoAdds(table: Table, seen: Set<Table>): Adds | undefined {
    seen.add(table);
    const name = table.key;
    if (table.kind !== "table" || table.partitionOf !== undefined || table.partitionBy !== undefined || isFrameworkTable(name))
      return undefined;
    if (KEEPS.test(name) || this.#isFilledByFunctions(name)) return undefined;
    const entities = this.#entitiesOf(name);
    if (!this.#isRead(table, entities)) return undefined;
    const { byTable, anything, texts } = this.#all.get("all");
    const own = at(byTable, name);
    // What a text that is not known adds, it may add to a table that no other one adds to, or that no entity stands for.
    const isTold = own.length > 0 && entities.length > 0;
    const comers = this.#comers([...own, ...anything, ...(isTold ? [] : texts)]);
    if (own.length === 0) return comers.size > 0 || !isSeeded(table) ? undefined : table.seededByFiles ? "files" : "migrations";
    if (comers.size === 0 || !areFew(comers)) return undefined;
    if (comers.has("administrators") && !table.foreignKeys.every((key) => this.#isOfFew(key, table, seen))) return undefined;
    const others = this.#comers(this.#addedThroughOwners(name, entities));
    if (!areFew(others)) return undefined;
    return comers.has("administrators") || others.has("administrators") ? "administrators" : "start-up";
  }

  /** Whether application code reads a table, by itself, with its owners or through a view: of others nobody knows who writes them. */
  #isRead({ name, at }: Table, entities: readonly Entity[]): boolean {
    const { persistence, tableQueries, schema } = this.#parts;
    const table = name.toLowerCase();
    if (tableQueries.of(table).length > 0) return true;
    const views = [...(schema.schemaFor(at.file)?.tables.values() ?? [])].filter(({ reads }) => reads?.includes(table) === true);
    if (views.some((view) => tableQueries.of(view.name).length > 0)) return true;
    const names = new Set(entities.map(({ qualified }) => qualified));
    return persistence.repositories().some(({ entity: kept }) => {
      if (kept === undefined || names.has(kept)) return kept !== undefined;
      return persistence.entity(kept)?.attributes.some(({ through, type }) => through?.table === table || names.has(type)) === true;
    });
  }

  /** Whether a key does not tie a table to one that grows: notes on orders are as many as there are orders, whoever writes them. */
  #isOfFew({ parent, columns }: ForeignKey, table: Table, seen: Set<Table>): boolean {
    const referred = this.#parts.schema.table(parent, table.at.file);
    if (referred === undefined || referred === table || columns.every((column) => AUTHORS.test(column))) return true;
    return referred.small !== undefined || (!seen.has(referred) && this.#whoAdds(referred, seen) !== undefined);
  }

  #comers(methods: readonly string[]): ReadonlySet<Comer> {
    if (methods.length === 0) return new Set();
    this.#reads.note("comers:all");
    const { comers, files } = comersOf([...new Set(methods)], this.#parts.graph(), this.#byMethod());
    for (const file of files) this.#reads.note(`calls:${file}`);
    return comers;
  }

  #byMethod(): ReadonlyMap<string, readonly EntryPoint[]> {
    const of = this.#parts.entryPoints();
    if (this.#entries?.of !== of) {
      const byMethod = new Map<string, EntryPoint[]>();
      for (const entry of of) byMethod.set(entry.method, [...(byMethod.get(entry.method) ?? []), entry]);
      this.#entries = { of, byMethod };
    }
    return this.#entries.byMethod;
  }

  #isFilledByFunctions(table: string): boolean {
    this.#reads.note("function-inserts:all");
    return [...this.#inFunctions.values()].some((tables) => tables.includes(table));
  }

  #entitiesOf(table: string): readonly Entity[] {
    const { persistence } = this.#parts;
    return at(this.#entities.get("all"), table).flatMap((qualified) => persistence.entity(qualified) ?? []);
  }

  /** The methods that put something into an association of an entity whose rows are these, or are saved with it. */
  #addedThroughOwners(table: string, entities: readonly Entity[]): readonly string[] {
    const { persistence } = this.#parts;
    const names = new Set(entities.map(({ qualified }) => qualified));
    return persistence.mappedClasses().flatMap(({ qualified }) => {
      const owner = persistence.entity(qualified);
      return (owner?.attributes ?? [])
        .filter(({ cascades, type, through }) => (cascades === true && names.has(type)) || through?.table === table)
        .flatMap((attribute) => persistence.collectionChanges.methods(owner?.name ?? "", attribute.name).map(({ key }) => key));
    });
  }

  #gather(): Inserts {
    this.#reads.note("inserting-files:all");
    const byTable = new Map<string, Set<string>>();
    const [anything, texts] = [new Set<string>(), new Set<string>()];
    for (const [file] of this.#files.entries()) {
      for (const { method, of } of this.#inFile.get(file)) {
        const isLoaded = of.kind === "class" && of.loaded === true;
        const into = of.kind === "tables" ? of.tables : of.kind === "class" ? this.#savedWith(of.qualified, isLoaded) : [];
        if (of.kind === "text") texts.add(method);
        else if (into.length === 0 && !isLoaded) anything.add(method);
        for (const table of into) byTable.set(table, (byTable.get(table) ?? new Set()).add(method));
      }
    }
    return {
      byTable: Object.fromEntries([...byTable].map(([table, methods]) => [table, [...methods].sort()])),
      anything: [...anything].sort(),
      texts: [...texts].sort(),
    };
  }

  /** The tables of an entity, of those below it, and of what is saved with it; of one that was loaded only the last. */
  #savedWith(qualified: string, loaded: boolean): readonly string[] {
    const { persistence, types } = this.#parts;
    const seen = new Set<string>();
    const tables = new Set<string>();
    const frontier = [{ qualified, isPart: false }];
    for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
      if (seen.has(next.qualified)) continue;
      seen.add(next.qualified);
      const { isPart } = next;
      const entity = persistence.entity(next.qualified);
      if (entity !== undefined && (isPart || !loaded)) for (const table of tablesOf(entity)) tables.add(table);
      for (const { cascades, type, through } of entity?.attributes ?? []) {
        if (cascades === true) frontier.push({ qualified: type, isPart: true });
        if (through !== undefined && through.table !== "") tables.add(through.table);
      }
      const entry = types.declared(next.qualified);
      if (entry !== undefined) frontier.push(...types.descendantsOf(entry).map(({ type }) => ({ qualified: type.qualified, isPart })));
    }
    return [...tables];
  }
}

/** What is read anew from elsewhere comes with a GET, or with a job. */
const isPostOfUsers = ({ kind, label, forAdministrators }: EntryPoint): boolean =>
  kind === "endpoint" && label.startsWith("POST ") && forAdministrators !== true;

const at = (byTable: Readonly<Record<string, readonly string[]>>, table: string): readonly string[] =>
  Object.hasOwn(byTable, table) ? (byTable[table] ?? []) : [];

function entitiesByTable(persistence: PersistenceModel): Readonly<Record<string, readonly string[]>> {
  const byTable = new Map<string, string[]>();
  for (const { qualified } of persistence.mappedClasses()) {
    const entity = persistence.entity(qualified);
    for (const table of entity?.kind === "entity" ? tablesOf(entity) : []) {
      const known = byTable.get(table);
      if (known === undefined) byTable.set(table, [qualified]);
      else known.push(qualified);
    }
  }
  return Object.fromEntries(byTable);
}

const tablesOf = ({ table, attributes }: Entity): readonly string[] =>
  [...new Set([table, ...attributes.map((attribute) => attribute.table)])].filter((name) => name !== "");

/** One row alone is more often the first of many. */
const isSeeded = ({ seededRows }: Table): boolean => seededRows >= 2 && seededRows <= MOST_SEEDS;
const MOST_SEEDS = 10_000;
const HANDFUL = 100;

const AUTHORS = /creat|updat|modif|chang|delet|author|editor|audit|approv|admin/;

/** What happens is kept, whoever makes it happen. */
const KEEPS =
  /(?:^|_)(?:log|audit|history|hist|outbox|inbox|journal|metric|measurement|telemetry|click|visit|impression|notification|message|attempt|delivery|event|activity|transaction|session|token|revision)s?(?:$|_)/;

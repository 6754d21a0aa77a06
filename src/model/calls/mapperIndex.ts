import type { MapperFacts, MapperStatement, NestedSelect } from "../../facts/mapper/mapperFacts.ts";
import type { Place } from "../../text/positions.ts";
import { changesOf, type FactsChange, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";

/** A statement of an XML mapper, and where its id stands. */
export interface MappedStatement extends MapperStatement {
  readonly at: Place;
}

/** A statement that is sent for each row of another one, and where that is said. */
export interface NestedPlace extends Omit<NestedSelect, "span"> {
  readonly at: Place;
}

/**
 * The XML mappers of MyBatis by their namespace, the interface that they belong to, and its files of settings. Keys: `mapper:<namespace>`,
 * `mapper-settings:all`.
 */
export class MapperIndex implements ModelPart {
  readonly #reads: ReadLog;
  /** By namespace, then file: a mapper may be split, and two modules may have one each. */
  readonly #mappers = new Map<string, Map<string, MapperFacts>>();
  /** By file. */
  readonly #settings = new Map<string, Readonly<Record<string, string>>>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[]): Iterable<string> {
    const changed = new Set<string>();
    for (const { file, before, after } of changesOf(changes, "mapper")) {
      const gone = before?.mapper.namespace;
      if (before?.mapper.settings !== undefined && this.#settings.delete(file)) changed.add(SETTINGS);
      if (after?.mapper.settings !== undefined) {
        this.#settings.set(file, after.mapper.settings);
        changed.add(SETTINGS);
      }
      if (gone !== undefined && gone !== "") {
        this.#mappers.get(gone)?.delete(file);
        changed.add(`mapper:${gone}`);
      }
      if (after === undefined || after.mapper.namespace === "") continue;
      const { namespace } = after.mapper;
      let files = this.#mappers.get(namespace);
      if (files === undefined) this.#mappers.set(namespace, (files = new Map()));
      files.set(file, after.mapper);
      changed.add(`mapper:${namespace}`);
    }
    return changed;
  }

  /** Whether an interface has statements in XML. */
  has(namespace: string): boolean {
    this.#reads.note(`mapper:${namespace}`);
    return (this.#mappers.get(namespace)?.size ?? 0) > 0;
  }

  /** Whether a file of MyBatis's own settings sets one to a value, whatever the case of its letters. */
  isSet(name: string, value: string): boolean {
    this.#reads.note(SETTINGS);
    return [...this.#settings.values()].some((settings) => settings[name]?.toLowerCase() === value.toLowerCase());
  }

  /** Whether a query of a mapper is answered from what all sessions keep, most of the time: its mapper has a cache. */
  isKept(namespace: string, id: string): boolean {
    const statement = this.statement(namespace, id);
    if (statement?.kind !== "select" || statement.useCache === false || statement.flushCache === true) return false;
    return [...(this.#mappers.get(namespace)?.values() ?? [])].some(({ cached }) => cached) && !this.isSet("cacheEnabled", "false");
  }

  /** The statement of a method; of several files, the first by path. */
  statement(namespace: string, id: string): MappedStatement | undefined {
    this.#reads.note(`mapper:${namespace}`);
    const files = this.#mappers.get(namespace);
    if (files === undefined) return undefined;
    for (const file of [...files.keys()].sort()) {
      const found = files.get(file)?.statements.find((statement) => statement.id === id);
      if (found !== undefined) return { at: { file, ...found.span }, ...found };
    }
    return undefined;
  }

  /** What a result map asks for row by row, those above it included but for properties of its own. `name` is as written in the namespace. */
  nestedSelects(namespace: string, name: string, depth = 0): readonly NestedPlace[] {
    const at = name.lastIndexOf(".");
    const [within, id] = at < 0 ? [namespace, name] : [name.slice(0, at), name.slice(at + 1)];
    this.#reads.note(`mapper:${within}`);
    const files = this.#mappers.get(within);
    for (const file of [...(files?.keys() ?? [])].sort()) {
      const found = files?.get(file)?.resultMaps.find((map) => map.id === id);
      if (found === undefined) continue;
      const own = found.nested.map(({ span, ...nested }) => ({ at: { file, ...span }, ...nested }));
      if (found.extends === undefined || depth > DEEPEST) return own;
      const above = this.nestedSelects(within, found.extends, depth + 1);
      return [...own, ...above.filter(({ property }) => !own.some((one) => one.property === property))];
    }
    return [];
  }
}

const SETTINGS = "mapper-settings:all";

/** How far result maps extend each other. */
const DEEPEST = 8;

import type { MapperStatement } from "../../facts/mapper/mapperFacts.ts";
import type { Place } from "../../text/positions.ts";
import { changesOf, type FactsChange, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";

/** A statement of an XML mapper, and where its id stands. */
export interface MappedStatement extends MapperStatement {
  readonly at: Place;
}

/** The XML mappers of MyBatis by their namespace, the interface that they belong to. Keys: `mapper:<namespace>`. */
export class MapperIndex implements ModelPart {
  readonly #reads: ReadLog;
  /** By namespace, then file: a mapper may be split, and two modules may have one each. */
  readonly #mappers = new Map<string, Map<string, readonly MapperStatement[]>>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[]): Iterable<string> {
    const changed = new Set<string>();
    for (const { file, before, after } of changesOf(changes, "mapper")) {
      const gone = before?.mapper.namespace;
      if (gone !== undefined && gone !== "") {
        this.#mappers.get(gone)?.delete(file);
        changed.add(`mapper:${gone}`);
      }
      if (after === undefined || after.mapper.namespace === "") continue;
      const { namespace, statements } = after.mapper;
      let files = this.#mappers.get(namespace);
      if (files === undefined) this.#mappers.set(namespace, (files = new Map()));
      files.set(file, statements);
      changed.add(`mapper:${namespace}`);
    }
    return changed;
  }

  /** Whether an interface has statements in XML. */
  has(namespace: string): boolean {
    this.#reads.note(`mapper:${namespace}`);
    return (this.#mappers.get(namespace)?.size ?? 0) > 0;
  }

  /** The statement of a method; of several files, the first by path. */
  statement(namespace: string, id: string): MappedStatement | undefined {
    this.#reads.note(`mapper:${namespace}`);
    const files = this.#mappers.get(namespace);
    if (files === undefined) return undefined;
    for (const file of [...files.keys()].sort()) {
      const found = files.get(file)?.find((statement) => statement.id === id);
      if (found !== undefined) return { at: { file, ...found.span }, ...found };
    }
    return undefined;
  }
}

import type { FactsChange, FactsStore, ModelPart } from "./part.ts";
import { ReadLog } from "./readLog.ts";

/** The workspace, folded from all facts. Rules read it through its parts; each part notes what was read. */
export class Model {
  readonly reads = new ReadLog();

  /** In the order in which they are told of a change: a part may ask those before it. */
  readonly #parts: readonly ModelPart[] = [];

  /** Takes changed facts in and answers with the keys (see ReadLog) whose answers are new. */
  update(changes: readonly FactsChange[], store: FactsStore): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const part of this.#parts) for (const key of part.update(changes, store)) changed.add(key);
    return changed;
  }
}

import { FileAnswers } from "../answers.ts";
import type { MethodNode } from "../calls/callGraph.ts";
import type { ReadLog } from "../readLog.ts";
import { dirtyWrites, heldWrites } from "./dirtyWrites.ts";
import { type TableAccess, type TableParts, tableWritten } from "./tableAccess.ts";
import { writtenAlong } from "./writtenAlong.ts";

/** What a method writes. Plain data without places, which move with whatever is typed before them. */
export interface TableWrite extends TableAccess {
  /** Key of the method, and the file that declares it. */
  readonly writer: string;
  readonly file: string;
  /** Index of the call in `sites`; -1 where a managed entity is changed. */
  readonly site: number;
  /** Of what changes a managed entity: its place among the calls of the body (see DirtyWrite); -1 beside a site. */
  readonly call: number;
}

/** `surely` is what calls and setters say; `perhaps` has all that may come along, too, by cascades and from other hands. */
export type Doubt = "surely" | "perhaps";

/** All writes of application code, by the tables that they are to. Keys: `table-writes-surely:all`, `table-writes-perhaps:all`. */
export class TableWrites {
  readonly #byFile: Readonly<Record<Doubt, FileAnswers<readonly TableWrite[]>>>;
  readonly #byTable = new Map<Doubt, ByTable>();

  constructor(reads: ReadLog, parts: TableParts) {
    const answers = (doubt: Doubt): FileAnswers<readonly TableWrite[]> =>
      new FileAnswers(
        reads,
        `table-writes-${doubt}`,
        () => parts.calls.files(),
        (file) => parts.calls.allIn(file).flatMap((node) => writesOf(parts, node, doubt).map((write) => ({ file, ...write }))),
      );
    this.#byFile = { surely: answers("surely"), perhaps: answers("perhaps") };
  }

  refresh(changed: ReadonlySet<string>, others: boolean): readonly string[] {
    return [...this.#byFile.surely.refresh(changed, others), ...this.#byFile.perhaps.refresh(changed, others)];
  }

  /** Those to the tables of these keys (see TableAccess), in the order of files and places. */
  to(keys: Iterable<string>, doubt: Doubt): readonly TableWrite[] {
    const files = this.#byFile[doubt].all();
    let byTable = this.#byTable.get(doubt);
    if (byTable?.of !== files) this.#byTable.set(doubt, (byTable = gathered(files)));
    const found = new Set<number>();
    for (const key of keys) for (const index of byTable.indices.get(key) ?? []) found.add(index);
    const { writes } = byTable;
    return [...found].sort((a, b) => a - b).map((index) => writes[index] as TableWrite);
  }
}

interface ByTable {
  readonly of: readonly (readonly TableWrite[])[];
  readonly writes: readonly TableWrite[];
  /** By key of a table, where in `writes`. */
  readonly indices: ReadonlyMap<string, readonly number[]>;
}

function gathered(files: readonly (readonly TableWrite[])[]): ByTable {
  const writes = files.flat();
  const indices = new Map<string, number[]>();
  for (const [index, { keys }] of writes.entries())
    for (const key of keys) {
      const known = indices.get(key);
      if (known === undefined) indices.set(key, [index]);
      else known.push(index);
    }
  return { of: files, writes, indices };
}

function writesOf(parts: TableParts, node: MethodNode, doubt: Doubt): readonly Omit<TableWrite, "file">[] {
  const writer = node.key;
  const bySites = node.sites.flatMap((at, site) => {
    if (at.work?.kind !== "write") return [];
    const written = [tableWritten(parts, node, at), ...(doubt === "surely" ? [] : writtenAlong(parts, node, at))];
    return written.flatMap((access) => (access === undefined ? [] : { writer, site, call: -1, ...access }));
  });
  const held = [...dirtyWrites(parts, node), ...(doubt === "surely" ? [] : heldWrites(parts, node))];
  return [...bySites, ...held.map((access) => ({ writer, site: -1, ...access }))];
}

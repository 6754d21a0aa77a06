import type { SchemaChange } from "../../../facts/sql/sqlFacts.ts";
import { Fold, type Tables } from "./fold.ts";
import { changesIn, type FoldedFile } from "./foldedFile.ts";

/** The tables of scripts whose order nobody knows: what creates a table comes first. */
export function foldUnordered(files: readonly FoldedFile[]): Tables {
  let tables: Tables = new Map();
  const passes = [(change: SchemaChange) => change.kind === "createTable", (change: SchemaChange) => change.kind !== "createTable"];
  const inputs = files.map((file) => ({ file: file.file, changes: withoutResets(changesIn(file)) }));
  for (const takes of passes) {
    for (const { file, changes } of inputs) {
      const fold = new Fold(tables, file);
      // Scripts for several set-ups create one table each in its way: the first wins, in any case without doubt about its own text.
      for (const change of changes) if (takes(change)) fold.apply(change, true);
      tables = fold.tables();
    }
  }
  return tables;
}

/** Without the drops of what a script makes anew: it can run twice. */
function withoutResets(changes: readonly SchemaChange[]): readonly SchemaChange[] {
  const nameOf = (change: SchemaChange | undefined): string | undefined =>
    change?.kind === "createTable" || change?.kind === "dropTable" ? change.table.name.toLowerCase() : undefined;
  if (!changes.some(({ kind }) => kind === "dropTable")) return changes;
  const lastMade = new Map<string | undefined, number>();
  for (const [i, change] of changes.entries()) if (change.kind === "createTable") lastMade.set(nameOf(change), i);
  return changes.filter((change, i) => change.kind !== "dropTable" || (lastMade.get(nameOf(change)) ?? i) < i);
}

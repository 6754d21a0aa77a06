import type { SchemaChange, SelectedColumn, TableName } from "../../../facts/sql/sqlFacts.ts";
import type { Tables } from "./fold.ts";
import type { Objects } from "./objects.ts";

/** A view, plain or materialized, while changes of one file come in. */
interface View {
  readonly name: TableName;
  readonly materialized: boolean;
  readonly reads: readonly string[];
  readonly selected?: readonly SelectedColumn[] | undefined;
}

/**
 * The changes of a file, and behind each `DROP … CASCADE` the views that go with it: those that read the table or view, and those that
 * read them. What depends on one column is known of the views that select it; of others it stays as it is.
 */
export function withCascades(changes: readonly SchemaChange[], tables: Tables, objects: Objects): readonly SchemaChange[] {
  if (!changes.some((change) => "cascade" in change)) return changes;
  const views = viewsBefore(tables, objects);
  return changes.flatMap((change) => [change, ...taken(change, views).map(dropOf)]);
}

function viewsBefore(tables: Tables, objects: Objects): Map<string, View> {
  const views = new Map<string, View>();
  for (const [key, { name, namespace, reads }] of tables)
    if (reads !== undefined) views.set(key, { name: { name, namespace }, materialized: true, reads });
  for (const { what, name, namespace, reads, selected } of objects.values())
    if (what === "view" && reads !== undefined)
      views.set(name.toLowerCase(), { name: { name, namespace }, materialized: false, reads, selected });
  return views;
}

/** Brings the views up to date with a change, and gives those that it takes along. */
function taken(change: SchemaChange, views: Map<string, View>): readonly View[] {
  switch (change.kind) {
    case "createTable":
      if (change.reads !== undefined) views.set(lower(change.table), { name: change.table, materialized: true, reads: change.reads });
      return [];
    case "createObject":
      if (change.what === "view" && change.reads !== undefined)
        views.set(lower(change.name), { name: change.name, materialized: false, reads: change.reads, selected: change.selected });
      return [];
    case "dropTable":
      views.delete(lower(change.table));
      return change.cascade ? readersOf(lower(change.table), views) : [];
    case "dropObject":
      if (change.what !== "view") return [];
      views.delete(lower(change.name));
      return change.cascade ? readersOf(lower(change.name), views) : [];
    case "dropColumn": {
      const table = lower(change.table);
      const first = change.cascade ? [...views.values()].filter((view) => selects(view, table, change.column.toLowerCase())) : [];
      return first.flatMap((view) => withReaders(view, views));
    }
    default:
      return [];
  }
}

/** The views that read a relation, and those that read these; they are views no more. */
function readersOf(relation: string, views: Map<string, View>): readonly View[] {
  return [...views.values()].filter(({ reads }) => reads.includes(relation)).flatMap((view) => withReaders(view, views));
}

function withReaders(view: View, views: Map<string, View>): readonly View[] {
  const key = lower(view.name);
  return views.delete(key) ? [view, ...readersOf(key, views)] : [];
}

const selects = ({ selected }: View, table: string, column: string): boolean =>
  selected?.some(
    (one) =>
      "tables" in one && one.column.toLowerCase() === column && one.tables.length === 1 && one.tables.some((of) => lower(of) === table),
  ) === true;

const dropOf = ({ name, materialized }: View): SchemaChange =>
  materialized ? { kind: "dropTable", table: name } : { kind: "dropObject", what: "view", name };

const lower = ({ name }: TableName): string => name.toLowerCase();

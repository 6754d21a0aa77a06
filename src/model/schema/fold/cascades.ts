import type { SchemaChange, TableName } from "../../../facts/sql/sqlFacts.ts";
import type { Tables } from "./fold.ts";
import type { Objects } from "./objects.ts";

/** A view, plain or materialized, while changes of one file come in. */
interface View {
  readonly name: TableName;
  readonly materialized: boolean;
  readonly reads: readonly string[];
  readonly uses: readonly string[];
}

/**
 * The changes of a file, and behind each `DROP … CASCADE` the views that go with it: those that read the table or view, and those that
 * read them. A view depends on the columns that it names anywhere; where it does not say whose column that is, on those that no other of
 * its tables has.
 */
export function withCascades(changes: readonly SchemaChange[], tables: Tables, objects: Objects): readonly SchemaChange[] {
  if (!changes.some((change) => "cascade" in change)) return changes;
  const views = viewsBefore(tables, objects);
  return changes.flatMap((change) => [change, ...taken(change, views, tables).map(dropOf)]);
}

function viewsBefore(tables: Tables, objects: Objects): Map<string, View> {
  const views = new Map<string, View>();
  for (const [key, { name, namespace, reads, uses = [] }] of tables)
    if (reads !== undefined) views.set(key, { name: { name, namespace }, materialized: true, reads, uses });
  for (const { what, name, namespace, reads, uses = [] } of objects.values())
    if (what === "view" && reads !== undefined)
      views.set(name.toLowerCase(), { name: { name, namespace }, materialized: false, reads, uses });
  return views;
}

/** Brings the views up to date with a change, and gives those that it takes along. */
function taken(change: SchemaChange, views: Map<string, View>, tables: Tables): readonly View[] {
  switch (change.kind) {
    case "createTable":
      if (change.reads !== undefined) {
        const { table: name, reads, uses = [] } = change;
        views.set(lower(name), { name, materialized: true, reads, uses });
      }
      return [];
    case "createObject":
      if (change.what === "view" && change.reads !== undefined) {
        const { name, reads, uses = [] } = change;
        views.set(lower(name), { name, materialized: false, reads, uses });
      }
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
      const first = change.cascade ? [...views.values()].filter((view) => needs(view, table, change.column.toLowerCase(), tables)) : [];
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

function needs({ reads, uses }: View, table: string, column: string, tables: Tables): boolean {
  if (uses.includes(`${table}.${column}`) || uses.includes(`${table}.*`)) return true;
  const others = reads.filter((relation) => relation !== table);
  return reads.includes(table) && uses.includes(column) && others.every((other) => tables.get(other)?.columns.has(column) === false);
}

const dropOf = ({ name, materialized }: View): SchemaChange =>
  materialized ? { kind: "dropTable", table: name } : { kind: "dropObject", what: "view", name };

const lower = ({ name }: TableName): string => name.toLowerCase();

import type { SchemaChange, SqlFacts, SqlStatement } from "../../../facts/sql/sqlFacts.ts";
import type { Place } from "../../../text/positions.ts";
import { withCascades } from "./cascades.ts";
import { foldFile, type Tables } from "./fold.ts";
import { foldObjects, type Objects } from "./objects.ts";

/** What a `CASCADE` takes that its statement does not name. */
export interface TakenAlong {
  readonly kind: "view" | "foreign key" | "column";
  /** `order_totals`, `lines.fk_order`. */
  readonly name: string;
  readonly at: Place;
}

/** By statement, what the cascades of a script take of the schema before it and do not leave to be made anew. */
export function takenAlong(
  file: string,
  facts: SqlFacts,
  before: { readonly tables: Tables; readonly objects: Objects },
): ReadonlyMap<SqlStatement, readonly TakenAlong[]> {
  const taken = new Map<SqlStatement, TakenAlong[]>();
  let { tables, objects } = before;
  for (const statement of facts.statements) {
    if (statement.changes.length === 0) continue;
    const changes = withCascades(statement.changes, tables, objects);
    const now = foldFile(tables, { file, facts: { ...facts, insertedRows: [] }, seeds: false }, changes);
    if (statement.changes.some(cascades)) {
      const views = viewsIn(
        changes.filter((change) => !statement.changes.includes(change)),
        tables,
        objects,
      );
      taken.set(statement, [...views, ...gone(tables, now, namedIn(statement.changes))]);
    }
    tables = now;
    objects = foldObjects(objects, file, changes);
  }
  const left = new Set([...partsOf(tables).keys(), ...viewNames(tables, objects)]);
  for (const [statement, all] of taken) {
    // What goes with its table later on is named there.
    const lost = all.filter((one) => !left.has(one.name) && (one.kind === "view" || isMissed(one, tables)));
    taken.set(statement, lost);
  }
  return taken;
}

/** Its table is still there, and of a key its columns. */
function isMissed({ kind, name }: TakenAlong, tables: Tables): boolean {
  const dot = name.indexOf(".");
  const table = tables.get(name.slice(0, dot));
  const columns = kind === "column" ? [] : name.slice(dot + 2, -1).split(", ");
  return table !== undefined && columns.every((column) => table.columns.has(column));
}

const cascades = (change: SchemaChange): boolean => "cascade" in change;

const namedIn = (changes: readonly SchemaChange[]): ReadonlySet<string> =>
  new Set(changes.flatMap((change) => ("table" in change && change.table !== undefined ? [change.table.name.toLowerCase()] : [])));

function viewsIn(changes: readonly SchemaChange[], tables: Tables, objects: Objects): readonly TakenAlong[] {
  return changes.flatMap((change): readonly TakenAlong[] => {
    if (change.kind !== "dropTable" && change.kind !== "dropObject") return [];
    const name = (change.kind === "dropTable" ? change.table : change.name).name.toLowerCase();
    const at = (change.kind === "dropTable" ? tables.get(name) : objects.get(`view:${name}`))?.at;
    return at === undefined ? [] : [{ kind: "view", name, at }];
  });
}

const viewNames = (tables: Tables, objects: Objects): readonly string[] => [
  ...tables.keys(),
  ...[...objects.values()].flatMap(({ what, name }) => (what === "view" ? [name.toLowerCase()] : [])),
];

/** Of tables that stay: keys by their columns, and columns. */
function partsOf(tables: Tables): ReadonlyMap<string, TakenAlong> {
  const parts = new Map<string, TakenAlong>();
  for (const [key, { columns, foreignKeys }] of tables) {
    for (const [name, { at }] of columns) parts.set(`${key}.${name}`, { kind: "column", name: `${key}.${name}`, at });
    for (const { columns: own, at } of foreignKeys) {
      const name = `${key}.(${own.join(", ")})`;
      parts.set(name, { kind: "foreign key", name, at });
    }
  }
  return parts;
}

function gone(before: Tables, now: Tables, named: ReadonlySet<string>): readonly TakenAlong[] {
  const changed = new Map([...before].filter(([key, table]) => !named.has(key) && now.has(key) && now.get(key) !== table));
  const left = partsOf(new Map([...now].filter(([key]) => changed.has(key))));
  const lost = [...partsOf(changed).values()].filter(({ name }) => !left.has(name));
  const columns = new Set(lost.filter(({ kind }) => kind === "column").map(({ name }) => name));
  // A key goes with its column.
  return lost.filter(({ kind, name }) => kind === "column" || !columns.has(name.replace(/[()]/g, "")));
}

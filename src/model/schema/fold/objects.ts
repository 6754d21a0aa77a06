import type { SchemaChange, TableName } from "../../../facts/sql/sqlFacts.ts";
import type { SchemaObject } from "../schema.ts";

/** By kind and lower-case name: `view:open_tickets`; what belongs to a table with its name: `trigger:t.audit`. */
export type Objects = ReadonlyMap<string, SchemaObject>;

/** What else than tables there is after one more file. The given map stays as it is, and is the answer where the file changes nothing. */
export function foldObjects(before: Objects, file: string, changes: readonly SchemaChange[]): Objects {
  let next: Map<string, SchemaObject> | undefined;
  const changed = (): Map<string, SchemaObject> => {
    next ??= new Map(before);
    return next;
  };
  for (const change of changes) {
    switch (change.kind) {
      case "createObject": {
        const { what, name, at, values, table, calledPerRow, constantCalls, asks, selected, reads, uses, increment, start } = change;
        const place = { file, start: at.start, end: at.end };
        const object = { what, name: name.name, namespace: name.namespace, at: place };
        const key = keyOf(what, name, table);
        const other = what === "sequence" ? (next ?? before).get(key) : undefined;
        changed().set(key, {
          ...object,
          ...(values && { values }),
          ...(table && { table: table.name.toLowerCase() }),
          ...(calledPerRow && { calledPerRow }),
          ...(constantCalls && { constantCalls }),
          ...(asks && { asks }),
          ...(selected && { selected }),
          ...(reads && { reads }),
          ...(uses && { uses }),
          ...(increment !== undefined && { increment }),
          ...(start !== undefined && { start }),
          ...(other && eitherOf(other, increment ?? 1, start ?? 1)),
        });
        break;
      }
      case "alterSequence": {
        const { name, increment, start } = change;
        const key = keyOf("sequence", name);
        const old = (next ?? before).get(key);
        if (old === undefined) break;
        changed().set(key, { ...old, ...(increment !== undefined && { increment }), ...(start !== undefined && { start }) });
        break;
      }
      case "dropObject":
        changed().delete(OF_TABLE.has(change.what) ? tableKey(change.what, change.name) : keyOf(change.what, change.name));
        break;
      case "renameObject": {
        const { what, name, to } = change;
        const old = (next ?? before).get(keyOf(what, name));
        if (old === undefined) break;
        changed().delete(keyOf(what, name));
        changed().set(keyOf(what, { ...name, name: to }), { ...old, name: to });
        break;
      }
      case "enumValue": {
        const key = keyOf("enum", change.name);
        const old = (next ?? before).get(key);
        if (old === undefined) break;
        const { renamed, value } = change;
        const values = old.values ?? [];
        const kept =
          renamed === undefined ? [...values.filter((one) => one !== value), value] : values.map((one) => (one === renamed ? value : one));
        changed().set(key, { ...old, values: kept });
        break;
      }
      case "dropTable":
        for (const [key, { table }] of next ?? before) if (table === change.table.name.toLowerCase()) changed().delete(key);
        break;
      case "dropNamespace":
        for (const [key, { namespace }] of next ?? before) if (namespace === change.name) changed().delete(key);
        break;
      default:
    }
  }
  return next ?? before;
}

/** What is known of a sequence where two have its name, as in folders that are run for different databases. */
const eitherOf = (other: SchemaObject, increment: number, start: number): Partial<SchemaObject> => ({
  several: true,
  ...((other.increment ?? 1) !== increment && { increment: 0 }),
  ...((other.start ?? 1) !== start && { start: 0 }),
});

const keyOf = (what: SchemaObject["what"], name: TableName, table?: TableName): string =>
  `${what}:${table === undefined ? "" : `${table.name}.`}${name.name}`.toLowerCase();

const OF_TABLE: ReadonlySet<SchemaObject["what"]> = new Set(["trigger", "policy", "row security"]);

/** DROP TRIGGER and its like name the table as what qualifies the name. */
const tableKey = (what: SchemaObject["what"], { namespace, name }: TableName): string => `${what}:${namespace ?? ""}.${name}`.toLowerCase();

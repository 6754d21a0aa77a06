import type { Model } from "../../../model/model.ts";
import { makeName } from "../../../model/schema/defaultNames.ts";
import { addStatement, qualified, sqlName } from "../../../model/schema/migrationEdit.ts";
import type { Schema, Table } from "../../../model/schema/schema.ts";
import type { Place } from "../../../text/positions.ts";
import type { Fix } from "../../finding.ts";

/**
 * `CREATE INDEX` in the next migration. `schema` is the schema's id, `columns` are the keys in order; `declared` lies in the script that
 * is added to where the migrations follow no scheme.
 */
export function createIndex(model: Model, schema: string, table: Table, columns: readonly string[], declared: Place): Fix {
  return {
    title: `Create index on ${table.name} (${columns.join(", ")})`,
    safe: false,
    edits(sources) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      const name = freeName(makeName(`idx_${table.name}`, columns.join("_"), ""), now);
      const spelled = columns.map((column) => sqlName(table.columns.get(column)?.name ?? column)).join(", ");
      const statement = `CREATE INDEX ${sqlName(name)} ON ${qualified(table)} (${spelled});`;
      return addStatement(now, declared, `add_index_${table.name}_${columns.join("_")}`, statement, sources);
    },
  };
}

function freeName(wanted: string, schema: Schema): string {
  const taken = new Set([...schema.tables.values()].flatMap(({ indexes }) => indexes.map(({ name }) => name.toLowerCase())));
  let name = wanted;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = makeName(wanted, String(i), "");
  return name;
}

import { postgresType } from "../../../facts/changelog/columnTypes.ts";
import { filledIn } from "../../../facts/changelog/properties.ts";
import type { SchemaChange } from "../../../facts/sql/sqlFacts.ts";

/** A change with the properties of other change logs put in. */
export function withProperties(change: SchemaChange, properties: string): SchemaChange {
  const values = new Map(JSON.parse(properties) as [string, string][]);
  const filled = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (!value.includes("${")) return value;
      const text = filledIn(value, (name) => values.get(name));
      return key === "type" ? postgresType(text) : text;
    }
    if (Array.isArray(value)) return value.map((item) => filled(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, name)]));
  };
  return filled(change, "") as SchemaChange;
}

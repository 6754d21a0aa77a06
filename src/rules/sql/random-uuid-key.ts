import type { Model } from "../../model/model.ts";
import type { Column, Table } from "../../model/schema/schema.ts";
import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { entityOf } from "./shared/tables/entities.ts";
import { keepsWhatHappens } from "./shared/tables/growth.ts";

export const randomUuidKey = defineRule({
  id: "sql/random-uuid-key",
  title: "Random UUIDs as the key of a table that only grows",
  language: "sql",
  certainty: "possible",
  cost: "each insert writes to another page of the primary key's index: most are read from disk once the index is larger than memory",
  references: ["https://www.postgresql.org/docs/18/functions-uuid.html", "https://www.rfc-editor.org/rfc/rfc9562.html#name-uuid-version-7"],
  messages: { random: "{{column}} is a random UUID: inserts into {{table}} hit pages all over its index" },
  toldOncePerFile: [["random"]],

  check({ file, model, report }) {
    for (const { schema, table, what: column } of model.schema.columnsDeclaredIn(file.file)) {
      if (column.type !== "uuid" || !isKey(column, table)) continue;
      const now = model.schema.schema(schema);
      const rows = model.tableSizes.rowsOf(table.name);
      if (now === undefined || (rows === undefined ? !keepsWhatHappens(table, now, model) : rows < MANY_ROWS)) continue;
      const made = RANDOM.test(column.default?.text ?? "") ? [] : madeInCode(table, column, model);
      if (made === undefined) continue;
      report({
        at: column.at,
        message: "random",
        data: { column: `${table.name}.${column.name}`, table: table.name },
        related: made,
        ...(rows === undefined ? {} : { certainty: "likely" }),
      });
    }
  },
});

const RANDOM = /\b(?:gen_random_uuid|uuid_generate_v4|uuidv4)\s*\(/i;
/** A btree over so many UUIDs takes more than a gigabyte. */
const MANY_ROWS = 30_000_000;

const isKey = ({ name }: Column, { indexes }: Table): boolean =>
  indexes.some(({ constraint, keys }) => constraint === "primary" && keys.length === 1 && keys[0]?.column === name.toLowerCase());

/** Where Hibernate makes the key; undefined where it makes none, or one in the order of time. */
function madeInCode(table: Table, column: Column, model: Model): readonly RelatedPlace[] | undefined {
  const entity = entityOf(table, model);
  const entry = entity === undefined ? undefined : model.types.declared(entity.qualified);
  const id = entity?.attributes.find((attribute) => attribute.id && attribute.columns.includes(column.name.toLowerCase()));
  const field = entry === undefined || id === undefined ? undefined : model.types.fieldOf(entry, id.name);
  const generated = annotationNamed(field?.field.annotations ?? [], "GeneratedValue");
  if (field === undefined || id === undefined || generated === undefined) return undefined;
  const style = annotationValue(annotationNamed(field.field.annotations, "UuidGenerator"), "style");
  if (style?.kind === "reference" && !/\.?(?:AUTO|RANDOM)$/.test(style.name)) return undefined;
  // A named generator may be anybody's.
  if (annotationValue(generated, "generator") !== undefined) return undefined;
  return [{ at: id.at, message: `${id.name} gets a random UUID here` }];
}

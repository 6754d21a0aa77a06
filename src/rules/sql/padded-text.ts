import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Column, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { isFelt } from "./shared/queries/queries.ts";

export const paddedText = defineRule({
  id: "sql/padded-text",
  title: "Texts of any length are filled with spaces up to one length",
  language: "sql",
  certainty: "possible",
  cost: "each value takes its full length, in the row and in indexes of several columns",
  references: ["https://www.postgresql.org/docs/current/datatype-character.html"],
  messages: {
    one: "{{column}} is char({{length}}): PostgreSQL fills each value with spaces up to {{length}} characters",
    several: "{{column}} and {{others}} more of {{table}} are filled with spaces, this one up to {{length}} characters",
  },

  check({ file, model, report }) {
    const byTable = new Map<Table, Column[]>();
    for (const { table, what: column } of model.schema.columnsDeclaredIn(file.file)) {
      if (lengthOf(column) === undefined || isFixed(column, table)) continue;
      const columns = byTable.get(table);
      if (columns === undefined) byTable.set(table, [column]);
      else columns.push(column);
    }
    for (const [table, columns] of byTable) {
      if (table.kind !== "table" || isFrameworkTable(table.name) || !isFelt(model, table)) continue;
      const [widest, ...others] = columns.toSorted((a, b) => (lengthOf(b) ?? 0) - (lengthOf(a) ?? 0));
      if (widest === undefined) continue;
      report({
        at: widest.at,
        message: others.length === 0 ? "one" : "several",
        data: { column: `${table.name}.${widest.name}`, table: table.name, length: lengthOf(widest) ?? 0, others: others.length },
        related: others.map((column) => ({ at: column.at, message: `${column.name} is char(${lengthOf(column)})` })),
      });
    }
  },
});

/** Below this the spaces weigh less than the length that a varchar keeps, or the values are codes. */
const SHORTEST = 10;

function lengthOf({ type }: Column): number | undefined {
  const length = Number(/^bpchar\((\d+)\)$/.exec(type)?.[1] ?? 0);
  return length < SHORTEST ? undefined : length;
}

/** UUIDs, ULIDs, digests in hexadecimal and base 64, hashes of bcrypt: all values have the length. */
const USUAL: ReadonlySet<number> = new Set([24, 26, 32, 36, 40, 44, 48, 56, 60, 64, 96, 128]);
const CODES =
  /(?:^|_)(?:\w*id|\w*hash|sha\d*|md5|uuid|guid|ulid|token|digest|checksum|fingerprint|signature|key|secret|iban|bic|swift|vin|isbn|issn|ean|gtin|code|codes|\w*cd|hex|color|colour|no|num|\w*nr|number|phone|mobile|fax|ssn|pan|cpf|cnpj|inn|iin|zip|zipcode|postcode|date|time|timestamp|month|period)$/i;

/** Whether all values have one length by nature; a key's are made by a program. */
const isFixed = (column: Column, { indexes, foreignKeys }: Table): boolean =>
  USUAL.has(lengthOf(column) ?? 0) ||
  CODES.test(column.name) ||
  indexes.some(({ unique, keys }) => unique && keys.length === 1 && keys[0]?.column === column.name.toLowerCase()) ||
  foreignKeys.some(({ columns }) => columns.includes(column.name.toLowerCase()));

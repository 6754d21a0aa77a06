import type { Column, Table } from "../../model/schema/schema.ts";
import type { RelatedPlace } from "../finding.ts";
import { wordsOf } from "../java/shared/mapping/smallTables.ts";
import { defineRule, type Report } from "../rule.ts";
import { keepsWhatHappens } from "./shared/tables/growth.ts";
import { typeName } from "./shared/typeNames.ts";

export const integerKeyOverflow = defineRule({
  id: "sql/integer-key-overflow",
  title: "Integer key of a table that grows for good",
  language: "sql",
  certainty: "possible",
  cost: "inserts fail once the numbers are used up, and a change to bigint writes the whole table anew",
  references: [
    "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT",
    "https://www.postgresql.org/docs/current/functions-sequence.html",
  ],
  messages: {
    grows: "{{column}} counts in {{type}}, which ends at {{most}}; {{table}} keeps growing",
    used: "{{column}} counts in {{type}}: {{rows}} of {{most}} numbers are in use",
  },
  toldOncePerFile: [["grows"], ["used"]],

  check({ file, model, report }) {
    for (const { schema, table, what: column } of model.schema.columnsDeclaredIn(file.file)) {
      const most = MOST[column.type];
      if (most === undefined || !isCounted(column, table)) continue;
      const rows = model.tableSizes.rowsOf(table.name);
      const now = model.schema.schema(schema);
      if (
        now === undefined ||
        (rows === undefined ? !isWrittenByMachines(table) || !keepsWhatHappens(table, now, model) : rows < most * FELT)
      )
        continue;
      report({
        at: column.at,
        message: rows === undefined ? "grows" : "used",
        data: {
          column: `${table.name}.${column.name}`,
          type: typeName(column.type),
          most: most.toLocaleString("en-US"),
          table: table.name,
          rows: (rows ?? 0).toLocaleString("en-US"),
        },
        related: references(table, column, now.tables.values()),
        ...weight(rows, most),
      });
    }
  },
});

/** What people do is not done two billion times: they write some thousand audited changes a day, machines that many lines a second. */
const isWrittenByMachines = ({ name }: Table): boolean =>
  /(?:^|_)(?:logs?|metrics?|measurements?|telemetry|clicks?|impressions?|readings?|traces?|outbox|inbox)$/.test(wordsOf(name).join("_"));

const MOST: Readonly<Record<string, number>> = { int2: 32_767, int4: 2_147_483_647 };
/** The share of numbers in use from which on somebody has to plan: numbers of deleted rows are used up, too. */
const FELT = 0.1;
const SOON = 0.5;

function isCounted({ name, default: given }: Column, { indexes }: Table): boolean {
  if (given === undefined || !(given.kind === "serial" || given.kind === "identity" || /^nextval\(/i.test(given.text))) return false;
  return indexes.some(({ constraint, keys }) => constraint === "primary" && keys.length === 1 && keys[0]?.column === name.toLowerCase());
}

function weight(rows: number | undefined, most: number): Pick<Report, "certainty" | "severity"> {
  if (rows === undefined) return {};
  return rows < most * SOON ? { certainty: "likely" } : { certainty: "proven", severity: "error" };
}

/** The columns that have to become wider, too. */
function references(table: Table, column: Column, tables: Iterable<Table>): readonly RelatedPlace[] {
  const parent = table.key;
  return [...tables].flatMap(({ name, foreignKeys }) =>
    foreignKeys.flatMap((key) =>
      key.parent === parent && (key.parentColumns.length === 0 || key.parentColumns.includes(column.name.toLowerCase()))
        ? [{ at: key.at, message: `${name} references it` }]
        : [],
    ),
  );
}

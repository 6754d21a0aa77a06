import type { Model } from "../../model/model.ts";
import { indexServing } from "../../model/schema/coverage.ts";
import { addStatement, columnSql, qualified } from "../../model/schema/edits/migrationEdit.ts";
import type { Table } from "../../model/schema/schema.ts";
import type { Fix, RelatedPlace } from "../finding.ts";
import { isLookup } from "../java/shared/mapping/smallTables.ts";
import { defineRule, type Report } from "../rule.ts";
import { dialectName } from "./shared/dialectNames.ts";
import { lacksKey, type MissingKey, mappedKey, missingKey } from "./shared/indexes/missingKey.ts";
import { finderPlaces } from "./shared/queries/finders.ts";
import { isCollectionTable } from "./shared/tables/entities.ts";
import { isHistory } from "./shared/tables/quietTables.ts";

export const noPrimaryKey = defineRule({
  id: "sql/no-primary-key",
  title: "Table without a primary key",
  language: "sql",
  certainty: "possible",
  cost: "no index finds a single row, and logical replication looks for each changed row in the whole table",
  references: [
    "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS",
    "https://www.postgresql.org/docs/current/logical-replication-publication.html#LOGICAL-REPLICATION-PUBLICATION-REPLICA-IDENTITY",
  ],
  messages: {
    entity: "{{entity}} is found by {{columns}}, and {{table}} has neither key nor index for it",
    elsewhere: "{{table}} has no primary key, and {{dialect}} has one: {{columns}}",
    queries: "{{table}} has no primary key, and {{method}} finds rows by {{columns}}",
    table: "{{table}} has no primary key, and no unique index in its place",
  },

  check({ file, model, report }) {
    for (const { schema, table } of model.schema.tablesDeclaredIn(file.file)) {
      if (!lacksKey(table) || model.tableSizes.isSmall(table)) continue;
      const key = missingKey(schema, table, model);
      if (key !== undefined) {
        report({
          at: table.at,
          ...said(key, table),
          related: [...sourceOf(key), ...finderPlaces(key.queries, key.columns)],
          fixes: model.schema.schema(schema)?.takesStatements === true ? [addPrimaryKey(schema, table, key.columns, model)] : [],
        });
        // Rows that belong to others are found by the key of those.
      } else if (
        table.foreignKeys.length === 0 &&
        // A version, or a mark: one row (openforis/collect's ofc_application_info).
        table.columns.size > 1 &&
        !isLookup(table.name) &&
        // What is only added to is found by no key, and replication needs one for changes (the tables of temporal_tables, SORMAS' 80).
        !isHistory(table) &&
        !isFoundByIndex(table, model) &&
        !isCollectionTable(table, model)
      )
        report({ at: table.at, message: "table", data: { table: table.name } });
    }
  },
});

type Said = Pick<Report<"entity" | "elsewhere" | "queries">, "message" | "data" | "cost" | "certainty" | "severity">;

/** What is said of a key that somebody names: the surer, the better is known that rows are found by it. */
function said({ columns, from, queries }: MissingKey, { name }: Table): Said {
  const data = { table: name, columns: columns.join(", ") };
  const cost = `each query that finds rows by ${data.columns} reads all of ${name}`;
  switch (from.kind) {
    case "entity": {
      const entity = from.entity.name;
      const reads = `each find, update and delete of one ${entity} reads all of ${name}`;
      return { message: "entity", data: { entity, ...data }, cost: reads, certainty: "proven" };
    }
    case "elsewhere": {
      const dialect = dialectName(from.index.dialect);
      const severity = queries.length > 0 ? "warning" : "information";
      return { message: "elsewhere", data: { dialect, ...data }, cost, certainty: "likely", severity };
    }
    case "queries":
      return { message: "queries", data: { method: queries[0]?.method ?? "", ...data }, cost, certainty: "likely" };
  }
}

function sourceOf({ from }: MissingKey): readonly RelatedPlace[] {
  if (from.kind === "entity") return [{ at: from.entity.at, message: `${from.entity.name} is mapped here` }];
  return from.kind === "elsewhere" ? [{ at: from.index.at, message: `the key in ${dialectName(from.index.dialect)}` }] : [];
}

/** Whether an index stands where the entity looks: only replication misses the key then. */
function isFoundByIndex(table: Table, model: Model): boolean {
  const key = mappedKey(table, model);
  return key !== undefined && indexServing(key.columns, table) !== undefined;
}

function addPrimaryKey(schema: string, table: Table, columns: readonly string[], model: Model): Fix {
  const keys = columns.map((column) => columnSql(table, column)).join(", ");
  return {
    title: `Make ${keys.replaceAll('"', "")} the primary key`,
    safe: false,
    edits(sources) {
      const now = model.schema.schema(schema);
      if (now === undefined) return undefined;
      const statement = `ALTER TABLE ${qualified(table)} ADD PRIMARY KEY (${keys});`;
      return addStatement(now, table.at, `add_primary_key_of_${table.name}`.toLowerCase(), statement, sources);
    },
  };
}

import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { ColumnTest, Query, Scan } from "../../model/persistence/scans/query.ts";
import { columnSql } from "../../model/schema/edits/migrationEdit.ts";
import type { Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndexOn } from "./edits/createIndex.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { partSearchesIn } from "./shared/queries/partSearches.ts";
import { certain, feltScans, feltScansOf, isFoundByIndex } from "./shared/queries/queries.ts";

export const leadingWildcard = defineRule({
  id: "sql/leading-wildcard",
  title: "A search for a part of a text that reads every row",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table and compares every text",
  references: [
    "https://www.postgresql.org/docs/current/pgtrgm.html#PGTRGM-INDEX",
    "https://www.postgresql.org/docs/current/indexes-types.html#INDEXES-TYPES-BTREE",
  ],
  messages: { searched: "{{method}} searches {{columns}} of {{table}} for a part: every row is read" },

  check({ file, model, report }) {
    const said = new Set<string>();
    const given = partSearchesIn(model, file).flatMap(({ site, query }) =>
      feltScansOf(model, query, file.file).map((felt) => ({ at: site.at, isGiven: true, ...felt })),
    );
    const sent = feltScans(model, file).map((felt) => ({ at: felt.query.at, isGiven: false, ...felt }));
    for (const { query, schema, scan, table, tables, at, isGiven } of [...sent, ...given]) {
      const searched = unserved(certain(scan, table, tables), table, query);
      const key = `${table.name} ${searched.map(({ column, folded }) => `${folded}(${column})`).join()}`;
      if (searched.length === 0 || said.has(key)) continue;
      said.add(key);
      const felt = feltOn(table, model, [{ query, file }]);
      if (felt === undefined) continue;
      const spelled = ({ column, folded }: Searched): string => {
        const name = columnSql(table, column);
        return folded === undefined ? name : `${folded}(${name})`;
      };
      report({
        at,
        message: "searched",
        data: { method: query.method, columns: searched.map(({ column }) => column).join(", "), table: table.name },
        related: [
          ...(isGiven ? [{ at: query.at, message: `${query.method} is declared here` }] : []),
          ...searched.flatMap(({ column }) => {
            const of = table.columns.get(column)?.at;
            return of === undefined ? [] : [{ at: of, message: `no trigram index holds ${column}` }];
          }),
          ...felt.related,
        ],
        ...felt.rank,
        // The planner sees the query without the value that is given to it.
        ...(isGiven
          ? {}
          : { claim: missingIndex(schema, table, { keys: searched.map(spelled), method: "gin", opclass: "gin_trgm_ops" }, query) }),
        fixes: createIndexOn(
          model,
          schema.id,
          table,
          {
            about: [...searched.map(({ column }) => column), "trgm"],
            keys: searched.map((test) => `${spelled(test)} gin_trgm_ops`).join(", "),
            method: "gin",
            extension: "pg_trgm",
          },
          table.at,
        ),
      });
    }
  },
});

type Searched = Pick<ColumnTest, "column" | "folded">;

function unserved(scan: Scan, table: Table, query: Query): readonly Searched[] {
  if (isFoundByIndex(scan, table, query)) return [];
  const isText = ({ column }: Searched): boolean => /^(?:text|varchar|bpchar|char|citext)/.test(table.columns.get(column)?.type ?? "");
  const must = scan.tests.filter((test) => test.test === "contains" && isText(test));
  const searched = must.length > 0 ? must : searchedInAny(scan, query).filter(isText);
  return searched.some(({ column }) => hasTrigrams(table, column)) ? [] : searched;
}

/** `title like '%x%' or note like '%x%'`: each side of an OR is a search. */
function searchedInAny({ table }: Scan, { remarks }: Query): readonly Searched[] {
  return remarks.flatMap((remark) =>
    remark.kind === "either" && remark.arms.every((arm) => arm.some((test) => test.table === table && test.test === "contains"))
      ? remark.arms.flatMap((arm) => arm.filter(({ test }) => test === "contains"))
      : [],
  );
}

/** A GIN or GiST index over trigrams of the column, or of an expression that names it. */
function hasTrigrams({ indexes }: Table, column: string): boolean {
  return indexes.some(({ method, keys }) =>
    keys.some(
      (key) =>
        /^gi[ns]t?$/.test(method) &&
        (key.column === column || new RegExp(`\\b${column}\\b`, "i").test(key.expression ?? "")) &&
        /trgm|bigm/.test(key.opclass ?? key.expression ?? ""),
    ),
  );
}

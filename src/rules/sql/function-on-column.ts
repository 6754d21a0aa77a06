import { indexNeed } from "../../model/persistence/scans/indexNeed.ts";
import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { Query, Remark } from "../../model/persistence/scans/query.ts";
import { indexServing } from "../../model/schema/coverage.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { dateRange } from "./edits/dateRange.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { isFelt, type JudgedQuery, remarksIn, unfoundScan } from "./shared/queries/queries.ts";

export const functionOnColumn = defineRule({
  id: "sql/function-on-column",
  title: "A column is compared through a function, past its index",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table, and runs the function on each row",
  references: [
    "https://www.postgresql.org/docs/current/indexes-expressional.html",
    "https://use-the-index-luke.com/sql/where-clause/obfuscation",
  ],
  messages: {
    hidden: "{{method}} compares {{function}}({{column}}): {{index}} on {{column}} is not used",
    computed: "{{method}} computes with {{column}}: {{index}} on {{column}} is not used",
    behind: "{{method}} compares {{function}}({{column}}): {{index}} is used up to {{before}} only",
    unindexed: "{{method}} compares {{function}}({{column}}) in every row of {{table}}",
  },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const judged of remarksIn(model, file, "function")) {
      const { query, remark, tables } = judged;
      if (!query.understood || FOLDING.has(remark.name) || said.has(query)) continue;
      const table = tables[query.scans.findIndex((scan) => scan.table === remark.table)];
      if (!isFelt(model, table) || table.indexes.some((other) => computes(other, remark.column))) continue;
      const finding = unfoundScan(model, judged, remark.table) === undefined ? behind(judged, remark, table) : whole(judged, remark, table);
      if (finding === undefined) continue;
      said.add(query);
      const felt = feltOn(table, model, [{ query, file }]);
      if (felt === undefined) continue;
      const { message, index, before } = finding;
      const column = table.columns.get(remark.column);
      const related: RelatedPlace =
        index === undefined
          ? { at: column?.at ?? table.at, message: `no index holds ${remark.column}` }
          : { at: index.at, message: `${index.name} is created here` };
      report({
        at: query.at,
        message: message === "hidden" && ARITHMETIC.test(remark.name) ? "computed" : message,
        data: {
          method: query.method,
          function: remark.name,
          column: column?.name ?? remark.column,
          index: index?.name ?? "",
          before: before ?? "",
          table: table.name,
        },
        ...(message === "behind" ? { certainty: "possible", cost: `each call reads all rows with its ${before}` } : {}),
        related: [related, ...felt.related],
        ...felt.rank,
        // Without an index both forms read every row.
        fixes: index !== undefined && /^timestamp/.test(column?.type ?? "") ? dateRange(file, query, remark.column) : [],
        claim: missingIndex(judged.schema, table, undefined, query),
      });
    }
  },
});

type FunctionRemark = Extract<Remark, { kind: "function" }>;

interface Found {
  readonly message: "hidden" | "behind" | "unindexed";
  readonly index?: Index;
  /** The column whose values the index still finds. */
  readonly before?: string;
}

const ARITHMETIC = /^[-+*/]$/;

/** Nothing else finds the rows. */
function whole({ query }: JudgedQuery, { table: name, column, name: by }: FunctionRemark, table: Table): Found | undefined {
  const index = table.indexes.find(({ keys, predicate }) => keys[0]?.column === column && predicate === undefined);
  // No comparison of the column itself says how long it is.
  if (index !== undefined) return MEASURES.has(by) ? undefined : { message: "hidden", index };
  // Where values are asked for besides, sql/missing-index-for-query has more to say; and what other functions mean is not known.
  const scan = query.scans.find((one) => one.table === name);
  // How many rows a range leaves is not known.
  if (scan?.tests.some((one) => one.test === "range" && !one.constant && indexServing([one.column], table) !== undefined)) return undefined;
  return scan === undefined || !COMPUTES.has(by) || !table.columns.has(column) || indexNeed(query, scan, table) !== undefined
    ? undefined
    : { message: "unindexed" };
}

/** An index finds the rows by the columns before this one, and could go on. */
function behind({ query }: JudgedQuery, { table: name, column, name: by }: FunctionRemark, { indexes }: Table): Found | undefined {
  const scan = query.scans.find((one) => one.table === name);
  const given = new Set(scan?.tests.flatMap(({ test, column: of }) => (test === "equals" || test === "in" ? [of] : [])));
  for (const index of COMPUTES.has(by) ? indexes : []) {
    const place = index.keys.findIndex((key) => key.column === column);
    const before = index.keys.slice(0, place);
    if (place > 0 && !index.unique && index.predicate === undefined && before.every((key) => given.has(key.column ?? "")))
      return { message: "behind", index, before: before.map((key) => key.column).join(", ") };
  }
  return undefined;
}

/** sql/case-insensitive-without-index has more to say of these. */
const FOLDING: ReadonlySet<string> = new Set(["lower", "upper"]);

/** What a column's own value could be compared with as well, or an index on the expression would hold. */
const COMPUTES: ReadonlySet<string> = new Set(
  "date date_trunc cast to_char extract year month day hour trim btrim substring substr left replace concat abs".split(" "),
);

/** How long a text, an array or a document is: an index on the column is no help, however the query is written. */
const MEASURES: ReadonlySet<string> = new Set(
  "length char_length octet_length bit_length cardinality array_length jsonb_array_length json_array_length".split(" "),
);

/** An index on an expression over the column, which may be this one. */
const computes = ({ keys }: Index, column: string): boolean =>
  keys.some(({ expression }) => expression !== undefined && new RegExp(`\\b${column}\\b`, "i").test(expression));

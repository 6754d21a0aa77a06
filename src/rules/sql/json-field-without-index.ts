import { missingIndex, type ProposedIndex } from "../../model/persistence/scans/planClaim.ts";
import type { Remark } from "../../model/persistence/scans/query.ts";
import { sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndexOn } from "./edits/createIndex.ts";
import type { NewIndex } from "./edits/newIndexes.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { type JudgedQuery, remarksIn, unfoundScan } from "./shared/queries/queries.ts";

export const jsonFieldWithoutIndex = defineRule({
  id: "sql/json-field-without-index",
  title: "Rows are found by a part of a document or a list that no index holds",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table and takes every document apart",
  references: [
    "https://www.postgresql.org/docs/current/datatype-json.html#JSON-INDEXING",
    "https://www.postgresql.org/docs/current/indexes-expressional.html",
  ],
  messages: {
    field: "{{method}} finds {{table}} by {{column}} ->> {{fields}} without an index on it",
    contains: "{{method}} finds {{table}} by what {{column}} contains, without a GIN index",
    among: "{{method}} finds {{table}} by = ANY({{column}}), which no index serves",
  },

  check({ file, model, report }) {
    const said = new Set<string>();
    for (const [first, ...others] of byQuery(remarksIn(model, file, "document"))) {
      const { query, remark, schema } = first;
      const unfound = query.understood ? unfoundScan(model, first, remark.table) : undefined;
      // An index leads with a column that is held against a value: that is what sql/missing-index-for-query looks at.
      if (unfound === undefined || unfound.scan.tests.some(({ test, constant }) => test === "equals" && !constant)) continue;
      const { table } = unfound;
      const tests = [first, ...others].map((one) => one.remark);
      // What one of the tests finds, the others need not find.
      if (tests.some((test) => isFound(test, table))) continue;
      const { operator, column } = remark;
      const wanted = PARTS[operator] === undefined ? fieldIndex(tests, table) : containment(remark, table);
      if (wanted === undefined || said.has(`${table.name} ${wanted.keys}`)) continue;
      said.add(`${table.name} ${wanted.keys}`);
      const felt = feltOn(table, model, [{ query, file }]);
      if (felt === undefined) continue;
      report({
        at: query.at,
        message: operator === ANY ? "among" : PARTS[operator] === undefined ? "field" : "contains",
        data: { method: query.method, table: table.name, column, fields: tests.map(({ key }) => `'${key ?? ""}'`).join(", ") },
        related: [{ at: table.columns.get(column)?.at ?? table.at, message: `${table.name}.${column} is declared here` }, ...felt.related],
        ...felt.rank,
        // A GIN index is asked by `@>`, not by `= ANY`.
        fixes: operator === ANY ? [] : createIndexOn(model, schema.id, table, wanted, table.at),
        ...(operator === ANY ? {} : { claim: missingIndex(schema, table, wanted.proposed, query) }),
      });
    }
  },
});

type DocumentTest = Extract<Remark, { kind: "document" }>;
type Tested = JudgedQuery & { readonly remark: DocumentTest };

/** The tests of one document column by one operator in one query: one index serves them all. */
function byQuery(tests: readonly Tested[]): readonly (readonly [Tested, ...Tested[]])[] {
  const groups = new Map<string, [Tested, ...Tested[]]>();
  for (const one of tests) {
    const { table, column, operator } = one.remark;
    const group = `${one.query.at.start} ${table ?? ""} ${column} ${operator}`;
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [one]);
    else if (known.every(({ remark }) => remark.key !== one.remark.key)) known.push(one);
  }
  return [...groups.values()];
}

const isFound = ({ operator, column, key }: DocumentTest, table: Table): boolean =>
  operator !== ANY && PARTS[operator] !== undefined
    ? table.indexes.some(({ method, keys }) => /^gi(?:n|st)$/.test(method) && keys.some((one) => one.column === column))
    : key !== undefined && table.indexes.some((index) => holds(index, column, key));

/** The column as it is spelled, where it is a document of one of these types. */
function documentColumn(column: string, table: Table, types: RegExp): string | undefined {
  const declared = table.columns.get(column);
  return declared !== undefined && types.test(declared.type) ? sqlName(declared.name) : undefined;
}

interface WantedIndex extends NewIndex {
  readonly proposed: ProposedIndex;
}

/** `:tag = ANY(tags)` says what `tags @> ARRAY[:tag]` says. */
const ANY = "= any";

/** Operators that a GIN index serves, and the types of which it does. */
const PARTS: Readonly<Record<string, RegExp | undefined>> = { "@>": /^jsonb$|\[\]$/, "&&": /\[\]$/, "@@": /^tsvector$/, [ANY]: /\[\]$/ };

function containment({ column, operator }: DocumentTest, table: Table): WantedIndex | undefined {
  const name = documentColumn(column, table, PARTS[operator] ?? NONE);
  if (name === undefined) return undefined;
  const opclass = table.columns.get(column)?.type === "jsonb" ? "jsonb_path_ops" : undefined;
  const proposed = { keys: [column], method: "gin", ...(opclass && { opclass }) } as const;
  return { about: [column], keys: opclass === undefined ? name : `${name} ${opclass}`, method: "gin", proposed };
}

const NONE = /$^/;

/** An index on the fields; undefined where one of them cannot be named. A GIN index does not serve `->>` with an equality. */
function fieldIndex(tests: readonly DocumentTest[], table: Table): WantedIndex | undefined {
  const [{ column }] = tests as readonly [DocumentTest];
  const name = documentColumn(column, table, /^jsonb?$/);
  const named = tests.flatMap(({ operator, key, castTo }) =>
    operator !== "->>" || key === undefined || /^\d+$/.test(key) || !STABLE.test(castTo ?? "text") ? [] : [{ key, castTo }],
  );
  if (name === undefined || named.length < tests.length) return undefined;
  const parts = named.map(({ key }) => key.toLowerCase().replace(/[^a-z0-9]+/g, "_"));
  const fields = named.map(({ key, castTo }) => {
    const field = `${name} ->> '${key.replaceAll("'", "''")}'`;
    return castTo === undefined || castTo === "text" ? field : `(${field})::${castTo}`;
  });
  const proposed = { keys: fields, method: "btree" } as const;
  return { about: [column, ...parts], keys: fields.map((field) => `(${field})`).join(", "), proposed };
}

/** A text means the same value of these types always, so that an index may hold it: a day hangs on how days are written. */
const STABLE = /^(?:text|varchar|uuid|int[248]?|integer|bigint|smallint|numeric|decimal|bool|boolean)$/;

const holds = ({ keys }: Index, column: string, key: string): boolean =>
  keys.some(({ expression }) => expression?.toLowerCase().includes(column) === true && expression.includes(`'${key}'`));

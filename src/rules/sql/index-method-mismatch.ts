import type { Model } from "../../model/model.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { typeName } from "./shared/typeNames.ts";

export const indexMethodMismatch = defineRule({
  id: "sql/index-method-mismatch",
  title: "B-tree on an array, a document, a text vector or a geometry",
  language: ["sql", "java"],
  certainty: "possible",
  cost: "an entry for every write that no search for a part of the value reads; an entry over 2,704 bytes makes the write fail",
  references: [
    "https://www.postgresql.org/docs/current/indexes-types.html",
    "https://www.postgresql.org/docs/current/btree.html#BTREE-INTRO",
    "https://www.postgresql.org/docs/current/gin.html",
  ],
  messages: { holds: "{{index}} is a B-tree on {{type}}: only a whole {{column}} is found by it, not {{part}}" },

  check({ file, model, report }) {
    for (const { table, what: index } of model.schema.indexesDeclaredIn(file.file)) {
      const column = onlyColumn(index, table);
      const parts = column === undefined ? undefined : partsOf(column.type);
      if (column === undefined || parts === undefined || table.uncertain || table.kind !== "table" || isFrameworkTable(table.name))
        continue;
      if (isReadWhole(column.name, table, model)) continue;
      report({
        at: index.at,
        message: "holds",
        data: { index: index.name, type: typeName(column.type), column: column.name, part: parts.part },
        related: [{ at: column.at, message: `${table.name}.${column.name} is declared here; ${parts.method} finds ${parts.part}` }],
      });
    }
  },
});

/** The one column of a plain index; a unique one is a constraint on whole values. */
function onlyColumn({ keys, include, unique, constraint, method, predicate }: Index, { columns }: Table) {
  const [key, ...others] = keys;
  if (unique || constraint !== undefined || method !== "btree" || predicate !== undefined || others.length + include.length > 0)
    return undefined;
  // An operator class that somebody has written down was thought about.
  return key?.column === undefined || key.opclass !== undefined ? undefined : columns.get(key.column);
}

interface Parts {
  readonly part: string;
  readonly method: string;
}

function partsOf(type: string): Parts | undefined {
  if (type.endsWith("[]")) return { part: "elements in it", method: "GIN" };
  return PARTS[type.replace(/\(.*$/, "")];
}

const SHAPE: Parts = { part: "what lies in or near it", method: "GiST" };

/** What people search such values for. */
const PARTS: Readonly<Record<string, Parts>> = {
  jsonb: { part: "fields in it", method: "GIN" },
  hstore: { part: "keys in it", method: "GIN" },
  tsvector: { part: "words in it", method: "GIN" },
  geometry: SHAPE,
  geography: SHAPE,
};

/** Whether a query finds rows by the whole value, or sorts by it, or may. */
function isReadWhole(name: string, table: Table, model: Model): boolean {
  const column = name.toLowerCase();
  const own = table.key;
  return model.tableQueries
    .of(own)
    .some(
      ({ scans, dynamicSort }) =>
        dynamicSort ||
        scans.some(
          ({ table: scanned, tests, sort }) =>
            scanned === own &&
            (tests.some((one) => one.column === column && WHOLE.has(one.test)) || sort.some((one) => one.column === column)),
        ),
    );
}

const WHOLE: ReadonlySet<string> = new Set(["equals", "in", "join", "range"]);

import { defineRule, type Report } from "../rule.ts";
import { createUniqueIndex } from "./edits/createIndex.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { declaredOnly } from "./shared/indexes/declaredIndexes.ts";
import { finderPlaces, findersBy } from "./shared/queries/finders.ts";

export const indexDeclaredOnlyInEntity = defineRule({
  id: "sql/index-declared-only-in-entity",
  title: "Index that an entity declares and no migration makes",
  language: "java",
  certainty: "likely",
  cost: "what somebody wanted an index for reads the whole table",
  references: [
    "https://docs.spring.io/spring-boot/how-to/data-initialization.html",
    "https://jakarta.ee/specifications/persistence/3.1/jakarta-persistence-spec-3.1#a14950",
  ],
  messages: {
    index: "the entity declares an index on {{table}}({{columns}}), and no migration makes it",
    unique: "the entity declares {{table}}({{columns}}) unique, and no migration makes an index for it",
  },

  check({ file, model, report }) {
    for (const type of file.java.types) {
      for (const { schema, table, columns, unique, at, isAsked } of declaredOnly(type, file, model)) {
        const queries = findersBy(columns[0] ?? "", table, model);
        report({
          at,
          message: unique ? "unique" : "index",
          data: { table: table.name, columns: columns.join(", ") },
          cost: `a lookup by ${columns.join(", ")} reads all of ${table.name}`,
          ...weight(isAsked, model.tableSizes.rowsOf(table.name)),
          related: [{ at: table.at, message: `${table.name} is created here` }, ...finderPlaces(queries, columns.slice(0, 1))],
          fixes: [
            ...(unique ? createUniqueIndex(model, schema.id, table, columns, table.at) : []),
            ...createIndexEitherWay(model, schema.id, table, columns, table.at),
          ],
        });
      }
    }
  },
});

/** Rows from which reading a table takes tenths of a second. */
const MANY_ROWS = 1_000_000;

const weight = (isAsked: boolean, rows: number | undefined): Pick<Report, "certainty" | "severity"> =>
  !isAsked ? { certainty: "possible" } : (rows ?? 0) >= MANY_ROWS ? { severity: "warning" } : {};

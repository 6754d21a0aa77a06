import type { Model } from "../../model/model.ts";
import { type Attribute, attributeOf, type Entity } from "../../model/persistence/mapping/entity.ts";
import { indexServing } from "../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Table } from "../../model/schema/schema.ts";
import { mappingsIn } from "../java/shared/mapping/mappings.ts";
import { isLookup } from "../java/shared/mapping/smallTables.ts";
import { defineRule } from "../rule.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { lacksKeyFor } from "./shared/indexes/missingKey.ts";
import { findersBy } from "./shared/queries/finders.ts";
import { schemaOf } from "./shared/queries/queries.ts";
import { isCodeList } from "./shared/tables/quietTables.ts";

export const associationWithoutIndex = defineRule({
  id: "sql/association-without-index",
  title: "Association that is loaded by a column without an index or a foreign key",
  language: "java",
  certainty: "likely",
  cost: "each load of the association reads the whole table of its rows",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#associations-one-to-many",
    "https://www.postgresql.org/docs/current/indexes-intro.html",
  ],
  messages: { loaded: "{{association}} is loaded by {{table}}({{columns}}), and no index starts with it" },

  check({ file, model, report }) {
    const mappings = mappingsIn(model, file).filter(({ attribute }) => attribute.mappedBy !== undefined || attribute.through !== undefined);
    const schema = mappings.length === 0 ? undefined : schemaOf(model, file.file);
    // Hibernate makes a foreign key for each association, which sql/foreign-key-without-index speaks of.
    if (schema === undefined || schema.mapped) return;
    for (const { attribute, entity } of mappings) {
      const rows = rowsOf(attribute, model);
      const table = rows === undefined ? undefined : model.schema.tableOf(schema.id, rows.table);
      if (rows === undefined || table === undefined || !isJudged(table, rows.columns, model)) continue;
      if (indexServing(rows.columns, table) !== undefined || hasForeignKey(table, rows.columns)) continue;
      const [column = ""] = rows.columns;
      if (model.javaMigrations.indexes(table.name, column) || lacksKeyFor(rows.columns, schema.id, table, model)) continue;
      // sql/missing-index-for-query says it of the query.
      if (findersBy(column, table, model).length > 0) continue;
      const isTold = model.tableSizes.rowsOf(table.name) !== undefined;
      // What few own is soon read as a whole.
      if (!isTold && (isCodeList(table, model) || isLookup(entity.name))) continue;
      const [first, ...others] = loadersOf(rows, isTold, model);
      // One index serves them all: the first says so.
      if (first !== undefined && (first.attribute.at.file !== attribute.at.file || first.attribute.at.start !== attribute.at.start))
        continue;
      report({
        at: attribute.at,
        message: "loaded",
        data: { association: `${entity.name}.${attribute.name}`, table: table.name, columns: rows.columns.join(", ") },
        cost: `each ${entity.name} whose ${attribute.name} is loaded reads all of ${table.name}`,
        related: [
          { at: table.at, message: `${table.name} is created here` },
          ...others.slice(0, MOST_OTHERS).map((other) => ({
            at: other.attribute.at,
            message: `${other.entity.name}.${other.attribute.name} is loaded by it, too`,
          })),
        ],
        fixes: createIndexEitherWay(model, schema.id, table, rows.columns, table.at),
        ...(!isTold && isLookup(table.name) ? { certainty: "possible" as const } : {}),
      });
    }
  },
});

const MOST_OTHERS = 5;

interface Loader {
  readonly entity: Entity;
  readonly attribute: Attribute;
}

/** The associations of all entities that load the same rows, by file and place, those of which there are few left out. */
function loadersOf(rows: Rows, isTold: boolean, model: Model): readonly Loader[] {
  const found = new Map<string, Loader>();
  for (const { qualified } of model.persistence.mappedClasses()) {
    const entity = model.persistence.entity(qualified);
    if (entity === undefined || (!isTold && isLookup(entity.name))) continue;
    for (const attribute of entity.attributes) {
      const same = attribute.mappedBy === undefined && attribute.through === undefined ? undefined : rowsOf(attribute, model);
      const key = `${attribute.at.file}\n${attribute.at.start}`;
      const isSame = same?.table === rows.table && same.columns.join() === rows.columns.join();
      if (isSame && !found.has(key)) found.set(key, { entity, attribute });
    }
  }
  return [...found.values()].sort(({ attribute: a }, { attribute: b }) =>
    a.at.file === b.at.file ? a.at.start - b.at.start : a.at.file < b.at.file ? -1 : 1,
  );
}

interface Rows {
  readonly table: string;
  /** The columns that hold the owner's key, lower case. */
  readonly columns: readonly string[];
}

/** Where the rows of an association are looked for: in the other side's table, a join table, or that of a collection. */
function rowsOf({ mappedBy, through, type }: Attribute, model: Model): Rows | undefined {
  if (mappedBy === undefined) return through && { table: through.table, columns: through.columns };
  const other = model.persistence.entity(type);
  const owning = other && attributeOf(other, mappedBy);
  if (owning === undefined) return undefined;
  if (owning.through !== undefined) return { table: owning.through.table, columns: owning.through.inverse };
  return owning.kind === "toOne" && owning.byKey !== true ? { table: owning.table, columns: owning.columns } : undefined;
}

function isJudged(table: Table, columns: readonly string[], { tableSizes }: Model): boolean {
  if (table.kind !== "table" || table.uncertain || tableSizes.isSmall(table) || isFrameworkTable(table.name)) return false;
  return columns.length > 0 && columns.every((column) => table.columns.has(column));
}

const hasForeignKey = ({ foreignKeys }: Table, columns: readonly string[]): boolean =>
  foreignKeys.some((key) => key.columns.length === columns.length && columns.every((column) => key.columns.includes(column)));

import { childOf } from "../../facts/java/code.ts";
import type { DeclaredMethod } from "../../model/calls/callees.ts";
import type { Model } from "../../model/model.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { TypeEntry } from "../../model/types/typeIndex.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { entityOf } from "./shared/entities.ts";

export const indexOnUpdateTime = defineRule({
  id: "sql/index-on-update-time",
  title: "Index on a column that every update changes",
  language: ["sql", "java"],
  certainty: "possible",
  cost: "no update is a HOT one: each writes to all indexes of the table, whatever it changes",
  references: [
    "https://www.postgresql.org/docs/current/storage-hot.html",
    "https://docs.spring.io/spring-data/jpa/reference/auditing.html",
  ],
  messages: { changes: "each update of {{table}} changes {{column}}, which {{index}} holds" },

  check({ file, model, report }) {
    const said = new Set<Table>();
    for (const { table, what: index } of model.schema.indexesDeclaredIn(file.file)) {
      // One such index is enough to make all updates dear.
      if (said.has(table) || index.unique || index.method === "brin" || table.indexes.length < FEW_INDEXES) continue;
      if (table.uncertain || table.kind !== "table" || model.tableSizes.isSmall(table) || isFrameworkTable(table.name)) continue;
      const changed = changedBy(index, table, model);
      if (changed === undefined || table.indexes.some((other) => other.unique && holds(other, changed.column))) continue;
      said.add(table);
      report({
        at: index.at,
        message: "changes",
        data: { table: table.name, column: changed.column, index: index.name },
        cost: `no update of ${table.name} is a HOT one: each writes to all of its ${table.indexes.length} indexes, whatever it changes`,
        related: [changed.place],
      });
    }
  },
});

/** A key that changes with the row, too, would have to go first. */
const holds = ({ keys, include }: Index, column: string): boolean =>
  keys.some((key) => key.column === column.toLowerCase()) || include.includes(column.toLowerCase());

/** Below, an update has little to write to. */
const FEW_INDEXES = 3;

/** Names of times and numbers that change with the row: what is asked first, since it costs nothing. */
const NAMED = /(?:updat|modif|chang|version|revision|touch)/;

/** The first column of an index that the entity's mapping, or its own callback, sets at each update. */
function changedBy(index: Index, table: Table, model: Model): { readonly column: string; readonly place: RelatedPlace } | undefined {
  const named = [...index.keys.map(({ column }) => column ?? ""), ...index.include].filter((column) => NAMED.test(column));
  const entity = named.length === 0 ? undefined : entityOf(table, model);
  const entry = entity === undefined ? undefined : model.types.declared(entity.qualified);
  if (entity === undefined || entry === undefined) return undefined;
  const lineage = model.types.lineage(entry);
  if (lineage.some(({ type }) => annotationNamed(type.annotations, "Immutable") !== undefined)) return undefined;
  for (const column of named) {
    const attribute = entity.attributes.find((one) => one.kind === "basic" && one.columns.includes(column));
    const found = attribute === undefined ? undefined : model.types.fieldOf(entry, attribute.name);
    if (attribute === undefined || found === undefined) continue;
    const spelled = table.columns.get(column)?.name ?? column;
    if (annotationNamed(found.field.annotations, "LastModifiedDate", "UpdateTimestamp", "Version") !== undefined)
      return { column: spelled, place: { at: attribute.at, message: `${attribute.name} is set at each update` } };
    const callback = callbackSetting(attribute.name, lineage, model);
    if (callback !== undefined) {
      const message = `${callback.method.name} sets ${attribute.name} at each update`;
      return { column: spelled, place: { at: { file: callback.owner.file.file, ...callback.method.nameSpan }, message } };
    }
  }
  return undefined;
}

/** The callback of an entity that sets a field at each update, under no condition. */
function callbackSetting(field: string, lineage: readonly TypeEntry[], model: Model): DeclaredMethod | undefined {
  for (const { file, type } of lineage) {
    const method = type.methods.find(({ annotations, body }) => body >= 0 && annotationNamed(annotations, "PreUpdate") !== undefined);
    const callback = method === undefined ? undefined : model.calls.methodsIn(file.file).find(({ declared }) => declared.method === method);
    if (callback === undefined) continue;
    const sets = model.calls.codeOf(callback).nodes.some((node) => {
      const target = node.kind === "assign" ? childOf(node, "target") : undefined;
      return (target?.kind === "name" || target?.kind === "field") && target.text === field && node.parent?.parent?.parent === undefined;
    });
    if (sets) return callback.declared;
  }
  return undefined;
}

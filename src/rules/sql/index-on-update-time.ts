import { type CodeNode, childOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { DeclaredMethod } from "../../model/calls/typing/callees.ts";
import type { Model } from "../../model/model.ts";
import type { Index, Table } from "../../model/schema/schema.ts";
import { annotationNamed, annotationValue } from "../../model/types/constants.ts";
import type { TypeEntry } from "../../model/types/typeIndex.ts";
import type { RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isFelt } from "./shared/queries/queries.ts";
import { entityOf } from "./shared/tables/entities.ts";

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
      if (table.kind !== "table" || !isFelt(model, table)) continue;
      const changed = changedBy(index, table, file.file, model);
      if (changed === undefined || table.indexes.some((other) => other.unique && holds(other, changed.column))) continue;
      if (isAskedFor(changed.column, table, model)) continue;
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

/** Whether a known query reads what has changed since a time: what its clients fetch may be worth what updates cost. */
const isAskedFor = (column: string, table: Table, model: Model): boolean =>
  model.tableQueries
    .of(table.name)
    .some(({ scans, kind }) =>
      scans.some(
        (scan) =>
          scan.table === table.key &&
          (scan.tests.some((test) => test.test === "range" && test.column === column.toLowerCase()) ||
            (kind === "find" && scan.sort[0]?.column === column.toLowerCase())),
      ),
    );

/** Below, an update has little to write to. */
const FEW_INDEXES = 3;

/** Names of times and numbers that change with the row: what is asked first, since it costs nothing. */
const NAMED = /(?:updat|modif|chang|version|revision|touch)/;

/** The first column of an index that the entity's mapping, or its own callback, sets at each update. */
function changedBy(
  index: Index,
  table: Table,
  near: string,
  model: Model,
): { readonly column: string; readonly place: RelatedPlace } | undefined {
  const named = [...index.keys.map(({ column }) => column ?? ""), ...index.include].filter((column) => NAMED.test(column));
  const entity = named.length === 0 ? undefined : entityOf(table, model);
  const entry = entity === undefined ? undefined : model.types.declared(entity.qualified);
  if (entity === undefined || entry === undefined) return undefined;
  const lineage = model.types.lineage(entry);
  if (lineage.some(({ type }) => annotationNamed(type.annotations, "Immutable") !== undefined) || isWrittenOnce(entry)) return undefined;
  for (const column of named) {
    const attribute = entity.attributes.find((one) => one.kind === "basic" && one.columns.includes(column));
    const found = attribute === undefined ? undefined : model.types.fieldOf(entry, attribute.name);
    if (attribute === undefined || found === undefined) continue;
    const spelled = table.columns.get(column)?.name ?? column;
    const audited = annotationNamed(found.field.annotations, "LastModifiedDate") !== undefined && isAudited(lineage, near, model);
    if (audited || annotationNamed(found.field.annotations, "UpdateTimestamp", "Version") !== undefined)
      return { column: spelled, place: { at: attribute.at, message: `${attribute.name} is set at each update` } };
    const callback = callbackSetting(attribute.name, lineage, model);
    if (callback !== undefined) {
      const message = `${callback.method.name} sets ${attribute.name} at each update`;
      return { column: spelled, place: { at: { file: callback.owner.file.file, ...callback.method.nameSpan }, message } };
    }
  }
  return undefined;
}

/** Whether a class lets nobody change what its constructor has set: a log. Updates by a query call nothing and set no version. */
function isWrittenOnce({ type: { annotations, fields, methods } }: TypeEntry): boolean {
  const own = fields.filter(({ modifiers }) => !modifiers.includes("static"));
  return (
    own.length > 1 &&
    own.every((field) => field.modifiers.includes("private") && annotationNamed(field.annotations, ...WRITERS) === undefined) &&
    annotationNamed(annotations, ...WRITERS) === undefined &&
    methods.every(
      (method) =>
        method.kind !== "method" ||
        method.modifiers.includes("static") ||
        annotationNamed(method.annotations, "PrePersist", "PreUpdate") !== undefined ||
        READS.test(method.name),
    )
  );
}

/** What Lombok makes of these writes fields, or makes a changed copy. */
const WRITERS = ["Data", "Setter", "With", "Builder", "SuperBuilder"];
const READS = /^(?:(?:get|is|has)[A-Z]\w*|equals|hashCode|toString|compareTo)$/;

/** Whether Spring Data sets dates of an entity: a class that listens to it, and auditing that is switched on. */
function isAudited(lineage: readonly TypeEntry[], near: string, model: Model): boolean {
  const listens = lineage.some((entry) => listenersOf(entry, model).some((name) => /(?:^|\.)AuditingEntityListener$/.test(name)));
  return listens && [near, ...lineage.map(({ file }) => file.file)].some((file) => model.configuration.codeSettles("jpa-auditing", file));
}

/** The qualified names of the classes that `@EntityListeners` of a type names. */
function listenersOf({ file, type }: TypeEntry, model: Model): readonly string[] {
  const value = annotationValue(annotationNamed(type.annotations, "EntityListeners"), "value");
  const values = value === undefined ? [] : value.kind === "array" ? value.values : [value];
  return values.flatMap((one) =>
    one.kind === "reference" ? [model.types.resolveName(one.name.replace(/\.class$/, ""), { file, type })] : [],
  );
}

/** The callback of an entity, or of a class that listens to it, that sets a field at each update, under no condition. */
function callbackSetting(field: string, lineage: readonly TypeEntry[], model: Model): DeclaredMethod | undefined {
  for (const entry of lineage) {
    const own = callbackOf(entry, model);
    if (own !== undefined && setsAlways(own, (node) => isOwnField(node, field), model)) return own.declared;
    for (const name of listenersOf(entry, model)) {
      const listener = model.types.declared(name, entry.file.file);
      const callback = listener === undefined ? undefined : callbackOf(listener, model);
      const given = callback?.declared.method.parameters[0]?.name;
      if (callback !== undefined && given !== undefined && setsAlways(callback, (node) => isFieldOf(given, node, field), model))
        return callback.declared;
    }
  }
  return undefined;
}

function callbackOf({ file, type }: TypeEntry, model: Model): MethodNode | undefined {
  const method = type.methods.find(({ annotations, body }) => body >= 0 && annotationNamed(annotations, "PreUpdate") !== undefined);
  return method === undefined ? undefined : model.calls.methodsIn(file.file).find(({ declared }) => declared.method === method);
}

/** Whether a statement of the body itself is such a node. */
const setsAlways = (callback: MethodNode, sets: (node: CodeNode) => boolean, model: Model): boolean =>
  model.calls.codeOf(callback).nodes.some((node) => node.parent?.parent?.parent === undefined && sets(node));

function isOwnField(node: CodeNode, field: string): boolean {
  const target = node.kind === "assign" ? childOf(node, "target") : undefined;
  return (target?.kind === "name" || target?.kind === "field") && target.text === field;
}

/** `order.updatedAt = …`, `order.setUpdatedAt(…)`. */
function isFieldOf(given: string, node: CodeNode, field: string): boolean {
  const target = node.kind === "assign" ? childOf(node, "target") : node;
  const name = node.kind === "call" ? `set${field.charAt(0).toUpperCase()}${field.slice(1)}` : field;
  const of = target === undefined ? undefined : childOf(target, "receiver");
  return (target?.kind === "field" || target?.kind === "call") && target.text === name && of?.kind === "name" && of.text === given;
}

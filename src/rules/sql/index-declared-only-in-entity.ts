import type { JavaType } from "../../facts/java/javaFacts.ts";
import type { SchemaChange } from "../../facts/sql/sqlFacts.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import { addsToTables } from "../../model/schema/sets/settings.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import type { Span } from "../../text/positions.ts";
import { defineRule } from "../rule.ts";
import { createUniqueIndex } from "./edits/createIndex.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { lookupsOn } from "./shared/queries/loadedCollections.ts";
import { schemaOf } from "./shared/queries/queries.ts";
import { isIndexed } from "./shared/tables/schemaQuestions.ts";

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
      const { annotations, qualified } = type;
      if (annotationNamed(annotations, "Entity") === undefined || !mayDeclare(type)) continue;
      const declared = model.persistence
        .mappedTable(qualified)
        .flatMap(({ file: at, change }) => (at === file.file ? indexIn(change) : []));
      const schema = declared.length === 0 ? undefined : schemaOf(model, file.file);
      if (schema === undefined || schema.mapped || addsToTables(model.configuration, file.file)) continue;
      const references = model.persistence.entity(qualified)?.attributes.filter(({ kind }) => kind !== "basic") ?? [];
      const said = new Set<string>();
      for (const { table: name, columns, unique, at } of declared) {
        const table = model.schema.tableOf(schema.id, name);
        if (table === undefined || table.uncertain || isFrameworkTable(table.name) || model.tableSizes.isSmall(table)) continue;
        if (!columns.every((column) => table.columns.has(column))) continue;
        // The columns behind the first one are written down for what they are worth.
        if (isIndexed(columns[0] ?? "", table)) continue;
        // Nobody wrote down that a one-to-one, or the other side of a one-to-many, is unique; a reference without an index has a rule of its own.
        if (unique && references.some((reference) => reference.at.start === at.start)) continue;
        const key = `${table.name} ${columns.join()}`;
        if (said.has(key) || model.javaMigrations.indexes(table.name, columns[0] ?? "")) continue;
        said.add(key);
        const lookups = lookupsOn(table.name, columns[0] ?? "", file.file, model) ?? [];
        // adorsys/ledgers: an account is found by the index on its name, whatever else is asked for.
        const isAsked = lookups.some((others) => !others.some((column) => isIndexed(column, table)));
        // Whoever writes down that values differ wants no index for it.
        if (unique && !isAsked) continue;
        report({
          at,
          message: unique ? "unique" : "index",
          data: { table: table.name, columns: columns.join(", ") },
          cost: `a lookup by ${columns.join(", ")} reads all of ${table.name}`,
          ...(isAsked ? {} : { certainty: "possible" as const }),
          related: [{ at: table.at, message: `${table.name} is created here` }],
          fixes: [
            ...(unique ? createUniqueIndex(model, schema.id, table, columns, table.at) : []),
            ...createIndexEitherWay(model, schema.id, table, columns, table.at),
          ],
        });
      }
    }
  },
});

/** Cheap: whether an annotation of the class or of a member may ask for an index. */
function mayDeclare({ annotations, fields, methods }: JavaType): boolean {
  return [{ annotations }, ...fields, ...methods].some((one) =>
    one.annotations.some(({ name, values }) => HOLDING_OTHERS.test(name) || values.some((value) => ASKING.has(value.name))),
  );
}

const ASKING: ReadonlySet<string> = new Set(["indexes", "uniqueConstraints", "unique"]);
const HOLDING_OTHERS = /\b(?:NaturalId|JoinTable|CollectionTable|JoinColumns)$/;

interface DeclaredIndex {
  readonly table: string;
  /** Lower case. */
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly at: Span;
}

/** What an annotation asks an index for; of primary keys and of one-to-ones the mapping alone knows. */
function indexIn(change: SchemaChange): readonly DeclaredIndex[] {
  const index =
    change.kind === "createIndex"
      ? change.index
      : change.kind === "addConstraint" && change.constraint.type === "unique"
        ? change.constraint.index
        : undefined;
  if (index === undefined || (change.kind !== "createIndex" && change.kind !== "addConstraint")) return [];
  const columns = index.keys.flatMap(({ column }) => column?.toLowerCase() ?? []);
  return columns.length === index.keys.length ? [{ table: change.table.name, columns, unique: index.unique, at: index.at }] : [];
}

import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaType } from "../../../../facts/java/javaFacts.ts";
import type { SchemaChange } from "../../../../facts/sql/sqlFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import type { Schema, Table } from "../../../../model/schema/schema.ts";
import { addsToTables } from "../../../../model/schema/sets/settings.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { Span } from "../../../../text/positions.ts";
import { lookupsOn } from "../queries/loadedCollections.ts";
import { schemaOf } from "../queries/queries.ts";
import { entityOf } from "../tables/entities.ts";
import { isIndexed } from "../tables/schemaQuestions.ts";

/** An index that an entity declares, and that its table does not have. */
export interface DeclaredOnly extends DeclaredIndex {
  readonly schema: Schema;
  readonly table: Table;
  /** Whether rows are looked up by its first column, and by no indexed one besides. */
  readonly isAsked: boolean;
}

/** The indexes that an entity declares in vain, where Hibernate makes none. */
export function declaredOnly(type: JavaType, file: JavaFile, model: Model): readonly DeclaredOnly[] {
  const { annotations, qualified } = type;
  if (annotationNamed(annotations, "Entity") === undefined || !mayDeclare(type)) return [];
  const declared = model.persistence.mappedTable(qualified).flatMap(({ file: at, change }) => (at === file.file ? indexIn(change) : []));
  const schema = declared.length === 0 ? undefined : schemaOf(model, file.file);
  if (schema === undefined || schema.mapped || addsToTables(model.configuration, file.file)) return [];
  const references = model.persistence.entity(qualified)?.attributes.filter(({ kind }) => kind !== "basic") ?? [];
  const said = new Set<string>();
  return declared.flatMap((index): readonly DeclaredOnly[] => {
    const { name, columns, unique, at } = index;
    const [first = ""] = columns;
    const table = model.schema.tableOf(schema.id, name);
    if (table === undefined || table.uncertain || isFrameworkTable(table.name) || model.tableSizes.isSmall(table)) return [];
    // The columns behind the first one are written down for what they are worth.
    if (!columns.every((column) => table.columns.has(column)) || isIndexed(first, table)) return [];
    // Nobody wrote down that a one-to-one, or the other side of a one-to-many, is unique; a reference without an index has a rule of its own.
    if (unique && references.some((reference) => reference.at.start === at.start)) return [];
    const key = `${table.name} ${columns.join()}`;
    if (said.has(key) || model.javaMigrations.indexes(table.name, first)) return [];
    said.add(key);
    const lookups = lookupsOn(table.name, first, file.file, model) ?? [];
    // adorsys/ledgers: an account is found by the index on its name, whatever else is asked for.
    const isAsked = lookups.some((others) => !others.some((column) => isIndexed(column, table)));
    // Whoever writes down that values differ wants no index for it.
    return unique && !isAsked ? [] : [{ schema, table, isAsked, ...index }];
  });
}

/** Whether the entity of a table declares in vain the index that rows want which are found by some columns: it begins with these. */
export function isDeclaredFor(columns: readonly string[], table: Table, model: Model): boolean {
  const entry = model.types.declared(entityOf(table, model)?.qualified ?? "");
  if (entry === undefined) return false;
  return declaredOnly(entry.type, entry.file, model).some((index) => {
    const begin = index.columns.slice(0, columns.length);
    return index.table === table && columns.every((column) => begin.includes(column));
  });
}

/** Cheap: whether an annotation of the class or of a member may ask for an index. */
function mayDeclare({ annotations, fields, methods }: JavaType): boolean {
  return [{ annotations }, ...fields, ...methods].some((one) =>
    one.annotations.some(({ name, values }) => HOLDING_OTHERS.test(name) || values.some((value) => ASKING.has(value.name))),
  );
}

const ASKING: ReadonlySet<string> = new Set(["indexes", "uniqueConstraints", "unique"]);
const HOLDING_OTHERS = /\b(?:NaturalId|JoinTable|CollectionTable|JoinColumns)$/;

interface DeclaredIndex {
  /** Of the table. */
  readonly name: string;
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
  return columns.length === index.keys.length ? [{ name: change.table.name, columns, unique: index.unique, at: index.at }] : [];
}

import type { Model } from "../../../model/model.ts";
import type { IndexElement } from "../../../model/schema/edits/indexElement.ts";
import { addStatement, qualified, removeStatement, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import type { Index, Schema, Table } from "../../../model/schema/schema.ts";
import { changesTogether, type FileEdit, lineBreakOf } from "../../../text/edits.ts";
import type { Fix, Sources } from "../../finding.ts";
import { undeclareIndex } from "./mappedIndex.ts";

/** A constraint that an entity declares is part of its mapping. */
export function canDrop({ constraint }: Index, schema: string, model: Model): boolean {
  const now = model.schema.schema(schema);
  return now?.takesStatements === true && !(now.mapped && constraint !== undefined);
}

/**
 * `DROP INDEX` in the next migration; of a constraint the constraint. Where Hibernate makes the schema, the entity declares it no more.
 * Several of one schema are dropped by one migration.
 */
export const dropIndex = (schema: string, table: Table, index: Index, model: Model): Fix => dropAll(schema, [{ table, index }], model);

interface Drop {
  readonly table: Table;
  readonly index: Index;
}

/** A fix that knows what it drops. */
interface DropFix extends Fix {
  readonly schema: string;
  readonly drops: readonly Drop[];
}

const isDrop = (fix: Fix): fix is DropFix => "drops" in fix;

function dropAll(schema: string, drops: readonly Drop[], model: Model): DropFix {
  return {
    schema,
    drops,
    title: titleOf(drops),
    safe: false,
    joined(others) {
      const more = others.filter(isDrop).filter((other) => other.schema === schema);
      // An entity's annotations are edited one by one.
      if (more.length === 0 || model.schema.schema(schema)?.mapped !== false) return undefined;
      return dropAll(schema, [...drops, ...more.flatMap((other) => other.drops)], model);
    },
    edits(sources) {
      const now = model.schema.schema(schema);
      const [only, ...more] = drops;
      if (now === undefined || only === undefined) return undefined;
      if (now.mapped) return more.length > 0 ? undefined : undeclareIndex(model, only.index.at, sources);
      // A script that creates everything anew needs no statement that takes back another.
      const isMadeAnew = now.naming === undefined && !now.liquibase;
      if (!isMadeAnew) return withUndeclared(dropped(drops, now, sources), drops, model, sources);
      const [constraints, indexes] = [drops.filter(isConstraint), drops.filter((drop) => !isConstraint(drop))];
      const edits = [...indexes.map(({ index }) => removeStatement(index.at, sources)), dropped(constraints, now, sources)];
      return edits.every((edit) => edit !== undefined) ? withUndeclared(changesTogether(edits.flat()), drops, model, sources) : undefined;
    },
  };
}

/** With entities that declare one of the indexes by its name, beside the migration that makes it, and are not to declare it any more. */
function withUndeclared(
  edits: readonly FileEdit[] | undefined,
  drops: readonly Drop[],
  model: Model,
  sources: Sources,
): readonly FileEdit[] | undefined {
  const names = new Set(drops.map(({ index }) => index.name.toLowerCase()));
  const inFiles = new Map<string, readonly FileEdit[]>();
  for (const { qualified } of edits === undefined ? [] : model.persistence.mappedClasses())
    for (const { file, change } of model.persistence.mappedTable(qualified)) {
      const declared = change.kind === "createIndex" ? change.index : undefined;
      if (declared === undefined || !names.has(declared.name?.toLowerCase() ?? "") || inFiles.has(file)) continue;
      inFiles.set(file, undeclareIndex(model, { file, ...declared.at }, sources) ?? []);
    }
  return edits && [...edits, ...[...inFiles.values()].flat()];
}

function titleOf(drops: readonly Drop[]): string {
  const [only, ...more] = drops;
  if (only !== undefined && more.length === 0) return `Drop ${kindOf(only)} ${only.index.name}`;
  const kinds = drops.every(isConstraint) ? "constraints" : drops.some(isConstraint) ? "indexes and constraints" : "indexes";
  return `Drop ${drops.length} ${kinds}`;
}

const isConstraint = ({ index }: Drop): boolean => index.constraint !== undefined;
const kindOf = (drop: Drop): string => (isConstraint(drop) ? "constraint" : "index");

/** The statements that drop them, in the next migration; none where nothing is to be dropped. */
function dropped(drops: readonly Drop[], now: Schema, sources: Sources): readonly FileEdit[] | undefined {
  const [first, ...more] = drops;
  if (first === undefined) return [];
  const what = more.length > 0 ? `${drops.length}_indexes` : `${kindOf(first)}_${first.index.name.toLowerCase()}`;
  const statements = drops.map(statementOf).join(lineBreakOf(sources.text(first.index.at.file) ?? ""));
  const elements = drops.some(isConstraint) ? undefined : drops.map(elementOf);
  return addStatement(now, first.index.at, `drop_${what}`, statements, sources, elements && { elements });
}

function statementOf(drop: Drop): string {
  const { table, index } = drop;
  if (isConstraint(drop)) return `ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${sqlName(index.name)};`;
  const namespace = table.namespace === undefined ? "" : `${sqlName(table.namespace)}.`;
  return `DROP INDEX ${namespace}${sqlName(index.name)};`;
}

const elementOf = ({ table: { name, namespace }, index }: Drop): IndexElement => ({
  kind: "dropIndex",
  index: index.name,
  table: name,
  namespace,
  columns: [],
  unique: false,
});

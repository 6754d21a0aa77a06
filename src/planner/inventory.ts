import type { JavaFile } from "../facts/fileFacts.ts";
import type { Model } from "../model/model.ts";
import type { Query } from "../model/persistence/scans/query.ts";
import type { SqlText } from "../model/persistence/sql/sqlText.ts";
import { isJudged, type Schema } from "../model/schema/schema.ts";
import { isTestFile } from "../model/schema/sets/settings.ts";
import type { SqlParser } from "../syntax/sql/sql.ts";
import { advisedQuery } from "./advice/advisedQuery.ts";
import type { AdvisedQuery } from "./advice/query.ts";
import { GivenConstants } from "./givenConstants.ts";
import { type Heat, heatOf } from "./heat.ts";
import type { PlanSources } from "./schemaPlans.ts";
import { storedQueries } from "./storedQueries.ts";

/** A query of the workspace, as it is planned. */
export interface PlannedQuery extends AdvisedQuery {
  /** Undefined for what the database itself keeps. */
  readonly query: Query | undefined;
  /** Counts the rows that a page of the query is one of. */
  readonly counts?: true;
  /** What was taken for granted: "pages of 20 rows". */
  readonly assumed: readonly string[];
}

/** A query that is not planned, and why. */
export interface Untold {
  readonly name: string;
  readonly why: string;
}

export interface Inventory {
  readonly queries: readonly PlannedQuery[];
  readonly untold: readonly Untold[];
}

/** A query with the name by which a person knows it: "TicketRepository.findByOwner". */
export interface NamedQuery {
  readonly query: Query;
  readonly name: string;
}

/** All queries that code sends to a PostgreSQL schema, by schema: those of repositories first, then those that stand in bodies. */
export function queriesBySchema(model: Model): ReadonlyMap<Schema, readonly NamedQuery[]> {
  const bySchema = new Map<Schema, NamedQuery[]>();
  for (const one of allQueries(model)) {
    const schema = plannedSchema(model, one.query.at.file);
    if (schema === undefined) continue;
    const known = bySchema.get(schema);
    if (known === undefined) bySchema.set(schema, [one]);
    else known.push(one);
  }
  return bySchema;
}

export function allQueries(model: Model): readonly NamedQuery[] {
  const { persistence } = model;
  const ofRepositories = persistence
    .repositories()
    .flatMap(({ qualified, name }) => persistence.queriesOf(qualified).map((query) => ({ query, name: `${name}.${query.method}` })));
  const ofEntities = persistence.formulas.all().map((query) => ({ query, name: `${simpleNameOf(query)}.${query.method}` }));
  const written = [...persistence.written.all()].sort(({ at: a }, { at: b }) =>
    a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1,
  );
  return [...ofRepositories, ...ofEntities, ...numbered(written)];
}

/** The queries of one file, in source order. */
export function queriesOfFile(model: Model, { file, java }: JavaFile): readonly NamedQuery[] {
  const { persistence } = model;
  const declared = java.types.flatMap(({ kind, name, qualified }) => {
    if (kind !== "interface" || persistence.repository(qualified) === undefined) return [];
    return persistence
      .queriesOf(qualified)
      .filter(({ at }) => at.file === file)
      .map((query) => ({ query, name: `${name}.${query.method}` }));
  });
  return [...declared, ...numbered(persistence.written.in(file))].sort((a, b) => a.query.at.start - b.query.at.start);
}

const simpleNameOf = ({ repository }: Query): string => repository.slice(repository.lastIndexOf(".") + 1);

/** `TicketService.load`, and `TicketService.load #2` for the second query of a method. */
function numbered(queries: readonly Query[]): readonly NamedQuery[] {
  const seen = new Map<string, number>();
  return queries.map((query) => {
    const name = `${simpleNameOf(query)}.${query.method}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { query, name: count === 1 ? name : `${name} #${count}` };
  });
}

/** The schema that the queries of a file are planned on; undefined for those of tests and other databases. */
export function plannedSchema(model: Model, file: string): Schema | undefined {
  const schema = model.schema.schemaFor(file);
  return schema === undefined || schema.test || !isJudged(schema.dialect) || schema.tables.size === 0 ? undefined : schema;
}

/** The queries that are not sent to a schema. Those of tests are left out. */
export function sentElsewhere(model: Model, schema: Schema): readonly Untold[] {
  return allQueries(model).flatMap(({ query, name }) => {
    const own = plannedSchema(model, query.at.file);
    if (own === schema || isTestFile(query.at.file)) return [];
    return [{ name, why: own === undefined ? "no schema of PostgreSQL is known for it" : `it is sent to another schema, ${own.id}` }];
  });
}

/** Nobody reads a view as a whole: it is planned, but no index is advised for it. */
const NEVER: Heat = { often: "unknown", by: undefined, weight: 0 };

/** The queries of views and of the bodies of functions. */
export function storedInventory(schema: Schema, { textOf }: Pick<PlanSources, "textOf">, parser: SqlParser): Inventory {
  const queries: PlannedQuery[] = [];
  const untold: Untold[] = [];
  for (const { name, sql, view } of storedQueries(schema, textOf, parser)) {
    const read = advisedQuery(name, sql, schema, parser);
    if ("why" in read) untold.push({ name, why: read.why });
    else queries.push({ query: undefined, assumed: [], ...read, ...(view ? { heat: NEVER } : {}) });
  }
  return { queries, untold };
}

/** The SQL of queries and what it asks of its tables. The parser must be loaded. */
export function inventoryOf(
  queries: readonly NamedQuery[],
  schema: Schema,
  { model, rates }: Pick<PlanSources, "model" | "rates">,
  parser: SqlParser,
): Inventory {
  const planned: PlannedQuery[] = [];
  const untold: Untold[] = [];
  const given = new GivenConstants(
    queries.map(({ query }) => query),
    schema,
    model,
  );
  for (const { query, name } of queries) {
    const counted = model.persistence.countSqlOf(query, schema);
    const statements: { readonly name: string; readonly sql: SqlText; readonly counts?: true }[] = [
      { name, sql: given.applied(query, model.persistence.sqlOf(query, schema)) },
    ];
    if (counted !== undefined) statements.push({ name: `${name} (count)`, sql: given.applied(query, counted), counts: true });
    for (const { name: known, sql, counts } of statements) {
      const read = sql.ok ? advisedQuery(known, sql.sql, schema, parser) : sql;
      if ("why" in read) untold.push({ name: known, why: read.why });
      else {
        const assumed = sql.ok ? sql.assumed : [];
        planned.push({ query, assumed, ...read, byDriver: true, heat: heatOf(query, model, rates), ...(counts && { counts }) });
      }
    }
  }
  return { queries: planned, untold };
}

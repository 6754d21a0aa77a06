import type { FileFacts } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { Schema } from "../../model/schema/schema.ts";
import { advisedQuery } from "../../planner/advice/advisedQuery.ts";
import { inventoryOf, type PlannedQuery, plannedSchema, queriesOfFile, type Untold } from "../../planner/inventory.ts";
import type { PlanSources } from "../../planner/schemaPlans.ts";
import type { SqlParser } from "../../syntax/sql/sql.ts";
import type { Span } from "../../text/positions.ts";

/** A query that stands in a file: of a repository, in a body, or a statement of SQL. */
export interface PlacedQuery {
  readonly name: string;
  readonly at: Span;
  readonly schema: Schema;
  /** As it is planned, or why it is not. The parser must be loaded. */
  read(sources: PlanSources, parser: SqlParser): PlannedQuery | Untold;
}

const PLANNED: ReadonlySet<string | undefined> = new Set(["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt"]);

/** The queries of a file, in the order of its text; none where no schema is known for it. */
export function placedQueries(model: Model, facts: FileFacts): readonly PlacedQuery[] {
  const schema = facts.language === "java" || facts.language === "sql" ? plannedSchema(model, facts.file) : undefined;
  if (schema === undefined) return [];
  if (facts.language === "java")
    return queriesOfFile(model, facts).map((one) => ({
      name: one.name,
      at: one.query.at,
      schema,
      read: (sources, parser) => {
        const { queries, untold } = inventoryOf([one], schema, sources, parser);
        const own = [...queries, ...untold].find(({ name }) => name === one.name);
        return own ?? { name: one.name, why: "it is not understood" };
      },
    }));
  if (facts.language !== "sql" || facts.sql.changelog !== undefined) return [];
  const base = facts.file.slice(facts.file.lastIndexOf("/") + 1);
  const statements = facts.sql.statements.filter(({ kind }) => PLANNED.has(kind));
  return statements.map(({ span }, i) => {
    const name = statements.length === 1 ? base : `${base} #${i + 1}`;
    return {
      name,
      at: span,
      schema,
      read: (sources, parser) => {
        const text = sources.textOf(facts.file)?.slice(span.start, span.end);
        const read = text === undefined ? { why: "its text is not to be had" } : advisedQuery(name, text, schema, parser);
        return "why" in read ? { name, why: read.why } : { query: undefined, assumed: [], ...read };
      },
    };
  });
}

/** Whether a file's queries are worth a lens: what a migration does is done once. */
export const isAsked = ({ file }: FileFacts, { migrations }: Schema): boolean => !migrations.some((migration) => migration.file === file);

import type { SqlFile } from "../../../../facts/fileFacts.ts";
import type { RoutineFacts } from "../../../../facts/sql/blocks/routine.ts";
import type { SqlStatement } from "../../../../facts/sql/sqlFacts.ts";
import type { Model } from "../../../../model/model.ts";
import type { Schema, SchemaObject } from "../../../../model/schema/schema.ts";
import { schemaOfScript } from "./queries.ts";

/** A body that runs, or will. */
export interface Routine {
  readonly schema: Schema;
  /** The function's name; "the block" of a migration. */
  readonly name: string;
  readonly facts: RoutineFacts;
  /** The triggers that call it for each row. */
  readonly triggers: readonly SchemaObject[];
}

/** Functions that the last migration leaves as this file declares them, and blocks that have not run yet. */
export function routinesIn(file: SqlFile, model: Model): readonly Routine[] {
  const statements = file.sql.statements.filter(({ routine }) => routine !== undefined);
  if (statements.length === 0) return [];
  const schema = schemaOfScript(model, file.file);
  if (schema === undefined) return [];
  const objects = [...schema.objects.values()];
  return statements.flatMap((statement): readonly Routine[] => {
    const facts = statement.routine as RoutineFacts;
    if (statement.kind === "DoStmt") return isNew(statement, file, model) ? [{ schema, name: "the block", facts, triggers: [] }] : [];
    const made = objects.find(({ what, at }) => IS_ROUTINE.has(what) && at.file === file.file && at.start === statement.span.start);
    if (made === undefined) return [];
    const triggers = objects.filter(({ calledPerRow }) => calledPerRow === made.name.toLowerCase());
    return [{ schema, name: `${made.name}()`, facts, triggers }];
  });
}

const IS_ROUTINE: ReadonlySet<SchemaObject["what"]> = new Set(["function", "procedure"]);

function isNew(statement: SqlStatement, file: SqlFile, model: Model): boolean {
  const units = model.pending.of(file.file)?.units ?? [];
  return units.some(({ steps }) => steps.some((step) => step.pending && step.statement === statement));
}

import type { SchemaChange, SqlFacts } from "../../../facts/sql/sqlFacts.ts";
import { withProperties } from "./properties.ts";

/** One file of a set, as the fold takes it. */
export interface FoldedFile {
  readonly file: string;
  readonly facts: SqlFacts;
  /** Whether its rows are all that a table will get: the seed of a migration, not a dump or sample data. */
  readonly seeds: boolean;
  /** Which statements run here, by number, where others run between them and the rest. */
  readonly statements?: readonly [from: number, to: number];
  /** Properties of change logs that the statements wait for: pairs of name and value as JSON. */
  readonly properties?: string;
}

/** The changes of a file in order. */
export function changesIn({ facts, statements, properties }: FoldedFile): readonly SchemaChange[] {
  const run = statements === undefined ? facts.statements : facts.statements.slice(...statements);
  const changes: SchemaChange[] = [];
  for (const statement of run) for (const change of statement.changes) changes.push(change);
  return properties === undefined ? changes : changes.map((change) => withProperties(change, properties));
}

import { changesOfTheCall } from "../../../facts/sql/blocks/calls.ts";
import type { SchemaChange, SqlFacts, SqlStatement } from "../../../facts/sql/sqlFacts.ts";
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
  /** What functions of scripts before change that the statements call: pairs of name and changes as JSON. */
  readonly functions?: string;
}

/** Files in the order in which they run, with what functions of those before do that they call. */
export function withFunctions(inputs: readonly FoldedFile[]): readonly FoldedFile[] {
  if (!inputs.some(({ facts }) => facts.statements.some(({ makes }) => makes !== undefined))) return inputs;
  const made = new Map<string, readonly SchemaChange[]>();
  return inputs.map((input) => {
    const run = statementsOf(input);
    const called = new Set(run.flatMap(({ calls = [] }) => calls.map(({ name }) => name)).filter((name) => made.has(name)));
    const functions = called.size === 0 ? undefined : JSON.stringify([...called].map((name) => [name, made.get(name)]));
    for (const { makes } of run) if (makes !== undefined) made.set(makes.name, makes.changes);
    return functions === undefined ? input : { ...input, functions };
  });
}

const statementsOf = ({ facts, statements }: FoldedFile): readonly SqlStatement[] =>
  statements === undefined ? facts.statements : facts.statements.slice(...statements);

/** The changes of a file in order. */
export function changesIn(input: FoldedFile): readonly SchemaChange[] {
  const { properties, functions } = input;
  const made = new Map(functions === undefined ? [] : (JSON.parse(functions) as [string, readonly SchemaChange[]][]));
  const changes: SchemaChange[] = [];
  for (const { changes: own, calls = [], span } of statementsOf(input)) {
    for (const change of own) changes.push(change);
    for (const call of made.size === 0 ? [] : calls) changes.push(...changesOfTheCall(made.get(call.name) ?? [], call, span));
  }
  return properties === undefined ? changes : changes.map((change) => withProperties(change, properties));
}

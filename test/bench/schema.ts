import { performance } from "node:perf_hooks";
import { Workspace } from "../../src/analysis/workspace.ts";
import { extractFacts, type Parsers, prepare } from "../../src/facts/extract.ts";
import type { FileFacts, SqlFile } from "../../src/facts/fileFacts.ts";
import { splitStatements } from "../../src/syntax/sql/sqlSplitter.ts";

const MIGRATIONS = 200;
/** As many as both need until they are compiled. */
const ROUNDS = 60;
const EDITS = 40;

export interface SchemaTimes {
  readonly statements: number;
  /** libpg-query alone on the statements of all migrations, the fastest of some rounds, as the fold: others work on the machine. */
  readonly parseMs: number;
  /** From the texts to the folded schema. */
  readonly foldMs: number;
  /** From new facts of the last migration to the schema. */
  readonly refoldMs: readonly number[];
}

/** Parses and folds a history of migrations as projects have them: tables, columns and indexes that come, change and go. */
export async function measureSchema(parsers: Parsers): Promise<SchemaTimes> {
  await prepare(["sql"], parsers);
  const texts = Array.from(
    { length: MIGRATIONS },
    (_, i) => [`src/main/resources/db/migration/V${i + 1}__step.sql`, migration(i)] as const,
  );
  const statements = texts.flatMap(([, text]) => splitStatements(text).map(({ start, end }) => text.slice(start, end)));
  const parse: number[] = [];
  const fold: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    parse.push(
      elapsed(() => {
        for (const statement of statements) parsers.sql.parse(statement);
      }),
    );
    fold.push(elapsed(() => update(newWorkspace(), facts(texts, parsers, round))));
  }
  const workspace = newWorkspace();
  update(workspace, facts(texts, parsers, ROUNDS));
  const [last] = texts.at(-1) as readonly [string, string];
  const refoldMs = Array.from({ length: EDITS }, (_, i) => {
    const edited = facts([[last, `${migration(MIGRATIONS - 1)}\nALTER TABLE t0 ADD COLUMN edited_${i} int;`]], parsers, ROUNDS + i + 1);
    return elapsed(() => update(workspace, edited));
  });
  return { statements: statements.length, parseMs: Math.min(...parse), foldMs: Math.min(...fold), refoldMs };
}

function facts(texts: readonly (readonly [string, string])[], parsers: Parsers, version: number): readonly SqlFile[] {
  return texts.map(([file, text]) => extractFacts("sql", { file, text, hash: `${file}-${version}` }, parsers) as SqlFile);
}

function newWorkspace(): Workspace {
  return new Workspace({
    rules: [],
    settings: { severityOf: () => undefined },
    onRuleError: ({ error }) => {
      throw error;
    },
  });
}

function update(workspace: Workspace, files: readonly SqlFile[]): void {
  workspace.apply(new Map<string, FileFacts>(files.map((one) => [one.file, one])));
}

/** Every third migration makes a table, the others change those of before. */
function migration(i: number): string {
  const [own, other] = [`t${i}`, `t${Math.max(0, i - 3) - (Math.max(0, i - 3) % 3)}`];
  if (i % 3 === 0)
    return `-- a table with what most have
CREATE TABLE ${own} (
  id bigserial PRIMARY KEY,
  parent_id bigint ${i === 0 ? "" : `REFERENCES ${other} (id) ON DELETE CASCADE`},
  name varchar(255) NOT NULL UNIQUE,
  state text NOT NULL DEFAULT 'NEW' CHECK (state IN ('NEW', 'OPEN', 'DONE')),
  amount numeric(12, 2) NOT NULL DEFAULT 0,
  payload jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_${own}_parent ON ${own} (parent_id);
CREATE INDEX idx_${own}_open ON ${own} (created_at DESC) WHERE state = 'OPEN';
INSERT INTO ${own} (name) VALUES ('first'), ('second');`;
  const table = `t${i - (i % 3)}`;
  if (i % 3 === 1)
    return `ALTER TABLE ${table} ADD COLUMN note_${i} text, ADD COLUMN changed_${i} timestamptz DEFAULT now();
ALTER TABLE ${table} ALTER COLUMN name TYPE text;
UPDATE ${table} SET note_${i} = 'x' WHERE note_${i} IS NULL;
CREATE UNIQUE INDEX idx_${table}_lower ON ${table} (lower(name), state);`;
  return `ALTER TABLE ${table} RENAME COLUMN payload TO body;
DROP INDEX IF EXISTS idx_${table}_open;
ALTER TABLE ${table} ADD CONSTRAINT ck_${table} CHECK (amount >= 0) NOT VALID;
COMMENT ON TABLE ${table} IS 'changed';`;
}

function elapsed(work: () => void): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

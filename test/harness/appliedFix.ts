import assert from "node:assert/strict";
import type { SqlFacts } from "../../src/facts/sql/sqlFacts.ts";
import type { AnyRule } from "../../src/rules/rule.ts";
import { splitStatements } from "../../src/syntax/sql/sqlSplitter.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { factsOf, TestWorkspace } from "./check.ts";
import { elementDdl } from "./elementDdl.ts";
import { parseFixture } from "./fixture.ts";
import type { PostgresDatabase } from "./postgres.ts";

/** What the first finding's fix must leave behind on a real server. */
export interface AppliedCase {
  /** Lines of the catalog that are other than without the fix, "+" or "-" in front; empty for the same end on a gentler way. */
  readonly difference: readonly string[];
  /** Runs before everything: what the migrations take for granted. */
  readonly before?: string;
  /** Runs behind the first migration: rows that the others meet. */
  readonly rows?: string;
  /** A query that answers the same with and without the fix. */
  readonly same?: string;
  /** A fix other than the first one. */
  readonly title?: string;
}

/** Runs a workspace's migrations as their tool does, as they are and with the fix, and compares what both leave behind. */
export async function assertAppliedFix(
  rule: AnyRule,
  fixture: string,
  { difference, before: setup = "", rows = "", same, title }: AppliedCase,
  database: () => PostgresDatabase,
): Promise<void> {
  const workspace = new TestWorkspace([rule]);
  const { files, history, statistics } = parseFixture(fixture);
  workspace.workspace.setHistory(history);
  workspace.setStatistics(statistics);
  await workspace.put(files);
  const [plain, fixed] = [database(), database()];
  for (const one of [plain, fixed]) one.run(setup);
  await migrate(plain, workspace, rows);
  const finding = workspace.findings().find((one) => one.fixes.length > 0);
  const fix = title === undefined ? finding?.fixes[0] : finding?.fixes.find((one) => one.title === title);
  const edits = fix?.edits({ text: (file) => workspace.texts.get(file) });
  assert.ok(edits !== undefined && edits.length > 0, "a finding with a fix that has edits");
  await workspace.put(
    edits.map((edit): [string, string] => [
      edit.file,
      edit.kind === "create" ? edit.text : applyEdits(workspace.texts.get(edit.file) ?? "", edit.edits),
    ]),
  );
  await migrate(fixed, workspace, rows);
  const [before, after] = [plain.catalog(), fixed.catalog()];
  const changed = [
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
  ];
  assert.deepEqual(changed, difference);
  if (same !== undefined) assert.equal(fixed.run(same), plain.run(same));
}

/** Flyway: one transaction a file, unless it holds what runs in none, or the file beside it says so. Liquibase: one a changeset. */
async function migrate(database: PostgresDatabase, { workspace, texts }: TestWorkspace, rows: string): Promise<void> {
  const [schema] = workspace.model.schema.schemas();
  assert.ok(schema !== undefined, "the workspace has migrations");
  for (const [i, { file }] of schema.migrations.entries()) {
    const text = texts.get(file) ?? "";
    const facts = await factsOf(file, text);
    for (const { sql, transaction } of facts.language === "sql" && facts.sql.changelog !== undefined
      ? elements(facts.sql, text)
      : schema.liquibase
        ? changesets(text)
        : [{ sql: text, transaction: isTransaction(text, texts.get(`${file}.conf`)) }])
      run(database, sql, transaction);
    if (i === 0 && rows !== "") database.run(rows);
  }
}

function isTransaction(text: string, configured: string | undefined): boolean {
  if (configured !== undefined) return !/^executeInTransaction=false$/m.test(configured);
  return !splitStatements(text).some(({ start, end }) =>
    /^(?:CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY|^VACUUM/i.test(text.slice(start, end)),
  );
}

function changesets(text: string): readonly { readonly sql: string; readonly transaction: boolean }[] {
  return text
    .split(/^(?=--changeset )/m)
    .slice(1)
    .map((sql) => {
      const transaction = !/^--changeset .*\brunInTransaction:false/.test(sql);
      // Several at once would be one implicit transaction: Liquibase sends them so.
      if (!transaction) assert.equal(splitStatements(sql).length, 1, "one statement in a changeset without transaction");
      return { sql, transaction };
    });
}

/** Changesets in XML, YAML and JSON: SQL as it stands in them, and what Liquibase sends for the other elements. */
function elements({ changesets, statements }: SqlFacts, text: string): readonly { readonly sql: string; readonly transaction: boolean }[] {
  return changesets.map(({ span, transactional }) => {
    const own = statements.filter((one) => one.span.start >= span.start && one.span.end <= span.end);
    if (!transactional) assert.equal(own.length, 1, "one statement in a changeset without transaction");
    const sql = own.map((one) =>
      /^[A-Z]/.test(one.kind ?? "") ? text.slice(one.span.start, one.span.end) : one.changes.map(elementDdl).join(";\n"),
    );
    return { sql: sql.join(";\n"), transaction: transactional };
  });
}

function run(database: PostgresDatabase, text: string, transaction: boolean): void {
  const statements = splitStatements(text).map(({ start, end }) => `${text.slice(start, end)}\n;`);
  database.run(statements.join("\n"), transaction);
}

import type { Fix } from "../../src/rules/finding.ts";
import { type AnyRule, defineRule } from "../../src/rules/rule.ts";
import { type FileEdit, replace } from "../../src/text/edits.ts";
import type { Span } from "../../src/text/positions.ts";

/**
 * Rules for tests of what is around rules: in a file named `*.sql`, every table name `slow_…` is a finding with a safe fix,
 * every `odd_…` one with a suggestion. They know a file by its facts only, as all rules do.
 */
const slowTable = tableRule("sql/slow-table", "slow_", true);
const oddTable = tableRule("sql/odd-table", "odd_", false);
export const wordRules: readonly AnyRule[] = [oddTable, slowTable];

function tableRule(id: string, prefix: string, safe: boolean): AnyRule {
  return defineRule({
    id,
    title: `A table named ${prefix}…`,
    language: "sql",
    certainty: safe ? "proven" : "possible",
    cost: "one letter a letter",
    references: ["https://www.postgresql.org/docs/current/sql-createtable.html"],
    messages: { named: "{{name}} is a name like that" },

    check({ file, report }) {
      const created = file.sql.statements.flatMap(({ changes }) => changes).filter((change) => change.kind === "createTable");
      for (const { at, table } of created) {
        if (!table.name.startsWith(prefix)) continue;
        report({ at, message: "named", data: { name: table.name }, fixes: [rename(file.file, at, table.name, prefix, safe)] });
      }
    },
  });
}

function rename(file: string, at: Span, name: string, prefix: string, safe: boolean): Fix {
  return {
    title: `Rename ${name}`,
    safe,
    edits: (sources): readonly FileEdit[] | undefined => {
      if (sources.text(file)?.slice(at.start, at.end) !== name) return undefined;
      return [{ kind: "change", file, edits: [replace(at, name.slice(prefix.length))] }];
    },
  };
}

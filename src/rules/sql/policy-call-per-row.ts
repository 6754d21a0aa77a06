import type { PolicyCall } from "../../facts/sql/sqlFacts.ts";
import { addStatement, qualified, sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Schema, SchemaObject } from "../../model/schema/schema.ts";
import type { Fix, Sources } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isFelt, schemaOfScript } from "./shared/queries/queries.ts";

export const policyCallPerRow = defineRule({
  id: "sql/policy-call-per-row",
  title: "A policy that calls a function for each row",
  language: "sql",
  certainty: "proven",
  severity: "hint",
  cost: "one call for each row that is checked, where a subquery would be asked once a statement",
  references: [
    "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
    "https://supabase.com/docs/guides/database/postgres/row-level-security#call-functions-with-select",
  ],
  messages: {
    one: "{{policy}} calls {{call}} for each row of {{table}}",
    more: "{{policy}} and {{count}} more call {{call}} for each row",
  },

  check({ file, model, report }) {
    if (!file.sql.statements.some(({ kind }) => kind === "CreatePolicyStmt" || kind === "AlterPolicyStmt")) return;
    const schema = schemaOfScript(model, file.file);
    if (schema === undefined) return;
    const policies = [...schema.objects.values()].filter(
      ({ what, table = "" }) =>
        what === "policy" && schema.objects.has(`row security:${table}.${table}`) && isFelt(model, model.schema.tableOf(schema.id, table)),
    );
    for (const [text, same] of byCall(policies)) {
      const [first, ...others] = same;
      // One function, one finding: at the first policy that calls it.
      if (first === undefined || first.policy.at.file !== file.file) continue;
      const isOwn = schema.objects.has(`function:${first.call.name.split(".").at(-1)}`);
      report({
        at: first.call.at,
        message: others.length === 0 ? "one" : "more",
        data: { policy: first.policy.name, call: text, table: first.policy.table ?? "", count: others.length },
        ...(isOwn ? { severity: "information" as const } : {}),
        related: others.slice(0, MOST_RELATED).map(({ policy, call }) => ({
          at: { file: policy.at.file, ...call.at },
          message: `policy ${policy.name} of ${policy.table}`,
        })),
        fixes: schema.takesStatements ? [inSubquery(schema, text, same)] : [],
      });
    }
  },
});

const MOST_RELATED = 10;

/** What PostgreSQL asks once a statement: a subquery that depends on no row. */
function inSubquery(schema: Schema, call: string, same: readonly Called[]): Fix {
  return {
    title: same.length === 1 ? `Ask ${call} once a statement` : `Ask ${call} once a statement in ${same.length} policies`,
    safe: false,
    edits(sources) {
      const altered = same.map(({ policy }) => alteration(policy, call, schema, sources));
      const [first] = same;
      if (first === undefined || altered.includes(undefined)) return undefined;
      return addStatement(schema, first.policy.at, `ask_once_in_policies`, altered.join("\n"), sources);
    },
  };
}

function alteration(policy: SchemaObject, call: string, schema: Schema, sources: Sources): string | undefined {
  const { at, constantCalls = [], table = "" } = policy;
  const altered = schema.tables.get(table);
  const text = sources.text(at.file)?.slice(at.start, at.end);
  const calls = constantCalls.filter((one) => one.text === call);
  const from = text?.search(/\bUSING\s*\(|\bWITH\s+CHECK\s*\(/i) ?? -1;
  if (altered === undefined || text === undefined || from < 0 || calls.some((one) => one.at.start < at.start + from)) return undefined;
  const conditions = calls.reduceRight((written, one) => {
    const [start, end] = [one.at.start - at.start - from, one.at.end - at.start - from];
    return `${written.slice(0, start)}(SELECT ${written.slice(start, end)})${written.slice(end)}`;
  }, text.slice(from));
  return `ALTER POLICY ${sqlName(policy.name)} ON ${qualified(altered)} ${conditions};`;
}

interface Called {
  readonly policy: SchemaObject;
  readonly call: PolicyCall;
}

/** By the text of a call, the policies that make it, each once. */
function byCall(policies: readonly SchemaObject[]): ReadonlyMap<string, readonly Called[]> {
  const found = new Map<string, Called[]>();
  for (const policy of policies) {
    for (const call of policy.constantCalls ?? []) {
      const same = found.get(call.text);
      if (same === undefined) found.set(call.text, [{ policy, call }]);
      else if (same.at(-1)?.policy !== policy) same.push({ policy, call });
    }
  }
  return found;
}

/**
 * What the indexes of a migration change: `npm run planner-migration -- PROJECT MIGRATION [--sql FILE] [TABLE=ROWS…]`. The queries of the
 * project's repositories, or of a file, are planned on the schema before the migration, and with the indexes that it makes.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { scan, workspaceOf } from "../../src/analysis/scan.ts";
import { locateTool } from "../../src/cli/tool.ts";
import { indexesOf, nodesOf } from "../../src/planner/plan.ts";
import { assumedStatistics, sizesOfSchema } from "../../src/planner/statistics/assumed.ts";
import { isUnavailable, WhatIf } from "../../src/planner/whatIf.ts";
import { nodeHost } from "../../src/project/nodeHost.ts";
import { ProjectSettings } from "../../src/project/settings.ts";
import { splitStatements } from "../../src/syntax/sql/sqlSplitter.ts";
import { newPlanner } from "../planner/planners.ts";

const [project, migration, ...rest] = process.argv.slice(2);
if (project === undefined || migration === undefined) throw new Error("A project and one of its migrations are needed");
const sqlFile = rest.includes("--sql") ? rest[rest.indexOf("--sql") + 1] : undefined;
const rows = new Map(
  rest.flatMap((given) => (/=\d+$/.test(given) ? [[given.split("=")[0] as string, Number(given.split("=")[1])] as const] : [])),
);

const scanned = await scan({ roots: [resolve(project)], host: nodeHost, parsers: await locateTool().createParsers() });
const workspace = await workspaceOf(scanned, { rules: [], settings: new ProjectSettings([], scanned.paths), onRuleError: () => undefined });
const { model } = workspace;
const file = [...workspace.files()].find((name) => name.endsWith(migration));
const before = file === undefined ? undefined : model.schema.schemaBefore(file);
const [after] = model.schema.schemas().filter(({ id }) => id === before?.id);
if (before === undefined || after === undefined) throw new Error(`${migration} is no migration of an ordered set`);
const made = [...after.tables.values()].flatMap((table) => {
  const old = before.tables.get(table.name.toLowerCase());
  return old === undefined ? [] : table.indexes.filter(({ at }) => at.file === file).map((index) => ({ table: old, index }));
});
const dropped = [...before.tables.values()].flatMap((table) => {
  const now = after.tables.get(table.name.toLowerCase());
  return table.indexes.filter(({ name }) => now?.indexes.every((index) => index.name !== name));
});
const queries =
  sqlFile === undefined
    ? model.persistence.repositories().flatMap(({ qualified, name }) =>
        model.persistence.queriesOf(qualified).flatMap((query) => {
          const sql = model.persistence.sqlOf(query, before);
          return sql.ok ? [{ name: `${name}.${query.method}`, sql: sql.sql }] : [];
        }),
      )
    : splitStatements(readFileSync(sqlFile, "utf8")).map(({ start, end }) => {
        const sql = readFileSync(sqlFile, "utf8").slice(start, end);
        return { name: sql.replace(/\s+/g, " ").slice(0, 100), sql };
      });
const planner = await newPlanner();
const whatIf = new WhatIf(
  planner,
  before,
  assumedStatistics(
    before,
    sizesOfSchema(({ name }) => rows.get(name)),
    "usual",
  ),
);
const startMs = performance.now();
const answers = await whatIf.plan(
  queries.flatMap(({ sql }) => [
    { sql, with: [], without: [] },
    { sql, with: made.map(({ index }) => index.name), without: dropped },
  ]),
  made,
);
if (isUnavailable(answers)) throw new Error(answers.unavailable);
console.log(
  `${queries.length} queries, ${made.length} indexes made, ${dropped.length} dropped, ${Math.round(performance.now() - startMs)} ms with the start`,
);
for (const { table, index } of made) {
  console.log(`${index.name} on ${table.name}`);
  for (const [i, { name }] of queries.entries()) {
    const [old, now] = [answers[2 * i], answers[2 * i + 1]];
    if (old?.ok !== true || now?.ok !== true || !indexesOf(now.plan).includes(index.name)) continue;
    const shape = (plan: typeof old.plan): string =>
      nodesOf(plan)
        .map(({ type }) => type)
        .join(" < ");
    console.log(
      `  ${old.plan.totalCost.toFixed(1).padStart(10)} → ${now.plan.totalCost.toFixed(1).padEnd(10)} ${name}\n      ${shape(old.plan)}  →  ${shape(now.plan)}`,
    );
  }
}
await planner.close();

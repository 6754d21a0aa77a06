import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CodeLens } from "vscode-languageserver";
import type { JavaFile } from "../../facts/fileFacts.ts";
import type { Schema } from "../../model/schema/schema.ts";
import type { QueryPlans as Plans } from "../../planner/advice/advice.ts";
import { advisedQuery } from "../../planner/advice/advisedQuery.ts";
import { bundledPlanner } from "../../planner/assets.ts";
import { type NamedQuery, plannedSchema, queriesOfFile } from "../../planner/inventory.ts";
import { planText } from "../../planner/plan.ts";
import { IDLE_MS, Planner, START_MS } from "../../planner/planner.ts";
import { type PlanSources, SchemaPlans } from "../../planner/schemaPlans.ts";
import { isUnavailable } from "../../planner/whatIf.ts";
import { ratesOf, statisticsPathOf } from "../../project/settings.ts";
import { decodeText } from "../../text/encodings.ts";
import { positionAt } from "../../text/positions.ts";
import { EXPLAIN_QUERY_COMMAND, type ExplainQueryParams, type MarkdownDocument } from "../protocol.ts";
import type { Session } from "../session.ts";

/** Plans of the queries that repositories and bodies send, at the size that tables have in production. The planner starts with the first one. */
export class QueryPlans {
  readonly #session: Session;
  /** Shared by all who ask. */
  readonly planner: Planner;

  constructor(session: Session, distDirectory: string) {
    this.#session = session;
    const script = join(distDirectory, "planner.cjs");
    this.planner = new Planner({ script, assets: bundledPlanner(distDirectory), idleMs: IDLE_MS, startMs: START_MS });
  }

  /** One above each query that has a schema to be planned on. */
  lenses(uri: string): CodeLens[] {
    const facts = this.#javaFile(uri);
    if (facts === undefined || plannedSchema(this.#session.workspace.model, facts.file) === undefined) return [];
    return queriesOfFile(this.#session.workspace.model, facts).map(({ query: { at } }) => {
      const [start, end] = [positionAt(facts.lineStarts, at.start), positionAt(facts.lineStarts, at.end)];
      const range = { start, end };
      const given: ExplainQueryParams = { uri, line: start.line, character: start.character };
      return { range, command: { title: "Explain at production size", command: EXPLAIN_QUERY_COMMAND, arguments: [given] } };
    });
  }

  /** The plan of the query at a place, before and after what would help it; undefined where there is none. */
  async explain({ uri, line, character }: ExplainQueryParams): Promise<MarkdownDocument | undefined> {
    const facts = this.#javaFile(uri);
    if (facts === undefined) return undefined;
    const { model } = this.#session.workspace;
    const offset = (facts.lineStarts[line] ?? 0) + character;
    const queries = queriesOfFile(model, facts);
    const found =
      queries.find(({ query: { at } }) => at.start <= offset && offset <= at.end) ??
      queries.find(({ query: { at } }) => positionAt(facts.lineStarts, at.start).line === line);
    const schema = plannedSchema(model, facts.file);
    if (found === undefined || schema === undefined) return undefined;
    return { title: `plan of ${found.name}`, markdown: await this.#planned(found, schema) };
  }

  dispose(): Promise<void> {
    return this.planner.close();
  }

  async #planned({ query, name }: NamedQuery, schema: Schema): Promise<string> {
    const { model } = this.#session.workspace;
    const sql = model.persistence.sqlOf(query, schema);
    if (!sql.ok) return about(name, `There is no plan: ${sql.why}.`);
    const { sql: parser } = await this.#session.parsers();
    await parser.load();
    const advised = advisedQuery(name, sql.sql, schema, parser);
    if ("why" in advised) return about(name, sqlBlock(sql.sql), `There is no plan: ${advised.why}.`);
    const plans = new SchemaPlans(this.planner, schema, planSources(this.#session), "usual");
    const answer = await plans.advise([advised], sql.assumed);
    if (isUnavailable(answer)) return about(name, sqlBlock(sql.sql), `The planner has no answer: ${answer.unavailable}.`);
    const { advice, remarks } = answer;
    const indexes = advice.indexes.map(({ sql: statement, bytes, replaces, remarks: price }) => {
      const redundant = replaces.map((index) => `\`${index.name}\` becomes redundant`);
      const said = [`About ${megabytes(bytes)}`, ...redundant, ...price].map((line) => `${line.charAt(0).toUpperCase()}${line.slice(1)}.`);
      return [said.join(" "), "", sqlBlock(statement)].join("\n");
    });
    const wrong = plans.wrong === undefined ? [] : [`the statistics file counts for nothing: ${plans.wrong}`];
    const assumed = [...wrong, ...remarks].map((line) => `- ${line}`).join("\n");
    return about(
      name,
      sqlBlock(sql.sql),
      ...advice.queries.flatMap(plansOf),
      "## Indexes",
      ...(indexes.length === 0 ? ["None that would halve the cost."] : indexes),
      "## Assumed",
      assumed,
    );
  }

  #javaFile(uri: string): JavaFile | undefined {
    const file = this.#session.documents.fileOf(uri);
    const facts = file === undefined ? undefined : this.#session.workspace.get(file);
    return facts?.language === "java" ? facts : undefined;
  }
}

/** What plans are made from: the first statistics file that a `performance.yaml` names, and texts as they are being edited. */
export function planSources({ workspace, project, documents }: Session): PlanSources {
  const [path] = (project?.settings.configurations ?? []).flatMap((configuration) => statisticsPathOf(configuration) ?? []);
  return {
    model: workspace.model,
    statistics: path === undefined ? undefined : { path, text: textOfFile(path) },
    rates: ratesOf(project?.settings.configurations ?? []),
    textOf: (file) => {
      const facts = workspace.get(file);
      return facts === undefined ? undefined : documents.text(facts);
    },
  };
}

function textOfFile(path: string): string | undefined {
  try {
    return decodeText(readFileSync(path)).text;
  } catch {
    return undefined;
  }
}

function plansOf({ before, after, common }: Plans): readonly string[] {
  if (!before.ok) return [`PostgreSQL does not plan it: ${before.why}.`];
  const helps = after.ok && after.plan.totalCost < before.plan.totalCost;
  return [
    helps ? `## Before: cost ${cost(before.plan.totalCost)}` : `## Plan: cost ${cost(before.plan.totalCost)}`,
    textBlock(planText(before.plan)),
    ...(helps ? [`## After: cost ${cost(after.plan.totalCost)}`, textBlock(planText(after.plan))] : []),
    ...(common?.before.ok === true && common.after.ok
      ? [`With ${common.values.join(" and ")}: ${cost(common.before.plan.totalCost)} → ${cost(common.after.plan.totalCost)}.`]
      : []),
  ];
}

const about = (name: string, ...parts: readonly string[]): string => `# ${name}\n\n${parts.join("\n\n")}\n`;
const sqlBlock = (sql: string): string => `\`\`\`sql\n${sql.trim()}\n\`\`\``;
const textBlock = (text: string): string => `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
const cost = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024 ** 2)).toLocaleString("en")} MB`;

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CodeLens } from "vscode-languageserver";
import type { Query } from "../../model/persistence/query.ts";
import { isJudged, type Schema } from "../../model/schema/schema.ts";
import { advise, type QueryPlans as Plans } from "../../planner/advice/advice.ts";
import { advisedQuery, assumptions } from "../../planner/advice/advisedQuery.ts";
import { bundledPlanner } from "../../planner/assets.ts";
import { planText } from "../../planner/plan.ts";
import { IDLE_MS, Planner, START_MS } from "../../planner/planner.ts";
import { viewStatements } from "../../planner/schema.ts";
import { assumedStatistics, withFile } from "../../planner/statistics/assumed.ts";
import { readStatistics } from "../../planner/statistics/file.ts";
import type { Statistics } from "../../planner/statistics/statistics.ts";
import { isUnavailable, WhatIf } from "../../planner/whatIf.ts";
import { statisticsPathOf } from "../../project/settings.ts";
import { decodeText } from "../../text/encodings.ts";
import { positionAt } from "../../text/positions.ts";
import { EXPLAIN_QUERY_COMMAND, type ExplainQueryParams, type MarkdownDocument } from "../protocol.ts";
import type { Session } from "../session.ts";

/** Plans of the queries that repositories send, at the size that tables have in production. The planner starts with the first one. */
export class QueryPlans {
  readonly #session: Session;
  readonly #planner: Planner;

  constructor(session: Session, distDirectory: string) {
    this.#session = session;
    const script = join(distDirectory, "planner.cjs");
    this.#planner = new Planner({ script, assets: bundledPlanner(distDirectory), idleMs: IDLE_MS, startMs: START_MS });
  }

  /** One above each query that has a schema to be planned on. */
  lenses(uri: string): CodeLens[] {
    const file = this.#session.documents.fileOf(uri);
    const facts = file === undefined ? undefined : this.#session.workspace.get(file);
    if (file === undefined || facts === undefined || this.#schemaOf(file) === undefined) return [];
    return this.#queriesIn(file).map(({ at }) => {
      const [start, end] = [positionAt(facts.lineStarts, at.start), positionAt(facts.lineStarts, at.end)];
      const range = { start, end };
      const given: ExplainQueryParams = { uri, line: start.line, character: start.character };
      return { range, command: { title: "Explain at production size", command: EXPLAIN_QUERY_COMMAND, arguments: [given] } };
    });
  }

  /** The plan of the query at a place, before and after what would help it; undefined where there is none. */
  async explain({ uri, line, character }: ExplainQueryParams): Promise<MarkdownDocument | undefined> {
    const file = this.#session.documents.fileOf(uri);
    const facts = file === undefined ? undefined : this.#session.workspace.get(file);
    if (file === undefined || facts === undefined) return undefined;
    const offset = (facts.lineStarts[line] ?? 0) + character;
    const queries = this.#queriesIn(file);
    const query =
      queries.find(({ at }) => at.start <= offset && offset <= at.end) ??
      queries.find(({ at }) => positionAt(facts.lineStarts, at.start).line === line);
    const schema = this.#schemaOf(file);
    if (query === undefined || schema === undefined) return undefined;
    const name = `${query.repository.slice(query.repository.lastIndexOf(".") + 1)}.${query.method}`;
    return { title: `plan of ${name}`, markdown: await this.#planned(name, query, schema) };
  }

  dispose(): Promise<void> {
    return this.#planner.close();
  }

  async #planned(name: string, query: Query, schema: Schema): Promise<string> {
    const { model } = this.#session.workspace;
    const sql = model.persistence.sqlOf(query, schema);
    if (!sql.ok) return about(name, `There is no plan: ${sql.why}.`);
    const { sql: parser } = await this.#session.parsers();
    await parser.load();
    const advised = advisedQuery(name, sql.sql, schema, parser);
    if ("why" in advised) return about(name, sqlBlock(sql.sql), `There is no plan: ${advised.why}.`);
    const { statistics, wrong } = this.#statistics(schema);
    const views = viewStatements(schema, (file) => this.#textOf(file));
    const whatIf = new WhatIf(this.#planner, schema, statistics, views);
    const remarks = await whatIf.remarks();
    if (isUnavailable(remarks)) return about(name, sqlBlock(sql.sql), `The planner has no answer: ${remarks.unavailable}.`);
    const advice = await advise(whatIf, [advised]);
    if (isUnavailable(advice)) return about(name, sqlBlock(sql.sql), `The planner has no answer: ${advice.unavailable}.`);
    const indexes = advice.indexes.map(({ sql: statement, bytes, replaces }) => {
      const redundant = replaces.map((index) => `\`${index.name}\` becomes redundant`);
      return [`About ${megabytes(bytes)}. ${redundant.join(", ")}`.trim(), "", sqlBlock(statement)].join("\n");
    });
    const assumed = [...wrong, ...assumptions(advice, sql.assumed, statistics), ...remarks].map((line) => `- ${line}`).join("\n");
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

  #queriesIn(file: string): readonly Query[] {
    const facts = this.#session.workspace.get(file);
    if (facts?.language !== "java") return [];
    const { persistence } = this.#session.workspace.model;
    return facts.java.types
      .filter(({ kind, qualified }) => kind === "interface" && persistence.repository(qualified) !== undefined)
      .flatMap(({ qualified }) => persistence.queriesOf(qualified).filter(({ at }) => at.file === file));
  }

  #schemaOf(file: string): Schema | undefined {
    const schema = this.#session.workspace.model.schema.schemaFor(file);
    return schema === undefined || schema.test || !isJudged(schema.dialect) || schema.tables.size === 0 ? undefined : schema;
  }

  /** What is known of the tables' sizes, and what is wrong with the file that should know more. */
  #statistics(schema: Schema): { readonly statistics: Statistics; readonly wrong: readonly string[] } {
    const { tableSizes } = this.#session.workspace.model;
    const assumed = assumedStatistics(schema, ({ name }) => tableSizes.rowsOf(name));
    const configurations = this.#session.project?.settings.configurations ?? [];
    const path = configurations.flatMap((configuration) => statisticsPathOf(configuration) ?? [])[0];
    if (path === undefined) return { statistics: assumed, wrong: [] };
    const text = textOfFile(path);
    const read = text === undefined ? { ok: false as const, why: "it cannot be read" } : readStatistics(text);
    return read.ok
      ? { statistics: withFile(assumed, read.statistics, path), wrong: [] }
      : { statistics: assumed, wrong: [`the statistics file \`${path}\` counts for nothing: ${read.why}`] };
  }

  #textOf(file: string): string | undefined {
    const facts = this.#session.workspace.get(file);
    return facts === undefined ? undefined : this.#session.documents.text(facts);
  }
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

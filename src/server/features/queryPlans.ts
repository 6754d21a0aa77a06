import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CodeLens } from "vscode-languageserver";
import type { JavaFile } from "../../facts/fileFacts.ts";
import type { Schema } from "../../model/schema/schema.ts";
import type { QueryPlans as Plans } from "../../planner/advice/advice.ts";
import { bundledPlanner } from "../../planner/assets.ts";
import { inventoryOf, type NamedQuery, type PlannedQuery, plannedSchema, queriesOfFile, type Untold } from "../../planner/inventory.ts";
import { planText } from "../../planner/plan.ts";
import { IDLE_MS, Planner, START_MS } from "../../planner/planner.ts";
import { PROOF_ROWS, type ProofOptions, type Proven, prove, type Run } from "../../planner/proof/proof.ts";
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
  readonly #newPlanner: () => Planner;
  /** Shared by all who ask. */
  readonly planner: Planner;

  constructor(session: Session, distDirectory: string) {
    this.#session = session;
    const script = join(distDirectory, "planner.cjs");
    this.#newPlanner = () => new Planner({ script, assets: bundledPlanner(distDirectory), idleMs: IDLE_MS, startMs: START_MS });
    this.planner = this.#newPlanner();
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
  async explain(params: ExplainQueryParams): Promise<MarkdownDocument | undefined> {
    const at = this.#queryAt(params);
    return at && { title: `plan of ${at.found.name}`, markdown: await this.#planned(at.found, at.schema) };
  }

  /** The query at a place, run on rows that are made for it; undefined where there is none. */
  async prove(params: ExplainQueryParams, options: Omit<ProofOptions, "rows">): Promise<MarkdownDocument | undefined> {
    const at = this.#queryAt(params);
    if (at === undefined) return undefined;
    const { found, schema } = at;
    const title = `proof of ${found.name}`;
    const read = await this.#read(found, schema);
    if ("why" in read) return { title, markdown: about(found.name, `There is no plan: ${read.why}.`) };
    // Its rows are nobody else's.
    const planner = this.#newPlanner();
    try {
      const plans = new SchemaPlans(planner, schema, planSources(this.#session), "usual");
      const answer = await plans.advise([read], read.assumed);
      const { advice, remarks } = isUnavailable(answer) ? { advice: undefined, remarks: [] } : answer;
      const proven: Proven = isUnavailable(answer)
        ? { ok: false, why: answer.unavailable }
        : await prove(planner, plans, read, answer.advice.indexes, { ...options, rows: PROOF_ROWS });
      const indexes = (advice?.indexes ?? []).map(({ sql }) => sqlBlock(sql));
      return { title, markdown: about(found.name, sqlBlock(read.sql), ...proofText(proven, indexes, remarks)) };
    } finally {
      await planner.close();
    }
  }

  #queryAt({ uri, line, character }: ExplainQueryParams): { readonly found: NamedQuery; readonly schema: Schema } | undefined {
    const facts = this.#javaFile(uri);
    if (facts === undefined) return undefined;
    const { model } = this.#session.workspace;
    const offset = (facts.lineStarts[line] ?? 0) + character;
    const queries = queriesOfFile(model, facts);
    const found =
      queries.find(({ query: { at } }) => at.start <= offset && offset <= at.end) ??
      queries.find(({ query: { at } }) => positionAt(facts.lineStarts, at.start).line === line);
    const schema = plannedSchema(model, facts.file);
    return found === undefined || schema === undefined ? undefined : { found, schema };
  }

  dispose(): Promise<void> {
    return this.planner.close();
  }

  /** The query as it is planned, or why it is not. */
  async #read(found: NamedQuery, schema: Schema): Promise<PlannedQuery | Untold> {
    const { sql: parser } = await this.#session.parsers();
    await parser.load();
    const { queries, untold } = inventoryOf([found], schema, planSources(this.#session), parser);
    return queries[0] ?? untold[0] ?? { name: found.name, why: "it is not understood" };
  }

  async #planned(found: NamedQuery, schema: Schema): Promise<string> {
    const { name } = found;
    const read = await this.#read(found, schema);
    if ("why" in read) return about(name, `There is no plan: ${read.why}.`);
    const plans = new SchemaPlans(this.planner, schema, planSources(this.#session), "usual");
    const answer = await plans.advise([read], read.assumed);
    if (isUnavailable(answer)) return about(name, sqlBlock(read.sql), `The planner has no answer: ${answer.unavailable}.`);
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
      sqlBlock(read.sql),
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

function proofText(proven: Proven, indexes: readonly string[], remarks: readonly string[]): readonly string[] {
  if (!proven.ok) return [`It was not run: ${proven.why}.`];
  const { tables, values, before, after } = proven.proof;
  const shown = ({ durationMs, buffers }: Run): string => `${durationMs.toFixed(2)} ms, ${buffers.toLocaleString("en")} pages read`;
  const made = tables.map(({ name, rows }) => `- ${rows.toLocaleString("en")} rows in ${name}`);
  return [
    `## Before: ${shown(before)}`,
    textBlock(planText(before.plan)),
    ...(after === undefined ? [] : [`## After: ${shown(after)}`, textBlock(planText(after.plan))]),
    "## Indexes",
    ...(indexes.length === 0 ? ["None that would halve the cost."] : indexes),
    "## Made",
    [...made, ...values.map((value) => `- \`${value}\``), ...remarks.map((line) => `- assumed: ${line}`)].join("\n"),
  ];
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

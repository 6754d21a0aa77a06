import { join } from "node:path";
import type { CodeLens } from "vscode-languageserver";
import type { FileFacts } from "../../facts/fileFacts.ts";
import type { Index } from "../../model/schema/schema.ts";
import type { Advice } from "../../planner/advice/advice.ts";
import { dearerWithout } from "../../planner/advice/dispensable.ts";
import { bundledPlanner } from "../../planner/assets.ts";
import { inventoryOf, type PlannedQuery, queriesBySchema, storedInventory, type Untold } from "../../planner/inventory.ts";
import type { PlanPanelState, QueryPlace } from "../../planner/panelProtocol.ts";
import { IDLE_MS, LIMIT_MS, Planner, START_MS } from "../../planner/planner.ts";
import { PROOF_ROWS, type ProofOptions, type Proven, prove } from "../../planner/proof/proof.ts";
import { type PlanSources, SchemaPlans } from "../../planner/schemaPlans.ts";
import { isUnavailable } from "../../planner/whatIf.ts";
import { ratesOf } from "../../project/settings.ts";
import { positionAt } from "../../text/positions.ts";
import { EXPLAIN_QUERY_COMMAND } from "../protocol.ts";
import type { Session } from "../session.ts";
import { configuredStatistics } from "../statistics.ts";
import { isAsked, type PlacedQuery, placedQueries } from "./placedQueries.ts";
import { explained, proved, unplanned } from "./shownQuery.ts";

/** Plans of the queries that repositories and bodies send, at the size that tables have in production. The planner starts with the first one. */
export class QueryPlans {
  readonly #session: Session;
  readonly #newPlanner: () => Planner;
  /** Shared by all who ask. */
  readonly planner: Planner;

  constructor(session: Session, distDirectory: string) {
    this.#session = session;
    const script = join(distDirectory, "planner.cjs");
    this.#newPlanner = () =>
      new Planner({ script, assets: bundledPlanner(distDirectory), idleMs: IDLE_MS, startMs: START_MS, limitMs: LIMIT_MS });
    this.planner = this.#newPlanner();
  }

  /** One above each query that has a schema to be planned on. */
  lenses(uri: string): CodeLens[] {
    const facts = this.#facts(uri);
    if (facts === undefined) return [];
    return placedQueries(this.#session.workspace.model, facts)
      .filter(({ schema }) => isAsked(facts, schema))
      .map(({ at }) => {
        const [start, end] = [positionAt(facts.lineStarts, at.start), positionAt(facts.lineStarts, at.end)];
        const given: QueryPlace = { uri, line: start.line, character: start.character };
        const command = { title: "Explain at production size", command: EXPLAIN_QUERY_COMMAND, arguments: [given] };
        return { range: { start, end }, command };
      });
  }

  /** The plan of the query at a place, before and after what would help it; undefined where there is none. */
  async explain(place: QueryPlace): Promise<PlanPanelState | undefined> {
    const at = this.#queryAt(place);
    if (at === undefined) return undefined;
    const title = `Plan of ${at.name}`;
    const read = await this.#read(at);
    if ("why" in read) return unplanned(title, undefined, `There is no plan: ${read.why}.`);
    const plans = new SchemaPlans(this.planner, at.schema, planSources(this.#session), "usual");
    const answer = await plans.advise([read], read.assumed);
    if (isUnavailable(answer)) return unplanned(title, read.sql, `The planner has no answer: ${answer.unavailable}.`);
    const others = await this.#neededBy(answer.advice, plans);
    return explained(title, place, read, answer, others, plans);
  }

  /** The query at a place, run on rows that are made for it; undefined where there is none. */
  async prove(place: QueryPlace, options: Omit<ProofOptions, "rows">): Promise<PlanPanelState | undefined> {
    const at = this.#queryAt(place);
    if (at === undefined) return undefined;
    const title = `Proof of ${at.name}`;
    const read = await this.#read(at);
    if ("why" in read) return unplanned(title, undefined, `There is no plan: ${read.why}.`);
    // Its rows are nobody else's.
    const planner = this.#newPlanner();
    try {
      const plans = new SchemaPlans(planner, at.schema, planSources(this.#session), "usual");
      const answer = await plans.advise([read], read.assumed);
      if (isUnavailable(answer)) return unplanned(title, read.sql, `It was not run: ${answer.unavailable}.`);
      const [planned] = answer.advice.queries;
      const proven: Proven = await prove(planner, plans, planned?.query ?? read, answer.advice.indexes, { rows: PROOF_ROWS, ...options });
      if (!proven.ok) return unplanned(title, read.sql, `It was not run: ${proven.why}.`);
      return proved(title, read, proven.proof, answer, plans);
    } finally {
      await planner.close();
    }
  }

  #queryAt({ uri, line, character }: QueryPlace): PlacedQuery | undefined {
    const facts = this.#facts(uri);
    if (facts === undefined) return undefined;
    const offset = (facts.lineStarts[line] ?? 0) + character;
    const queries = placedQueries(this.#session.workspace.model, facts);
    return (
      queries.find(({ at }) => at.start <= offset && offset <= at.end) ??
      queries.find(({ at }) => positionAt(facts.lineStarts, at.start).line === line)
    );
  }

  dispose(): Promise<void> {
    return this.planner.close();
  }

  async #read(found: PlacedQuery): Promise<PlannedQuery | Untold> {
    const { sql: parser } = await this.#session.parsers();
    await parser.load();
    return found.read(planSources(this.#session), parser);
  }

  /**
   * Of the indexes that new ones would make redundant, those that another query of the workspace is planned much dearer without, with that
   * query's name: an advice for one query knows of no other.
   */
  async #neededBy({ indexes }: Advice, plans: SchemaPlans): Promise<ReadonlyMap<Index, string>> {
    const needed = new Map<Index, string>();
    const { schema, whatIf } = plans;
    const replaced = indexes.filter(({ replaces }) => replaces.length > 0);
    if (replaced.length === 0) return needed;
    const { sql: parser } = await this.#session.parsers();
    const sources = planSources(this.#session);
    const sent = queriesBySchema(sources.model).get(schema) ?? [];
    const all = [...inventoryOf(sent, schema, sources, parser).queries, ...storedInventory(schema, sources, parser).queries];
    for (const { table, index, replaces } of replaced) {
      const own = all.filter(({ scans, heat }) => heat?.weight !== 0 && scans.some((scan) => scan.table === table));
      const dearer = await dearerWithout(whatIf, replaces, own, [{ table, index }]);
      if (isUnavailable(dearer)) continue;
      for (const [i, { worse }] of dearer.entries()) {
        const [first] = worse;
        const index = replaces[i];
        if (first !== undefined && index !== undefined) needed.set(index, first.name);
      }
    }
    return needed;
  }

  #facts(uri: string): FileFacts | undefined {
    const file = this.#session.documents.fileOf(uri);
    return file === undefined ? undefined : this.#session.workspace.get(file);
  }
}

/** What plans are made from: the first statistics file that a `performance.yaml` names, and texts as they are being edited. */
export function planSources({ workspace, project, documents }: Session): PlanSources {
  return {
    model: workspace.model,
    statistics: configuredStatistics(project),
    rates: ratesOf(project?.settings.configurations ?? []),
    textOf: (file) => {
      const facts = workspace.get(file);
      return facts === undefined ? undefined : documents.text(facts);
    },
  };
}

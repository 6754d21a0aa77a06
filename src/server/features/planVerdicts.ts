import { createHash } from "node:crypto";
import { claimsOf, planned } from "../../analysis/planned.ts";
import { claimKey, type PlanClaim, type PlanVerdict } from "../../model/persistence/scans/planClaim.ts";
import type { Schema } from "../../model/schema/schema.ts";
import { queriesBySchema } from "../../planner/inventory.ts";
import type { Planner } from "../../planner/planner.ts";
import type { PlanSources } from "../../planner/schemaPlans.ts";
import { verdictsOf } from "../../planner/verdicts.ts";
import type { Finding } from "../../rules/finding.ts";
import type { Session } from "../session.ts";
import { Turns } from "../turns.ts";
import { planSources } from "./queryPlans.ts";

export interface PlanVerdictsOptions {
  readonly session: Session;
  readonly planner: Planner;
  log(message: string): void;
  /** Files whose findings have other verdicts now. */
  onStale(files: ReadonlySet<string>): void;
}

/** Nothing was changed for so long: then the planner may take the processor. */
const QUIET_MS = 5_000;
/** A planner that had no answer so often is not asked again before the server starts anew. */
const MOST_FAILURES = 3;

/**
 * What the planner says of findings, asked in the background once the workspace is quiet. An answer holds as long as the queries, the
 * schema and the statistics that it is about; until there is a new one, the old one is shown.
 */
export class PlanVerdicts {
  readonly #options: PlanVerdictsOptions;
  /** What is shown, by the claim's name. */
  #shown: ReadonlyMap<string, PlanVerdict> = new Map();
  /** Everything that was answered, by what it was answered from. */
  readonly #answers = new Map<string, PlanVerdict>();
  readonly #names = new WeakMap<PlanClaim, string>();
  readonly #schemas = new WeakMap<Schema, number>();
  #lastSchema = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #enabled = false;

  constructor(options: PlanVerdictsOptions) {
    this.#options = options;
  }

  set enabled(enabled: boolean) {
    if (this.#enabled === enabled) return;
    this.#enabled = enabled;
    this.#shown = new Map();
    if (enabled) this.touched();
    else clearTimeout(this.#timer);
  }

  /** Findings with what the planner says of them, without those that it withdraws. */
  applied(findings: readonly Finding[]): readonly Finding[] {
    if (this.#shown.size === 0) return findings;
    const { project } = this.#options.session;
    return findings.flatMap((finding) => {
      const fixed = project?.settings.severityOf(finding.rule, finding.file) !== undefined;
      const judged = planned(finding, (claim) => this.#shown.get(this.#nameOf(claim)), fixed);
      return judged.plan?.verdict === "withdrawn" ? [] : [judged];
    });
  }

  /** Something is other than before. */
  touched(): void {
    if (!this.#enabled || this.#failures >= MOST_FAILURES) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), QUIET_MS);
    this.#timer.unref();
  }

  dispose(): void {
    this.enabled = false;
  }

  async #run(): Promise<void> {
    if (this.#running) {
      this.touched();
      return;
    }
    this.#running = true;
    try {
      await this.#judge();
    } catch (error) {
      this.#failures++;
      this.#options.log(`The planner's verdict failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    } finally {
      this.#running = false;
    }
  }

  async #judge(): Promise<void> {
    const { session, planner, log, onStale } = this.#options;
    await session.indexed();
    await session.flush();
    const claimed = await this.#claims();
    const sources = planSources(session);
    const bases = this.#bases(claimed.keys(), sources);
    const open = [...claimed.keys()].filter((claim) => !this.#answers.has(bases.get(claim) ?? ""));
    if (open.length > 0) {
      const { sql: parser } = await session.parsers();
      await parser.load();
      const { of, unavailable } = await verdictsOf(planner, sources, open, parser);
      for (const [claim, verdict] of of)
        if (unavailable === undefined || verdict.verdict !== "open") this.#answers.set(bases.get(claim) ?? "", verdict);
      if (unavailable !== undefined) {
        this.#failures++;
        log(`${unavailable}. What is found about indexes is not confirmed by a plan.`);
      }
    }
    if (!this.#enabled) return;
    const before = this.#shown;
    const shown = new Map<string, PlanVerdict>();
    const stale = new Set<string>();
    for (const [claim, file] of claimed) {
      const name = this.#nameOf(claim);
      const verdict = this.#answers.get(bases.get(claim) ?? "");
      if (verdict !== undefined) shown.set(name, verdict);
      if (verdict?.text !== before.get(name)?.text) stale.add(file);
    }
    this.#shown = shown;
    const used = new Set(bases.values());
    for (const base of this.#answers.keys()) if (!used.has(base)) this.#answers.delete(base);
    if (stale.size > 0) onStale(stale);
  }

  /** Of all findings, with their files. */
  async #claims(): Promise<ReadonlyMap<PlanClaim, string>> {
    const { workspace } = this.#options.session;
    const turns = new Turns();
    const claims = new Map<PlanClaim, string>();
    for (const file of [...workspace.files()]) {
      const language = workspace.get(file)?.language;
      if (language !== "java" && language !== "sql") continue;
      await turns.yieldWhenDue();
      for (const claim of workspace.findings(file).flatMap(claimsOf)) claims.set(claim, file);
    }
    return claims;
  }

  /** Names of what answers are made from: the same name has the same answer. */
  #bases(claims: Iterable<PlanClaim>, { model, statistics }: PlanSources): ReadonlyMap<PlanClaim, string> {
    const bySchema = queriesBySchema(model);
    const bases = new Map<PlanClaim, string>();
    for (const claim of claims) {
      const schema = model.schema.schema(claim.schema);
      if (schema === undefined) continue;
      const sizes = [...schema.tables.values()].map(({ name }) => model.tableSizes.rowsOf(name));
      const queries =
        claim.kind === "missingIndex"
          ? claim.queries.map((query) => model.persistence.sqlOf(query, schema))
          : (bySchema.get(schema) ?? [])
              .filter(({ query }) => query.scans.some(({ table }) => table === claim.table))
              .map(({ query: { repository, method, limit, scans } }) => [repository, method, limit, scans]);
      const base = JSON.stringify([this.#nameOf(claim), this.#numberOf(schema), sizes, statistics, queries]);
      bases.set(claim, createHash("sha256").update(base).digest("base64url"));
    }
    return bases;
  }

  #nameOf(claim: PlanClaim): string {
    let name = this.#names.get(claim);
    if (name === undefined) this.#names.set(claim, (name = claimKey(claim)));
    return name;
  }

  #numberOf(schema: Schema): number {
    let number = this.#schemas.get(schema);
    if (number === undefined) this.#schemas.set(schema, (number = ++this.#lastSchema));
    return number;
  }
}

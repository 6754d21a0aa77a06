import type { Schema, Table } from "../../schema/schema.ts";
import type { KeyDirection } from "./indexOrder.ts";
import type { Query } from "./query.ts";

/** What a finding says that PostgreSQL's planner can judge: that an index would help, or that one is not needed. Plain data. */
export type PlanClaim = MissingIndexClaim | SpareIndexClaim;

export interface MissingIndexClaim {
  readonly kind: "missingIndex";
  /** The schema's id. */
  readonly schema: string;
  readonly table: string;
  /** The index that the finding speaks of; undefined where the planner is to look for one. */
  readonly index: ProposedIndex | undefined;
  /** The queries that it would serve, the finding's own first. */
  readonly queries: readonly Query[];
}

export interface SpareIndexClaim {
  readonly kind: "spareIndex";
  readonly schema: string;
  readonly table: string;
  readonly index: string;
  /** The index that does its work; undefined where only the few values of its column speak against it. */
  readonly by: string | undefined;
  /** Queries that may read it: none of them costs more without it only where all of them are planned. */
  readonly queries: readonly Query[];
}

export interface ProposedIndex {
  /** SQL of each key: a column's name in lower case, or an expression over columns. */
  readonly keys: readonly string[];
  readonly method: "btree" | "gin";
  readonly opclass?: string;
  /** Of keys that do not just ascend. */
  readonly directions?: Readonly<Record<string, KeyDirection>>;
  /** SQL of the rows that it holds. */
  readonly where?: string;
}

/** Of a finding that speaks of an index which its queries lack. */
export function missingIndex(
  { id }: Schema,
  { name }: Table,
  index: ProposedIndex | undefined,
  ...queries: readonly Query[]
): MissingIndexClaim {
  return { kind: "missingIndex", schema: id, table: name.toLowerCase(), index, queries };
}

/** What the planner says to a claim. */
export interface PlanVerdict {
  /** `open`: nothing is known; the static verdict stands, not confirmed. */
  readonly verdict: "confirmed" | "withdrawn" | "open";
  /** One line: "cost 21,433 → 8 at 1,000,000 rows". */
  readonly text: string;
  /** Sizes are those that somebody has told, not assumptions. */
  readonly sized: boolean;
  /** Whether the index that the finding speaks of is the one that helps. */
  readonly asProposed: boolean;
}

/** A name of a claim that stays the same while text around its queries moves. */
export function claimKey(claim: PlanClaim): string {
  const queries = claim.queries.map(({ repository, method, parameters, source, limit, scans }) => [
    repository,
    method,
    parameters,
    source,
    limit,
    scans,
  ]);
  return JSON.stringify({ ...claim, queries });
}

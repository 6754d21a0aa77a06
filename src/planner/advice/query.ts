import type { Heat } from "../heat.ts";
import type { TableScan } from "./scans.ts";

/** A query to be planned. */
export interface AdvisedQuery {
  /** As a person knows it: "TicketRepository.findByOwner". */
  readonly name: string;
  readonly sql: string;
  readonly scans: readonly TableScan[];
  readonly writes?: Writes | undefined;
  /** Sent by a driver, to which every placeholder is a parameter of its own. */
  readonly byDriver?: true;
  /** Parameters that stand for the value of another one, by their numbers. */
  readonly same?: ReadonlyMap<number, number>;
  /** How often it is sent; as often as all others where nothing is known. */
  readonly heat?: Heat;
}

/** What a statement writes. */
export interface Writes {
  readonly kind: "insert" | "update" | "delete";
  /** Lower case, as are the columns that an UPDATE sets. */
  readonly table: string;
  readonly columns: readonly string[];
}

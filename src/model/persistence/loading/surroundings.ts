import type { CodeNode } from "../../../facts/java/code.ts";
import type { CallSite } from "../../calls/callSites.ts";
import type { EntityValue } from "./entityValue.ts";
import type { Holders } from "./holders.ts";

/** What a call of another method gives back, in terms of its own parameters and queries. */
export type ReturnedBy = (site: CallSite) => EntityValue | undefined;

/** What a body knows of other code: what methods give back, and what objects hold that are made of entities. */
export interface Surroundings {
  readonly returned: ReturnedBy;
  readonly holders?: Holders | undefined;
  /** The fields that `new …` fills, in terms of its arguments. */
  readonly filled?: (node: CodeNode) => ReadonlyMap<string, EntityValue> | undefined;
}

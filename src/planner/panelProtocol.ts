/** What the panel of a query's plans shows. Plain data: the server makes it, the extension keeps it, the panel draws it. */

/** A node of a plan, ready to be shown. */
export interface ShownNode {
  /** As PostgreSQL calls it: "Index Scan". */
  readonly type: string;
  /** " using tickets_by_owner on tickets t"; "" for what reads from other nodes alone. */
  readonly target: string;
  /** "Index Cond: (owner_id = $1)". */
  readonly conditions: readonly string[];
  /** Of one round, with everything below, in PostgreSQL's unit. */
  readonly cost: number;
  /** Of one round. */
  readonly rows: number;
  /** What of the whole plan's cost is spent in this node alone, from 0 to 1. */
  readonly share: number;
  /** The same with everything below. */
  readonly shareWithin: number;
  /** Whether the other plan has no such node: the same work on the same relation under the same conditions. */
  readonly changed: boolean;
  /** "12 rows in 1 round, 0.31 ms, 4 pages", where the query was run. */
  readonly ran: string | undefined;
  readonly children: readonly ShownNode[];
}

export interface ShownPlan {
  /** "Before", "After", or "Plan" where there is one alone. */
  readonly title: string;
  /** "cost 21,433", "12.3 ms, 9,346 pages read". */
  readonly summary: string;
  readonly root: ShownNode;
  /** As `EXPLAIN` prints it. */
  readonly text: string;
  /** Indexes that it reads. */
  readonly indexes: readonly string[];
}

export interface ShownIndex {
  readonly sql: string;
  /** Size, time to build, what becomes redundant, who writes it: a line each. */
  readonly remarks: readonly string[];
}

/** A place in a file that holds a query. */
export interface QueryPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** What the panel shows. The editor keeps it between sessions. */
export interface PlanPanelState {
  /** "Plan of TicketRepository.findByOwner". */
  readonly title: string;
  /** As PostgreSQL gets it; undefined for a query that is not translated. */
  readonly sql: string | undefined;
  /** Why there is no plan, or what else a person should know first. */
  readonly message: string | undefined;
  /** One, or before and after. */
  readonly plans: readonly ShownPlan[];
  readonly indexes: readonly ShownIndex[];
  /** What was assumed, and what was made for a run: a line each. */
  readonly assumed: readonly string[];
  /** Where the query stands: what can be run on rows from here. Undefined where it was. */
  readonly place: QueryPlace | undefined;
}

/** What the editor tells the panel. */
export interface ToPlanPanel {
  readonly kind: "state";
  readonly state: PlanPanelState;
}

/** What the panel tells the editor. */
export interface FromPlanPanel {
  readonly kind: "ready" | "prove";
}

export function readFromPlanPanel(value: unknown): FromPlanPanel | undefined {
  const kinds: readonly FromPlanPanel["kind"][] = ["ready", "prove"];
  const kind = isRecord(value) ? kinds.find((known) => known === value["kind"]) : undefined;
  return kind === undefined ? undefined : { kind };
}

export function readToPlanPanel(value: unknown): ToPlanPanel | undefined {
  const state = isRecord(value) && value["kind"] === "state" ? readPlanPanelState(value["state"]) : undefined;
  return state === undefined ? undefined : { kind: "state", state };
}

/** A state that the editor kept, perhaps by another version; undefined where it does not fit. */
export function readPlanPanelState(value: unknown): PlanPanelState | undefined {
  if (!isRecord(value)) return undefined;
  const { title, sql, message, plans, indexes, assumed, place } = value;
  if (typeof title !== "string" || !isListOf(plans, isPlan) || !isListOf(indexes, isIndex) || !isListOf(assumed, isText)) return undefined;
  return {
    title,
    plans,
    indexes,
    assumed,
    sql: isText(sql) ? sql : undefined,
    message: isText(message) ? message : undefined,
    place: isPlace(place) ? place : undefined,
  };
}

export function isPlace(value: unknown): value is QueryPlace {
  return isRecord(value) && isText(value["uri"]) && isNumber(value["line"]) && isNumber(value["character"]);
}

const isPlan = (value: unknown): value is ShownPlan =>
  isRecord(value) &&
  isText(value["title"]) &&
  isText(value["summary"]) &&
  isText(value["text"]) &&
  isListOf(value["indexes"], isText) &&
  isNode(value["root"]);

const isIndex = (value: unknown): value is ShownIndex => isRecord(value) && isText(value["sql"]) && isListOf(value["remarks"], isText);

function isNode(value: unknown): value is ShownNode {
  if (!isRecord(value)) return false;
  const numbers = ["cost", "rows", "share", "shareWithin"].every((key) => isNumber(value[key]));
  const ran = value["ran"] === undefined || isText(value["ran"]);
  return (
    numbers &&
    ran &&
    isText(value["type"]) &&
    isText(value["target"]) &&
    typeof value["changed"] === "boolean" &&
    isListOf(value["conditions"], isText) &&
    isListOf(value["children"], isNode)
  );
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

function isListOf<T>(value: unknown, is: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}

import { numbersIn, replaced } from "./parameters.ts";
import type { StepResult } from "./protocol.ts";

/** A query whose parameters have types, as far as they are known. */
export interface TypedQuery {
  readonly sql: string;
  /** Parameters that stand for the value of another one, by their numbers. */
  readonly same: ReadonlyMap<number, number>;
}

/** So many types of one query are asked for. */
const MOST_ROUNDS = 12;

/**
 * Finds the types of a query's parameters by asking PostgreSQL, which does not know all by itself: a driver says what it sends. A
 * parameter has the type of its other places where it stands in a test for NULL; where nothing tells, as in `concat`, it is a text. Where
 * a driver sends the query, every placeholder is a parameter of its own, so that a name may have two types.
 */
export class ParameterTypes {
  readonly #byDriver: boolean;
  #sql: string;
  #types = new Map<number, string>();
  #same: ReadonlyMap<number, number> = new Map();
  #rounds = 0;
  /** Types have to be written, since PostgreSQL does not find them. */
  #needed: boolean;
  #found: readonly unknown[] | undefined;
  open: boolean;

  constructor(sql: string, byDriver: boolean) {
    this.#sql = sql;
    this.#byDriver = byDriver;
    this.#needed = NULL_TEST.test(sql);
    this.open = numbersIn(sql).length > 0;
  }

  /** What has to be run, one statement after the other, each alone. */
  questions(): readonly string[] {
    const most = Math.max(0, ...numbersIn(this.#sql));
    const types = Array.from({ length: most }, (_, i) => this.#types.get(i + 1) ?? "unknown");
    const text = this.#sql.replace(new RegExp(NULL_TEST, "gi"), "TRUE");
    return [
      `PREPARE planner_types (${types.join(", ")}) AS ${text}`,
      "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'planner_types'",
      "DEALLOCATE ALL",
    ];
  }

  /** Takes what the first two questions gave. */
  take(prepared: StepResult | undefined, types: StepResult | undefined): void {
    this.#rounds++;
    this.open = prepared?.ok === false && this.#rounds < MOST_ROUNDS && this.#learn(prepared);
    const found: unknown = types?.ok === true ? types.rows[0]?.["types"] : undefined;
    if (prepared?.ok === true && Array.isArray(found)) this.#found = found;
  }

  get typed(): TypedQuery {
    const found = this.#found;
    if (!this.#needed || found === undefined) return { sql: this.#sql, same: this.#same };
    return { sql: replaced(this.#sql, (place, number, cast) => (cast ? place : withCast(place, found[number - 1]))), same: this.#same };
  }

  /** Whether there is something to be asked anew. */
  #learn({ message, code }: Extract<StepResult, { ok: false }>): boolean {
    const open = Number(/^could not determine data type of parameter \$(\d+)/.exec(message)?.[1] ?? 0);
    if (open > 0 && !this.#types.has(open)) {
      this.#types.set(open, "text");
      this.#needed = true;
      return true;
    }
    // `uuid(:id)` is a cast of what the driver sends.
    const cast = /^function ([\w.]+)\(unknown\) does not exist/.exec(message)?.[1];
    const calls =
      cast === undefined ? [] : this.#sql.matchAll(new RegExp(`\\b${cast.replaceAll(".", "\\.")}\\s*\\(\\s*\\$(\\d+)\\s*\\)`, "gi"));
    const given = [...calls].map(([, number]) => Number(number)).filter((number) => !this.#types.has(number));
    for (const number of given) this.#types.set(number, "text");
    if (given.length > 0) {
      this.#needed = true;
      return true;
    }
    if (!this.#byDriver || this.#same.size > 0 || !TWO_TYPES.has(code ?? "")) return false;
    const apart = placesApart(this.#sql);
    this.#sql = apart.sql;
    this.#same = apart.same;
    this.#types = new Map();
    this.#needed ||= apart.same.size > 0;
    return apart.same.size > 0;
  }
}

/** PostgreSQL's codes where one parameter should have two types: ambiguous, not an array, no such operator or function, a wrong type. */
const TWO_TYPES: ReadonlySet<string> = new Set(["42P08", "42809", "42883", "42804"]);

const NULL_TEST = /\$\d+\s+is\s+(?:not\s+)?null\b/i;

/** Every place but the first one of a number gets a number of its own. */
function placesApart(sql: string): TypedQuery {
  const seen = new Set<number>();
  const same = new Map<number, number>();
  let last = Math.max(0, ...numbersIn(sql));
  const apart = replaced(sql, (place, number) => {
    if (!seen.has(number)) {
      seen.add(number);
      return place;
    }
    same.set(++last, number);
    return `$${last}`;
  });
  return { sql: apart, same };
}

const withCast = (place: string, type: unknown): string => (typeof type === "string" && type !== "unknown" ? `${place}::${type}` : place);

/**
 * A query that calls put together, without the code around it: chains of calls on what they begin with. Code is read into texts of this
 * notation, so that what is there under a condition is followed as in other texts (see Pieces).
 */
export type Built =
  /** What only runtime knows, as a parameter is. */
  | { readonly kind: "value" }
  | { readonly kind: "null" }
  | { readonly kind: "literal"; readonly sort: "string" | "number" | "boolean"; readonly text: string }
  /** A text that is put together of texts and values: "%?%". */
  | { readonly kind: "pattern"; readonly text: string }
  /** A constant of a generated class: `ORDERS`; of an enum of the workspace with the name of that: `Status.OPEN`. */
  | { readonly kind: "constant"; readonly name: string; readonly enumeration: string }
  /** A query type of Querydsl. */
  | { readonly kind: "entity"; readonly qualified: string; readonly alias: string }
  /** What calls begin with: "DSL", "dsl" for a context, "list", "builder", or the class of static methods. */
  | { readonly kind: "root"; readonly name: string }
  /** A lambda, a class, and whatever else says nothing of the query; of a class its simple name. */
  | { readonly kind: "code"; readonly text: string }
  | Step;

export interface Step {
  readonly kind: "step";
  readonly on: Built;
  readonly name: string;
  /** A call; false for a field: `ORDERS.ID`. */
  readonly call: boolean;
  readonly args: readonly Built[];
}

const [OPEN, ARGUMENTS, NEXT, CLOSE, START, END, QUOTE] = ["\uE001", "\uE002", "\uE003", "\uE004", "\uE005", "\uE006", "\uE007"];

/** What something begins with, as a text. */
export const begin = (kind: Exclude<Built["kind"], "step" | "value">, ...payload: readonly string[]): string =>
  `${START}${[kind, ...payload].join(NEXT).replaceAll("'", QUOTE)}${END}`;

/** The texts around the arguments of a step: in front, between them, behind. */
export const STEP = {
  call: (name: string): string => `${OPEN}${name}${ARGUMENTS}`,
  field: (name: string): string => `${OPEN}.${name}${ARGUMENTS}${CLOSE}`,
  between: NEXT,
  end: CLOSE,
};

/** Reads a text back; undefined for one that is not of this notation. */
export function builtOf(text: string): Built | undefined {
  const reader = new Reader(text);
  const built = reader.chain();
  return reader.atEnd ? built : undefined;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  chain(): Built | undefined {
    let built = this.#first();
    while (built !== undefined && this.#take(OPEN)) {
      const name = this.#until(ARGUMENTS);
      const args: Built[] = [];
      while (!this.#take(CLOSE)) {
        const arg = this.chain();
        if (arg === undefined) return undefined;
        args.push(arg);
        this.#take(NEXT);
      }
      const isField = name.startsWith(".");
      built = { kind: "step", on: built, name: isField ? name.slice(1) : name, call: !isField, args };
    }
    return built;
  }

  #first(): Built | undefined {
    if (this.#take("?")) return { kind: "value" };
    if (!this.#take(START)) return undefined;
    const [kind, one = "", other = ""] = this.#until(END).replaceAll(QUOTE, "'").split(NEXT);
    switch (kind) {
      case "literal":
        return { kind, sort: one === "number" || one === "boolean" ? one : "string", text: other };
      case "pattern":
        return { kind, text: one };
      case "constant":
        return { kind, name: one, enumeration: other };
      case "root":
        return { kind, name: one };
      case "entity":
        return { kind, qualified: one, alias: other };
      case "code":
        return { kind, text: one };
      case "null":
        return { kind };
      default:
        return undefined;
    }
  }

  #take(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #until(mark: string): string {
    const end = this.#text.indexOf(mark, this.#at);
    const found = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return found;
  }
}

/** The steps of a chain, the first one first, and what it begins with. */
export function stepsOf(built: Built): { readonly root: Exclude<Built, Step>; readonly steps: readonly Step[] } {
  const steps: Step[] = [];
  let at = built;
  for (; at.kind === "step"; at = at.on) steps.unshift(at);
  return { root: at, steps };
}

/** Ends the writing of a query from whatever depth. */
export class Unwritten extends Error {}

/** A part of a query as a person would name it. */
export const nameOf = (built: Built): string =>
  built.kind === "step"
    ? built.call
      ? `${built.name}()`
      : built.name
    : built.kind === "constant" || built.kind === "root"
      ? built.name
      : built.kind;

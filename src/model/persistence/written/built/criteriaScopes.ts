import { type Built, nameOf, type Step, Unwritten } from "./builtTree.ts";

type Entity = Extract<Built, { readonly kind: "entity" }>;

interface Join {
  readonly text: string;
  readonly on: string[];
}

/** One query or subquery: what it reads from. */
class Scope {
  readonly roots: string[] = [];
  readonly joins: Join[] = [];
  /** By the identity of a root or a join. */
  readonly names = new Map<string, string>();
}

/** The roots and joins of a query and of the subqueries in it, as they are mentioned. */
export class CriteriaScopes {
  readonly #open: Scope[] = [];
  readonly #names = new Set<string>();

  enter(): void {
    this.#open.push(new Scope());
  }

  /** What stands behind `from`; its names are gone. Where rows are only counted, nothing is fetched. */
  leave(fetches: boolean): string {
    const { roots, joins } = this.#open.pop() as Scope;
    if (roots.length === 0) throw new Unwritten("it is put together by calls");
    const joined = joins.map(
      ({ text, on }) => `${fetches ? text : text.replace(" join fetch ", " join ")}${on.length === 0 ? "" : ` on ${on.join(" and ")}`}`,
    );
    return `${roots.join(", ")}${joined.join("")}`;
  }

  /** The name of the first root. */
  get first(): string {
    const [name] = this.#current.names.values();
    if (name === undefined) throw new Unwritten("it is put together by calls");
    return name;
  }

  /** The name of a root or a join; what is not open yet is opened. */
  nameOf(built: Built): string {
    if (built.kind === "entity") return this.#rootOf(built);
    if (built.kind === "step" && /^(?:join|fetch)/.test(built.name)) return this.#joinOf(built);
    throw new Unwritten(`${nameOf(built)} is no root that is known`);
  }

  open(root: Entity): string {
    const name = this.#free(root.alias.replace(/@.*$/s, ""));
    this.#current.names.set(root.alias, name);
    this.#current.roots.push(`${root.qualified} ${name}`);
    return name;
  }

  /** `join.on(condition)`. */
  restrict(join: Built, condition: () => string): void {
    this.nameOf(join);
    const id = idOf(join);
    const place = this.#open.findLast(({ names }) => names.has(id));
    const text = ` ${place?.names.get(id)}`;
    const known = place?.joins.find((one) => one.text.endsWith(text));
    if (known === undefined) throw new Unwritten("a join is not understood");
    const written = condition();
    if (!known.on.includes(written)) known.on.push(written);
  }

  get #current(): Scope {
    return this.#open.at(-1) as Scope;
  }

  #rootOf(root: Entity): string {
    const known = this.#open.findLast(({ names }) => names.has(root.alias))?.names.get(root.alias);
    if (known !== undefined) return known;
    if (this.#current.roots.length > 0) throw new Unwritten("a root belongs to no query that is known");
    return this.open(root);
  }

  #joinOf(step: Step): string {
    const id = idOf(step);
    const known = this.#open.findLast(({ names }) => names.has(id))?.names.get(id);
    if (known !== undefined) return known;
    const base = this.nameOf(step.on);
    const place = this.#open.findLast(({ names }) => [...names.values()].includes(base)) as Scope;
    const [attribute, type] = step.args;
    if (attribute?.kind !== "literal" || type?.kind !== "constant") throw new Unwritten("what it joins is named at run time");
    const kind = JOINS[type.name];
    if (kind === undefined) throw new Unwritten("a join is not understood");
    const name = this.#free(attribute.text);
    const fetch = step.name.startsWith("fetch") ? "fetch " : "";
    place.joins.push({ text: ` ${kind}${fetch}${base}.${attribute.text} ${name}`, on: [] });
    place.names.set(id, name);
    return name;
  }

  /** A name that no other source has, and that is no word of JPQL. */
  #free(wanted: string): string {
    let name = `${wanted}_`;
    for (let i = 2; this.#names.has(name); i++) name = `${wanted}${i}_`;
    this.#names.add(name);
    return name;
  }
}

const JOINS: Readonly<Record<string, string>> = { INNER: "join ", LEFT: "left join ", RIGHT: "right join " };

function idOf(join: Built): string {
  const id = join.kind === "step" ? join.args[2] : undefined;
  if (id?.kind !== "code") throw new Unwritten("a join is not understood");
  return id.text;
}

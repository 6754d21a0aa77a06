import type { JpqlExpression, JpqlFrom, JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { nodesOf } from "./expressionNodes.ts";

/**
 * The aliases of two tables of a select that nothing connects, so that each row of one meets each of the other; undefined where all
 * are connected, or where it cannot be told. `cross join` says what it wants.
 */
export function unconnected(select: JpqlSelect): readonly [string, string] | undefined {
  if (select.from.length < 2) return undefined;
  const aliases = select.from.map(aliasOf);
  // Derived tables and functions may have one row, or look at what stands before them.
  if (aliases.includes(undefined)) return undefined;
  const groups = new Groups(aliases as readonly string[]);
  let [before] = aliases;
  for (const [i, from] of select.from.entries()) {
    const alias = aliases[i] as string;
    if (from.join === "cross" || from.using.length > 0) groups.connect([before as string, alias]);
    // `join o.pets p` starts from another alias.
    const [owner] = from.source.kind === "name" && from.source.parts.length > 1 ? from.source.parts : [];
    if (owner !== undefined && groups.has(owner)) groups.connect([owner, alias]);
    before = alias;
  }
  for (const condition of [select.where, ...select.from.map(({ on }) => on)].flatMap(termsOf)) {
    const named = aliasesIn(condition, groups);
    if (named === undefined) return undefined;
    groups.connect(named);
  }
  return groups.apart();
}

function aliasOf({ source, alias }: JpqlFrom): string | undefined {
  return source.kind === "name" ? (alias ?? source.parts.at(-1))?.toLowerCase() : undefined;
}

function termsOf(condition: JpqlExpression | undefined): readonly JpqlExpression[] {
  if (condition === undefined) return [];
  return condition.kind === "and" ? condition.terms.flatMap(termsOf) : [condition];
}

/** The aliases that a condition speaks of; undefined where a name has none, or where a subquery or something unread may speak of any. */
function aliasesIn(condition: JpqlExpression, groups: Groups): readonly string[] | undefined {
  const aliases: string[] = [];
  for (const node of nodesOf(condition)) {
    if (node.kind === "subquery" || node.kind === "exists" || node.kind === "opaque") return undefined;
    if (node.kind !== "path") continue;
    // `schema.table.column` names its table last but one.
    const alias = [node.parts[0], node.parts.at(-2)].find((part) => part !== undefined && groups.has(part));
    if (alias !== undefined) aliases.push(alias);
    else if (node.parts.length === 1) return undefined;
  }
  return aliases;
}

/** Which aliases are connected. */
class Groups {
  readonly #groupOf: Map<string, number>;

  constructor(aliases: readonly string[]) {
    this.#groupOf = new Map(aliases.map((alias, i) => [alias, i]));
  }

  has(alias: string): boolean {
    return this.#groupOf.has(alias.toLowerCase());
  }

  connect(aliases: readonly string[]): void {
    const groups = new Set(aliases.map((alias) => this.#groupOf.get(alias.toLowerCase())));
    const [first] = groups;
    if (first === undefined) return;
    for (const [alias, group] of this.#groupOf) if (groups.has(group)) this.#groupOf.set(alias, first);
  }

  apart(): readonly [string, string] | undefined {
    const [first, ...others] = this.#groupOf;
    const other = first === undefined ? undefined : others.find(([, group]) => group !== first[1]);
    return first === undefined || other === undefined ? undefined : [first[0], other[0]];
  }
}

import { elementsOf } from "./builtParts.ts";
import { type Built, nameOf, type Step, stepsOf, Unwritten } from "./builtTree.ts";
import { ALWAYS, both, type CriteriaParts, composed, criteriaCondition, criteriaValue, operand } from "./criteriaExpressions.ts";
import { CriteriaScopes } from "./criteriaScopes.ts";

/** A query of the criteria API as JPQL. */
export const criteriaJpql = (built: Built): string => new CriteriaWriter().query(built);

/** What the steps of a query say, the last ones of a kind. */
interface Said {
  items: readonly Built[] | undefined;
  distinct: boolean;
  where: readonly Built[];
  groups: readonly Built[];
  having: readonly Built[];
  order: readonly Built[];
  readonly set: (readonly [Built, Built])[];
  as: "selectCount" | "selectOne" | undefined;
}

const SILENT = /^(?:getRestriction|getSelection|hint|subquery)$/;

class CriteriaWriter implements CriteriaParts {
  readonly #scopes = new CriteriaScopes();
  readonly #said: Said[] = [];

  query(built: Built): string {
    const { root, steps } = stepsOf(built);
    if (root.kind !== "root" || !/^(?:select|update|delete)$/.test(root.name)) throw new Unwritten("it is put together by calls");
    const said: Said = { items: undefined, distinct: false, where: [], groups: [], having: [], order: [], set: [], as: undefined };
    this.#scopes.enter();
    this.#said.push(said);
    for (const step of steps) this.#take(step, said);
    const text = root.name === "select" ? this.#select(said) : this.#change(root.name, said);
    this.#said.pop();
    return text;
  }

  condition(built: Built): string | undefined {
    if (built.kind !== "step") return criteriaCondition(built, this);
    const { root, steps } = stepsOf(built);
    if (root.kind === "root" && root.name === "restriction" && !/^(?:and|or|not)$/.test(built.name)) return this.#restricted(steps);
    if (root.kind === "root" && root.name === "Specification") return this.#composed(built);
    if (built.name === "on" && built.call) {
      this.#scopes.restrict(
        built.on,
        () =>
          both(
            "and",
            elementsOf(built.args).map((one) => this.condition(one)),
          ) ?? ALWAYS,
      );
      return undefined;
    }
    return criteriaCondition(built, this);
  }

  value(built: Built): string {
    return criteriaValue(built, this);
  }

  source(built: Built): string {
    return this.#scopes.nameOf(built);
  }

  #take({ name, args, call }: Step, said: Said): void {
    const [one, other] = args;
    const given = elementsOf(args);
    switch (call ? name : "") {
      case "source":
        if (one !== undefined) this.#opened(one);
        return;
      case "select":
      case "multiselect":
        said.items = given;
        return;
      case "selectCount":
      case "selectOne":
        said.as = name === "selectCount" ? "selectCount" : "selectOne";
        return;
      case "distinct":
        if (one?.kind !== "literal") throw new Unwritten("whether it is distinct is known at run time");
        said.distinct = one.text === "true";
        return;
      case "where":
        said.where = given;
        return;
      case "having":
        said.having = given;
        return;
      case "groupBy":
        said.groups = given;
        return;
      case "orderBy":
        said.order = given;
        return;
      case "set":
        if (one !== undefined && other !== undefined) said.set.push([one, other]);
        return;
      default:
        if (!SILENT.test(name)) throw new Unwritten(`${name}() is not translated`);
    }
  }

  /** A root, or what is joined to one, with its condition; `root.join("b").get("c")` joins, too. */
  #opened(built: Built): void {
    if (built.kind === "entity") this.#scopes.open(built);
    else if (built.kind !== "step") throw new Unwritten("a join is not understood");
    else if (built.name === "on") this.condition(built);
    else if (/^(?:join|fetch)/.test(built.name)) this.#scopes.nameOf(built);
    else this.#opened(built.on);
  }

  #select(said: Said): string {
    const items = said.items === undefined ? undefined : said.items.flatMap(fieldsOf).map((one) => operand(one, this));
    const where = this.#all(said.where);
    const groups = said.groups.map((one) => operand(one, this));
    const having = this.#all(said.having);
    const order = said.as === undefined ? said.order.map((one) => this.#sort(one)) : [];
    const root = items === undefined || said.as !== undefined ? this.#scopes.first : "";
    const from = this.#scopes.leave(said.as === undefined);
    if (said.as !== undefined && groups.length > 0) throw new Unwritten("groups are counted");
    const distinct = said.distinct ? "distinct " : "";
    const what =
      said.as === "selectCount" ? `count(${distinct}${root})` : said.as === "selectOne" ? "1" : `${distinct}${items?.join(", ") ?? root}`;
    return [
      `select ${what} from ${from}`,
      ...clause("where", where),
      ...(groups.length === 0 ? [] : [`group by ${groups.join(", ")}`]),
      ...clause("having", having),
      ...(order.length === 0 ? [] : [`order by ${order.join(", ")}`]),
      ...(said.as === "selectOne" ? ["limit 1"] : []),
    ].join(" ");
  }

  #change(kind: string, said: Said): string {
    const set = said.set.map(([path, value]) => {
      const name = path.kind === "literal" ? `${this.#scopes.first}.${path.text}` : this.value(path);
      return `${name} = ${value.kind === "null" ? "null" : this.value(value)}`;
    });
    const where = this.#all(said.where);
    const from = this.#scopes.leave(false);
    if (kind === "update" && set.length === 0) throw new Unwritten("the columns that it sets are not known");
    return [kind === "update" ? `update ${from} set ${set.join(", ")}` : `delete from ${from}`, ...clause("where", where)].join(" ");
  }

  #all(conditions: readonly Built[]): string | undefined {
    return both(
      "and",
      conditions.map((one) => this.condition(one)),
    );
  }

  /** What the code of a specification does to the query, and its condition. */
  #restricted(steps: readonly Step[]): string | undefined {
    const said = this.#said.at(-1) as Said;
    const before = said.where;
    for (const step of steps) {
      said.where = [];
      // A condition that is set stays where the specification gives back none.
      if (step.name === "where" && step.args.every(({ kind }) => kind === "null")) continue;
      this.#take(step, said);
    }
    const own = steps.findLast((step) => step.name === "where" && step.args.some(({ kind }) => kind !== "null"));
    said.where = before;
    return own === undefined ? undefined : this.#all(elementsOf(own.args));
  }

  /** `Specification.where(one).and(other)`: what is not there leaves the others as they are. */
  #composed(built: Step): string | undefined {
    const { on, name, args } = built;
    const ofClass = on.kind === "root";
    const terms = elementsOf(ofClass ? args : [on, ...args]).map((one) => this.condition(one));
    switch (name) {
      case "where":
      case "allOf":
      case "and":
        return composed("and", terms);
      case "anyOf":
      case "or":
        return composed("or", terms);
      case "unrestricted":
        return undefined;
      case "not": {
        const [term] = terms;
        return term === undefined ? undefined : `not (${term})`;
      }
      default:
        throw new Unwritten(`${name}() is not translated`);
    }
  }

  #sort(built: Built): string {
    const { on, name, args } = built.kind === "step" ? built : { on: built, name: "", args: [] };
    if (name !== "asc" && name !== "desc") throw new Unwritten(`its order is not known: ${nameOf(built)}`);
    const sorted = on.kind === "root" ? args[0] : on;
    return `${operand(sorted, this)}${name === "desc" ? " desc" : ""}`;
  }
}

const clause = (word: string, condition: string | undefined): readonly string[] =>
  condition === undefined || condition === ALWAYS ? [] : [`${word} ${condition}`];

/** What is selected: of what is made of it the arguments. */
function fieldsOf(built: Built): readonly Built[] {
  if (built.kind !== "step" || built.on.kind !== "root") return [built];
  if (built.name === "construct") return elementsOf(built.args.slice(1)).flatMap(fieldsOf);
  return built.name === "tuple" || built.name === "array" ? elementsOf(built.args).flatMap(fieldsOf) : [built];
}

import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import { bodiesRun } from "../../calls/bodiesRun.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { dotted } from "../../calls/typing/typer.ts";
import { simpleName } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { EntityLookup } from "../mapping/entity.ts";
import { attributeOf, type Entity } from "../mapping/entity.ts";
import { returnsOf } from "../repositories/queries.ts";
import { fetchedBy, type Selection, selectedPath } from "../repositories/selection.ts";
import type { Query, Scan } from "../scans/query.ts";
import { type Chain, chainOf } from "./chain.ts";
import { type CriteriaRead, criteriaRead } from "./criteria.ts";
import { usesGraph } from "./entityGraphs.ts";
import { fetchedByCode, genericRead } from "./implementedSelections.ts";
import type { WrittenQuery } from "./writtenQueries.ts";
import type { WrittenText } from "./writtenText.ts";

/** What selections are read from. */
interface Sources {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
  readonly entities: EntityLookup;
  /** What a call sends, as far as it is read. */
  readonly query: (method: MethodNode, site: CallSite) => WrittenQuery | undefined;
  readonly textOf: (query: WrittenQuery) => WrittenText | { readonly why: string };
  /** The texts that a chain of calls may hand over. */
  readonly texts: (method: MethodNode, code: MethodCode, chain: Chain) => readonly WrittenText[];
  /** The texts that calls put together for a call that sends them. */
  readonly built: (method: MethodNode, site: CallSite) => readonly WrittenText[];
}

/** What of a selection the way of writing a query decides. */
type Selected = Pick<Selection, "source" | "fetched" | "entity" | "asked">;

/** Which entities the queries bring that stand in bodies, and what comes with them. Worked out anew for each question. */
export class WrittenSelections {
  readonly #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Undefined where the call sends nothing, or brings what is not known. */
  at(method: MethodNode, site: CallSite): Selection | undefined {
    if (site.work !== undefined && !OF_ENTITIES.test(site.work.label)) return undefined;
    const query = this.#sources.query(method, site);
    if (site.work === undefined && query === undefined) return this.#generic(method, site);
    const code = this.#sources.calls.codeOf(method);
    const call = code.nodes[site.order];
    if (call?.kind !== "call" || usesGraph(code)) return undefined;
    const selected = site.work === undefined ? query && this.#handedOn(query) : this.#sentHere(method, code, call, query, site);
    if (selected === undefined) return undefined;
    const { owner, method: declared } = method.declared;
    const one =
      isTakenAlone(call) ||
      query?.limit === 1 ||
      (query === undefined
        ? /^(?:getSingleResult|uniqueResult|getSingleResultOrNull)/.test(call.text)
        : /^(?:one|optional)$/.test(query.returns));
    return {
      label: `${owner.type.name}.${declared.name}`,
      repository: owner.type.qualified,
      method: declared.name,
      parameters: declared.parameters.length,
      rows: one ? "one" : "many",
      paged: query !== undefined && query.limit !== "none",
      graph: undefined,
      at: undefined,
      ...selected,
    };
  }

  /** What a method gives that code asks for, whatever the entity is that its class is for. */
  #generic(method: MethodNode, site: CallSite): Selection | undefined {
    const read = genericRead(this.#sources, method, site);
    const call = read === undefined ? undefined : this.#sources.calls.codeOf(method).nodes[site.order];
    const entity = this.#entity(read?.entity);
    if (read === undefined || entity === undefined || call?.kind !== "call") return undefined;
    const fetched = fetchedByCode(this.#sources, read.bodies, method, call);
    if (fetched === undefined) return undefined;
    const [{ declared }] = read.bodies as [MethodNode];
    const { owner, method: sends } = declared;
    const returns = returnsOf(sends.returns);
    return {
      label: `${read.on}.${sends.name}`,
      repository: owner.type.qualified,
      method: sends.name,
      parameters: sends.parameters.length,
      entity: entity.qualified,
      rows: returns === "one" || returns === "optional" ? "one" : "many",
      paged: sends.parameters.some(({ type }) => PAGES.test(type)),
      source: "jpql",
      fetched,
      graph: undefined,
      at: { file: owner.file.file, ...sends.nameSpan },
      shared: true,
      asked: [],
    };
  }

  /** A method of a generic repository that code implements: what that fetches; undefined where it is not known. */
  implemented(selection: Selection, method: MethodNode, site: CallSite): Selection | undefined {
    const { calls, types } = this.#sources;
    const bodies = bodiesRun(calls, types, site.targets.slice(0, 1));
    const call = calls.codeOf(method).nodes[site.order];
    if (bodies.length === 0 || call === undefined) return selection;
    const fetched = fetchedByCode(this.#sources, bodies, method, call);
    return fetched && { ...selection, fetched: [...new Set([...selection.fetched, ...fetched])].sort(), shared: true };
  }

  /** What the specification fetches that a call of Spring Data's own methods is given, and what it asks for. */
  specified(method: MethodNode, site: CallSite, entity: string | undefined): Pick<Selection, "fetched" | "asked"> {
    const { types, calls } = this.#sources;
    const call = calls.codeOf(method).nodes[site.order];
    const given = call?.kind === "call" ? childrenOf(call, "argument")[0] : undefined;
    if (given === undefined) return { fetched: [] };
    const read = criteriaRead(types, calls, method, given);
    const [own, ...others] = this.#sources.query(method, site)?.scans ?? [];
    const [specified] = this.#asked(entity, read);
    const first = own === undefined || specified === undefined ? (own ?? specified) : { ...own, tests: [...own.tests, ...specified.tests] };
    return { fetched: read.fetched, asked: first === undefined ? [] : [first, ...others] };
  }

  #sentHere(method: MethodNode, code: MethodCode, call: CodeNode, query: Query | undefined, site: CallSite): Selected | undefined {
    const chain = chainOf(code, call);
    return (
      this.#native(code, chain) ??
      (query === undefined ? this.#handed(method, code, call) : this.#written(method, code, chain, query, site))
    );
  }

  /** `list(query)` of a method of the project that sends it: whatever the API, its text says what comes along. */
  #handedOn(query: WrittenQuery): Selected | undefined {
    const { entity, kind, aggregates } = query;
    const read = kind === "find" && entity !== undefined && !aggregates ? this.#sources.textOf(query) : undefined;
    if (entity === undefined || read === undefined || "why" in read || read.dynamic || read.language !== "jpql") return undefined;
    return selectedPath(read.text) === "" ? { source: "jpql", fetched: fetchedBy(read.text), entity, asked: query.scans } : undefined;
  }

  #written(method: MethodNode, code: MethodCode, chain: Chain, query: Query, site: CallSite): Selected | undefined {
    const { entity } = query;
    if (query.kind !== "find" || entity === undefined || query.aggregates) return undefined;
    const criteria = query.source === "built" ? chain.steps.find(({ name }) => name === "createQuery")?.args[0] : undefined;
    if (criteria !== undefined) {
      // A criteria query for anything but its root brings no entity of it.
      return code.typer.typeOf(criteria)?.args[0]?.name === entity ? this.#criteria(method, code, entity) : undefined;
    }
    if (query.source === "built") {
      const fetched = fetchedByQuerydsl(chain) ?? fetchedByTexts(this.#sources.built(method, site));
      return fetched && { source: "jpql", fetched, entity, asked: query.scans };
    }
    const fetched = fetchedByTexts(this.#sources.texts(method, code, chain));
    return fetched && { source: "jpql", fetched, entity, asked: query.scans };
  }

  /** `em.createNativeQuery(sql, Owner.class)`: of a row of SQL an entity is made, and nothing that it refers to. */
  #native({ typer }: MethodCode, { steps }: Chain): Selected | undefined {
    const type = steps.find(({ name }) => name === "createNativeQuery")?.args[1];
    if (type?.kind !== "class" || steps.some(({ name }) => /^add(?:Join|Fetch|Root|Entity)$/.test(name))) return undefined;
    const entity = this.#entity(typer.resolve(type.type)?.name);
    return entity === undefined ? undefined : { source: "native", fetched: [], entity: entity.qualified, asked: [] };
  }

  /** `builder.build().getResultList()`: a query that a method of the project puts together by the criteria API. */
  #handed(method: MethodNode, code: MethodCode, call: CodeNode): Selected | undefined {
    const on = childOf(call, "receiver");
    const type = on === undefined ? undefined : code.typer.typeOf(on);
    if (type === undefined || !/^(?:Typed|Selection)?Query$/.test(simpleName(type))) return undefined;
    const entity = this.#entity(type.args[0]?.name);
    const steps = chainOf(code, call).steps.filter(({ node }) =>
      method.sites.some(({ order, targets }) => targets.length > 0 && code.nodes[order] === node),
    );
    // What is handed a text is no criteria query.
    const given = steps.length > 0 && !steps.some(({ args }) => args.some((arg) => /^String$|^$/.test(simpleOf(code, arg))));
    return entity === undefined || !given ? undefined : this.#criteria(method, code, entity.qualified);
  }

  #criteria(method: MethodNode, code: MethodCode, entity: string): Selected | undefined {
    const read = criteriaRead(this.#sources.types, this.#sources.calls, method, code.body);
    return read.mixed ? undefined : { source: "jpql", fetched: read.fetched, entity, asked: this.#asked(entity, read) };
  }

  #asked(qualified: string | undefined, { equal }: CriteriaRead): readonly Scan[] {
    const entity = this.#entity(qualified);
    if (entity === undefined) return [];
    const columns = equal.flatMap((name) => attributeOf(entity, name)?.columns ?? []);
    const test = { test: "equals", constant: false, folded: undefined, fewValues: false, ambiguous: false } as const;
    return [{ table: entity.table, tests: columns.map((column) => ({ column, ...test })), sort: [] }];
  }

  #entity(qualified: string | undefined): Entity | undefined {
    const entity = qualified === undefined ? undefined : this.#sources.entities(qualified);
    return entity?.kind === "entity" ? entity : undefined;
  }
}

/** What one of several texts fetches may be there; undefined where another one brings something else, or may fetch more. */
function fetchedByTexts(texts: readonly WrittenText[]): readonly string[] | undefined {
  const whole = ({ text, language, dynamic, pieces }: WrittenText): boolean =>
    language === "jpql" && selectedPath(text) === "" && (!dynamic || (pieces !== undefined && fetches(pieces) === fetches(text)));
  return texts.length > 0 && texts.every(whole) ? [...new Set(texts.flatMap(({ text }) => fetchedBy(text)))] : undefined;
}

const fetches = (text: string): number => text.match(/\bfetch\b/gi)?.length ?? 0;

/** Parameters that say how many rows are wanted at most. */
const PAGES = /^(?:[\w.]+\.)?(?:Page\w*|Limit|Scroll\w*)\b/;

/** `singleResult(query.getResultList())`: of the list one element is meant. */
const isTakenAlone = ({ role, parent }: CodeNode): boolean =>
  role === "argument" && parent?.kind === "call" && /^(?:get)?(?:[sS]ingle|[uU]nique|[oO]nly)(?:\p{Lu}|$)/u.test(parent.text);

/** The simple name of an expression's type; empty where it is not known. */
function simpleOf({ typer }: MethodCode, node: CodeNode): string {
  const type = typer.typeOf(node);
  return type === undefined ? "" : simpleName(type);
}

/** The queries of JPA, Hibernate and Querydsl, by who sends them. */
const OF_ENTITIES = /^(?:(?:Typed|Native|Selection)?Query|JPA\w+|JPQLQuery)\./;

/** What `factory.selectFrom(owner).join(owner.pets, pet).fetchJoin()` fetches, as long as no other code adds to it. */
function fetchedByQuerydsl({ steps, whole }: Chain): readonly string[] | undefined {
  if (!whole) return undefined;
  const from = steps.find(({ name }) => name === "from" || name === "selectFrom")?.args[0];
  const root = from === undefined ? undefined : dotted(from);
  const select = steps.find(({ name }) => name === "select" || name === "selectDistinct");
  if (root === undefined || (select !== undefined && (select.args.length !== 1 || dotted(select.args[0] as CodeNode) !== root)))
    return undefined;
  const paths = new Map([[root, ""]]);
  const fetched = new Set<string>();
  for (const [i, { name, args }] of steps.entries()) {
    if (!/[jJ]oin$/.test(name) || name === "fetchJoin") continue;
    const [joined, alias] = args;
    const path = joined === undefined ? undefined : pathBelow(dotted(joined), paths);
    if (path === undefined) continue;
    const known = alias === undefined ? undefined : dotted(alias);
    if (known !== undefined) paths.set(known, path);
    // A condition of the join may stand before `fetchJoin()`.
    const next = steps.slice(i + 1).find((step) => step.name !== "on");
    if (next?.name === "fetchJoin") fetched.add(path);
  }
  return [...fetched].sort();
}

/** "owner.pets" where "owner" is the root: "pets". */
function pathBelow(text: string | undefined, paths: ReadonlyMap<string, string>): string | undefined {
  const parts = text?.split(".") ?? [];
  for (let length = parts.length - 1; length > 0; length--) {
    const base = paths.get(parts.slice(0, length).join("."));
    if (base !== undefined) return [base, ...parts.slice(length)].filter(Boolean).join(".");
  }
  return undefined;
}

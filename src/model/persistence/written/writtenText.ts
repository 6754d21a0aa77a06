import type { CodeNode } from "../../../facts/java/code.ts";
import { childOf, childrenOf } from "../../../facts/java/code.ts";
import { heldBy } from "../../calls/bodyCode.ts";
import type { MethodCode } from "../../calls/callGraph.ts";
import { constantOf } from "../../types/constants.ts";
import { simpleName } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { DeclaredText } from "../queries.ts";
import type { Returns } from "../query.ts";
import type { EntityLookup } from "../scanBuilder.ts";
import { type Naming, statementScans } from "../statementScans.ts";
import type { QueryContent } from "./builtQueries.ts";
import type { Chain, Step } from "./chain.ts";

/** What the text of a query that stands in code means, and what a criteria query is about. */
export class WrittenTexts {
  readonly #types: TypeIndex;
  readonly #naming: Omit<Naming, "language" | "domain">;

  constructor(types: TypeIndex, entityNamed: Naming["entityNamed"], entities: EntityLookup) {
    this.#types = types;
    this.#naming = { entityNamed, entities };
  }

  read(entry: TypeEntry, code: MethodCode, chain: Chain): QueryContent | undefined {
    const last = chain.steps.at(-1);
    const given = givenTo(code, chain);
    if (given === undefined || last === undefined) return undefined;
    const { node, language } = given;
    const text = this.#textOf(node, entry, code);
    if (text === undefined) return language === "jpql" ? this.#criteria(node, code, last) : undefined;
    const read = statementScans(text, { ...this.#naming, language, domain: undefined });
    // Other statements may give it a limit; its conditions all stand in the text.
    const limit = boundOf(chain) ?? (chain.whole ? read.limit : "page");
    return {
      ...read,
      source: language === "jpql" ? "jpql" : "native",
      limit: read.kind === "find" ? limit : read.limit,
      dynamicSort: false,
      returns: returnsOf(last),
    };
  }

  /** What is handed over, as it stands; undefined where it is no constant text. */
  declared(entry: TypeEntry, code: MethodCode, chain: Chain): WrittenText | undefined {
    const given = givenTo(code, chain);
    const text = given === undefined ? undefined : this.#textOf(given.node, entry, code);
    if (given === undefined || text === undefined) return undefined;
    return { text, language: given.language, dynamic: false, bound: boundOf(chain) };
  }

  /** `em.createQuery(criteria)`: the entity is known by its root, the predicates are not. */
  #criteria(given: CodeNode, code: MethodCode, last: Step): QueryContent | undefined {
    const type = code.typer.typeOf(given);
    if (given.kind !== "name" || type === undefined || !/^(?:Jpa)?Criteria(?:Query|Update|Delete)$/.test(simpleName(type)))
      return undefined;
    const from = code.nodes.find((node) => {
      const on = node.kind === "call" && node.text === "from" ? childOf(node, "receiver") : undefined;
      return on?.kind === "name" && on.text === given.text;
    });
    const [root] = from === undefined ? [] : childrenOf(from, "argument");
    const qualified = root === undefined ? undefined : code.typer.typeOf(root)?.args[0]?.name;
    const entity = qualified === undefined ? undefined : this.#naming.entities(qualified);
    if (entity?.kind !== "entity") return undefined;
    const kind = simpleName(type).endsWith("Update") ? "update" : simpleName(type).endsWith("Delete") ? "delete" : "find";
    const scans = [{ table: entity.table, tests: [], sort: [] }];
    const common = { source: "built", aggregates: false, limit: "none", dynamicSort: false, remarks: [], understood: false } as const;
    return { ...common, kind, entity: entity.qualified, scans, returns: returnsOf(last) };
  }

  #textOf(node: CodeNode, entry: TypeEntry, code: MethodCode): string | undefined {
    const local = code.typer.declarationOf(node);
    if (local !== undefined) {
      const value = heldBy(code, local);
      return value === undefined ? undefined : this.#textOf(value, entry, code);
    }
    if (node.kind === "literal" && node.type !== "String") return undefined;
    return constantOf(node, { file: entry.file, type: entry.type }, this.#types);
  }
}

/** The text of a query that stands in code, and how many rows the code asks for at most. */
export interface WrittenText extends DeclaredText {
  readonly bound: number | "page" | undefined;
}

function givenTo(code: MethodCode, { root, steps }: Chain): { readonly node: CodeNode; readonly language: "jpql" | "sql" } | undefined {
  const step = steps.find(({ name, args }, i) => args.length > 0 && (TAKES_TEXT.test(name) || (i === 0 && /^fetch/.test(name))));
  const [node] = step?.args ?? [];
  if (step === undefined || node === undefined) return undefined;
  return { node, language: step.name === "createQuery" && !isHandle(code, root) ? "jpql" : "sql" };
}

function boundOf({ steps }: Chain): number | "page" | undefined {
  const bound = steps.find(({ name }) => name === "setMaxResults")?.args[0];
  if (bound === undefined) return undefined;
  return bound.kind === "literal" ? Number(bound.text) : "page";
}

/** JdbcTemplate, JdbcClient, JDBI's Handle, EntityManager, Hibernate's Session, jOOQ's plain SQL. */
const TAKES_TEXT =
  /^(?:query(?:For\w+)?|update|batchUpdate|execute|sql|select|createQuery|createNativeQuery|createSQLQuery|createSelectionQuery|createMutationQuery|createUpdate|prepareBatch)$/;

function isHandle({ typer }: MethodCode, root: CodeNode | undefined): boolean {
  const type = root === undefined ? undefined : typer.typeOf(root);
  return type !== undefined && simpleName(type) === "Handle";
}

function returnsOf({ name }: Step): Returns {
  if (
    /^(?:getResultList|list|set|listOfRows|singleColumn|forEach|collect\w*|reduceRows|query|queryForList|scroll|fetch|fetchMany)$/.test(
      name,
    )
  )
    return "list";
  if (/^(?:getResultStream|stream|useStream|withStream|queryForStream|queryForRowSet)$/.test(name)) return "stream";
  if (/^(?:optional|findOne|findFirst|uniqueResultOptional)$/.test(name)) return "optional";
  return /^(?:execute\w*|update|batchUpdate)$/.test(name) ? "void" : "one";
}

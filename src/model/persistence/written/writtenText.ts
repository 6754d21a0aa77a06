import type { CodeNode } from "../../../facts/java/code.ts";
import { childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodCode } from "../../calls/callGraph.ts";
import { constantOf } from "../../types/constants.ts";
import { simpleName } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { Returns } from "../query.ts";
import type { EntityLookup } from "../scanBuilder.ts";
import { type Naming, statementScans } from "../statementScans.ts";
import type { QueryContent } from "./builtQueries.ts";
import { type Chain, heldBy, type Step } from "./chain.ts";

/** What the text of a query that stands in code means, and what a criteria query is about. */
export class WrittenTexts {
  readonly #types: TypeIndex;
  readonly #naming: Omit<Naming, "language" | "domain">;

  constructor(types: TypeIndex, entityNamed: Naming["entityNamed"], entities: EntityLookup) {
    this.#types = types;
    this.#naming = { entityNamed, entities };
  }

  read(entry: TypeEntry, code: MethodCode, { root, steps, whole }: Chain): QueryContent | undefined {
    const step = steps.find(({ name, args }, i) => args.length > 0 && (TAKES_TEXT.test(name) || (i === 0 && /^fetch/.test(name))));
    const [given] = step?.args ?? [];
    const last = steps.at(-1);
    if (step === undefined || given === undefined || last === undefined) return undefined;
    const language = step.name === "createQuery" && !isHandle(code, root) ? "jpql" : "sql";
    const text = this.#textOf(given, entry, code);
    if (text === undefined) return language === "jpql" ? this.#criteria(given, code, last) : undefined;
    const read = statementScans(text, { ...this.#naming, language, domain: undefined });
    const bound = steps.find(({ name }) => name === "setMaxResults")?.args[0];
    // Other statements may give it a limit; its conditions all stand in the text.
    const limit = bound === undefined ? (whole ? read.limit : "page") : bound.kind === "literal" ? Number(bound.text) : "page";
    return {
      ...read,
      source: language === "jpql" ? "jpql" : "native",
      limit: read.kind === "find" ? limit : read.limit,
      dynamicSort: false,
      returns: returnsOf(last),
    };
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

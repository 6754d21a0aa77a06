import type { CodeNode } from "../../../facts/java/code.ts";
import { childOf, childrenOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../calls/callGraph.ts";
import { simpleName } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { NamedText } from "../namedQueries.ts";
import type { DeclaredText } from "../queries.ts";
import type { Returns } from "../query.ts";
import type { EntityLookup } from "../scanBuilder.ts";
import { type Naming, statementScans } from "../statementScans.ts";
import type { QueryContent } from "./builtQueries.ts";
import type { Chain, Step } from "./chain.ts";
import { type Texts, textsOf } from "./texts/pieces.ts";
import { TextReader } from "./texts/textReader.ts";

/** What texts are read with. */
interface TextParts {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
  readonly entityNamed: Naming["entityNamed"];
  readonly entities: EntityLookup;
  readonly named: (name: string) => NamedText | undefined;
}

/** What the text of a query that stands in code means, and what a criteria query is about. */
export class WrittenTexts {
  readonly #reader: TextReader;
  readonly #naming: Omit<Naming, "language" | "domain">;
  readonly #named: (name: string) => NamedText | undefined;

  constructor({ types, calls, entityNamed, entities, named }: TextParts) {
    this.#reader = new TextReader(types, calls);
    this.#naming = { entityNamed, entities };
    this.#named = named;
  }

  /** One for each text that the code may hand over, in their order; none where it hands over none that is known. */
  read(method: MethodNode, code: MethodCode, chain: Chain): readonly QueryContent[] {
    const last = chain.steps.at(-1);
    const given = givenTo(code, chain);
    if (given === undefined || last === undefined) return [];
    const { node } = given;
    const texts = this.#textsOf(given, method, code);
    const { language } = texts ?? given;
    if (texts === undefined) {
      const criteria = language === "jpql" ? this.#criteria(node, code, last) : undefined;
      return criteria === undefined ? [] : [criteria];
    }
    return texts.texts.map((text) => {
      const read = statementScans(text, { ...this.#naming, language, domain: undefined });
      // Other statements may give it a limit; its conditions all stand in the text.
      const limit = boundOf(chain) ?? (chain.whole ? read.limit : "page");
      return {
        ...read,
        source: language === "jpql" ? "jpql" : "native",
        limit: read.kind === "find" ? limit : read.limit,
        dynamicSort: false,
        returns: returnsOf(last),
        understood: read.understood && !texts.more,
      };
    });
  }

  /** What is handed over, as it stands: one for each text, in the order of `read`. */
  declared(method: MethodNode, code: MethodCode, chain: Chain): readonly WrittenText[] {
    const given = givenTo(code, chain);
    const texts = given === undefined ? undefined : this.#textsOf(given, method, code);
    if (given === undefined || texts === undefined) return [];
    return texts.texts.map((text) => ({ text, language: texts.language, dynamic: texts.more, bound: boundOf(chain) }));
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

  #textsOf({ node, step, language }: Given, method: MethodNode, code: MethodCode): (Texts & Pick<Given, "language">) | undefined {
    if (node.kind === "literal" && node.type !== "String") return undefined;
    const texts = textsOf(this.#reader.read(node, method, code));
    if (!NAMES_TEXT.test(step.name)) return texts && { ...texts, language };
    const [name, more] = texts?.texts ?? [];
    const named = name === undefined || more !== undefined || texts?.more === true ? undefined : this.#named(name);
    return named && { texts: [named.text], more: false, language: named.language };
  }
}

/** The text of a query that stands in code, and how many rows the code asks for at most. */
export interface WrittenText extends DeclaredText {
  readonly bound: number | "page" | undefined;
}

/** What a chain of calls is handed: the text itself, or its name. */
interface Given {
  readonly node: CodeNode;
  readonly step: Step;
  readonly language: "jpql" | "sql";
}

function givenTo(code: MethodCode, { root, steps }: Chain): Given | undefined {
  const step = steps.find(
    ({ name, args }, i) => args.length > 0 && (TAKES_TEXT.test(name) || NAMES_TEXT.test(name) || (i === 0 && /^fetch/.test(name))),
  );
  const [node] = step?.args ?? [];
  if (step === undefined || node === undefined) return undefined;
  return { node, step, language: TAKES_JPQL.test(step.name) && !isHandle(code, root) ? "jpql" : "sql" };
}

function boundOf({ steps }: Chain): number | "page" | undefined {
  const bound = steps.find(({ name }) => name === "setMaxResults")?.args[0];
  if (bound === undefined) return undefined;
  return bound.kind === "literal" ? Number(bound.text) : "page";
}

/** JdbcTemplate, JdbcClient, JDBI's Handle, EntityManager, Hibernate's Session, jOOQ's plain SQL. */
const TAKES_TEXT =
  /^(?:query(?:For\w+)?|update|batchUpdate|execute|sql|select|createQuery|createNativeQuery|createSQLQuery|createSelectionQuery|createMutationQuery|createUpdate|prepareBatch)$/;

const TAKES_JPQL = /^create(?:Selection|Mutation)?Query$/;
const NAMES_TEXT = /^(?:create|get)Named(?:Native|Selection|Mutation)?Query$/;

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

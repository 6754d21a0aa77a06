import type { CodeNode } from "../../../facts/java/code.ts";
import { childOf, childrenOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../calls/callGraph.ts";
import { simpleName } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { EntityLookup } from "../mapping/entity.ts";
import type { NamedText } from "../repositories/namedQueries.ts";
import type { DeclaredText } from "../repositories/queries.ts";
import type { Returns } from "../scans/query.ts";
import { type Naming, statementScans } from "../scans/statementScans.ts";
import { type BuiltTexts, criteriaTexts, type Unread } from "./built/builtTexts.ts";
import { sortOfType, sortOfVariable } from "./built/criteriaForms.ts";
import { type QueryContent, remarksOf } from "./builtQueries.ts";
import { type Chain, chainOf, type Step } from "./chain.ts";
import type { Frame } from "./texts/frame.ts";
import { type Texts, textsOf } from "./texts/pieces.ts";
import { rootOf } from "./texts/textFlow.ts";
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
  readonly #sources: Pick<TextParts, "types" | "calls">;
  readonly #reader: TextReader;
  readonly #naming: Omit<Naming, "language" | "domain">;
  readonly #named: (name: string) => NamedText | undefined;

  constructor({ types, calls, entityNamed, entities, named }: TextParts) {
    this.#sources = { types, calls };
    this.#reader = new TextReader(types, calls);
    this.#naming = { entityNamed, entities };
    this.#named = named;
  }

  /** One for each text that the code may hand over, in their order; none where it hands over none that is known. */
  read(method: MethodNode, code: MethodCode, chain: Chain): readonly QueryContent[] {
    const last = chain.steps.at(-1);
    const given = this.#given(chain, this.#reader.frameOf(method, code));
    if (given === undefined || last === undefined) return [];
    const built = this.#criteriaTexts(given);
    const texts = built === undefined || "why" in built ? this.#textsOf(given) : built;
    const { language } = texts ?? given;
    if (texts === undefined) {
      const criteria = language === "jpql" ? this.#criteria(given, last) : undefined;
      return criteria === undefined ? [] : [criteria];
    }
    return texts.texts.map((text) => {
      const read = statementScans(text, { ...this.#naming, language, domain: undefined });
      // Other statements may give it a limit; its conditions all stand in the text.
      const limit = given.bound ?? (chain.whole ? read.limit : "page");
      return {
        ...read,
        ...(built === undefined ? {} : { remarks: remarksOf(read, texts) }),
        source: built !== undefined ? "built" : language === "jpql" ? "jpql" : "native",
        limit: read.kind === "find" ? limit : read.limit,
        dynamicSort: false,
        returns: returnsOf(last),
        understood: read.understood && !texts.more,
      };
    });
  }

  /** What is handed over, as it stands: one for each text, in the order of `read`, or why it is not known. */
  declared(method: MethodNode, code: MethodCode, chain: Chain): readonly WrittenText[] | Unread {
    const given = this.#given(chain, this.#reader.frameOf(method, code));
    const texts = given && (this.#criteriaTexts(given) ?? this.#textsOf(given));
    if (given === undefined || texts === undefined) return [];
    if ("why" in texts) return texts;
    return texts.texts.map((text) => ({ text, language: texts.language, dynamic: texts.more, bound: given.bound }));
  }

  /** Where the text of a chain stands: in it, or in the method of the project that makes the query. */
  #given(chain: Chain, frame: Frame): Given | undefined {
    const given = givenTo(frame.code, chain);
    const bound = boundOf(chain);
    const isOwn = ({ node }: Step): boolean => frame.code.typer.calleeOf(node).declared.length > 0;
    if (given !== undefined && !isOwn(given.step)) return { ...given, frame, bound };
    const made = chain.steps.find((step) => step.args.length > 0 && isOwn(step));
    const inner = made && this.#reader.enter(made.node, frame);
    const value = inner && onlyReturned(inner.code);
    const found = inner && value && this.#given(chainOf(inner.code, value), inner);
    if (found !== undefined) return { ...found, bound: bound ?? found.bound };
    return given && { ...given, frame, bound };
  }

  /** `em.createQuery(criteria)`: the entity is known by its root, the predicates are not. */
  #criteria({ node: given, frame: { code } }: Given, last: Step): QueryContent | undefined {
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

  /** Undefined for what is handed no criteria query. */
  #criteriaTexts({ node, frame, language }: Given): BuiltTexts | Unread | undefined {
    return language === "jpql" && isCriteria(node, frame.code) ? criteriaTexts(this.#sources, node, frame) : undefined;
  }

  #textsOf({ node, step, language, frame }: Given): (Texts & Pick<Given, "language">) | undefined {
    if (node.kind === "literal" && node.type !== "String") return undefined;
    const texts = textsOf(this.#reader.pieces(node, frame));
    if (!NAMES_TEXT.test(step.name)) return texts && { ...texts, language };
    const [name, more] = texts?.texts ?? [];
    const named = name === undefined || more !== undefined || texts?.more === true ? undefined : this.#named(name);
    return named && { texts: [named.text], more: false, language: named.language };
  }
}

/** `query`, `query.select(root)`, `factory.build()`, by the type of what the query is built from. */
function isCriteria(node: CodeNode, { typer }: MethodCode): boolean {
  const type = typer.typeOf(node) ?? typer.typeOf(rootOf(node) ?? node);
  if (type !== undefined) return sortOfType(simpleName(type)) === "query";
  const declared = typer.declarationOf(rootOf(node) ?? node);
  return declared !== undefined && sortOfVariable(declared) === "query";
}

/** The text of a query that stands in code, and how many rows the code asks for at most. */
export interface WrittenText extends DeclaredText {
  readonly bound: number | "page" | undefined;
  /** Names of tables and columns are marked in it (see schemaNames). */
  readonly marked?: true;
}

/** What a chain of calls is handed: the text itself, or its name. */
interface Given {
  readonly node: CodeNode;
  readonly step: Step;
  readonly language: "jpql" | "sql";
  /** The body in which it is handed over. */
  readonly frame: Frame;
  readonly bound: number | "page" | undefined;
}

function givenTo(code: MethodCode, { root, steps }: Chain): Omit<Given, "frame" | "bound"> | undefined {
  const step = steps.find(
    ({ name, args }, i) => args.length > 0 && (TAKES_TEXT.test(name) || NAMES_TEXT.test(name) || (i === 0 && /^fetch/.test(name))),
  );
  const [node] = step?.args ?? [];
  if (step === undefined || node === undefined) return undefined;
  return { node, step, language: TAKES_JPQL.test(step.name) && !isHandle(code, root) ? "jpql" : "sql" };
}

/** What a body gives back, where it does so at its end only. */
function onlyReturned({ nodes }: MethodCode): CodeNode | undefined {
  const [only, ...more] = nodes.filter(({ kind }) => kind === "return");
  return more.length === 0 ? only?.children[0] : undefined;
}

function boundOf({ steps }: Chain): number | "page" | undefined {
  const bound = steps.find(({ name }) => name === "setMaxResults")?.args[0];
  if (bound === undefined) return undefined;
  return bound.kind === "literal" ? Number(bound.text) : "page";
}

/** JdbcTemplate, JdbcClient, JDBI's Handle, EntityManager, Hibernate's Session, jOOQ's plain SQL. */
const TAKES_TEXT =
  /^(?:query(?:For\w+)?|update|batchUpdate|execute|sql|select|createQuery|createNativeQuery|createSQLQuery|createSelectionQuery|createMutationQuery|createUpdate|prepareBatch|prepareStatement)$/;

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

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
import { type Bound, boundOf, tightest } from "./bounds.ts";
import { type BuiltTexts, criteriaTexts, type Unread } from "./built/builtTexts.ts";
import { sortOfType, sortOfVariable } from "./built/criteriaForms.ts";
import { type QueryContent, remarksOf } from "./builtQueries.ts";
import { type Chain, chainOf, type Step } from "./chain.ts";
import { beginsWithWildcard, withWildcards } from "./givenWildcards.ts";
import { handedOn, type Sending } from "./senders.ts";
import type { Frame } from "./texts/frame.ts";
import { type Texts, textsOf } from "./texts/pieces.ts";
import { rootOf } from "./texts/textFlow.ts";
import { TextReader } from "./texts/textReader.ts";

/** What texts are read with. */
interface TextParts {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
  readonly entityNamed: (name: string, near: string) => string | undefined;
  readonly entities: EntityLookup;
  readonly named: (name: string) => NamedText | undefined;
}

/** What the text of a query that stands in code means, and what a criteria query is about. */
export class WrittenTexts {
  readonly #sources: Pick<TextParts, "types" | "calls">;
  readonly #reader: TextReader;
  readonly #entities: EntityLookup;
  readonly #entityNamed: TextParts["entityNamed"];
  readonly #named: (name: string) => NamedText | undefined;

  constructor({ types, calls, entityNamed, entities, named }: TextParts) {
    this.#sources = { types, calls };
    this.#reader = new TextReader(types, calls);
    this.#entities = entities;
    this.#entityNamed = entityNamed;
    this.#named = named;
  }

  /** The call of a library that sends what a call hands over: itself, or the one in a method of the project. */
  sending(method: MethodNode, code: MethodCode, call: CodeNode, api: "text" | "sender"): Sending | undefined {
    const frame = this.#reader.frameOf(method, code);
    if (api === "text") return { last: call, chain: chainOf(code, call), frame, through: [] };
    // What a method sends whatever it is given is a query of its own.
    const handed = handedOn(this.#sources.calls, this.#reader, call, frame).filter(({ bare }) => !this.#isKnown(bare));
    const [first, ...others] = handed.map(({ given }) => given);
    if (first === undefined || others.length === 0) return first;
    const said = JSON.stringify(this.declared(first));
    return others.every((other) => JSON.stringify(this.declared(other)) === said) ? first : undefined;
  }

  /** Whether a value that a method gives begins with a wildcard of LIKE: `"%" + part`. */
  beginsWithWildcard(value: CodeNode, method: MethodNode, code: MethodCode): boolean {
    return beginsWithWildcard(this.#reader.pieces(value, this.#reader.frameOf(method, code)));
  }

  /** The texts that a value may be; undefined where a part is known at run time only. */
  textsOf(value: CodeNode, frame: Frame): Texts | undefined {
    return textsOf(this.#reader.pieces(value, frame));
  }

  frameOf(method: MethodNode, code: MethodCode): Frame {
    return this.#reader.frameOf(method, code);
  }

  #isKnown(sending: Sending): boolean {
    const declared = this.declared(sending);
    return !("why" in declared) && declared.length > 0;
  }

  /** One for each text that the code may hand over, in their order; none where it hands over none that is known. */
  read({ last, chain, frame, through }: Sending): readonly QueryContent[] {
    const given = this.#given(chain, frame);
    if (given === undefined) return [];
    const returns = through.reduce(returnedThrough, returnsOf(last.text));
    const built = this.#criteriaTexts(given);
    const texts = built === undefined || "why" in built ? this.#textsOf(given) : built;
    const { language } = texts ?? given;
    if (texts === undefined) {
      const criteria = language === "jpql" ? this.#criteria(given, returns) : undefined;
      return criteria === undefined ? [] : [criteria];
    }
    const near = frame.entry.file.file;
    const naming: Naming = {
      language,
      domain: undefined,
      entities: this.#entities,
      entityNamed: (name) => this.#entityNamed(name, near),
    };
    return texts.texts.map((text) => {
      const read = statementScans(text, naming);
      return {
        source: built !== undefined ? "built" : language === "jpql" ? "jpql" : "native",
        dynamicSort: false,
        returns,
        ...read,
        ...(built === undefined
          ? {}
          : { remarks: remarksOf(read, texts).filter(({ kind }) => through.length === 0 || !/^distinct/.test(kind)) }),
        limit: read.kind === "find" && given.bound !== "none" ? given.bound : read.limit,
        understood: read.understood && !texts.more,
      };
    });
  }

  /** What is handed over, as it stands: one for each text, in the order of `read`, or why it is not known. */
  declared({ chain, frame }: Sending): readonly WrittenText[] | Unread {
    const given = this.#given(chain, frame);
    const texts = given && (this.#criteriaTexts(given) ?? this.#textsOf(given));
    if (given === undefined || texts === undefined) return [];
    if ("why" in texts) return texts;
    const bound = given.bound === "none" ? undefined : given.bound;
    const pieces = "pieces" in texts && typeof texts.pieces === "string" ? { pieces: texts.pieces } : {};
    return texts.texts.map((text) => ({ text, language: texts.language, dynamic: texts.more, bound, ...pieces }));
  }

  /** Where the text of a chain stands: in it, in the method of the project that makes the query, or where the query is handed on. */
  #given(chain: Chain, frame: Frame): Given | undefined {
    const given = givenTo(frame.code, chain);
    const last = chain.steps.at(-1)?.node;
    const bound = last === undefined ? "none" : boundOf(last, frame);
    const isOwn = ({ node }: Step): boolean => frame.code.typer.calleeOf(node).declared.length > 0;
    if (given !== undefined && !isOwn(given.step)) return { frame, bound, ...given };
    const made = chain.steps.find((step) => step.args.length > 0 && isOwn(step));
    const inner = made && this.#reader.enter(made.node, frame);
    const value = inner && onlyReturned(inner.code);
    const found = inner && value && this.#given(chainOf(inner.code, value), inner);
    if (found !== undefined) return { ...found, bound: tightest([bound, found.bound]) };
    return given === undefined ? this.#handedOver(chain, frame, bound) : { frame, bound, ...given };
  }

  /** `list(query)`: the query is a parameter, and was made where the call stands. */
  #handedOver({ root }: Chain, { code, parameters }: Frame, bound: Bound): Given | undefined {
    const isParameter = root?.kind === "name" && code.typer.declarationOf(root) === undefined;
    const value = isParameter ? parameters.get(root.text)?.value : undefined;
    const found = value && this.#given(chainOf(value.frame.code, value.node), value.frame);
    return value && found && { ...found, bound: tightest([bound, found.bound, boundOf(value.node, value.frame)]) };
  }

  /** `em.createQuery(criteria)`: the entity is known by its root, the predicates are not. */
  #criteria(handed: Given, returns: Returns): QueryContent | undefined {
    const { node: given, frame } = whereMade(handed);
    const { code } = frame;
    const type = code.typer.typeOf(given);
    if (given.kind !== "name" || type === undefined || !/^(?:Jpa)?Criteria(?:Query|Update|Delete)$/.test(simpleName(type)))
      return undefined;
    const from = code.nodes.find((node) => {
      const on = node.kind === "call" && node.text === "from" ? childOf(node, "receiver") : undefined;
      return on?.kind === "name" && on.text === given.text;
    });
    const [root] = from === undefined ? [] : childrenOf(from, "argument");
    const qualified = root === undefined ? undefined : code.typer.typeOf(root)?.args[0]?.name;
    const entity = qualified === undefined ? undefined : this.#entities(qualified);
    if (entity?.kind !== "entity") return undefined;
    const kind = simpleName(type).endsWith("Update") ? "update" : simpleName(type).endsWith("Delete") ? "delete" : "find";
    const scans = [{ table: entity.table, tests: [], sort: [] }];
    const common = { source: "built", aggregates: false, limit: handed.bound, dynamicSort: false, remarks: [], understood: false } as const;
    return { kind, entity: entity.qualified, scans, returns, ...common };
  }

  /** Undefined for what is handed no criteria query. */
  #criteriaTexts({ node, frame, language }: Given): BuiltTexts | Unread | undefined {
    return language === "jpql" && isCriteria(node, frame.code) ? criteriaTexts(this.#sources, node, frame) : undefined;
  }

  #textsOf({ node, step, language, frame }: Given): (Texts & Pick<Given, "language">) | undefined {
    if (node.kind === "literal" && node.type !== "String") return undefined;
    const texts = textsOf(this.#reader.pieces(node, frame));
    if (!NAMES_TEXT.test(step.name)) {
      const handed = { step, nodes: frame.code.nodes, pieces: (value: CodeNode) => this.#reader.pieces(value, frame) };
      return texts && { language, ...texts, texts: texts.texts.map((text) => withWildcards(text, handed)) };
    }
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
  /** Of a dynamic one: all that code may put into it. */
  readonly pieces?: string;
}

/** What a chain of calls is handed: the text itself, or its name. */
interface Given {
  readonly node: CodeNode;
  readonly step: Step;
  readonly language: "jpql" | "sql";
  /** The body in which it is handed over. */
  readonly frame: Frame;
  readonly bound: Bound;
}

/** Where a query of the criteria API is put together that methods hand on. */
function whereMade({ node, frame }: Pick<Given, "node" | "frame">): Pick<Given, "node" | "frame"> {
  const isParameter = node.kind === "name" && frame.code.typer.declarationOf(node) === undefined;
  const value = isParameter ? frame.parameters.get(node.text)?.value : undefined;
  return value === undefined ? { node, frame } : whereMade(value);
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

/** JdbcTemplate, JdbcClient, JDBI's Handle, EntityManager, Hibernate's Session, jOOQ's plain SQL. */
const TAKES_TEXT =
  /^(?:query(?:For\w+)?|update|batchUpdate|execute|sql|select|createQuery|createNativeQuery|createSQLQuery|createSelectionQuery|createMutationQuery|createUpdate|prepareBatch|prepareStatement)$/;

const TAKES_JPQL = /^create(?:Selection|Mutation)?Query$/;
const NAMES_TEXT = /^(?:create|get)Named(?:Native|Selection|Mutation)?Query$/;

function isHandle({ typer }: MethodCode, root: CodeNode | undefined): boolean {
  const type = root === undefined ? undefined : typer.typeOf(root);
  return type !== undefined && simpleName(type) === "Handle";
}

function returnsOf(name: string): Returns {
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

/** What a method makes of what it has got: of a list it may give one row. */
function returnedThrough(inner: Returns, type: string): Returns {
  if (inner !== "list" && inner !== "stream") return inner;
  if (/^(?:[\w.]+\.)?Optional\b/.test(type)) return "optional";
  return type === "void" || MANY.test(type) ? inner : "one";
}

const MANY =
  /^(?:[\w.]+\.)?(?:\w*(?:List|Set|Map|Collection|Stream|Iterator|Iterable|Page|Slice|Queue|Rows|RowSet|Results?|ResultSet)|Object|Multimap|Table)(?:<|$)|\[\]$/;

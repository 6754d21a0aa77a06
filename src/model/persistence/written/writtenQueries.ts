import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import { Answers } from "../../answers.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { declaredKey, partsOfKey } from "../../calls/dispatch.ts";
import type { Work } from "../../calls/work.ts";
import type { ReadLog } from "../../readLog.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { EntityLookup } from "../mapping/entity.ts";
import { CallsByFile } from "../repositories/callsByFile.ts";
import type { NamedText } from "../repositories/namedQueries.ts";
import type { Query } from "../scans/query.ts";
import { ScanBuilder } from "../scans/scanBuilder.ts";
import { type Naming, statementScans } from "../scans/statementScans.ts";
import { type Api, apiOf } from "./apis.ts";
import { type BuiltTexts, builtTexts, handedTexts, specifiedTexts, type Unread, wrappedTexts } from "./built/builtTexts.ts";
import { withoutMarks } from "./built/schemaNames.ts";
import { builtContent, builtQuery, type QueryContent, remarksOf } from "./builtQueries.ts";
import { type Chain, chainOf } from "./chain.ts";
import { JooqNames, QuerydslNames } from "./names.ts";
import { panacheCall, panacheEntity, panacheJpql } from "./panache.ts";
import { sortedPage } from "./sortedPages.ts";
import { specifiedContent, specifiedQuery } from "./specifications.ts";
import { WrittenSelections } from "./writtenSelections.ts";
import { type WrittenText, WrittenTexts } from "./writtenText.ts";

/** A query that a method's body puts together: by a chain of calls, or as a text that it hands over. */
export interface WrittenQuery extends Query {
  /** The key of the method that sends it. */
  readonly sender: string;
  /** The call that sends it (see CallSite). */
  readonly order: number;
  /** Which of the texts it is that the call may send; 0 for the only one. */
  readonly variant: number;
}

export interface WrittenParts {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
  /** The qualified name of the entity that JPQL names in a file. */
  readonly entityNamed: (name: string, near: string) => string | undefined;
  readonly entities: EntityLookup;
  readonly named: (name: string) => NamedText | undefined;
  /** The entity of the repository on which a call runs. */
  readonly entityOf: (work: Work) => string | undefined;
}

/** The queries that stand in the bodies of methods. Keys: `written:<file>`, `written-files:all`. */
export class WrittenQueries {
  readonly answers: Answers<readonly WrittenQuery[]>;
  readonly selections: WrittenSelections;
  readonly #reads: ReadLog;
  readonly #parts: WrittenParts;
  readonly #texts: WrittenTexts;
  readonly #files: CallsByFile;

  constructor(reads: ReadLog, parts: WrittenParts) {
    this.#reads = reads;
    this.#parts = parts;
    this.#texts = new WrittenTexts(parts);
    this.#files = new CallsByFile((file) =>
      parts.calls.methodsIn(file).some(({ sites }) => sites.some((site) => apiOf(site, parts.calls) !== undefined)) ? "some" : "",
    );
    this.answers = new Answers(reads, "written", (file) => this.#readFile(file));
    this.selections = new WrittenSelections({
      query: (method, site) => this.at(method, site),
      textOf: (query) => this.textOf(query),
      texts: (method, code, chain) => {
        const last = chain.steps.at(-1)?.node;
        const sending = last && this.#texts.sending(method, code, last, "text");
        const declared = sending === undefined ? [] : this.#texts.declared(sending);
        return "why" in declared ? [] : declared;
      },
      built: (method, site) =>
        this.#sentBy(method, site).flatMap((query) => {
          const text = this.textOf(query);
          return "why" in text ? [] : [text];
        }),
      ...parts,
    });
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether other files than before write queries. */
  update(changed: ReadonlySet<string>): boolean {
    return this.#files.update(changed);
  }

  /** In source order. */
  in(file: string): readonly WrittenQuery[] {
    if (this.#files.has(file)) return this.answers.get(file);
    this.#reads.note(`calls:${file}`);
    return [];
  }

  /** The query that one call sends; of several that it may send the first, as one that is not understood. */
  at(method: MethodNode, site: CallSite): WrittenQuery | undefined {
    if (apiOf(site, this.#parts.calls) === undefined) return undefined;
    const [first, ...more] = this.#sentBy(method, site);
    if (first === undefined || more.length === 0) return first;
    return { ...first, understood: false, limit: more.every(({ limit }) => limit === first.limit) ? first.limit : "none" };
  }

  /** Of a body that classes inherit, what the class at hand sends, or what all of them send. */
  #sentBy({ key, declared }: MethodNode, site: CallSite): readonly WrittenQuery[] {
    const here = this.in(declared.owner.file.file).filter(({ order }) => order === site.order);
    const own = here.filter(({ sender }) => sender === key);
    return own.length > 0 ? own : here.filter(({ sender }) => sender === declaredKey(key));
  }

  /** The text that a call hands over or that calls put together, or why it is not known. Worked out anew for each question. */
  textOf({ sender, order, variant }: WrittenQuery): WrittenText | { readonly why: string } {
    const { calls } = this.#parts;
    const method = calls.method(sender);
    const code = method === undefined ? undefined : calls.codeOf(method);
    const call = code?.nodes[order];
    const site = method?.sites.find((one) => one.order === order);
    const api = site && apiOf(site, calls);
    if (method === undefined || code === undefined || call?.kind !== "call" || site === undefined || api === undefined) return BY_CALLS;
    if (api === "specification") {
      const text = this.#sortedPage(method, site, call)?.text;
      if (text !== undefined) return { text, language: "jpql", dynamic: false, bound: "page" };
      const specified = this.#specification(method, site, call);
      return specified === undefined ? BY_CALLS : textAt(specified.texts, variant, specified.bound);
    }
    if (api === "wrapper") {
      const wrapped = wrappedTexts(this.#parts, method, code, call);
      return wrapped === undefined ? BY_CALLS : textAt(wrapped, variant, undefined);
    }
    if (api === "panache") {
      const asked = this.#panache(method, site, call);
      return asked === undefined ? BY_CALLS : textAt(asked.texts, variant, asked.limit === "none" ? undefined : asked.limit);
    }
    const sending = api === "querydsl" ? undefined : this.#texts.sending(method, code, call, api === "sender" ? api : "text");
    const handed = sending === undefined ? [] : this.#texts.declared(sending);
    if ("why" in handed) return handed;
    if (handed[variant] !== undefined || api === "text") return handed[variant] ?? BY_CALLS;
    if (api === "sender") return textAt(handedTexts(this.#parts, method, code, call) ?? BY_CALLS, variant, undefined);
    return textAt(builtTexts(this.#parts, method, code, call, api), variant, undefined);
  }

  /** Whether a value that a call of a method gives begins with a wildcard of LIKE. */
  beginsWithWildcard(value: CodeNode, method: MethodNode): boolean {
    return this.#texts.beginsWithWildcard(value, method, this.#parts.calls.codeOf(method));
  }

  all(): readonly WrittenQuery[] {
    this.#reads.note("written-files:all");
    return [...this.#files.entries()].flatMap(([file]) => this.in(file));
  }

  #readFile(file: string): readonly WrittenQuery[] {
    const { calls } = this.#parts;
    return calls.methodsIn(file).flatMap((method) =>
      method.sites.flatMap((site) => {
        const api = apiOf(site, calls);
        return api === undefined ? [] : this.#readAll(method, site, api);
      }),
    );
  }

  /** What a call sends, in each class below where that is another query: `"from " + entityClass.getSimpleName()`. */
  #readAll(method: MethodNode, site: CallSite, api: Api): readonly WrittenQuery[] {
    const { calls } = this.#parts;
    const own = this.#read(method, site, api);
    const said = contentOf(own);
    const heirs = calls.inHeirs(method).flatMap((heir) => {
      const same = heir === method ? undefined : heir.sites.find(({ order }) => order === site.order);
      const sent = same === undefined ? [] : this.#read(heir, same, apiOf(same, calls) ?? api);
      return sent.length === 0 || contentOf(sent) === said ? [] : [sent];
    });
    return heirs.length === 0 ? own : heirs.flat();
  }

  #read(method: MethodNode, site: CallSite, api: Api): readonly WrittenQuery[] {
    const { calls } = this.#parts;
    const { owner, method: declared } = method.declared;
    const code = calls.codeOf(method);
    const call = code.nodes[site.order];
    if (call?.kind !== "call") return [];
    const contents =
      api === "specification"
        ? (this.#paged(method, site, call) ?? this.#specified(method, site, call))
        : api === "panache"
          ? this.#panacheContents(method, site, call)
          : this.#contentsOf(method, code, call, api);
    const [, heir] = partsOfKey(method.key);
    return contents.map((content, variant) => ({
      repository: heir ?? owner.type.qualified,
      method: declared.name,
      parameters: declared.parameters.length,
      at: { file: owner.file.file, ...site.at },
      sender: method.key,
      order: site.order,
      variant,
      ...content,
    }));
  }

  #paged(method: MethodNode, site: CallSite, call: CodeNode): readonly QueryContent[] | undefined {
    const page = this.#sortedPage(method, site, call);
    if (page === undefined) return undefined;
    const read = statementScans(page.text, { domain: page.entity, language: "jpql", ...this.#naming(method) });
    return [{ source: "jpql", dynamicSort: false, returns: "page", ...read, limit: "page" }];
  }

  #sortedPage(method: MethodNode, site: CallSite, call: CodeNode) {
    const entity = this.#entityAsked(site);
    const text = entity?.kind === "entity" ? sortedPage(call, this.#parts.calls.codeOf(method), entity) : undefined;
    return entity === undefined || text === undefined ? undefined : { entity, text };
  }

  /** The entity of the repository that is called. */
  #entityAsked({ work }: CallSite) {
    const { entities, entityOf } = this.#parts;
    const qualified = work && entityOf(work);
    return qualified === undefined ? undefined : entities(qualified);
  }

  #specified(method: MethodNode, site: CallSite, call: CodeNode): readonly QueryContent[] {
    const specified = this.#specification(method, site, call);
    if (specified === undefined) return [];
    const { calls, entities } = this.#parts;
    const { texts, entity } = specified;
    const content = specifiedContent(calls, method, call, entity);
    if (content === undefined) return [];
    if ("why" in texts) return [specifiedQuery(calls, method, call, new ScanBuilder(entities), entity, content)];
    return texts.texts.map((text) => {
      const read = statementScans(text, { domain: undefined, language: texts.language, ...this.#naming(method) });
      return { ...read, ...content, remarks: remarksOf(read, texts), understood: read.understood && !texts.more };
    });
  }

  #panacheContents(method: MethodNode, site: CallSite, call: CodeNode): readonly QueryContent[] {
    const asked = this.#panache(method, site, call);
    if (asked === undefined || "why" in asked.texts) return [];
    const { texts, entity, limit, dynamicSort, returns } = asked;
    return texts.texts.map((text) => {
      const read = statementScans(text, { domain: entity, language: "jpql", ...this.#naming(method) });
      const bound = read.kind === "find" && limit !== "none" ? limit : read.limit;
      return { source: "jpql", dynamicSort, returns, ...read, limit: bound, understood: read.understood && !texts.more };
    });
  }

  /** What a call of Panache asks for, and the JPQL that it sends. */
  #panache(method: MethodNode, { work }: CallSite, call: CodeNode) {
    const { types, calls, entities, named } = this.#parts;
    const entity = work?.on === undefined ? undefined : panacheEntity(types, entities, work.on, method.declared.owner.file.file);
    const frame = this.#texts.frameOf(method, calls.codeOf(method));
    const asked = panacheCall(call, frame);
    if (entity === undefined || asked === undefined) return undefined;
    const given = asked.text === undefined ? { texts: [""], more: false } : this.#texts.textsOf(asked.text, frame);
    const whole = given?.texts.map((text) => (text.startsWith("#") ? named(text.slice(1))?.text : panacheJpql(asked, text, entity))) ?? [];
    const texts = whole.flatMap((text) => text ?? []);
    const isKnown = given !== undefined && texts.length === given.texts.length;
    const language = "jpql" as const;
    return { entity, texts: isKnown ? { texts, more: given.more, language } : { why: "a part of its text is not known" }, ...asked };
  }

  /** What a repository makes of the specification that a call gives it. */
  #specification(method: MethodNode, site: CallSite, call: CodeNode) {
    const { calls } = this.#parts;
    const [given] = childrenOf(call, "argument");
    const entity = given === undefined ? undefined : this.#entityAsked(site);
    const content = entity?.kind === "entity" ? specifiedContent(calls, method, call, entity) : undefined;
    if (given === undefined || content === undefined || entity?.kind !== "entity") return undefined;
    const as = content.kind === "count" || content.kind === "exists" ? content.kind : "find";
    const bound = content.limit === "page" ? ("page" as const) : undefined;
    return { entity, bound, texts: specifiedTexts(this.#parts, method, given, entity.qualified, as) };
  }

  #contentsOf(
    method: MethodNode,
    code: MethodCode,
    call: CodeNode,
    api: Exclude<Api, "specification" | "panache">,
  ): readonly QueryContent[] {
    if (api === "wrapper") return this.#wrapped(method, code, call);
    const chain = chainOf(code, call);
    const sending = api === "querydsl" ? undefined : this.#texts.sending(method, code, call, api === "sender" ? api : "text");
    const texts = sending === undefined ? [] : this.#texts.read(sending);
    if (texts.length > 0 || api === "text") return texts;
    const built = api === "sender" ? handedTexts(this.#parts, method, code, call) : builtTexts(this.#parts, method, code, call, api);
    if (built === undefined) return [];
    if ("why" in built) return api === "sender" ? [] : listed(this.#inPart(code, chain, api));
    return built.texts.map((text) => {
      const read = statementScans(withoutMarks(text), { domain: undefined, language: built.language, ...this.#naming(method) });
      // What is added asks for nothing; its table is told by the calls.
      const inserted = read.kind === "insert" && api !== "sender" ? this.#inPart(code, chain, api) : undefined;
      return inserted ?? builtContent(read, built.more, call.text);
    });
  }

  #wrapped(method: MethodNode, code: MethodCode, call: CodeNode): readonly QueryContent[] {
    const wrapped = wrappedTexts(this.#parts, method, code, call);
    if (wrapped === undefined || "why" in wrapped) return [];
    return wrapped.texts.map((text) =>
      builtContent(statementScans(text, { domain: undefined, language: "sql", ...this.#naming(method) }), wrapped.more, call.text),
    );
  }

  #naming({ declared }: MethodNode): Pick<Naming, "entities" | "entityNamed"> {
    const { entities, entityNamed } = this.#parts;
    return { entities, entityNamed: (name) => entityNamed(name, declared.owner.file.file) };
  }

  /** As much of a query as its calls tell one by one. */
  #inPart(code: MethodCode, chain: Chain, api: "jooq" | "querydsl"): QueryContent | undefined {
    const { entities, types } = this.#parts;
    const builder = new ScanBuilder(entities);
    if (api === "querydsl") return builtQuery(chain, builder, new QuerydslNames(builder, code, types));
    return builtQuery(throughContext(code, chain), builder, new JooqNames(builder, code));
  }
}

/** What queries ask, whoever sends them. */
const contentOf = (queries: readonly WrittenQuery[]): string =>
  JSON.stringify(queries.map(({ repository, sender, ...content }) => content));

/** One of the texts that calls put together. */
function textAt(built: BuiltTexts | Unread, variant: number, bound: WrittenText["bound"]): WrittenText | Unread {
  if ("why" in built) return built;
  const text = built.texts[variant];
  return text === undefined ? BY_CALLS : { text, language: built.language, dynamic: built.more, bound, marked: true };
}

const BY_CALLS = { why: "it is put together by calls" };

const listed = (content: QueryContent | undefined): readonly QueryContent[] => (content === undefined ? [] : [content]);

/** `dsl.fetchExists(select)` and `dsl.fetchOne(ORDERS, condition)`: what jOOQ's context sends stands in the arguments. */
function throughContext(code: MethodCode, chain: Chain): Chain {
  const [only, ...more] = chain.steps;
  const [given, ...conditions] = only?.args ?? [];
  if (only === undefined || given === undefined || more.length > 0) return chain;
  const inner = chainOf(code, given);
  const last = { ...only, args: [] };
  if (inner.steps.length > 0) return { ...inner, steps: [...inner.steps, last] };
  const made = { node: only.node, name: "from", args: [given] };
  return { ...chain, steps: [made, { ...made, name: "where", args: conditions }, last] };
}

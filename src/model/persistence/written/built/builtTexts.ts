import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../../calls/callGraph.ts";
import { methodKey } from "../../../calls/methodKey.ts";
import type { TypeIndex } from "../../../types/typeIndex.ts";
import { mappedRecord } from "../../mapping/records.ts";
import { apiOf } from "../apis.ts";
import type { Frame } from "../texts/frame.ts";
import { leastOf, type Pieces, textsOf } from "../texts/pieces.ts";
import { BuiltReader } from "./builtReader.ts";
import { type Built, builtOf, Unwritten } from "./builtTree.ts";
import { criteriaJpql } from "./criteriaJpql.ts";
import { CriteriaReader, type Specified } from "./criteriaReader.ts";
import { jooqSql } from "./jooqQuery.ts";
import { querydslJpql } from "./querydslJpql.ts";
import { CHAINS, TAKES_WRAPPER, wrapperIn } from "./wrapperForms.ts";
import { WrapperReader } from "./wrapperReader.ts";
import { type Wrapped, wrapperSql } from "./wrapperSql.ts";

/** The texts that a query has which calls put together. */
export interface BuiltTexts {
  /** With the names of tables and columns marked (see schemaNames). */
  readonly texts: readonly string[];
  readonly language: "jpql" | "sql";
  /** There are more texts, or others: the only one is the one without what is there under a condition. */
  readonly more: boolean;
}

/** The texts of the query that a call sends, or why they are not known. */
export function builtTexts(
  { types, calls }: Sources,
  method: MethodNode,
  code: MethodCode,
  call: CodeNode,
  api: "jooq" | "querydsl",
): BuiltTexts | Unread {
  const reader = new BuiltReader(types, calls);
  const pieces = reader.sent(call, reader.frameOf(method, code));
  return api === "jooq" ? written(pieces, reader, jooqSql, "sql") : written(pieces, reader, querydslJpql, "jpql");
}

/** The texts of a query by Querydsl that a method of the project sends when a call hands it one: `page(factory.selectFrom(order), page)`. */
export function handedTexts(
  { types, calls }: Sources,
  method: MethodNode,
  code: MethodCode,
  call: CodeNode,
): BuiltTexts | Unread | undefined {
  const [declared] = code.typer.calleeOf(call).declared;
  const sender = declared && calls.method(methodKey(declared));
  const [sent, ...others] = sender?.sites.filter((site) => apiOf(site, calls) === "querydsl") ?? [];
  if (sent === undefined || others.length > 0 || sent.iterations.length > 0) return undefined;
  const reader = new BuiltReader(types, calls);
  const inner = reader.enter(call, reader.frameOf(method, code));
  const last = inner?.code.nodes[sent.order];
  return inner === undefined || last?.kind !== "call" ? undefined : written(reader.sent(last, inner), reader, querydslJpql, "jpql");
}

/** The texts of a query by the criteria API. */
export function criteriaTexts({ types, calls }: Sources, query: CodeNode, frame: Frame): BuiltTexts | Unread {
  const reader = new CriteriaReader(types, calls);
  return written(reader.pieces(query, frame), reader, criteriaJpql, "jpql");
}

/** The texts of what a repository makes of a specification. */
export function specifiedTexts(
  { types, calls }: Sources,
  method: MethodNode,
  specification: CodeNode,
  entity: string,
  as: Specified,
): BuiltTexts | Unread {
  const reader = new CriteriaReader(types, calls);
  return written(reader.specified(specification, reader.frameOf(method, calls.codeOf(method)), entity, as), reader, criteriaJpql, "jpql");
}

/** The texts of what MyBatis-Plus makes of a wrapper's conditions; undefined where the call is none of its, or its class is not known. */
export function wrappedTexts(
  { types, calls }: Sources,
  method: MethodNode,
  code: MethodCode,
  call: CodeNode,
): BuiltTexts | Unread | undefined {
  const { library } = code.typer.calleeOf(call);
  const isChain = CHAINS.has(library?.type ?? "");
  const kept = isChain || TAKES_WRAPPER.has(library?.type ?? "") ? library?.bindings.get("T") : undefined;
  const entry = types.entryOf(kept, method.declared.owner.file.file);
  if (entry?.type.kind !== "class") return undefined;
  const record = types.remembered(entry, "mapped record", () => mappedRecord(types, entry));
  const reader = new WrapperReader(types, calls);
  const wrapper = isChain ? childOf(call, "receiver") : wrapperIn(call.text, childrenOf(call, "argument"));
  return written(
    reader.conditions(wrapper, reader.frameOf(method, code)),
    reader,
    (built) => wrapperSql(built, record, wrappedAs(call.text)),
    "sql",
  );
}

const wrappedAs = (name: string): Wrapped =>
  /[cC]ount$|^exists$/.test(name) ? "count" : /[pP]age/.test(name) ? "page" : /^(?:delete|remove)$/.test(name) ? "delete" : "rows";

function written(
  pieces: Pieces,
  reader: BuiltReader,
  write: (built: Built) => string,
  language: BuiltTexts["language"],
): BuiltTexts | Unread {
  const found = textsOf(pieces) ?? leastOf(pieces);
  if (found === undefined) return { why: reader.unknown === undefined ? UNKNOWN : `${reader.unknown} is put together elsewhere` };
  const texts = new Set<string>();
  try {
    for (const text of found.texts) {
      const built = builtOf(text);
      if (built === undefined) return { why: UNKNOWN };
      texts.add(write(built));
    }
  } catch (error) {
    if (error instanceof Unwritten) return { why: error.message };
    throw error;
  }
  return { texts: [...texts], language, more: found.more };
}

/** Why texts are not known. */
export interface Unread {
  readonly why: string;
}

interface Sources {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
}

const UNKNOWN = "it is put together by calls";

import type { CodeNode } from "../../../../facts/java/code.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../../calls/callGraph.ts";
import type { TypeIndex } from "../../../types/typeIndex.ts";
import { textsOf } from "../texts/pieces.ts";
import { BuiltReader } from "./builtReader.ts";
import { builtOf, Unwritten } from "./builtTree.ts";
import { jooqSql } from "./jooqQuery.ts";
import { querydslJpql } from "./querydslJpql.ts";

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
  { types, calls }: { readonly types: TypeIndex; readonly calls: CallGraph },
  method: MethodNode,
  code: MethodCode,
  call: CodeNode,
  api: "jooq" | "querydsl",
): BuiltTexts | { readonly why: string } {
  const reader = new BuiltReader(types, calls);
  const found = textsOf(reader.sent(call, reader.frameOf(method, code)));
  if (found === undefined) return { why: reader.unknown === undefined ? UNKNOWN : `${reader.unknown} is put together elsewhere` };
  const texts = new Set<string>();
  try {
    for (const text of found.texts) {
      const built = builtOf(text);
      if (built === undefined) return { why: UNKNOWN };
      texts.add(api === "jooq" ? jooqSql(built) : querydslJpql(built));
    }
  } catch (error) {
    if (error instanceof Unwritten) return { why: error.message };
    throw error;
  }
  return { texts: [...texts], language: api === "jooq" ? "sql" : "jpql", more: found.more };
}

const UNKNOWN = "it is put together by calls";

import type { CodeNode } from "../../../../facts/java/code.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../../calls/callGraph.ts";
import type { TypeIndex } from "../../../types/typeIndex.ts";
import type { Frame } from "../texts/frame.ts";
import { leastOf, type Pieces, textsOf } from "../texts/pieces.ts";
import { BuiltReader } from "./builtReader.ts";
import { type Built, builtOf, Unwritten } from "./builtTree.ts";
import { criteriaJpql } from "./criteriaJpql.ts";
import { CriteriaReader, type Specified } from "./criteriaReader.ts";
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

import type { CallGraph } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { JOOQ_STEPS } from "../../calls/typing/libraryJooq.ts";
import { TAKES_SPECIFICATION } from "./specifications.ts";

export type Api = "querydsl" | "jooq" | "text" | "specification" | "wrapper" | "sender" | "panache";

/** How the query of a call is written down; undefined for calls that send none, or one that stands elsewhere. */
export function apiOf({ work, targets }: CallSite, calls: CallGraph): Api | undefined {
  if (work === undefined) return targets.length === 1 && maySend(calls, targets[0] as string) ? "sender" : undefined;
  if (work.kind !== "read" && work.kind !== "write") return undefined;
  if (work.panache === true) return targets.length === 0 ? "panache" : undefined;
  const type = work.label.slice(0, work.label.indexOf("."));
  if (/^(?:JPA\w+|JPQLQuery)$/.test(type)) return "querydsl";
  if (type === "DSLContext" || JOOQ_STEPS.includes(type)) return "jooq";
  return /^(?:(?:NamedParameter)?Jdbc(?:Template|Operations)|StatementSpec|MappedQuerySpec|(?:Typed|Native)?Query|Update|PreparedBatch|PreparedStatement|Handle)$/.test(
    type,
  )
    ? "text"
    : work.on === undefined
      ? SENDS_WRAPPER.test(work.label)
        ? "wrapper"
        : undefined
      : targets.length === 0 && work.kind === "read" && TAKES_SPECIFICATION.test(work.label)
        ? "specification"
        : undefined;
}

/** Calls that send what a wrapper says, by their label: the mapper's, a service's, and those that end a chain. */
const SENDS_WRAPPER =
  /\.(?:select(?:List|One|Count|Page|Maps|Objs|MapsPage)|exists|list|listMaps|listObjs|one|oneOpt|page|pageMaps|count|getOne|getOneOpt|getMap|getObj|delete|remove)$/;

/** Whether a method of the project may send the query that a parameter is given. */
const maySend = (calls: CallGraph, key: string): boolean =>
  calls.method(key)?.declared.method.parameters.some((parameter) => parameter.maySend) === true;

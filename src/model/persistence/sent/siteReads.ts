import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { Place } from "../../../text/positions.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { type CallSite, placeOf } from "../../calls/callSites.ts";
import { simpleName } from "../../types/type.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import type { Repository } from "../repositories/repository.ts";
import type { Query } from "../scans/query.ts";
import { isEmptyExample } from "./exampleReads.ts";
import { findsAll } from "./repositoryCalls.ts";

/** What one call reads. */
export interface SiteRead {
  /** "TicketRepository.findAll". */
  readonly label: string;
  /** Qualified name of the entity, or aggregate, that is asked for. */
  readonly entity: string | undefined;
  /**
   * "all": every row as objects; "fixed": every row that constants of the query let through; "count" and "aggregate": rows are read to
   * give a number; "other": the caller says which rows, or how many.
   */
  readonly shape: "all" | "fixed" | "count" | "aggregate" | "other";
  /** The table that the query starts from; undefined where it is not known. */
  readonly table: string | undefined;
  /** The method's declaration, where the workspace has it. */
  readonly declared: Place | undefined;
}

/** What a call site reads; undefined for writes, and for what neither a repository nor the code itself tells. */
export function siteRead(persistence: PersistenceModel, calls: CallGraph, node: MethodNode, site: CallSite): SiteRead | undefined {
  const [target] = site.targets;
  if (site.work === undefined) return target === undefined ? undefined : writtenRead(persistence, node, site, labelOf(calls, target));
  if (site.work.kind !== "read") return undefined;
  const { label } = site.work;
  if (target !== undefined) {
    const border = target.indexOf("#");
    const repository = persistence.repository(site.work.on ?? target.slice(0, border));
    if (repository === undefined) return undefined;
    const declared = calls.method(target)?.declared;
    const query =
      declared === undefined ? undefined : persistence.query(repository.qualified, site.name, declared.method.parameters.length);
    // `@Query("from PetType")` of a repository for pets.
    const entity = query?.entity ?? repository.entity ?? repository.aggregate;
    const table = query?.scans[0]?.table ?? tableOf(persistence, repository);
    const shape =
      query === undefined
        ? declaredAgain(site.name, declared?.method.parameters.map(({ type }) => type) ?? [])
        : isEmptyExample(calls, node, site)
          ? shapeOfAll(query)
          : shapeOf(query);
    return { label, entity, table, shape, declared: declared && placeOf(declared) };
  }
  const repository = persistence.repositoryUnder(site.work);
  if (repository === undefined) return writtenRead(persistence, node, site, label);
  const entity = repository.entity ?? repository.aggregate;
  if (repository.style === "spring-data" && entity === undefined) return undefined;
  const shape = ownShape(calls, node, site);
  return { label, entity, table: tableOf(persistence, repository), shape, declared: undefined };
}

/** "OrderDao.list" of a method that sends what it is given. */
function labelOf(calls: CallGraph, target: string): string {
  const declared = calls.method(target)?.declared;
  return declared === undefined ? target : `${declared.owner.type.name}.${declared.method.name}`;
}

function writtenRead(persistence: PersistenceModel, node: MethodNode, site: CallSite, label: string): SiteRead | undefined {
  const query = persistence.written.at(node, site);
  if (query === undefined) return undefined;
  const shape = shapeOf(query, () => query.parameters === 0 || hasNoParameter(persistence.written.textOf(query)));
  return { label, entity: query.entity, table: query.scans[0]?.table, shape, declared: undefined };
}

/** Whether a text asks for rows by nothing that the method around it is given. */
const hasNoParameter = (read: ReturnType<PersistenceModel["written"]["textOf"]>): boolean =>
  "text" in read && !read.dynamic && !/\?|:\w/.test(read.text);

function tableOf(persistence: PersistenceModel, repository: Repository): string | undefined {
  const table = persistence.keptBy(repository)?.table;
  return table === "" ? undefined : table;
}

/** `isFixed` says whether no parameter can restrict the rows of a query that is no method's name. */
function shapeOf(query: Query, isFixed = (): boolean => query.parameters === 0): SiteRead["shape"] {
  if (!query.understood) return "other";
  if (query.kind === "count") return "count";
  if (query.kind !== "find") return "other";
  if (query.aggregates) return "aggregate";
  if (query.returns !== "list" || query.limit !== "none" || query.scans.length === 0) return "other";
  const tests = query.scans.flatMap((scan) => scan.tests).filter(({ test }) => test !== "join");
  // A parameter of a written query restricts the rows, also where it is compared with what is no attribute.
  if (tests.length === 0) return query.source === "derived" || isFixed() ? "all" : "other";
  return tests.every(({ constant }) => constant) && isFixed() ? "fixed" : "other";
}

/** Without the conditions that the statement has where it is given some. */
const shapeOfAll = ({ kind, returns, limit }: Query): SiteRead["shape"] =>
  kind === "count" ? "count" : kind === "find" && returns === "list" && limit === "none" ? "all" : "other";

/** The methods that Spring Data itself declares, declared again to give them an annotation or another return type. */
function declaredAgain(name: string, parameters: readonly string[]): SiteRead["shape"] {
  if (name === "count" && parameters.length === 0) return "count";
  return findsAll(name, parameters) ? "all" : "other";
}

function ownShape(calls: CallGraph, node: MethodNode, site: CallSite): SiteRead["shape"] {
  if (site.name !== "findAll" && site.name !== "count") return "other";
  const { nodes, typer } = calls.codeOf(node);
  const call: CodeNode | undefined = nodes[site.order];
  if (call === undefined) return "other";
  // `repository::findAll` takes what its caller gives: nothing, most often.
  const given = call.kind === "reference" ? [] : childrenOf(call, "argument");
  if (site.name === "count") return given.length === 0 ? "count" : "other";
  const [argument, ...more] = given;
  if (argument === undefined) return "all";
  const type = typer.typeOf(argument);
  const sorts = type === undefined ? rootOf(argument) === "Sort" : simpleName(type) === "Sort";
  return more.length === 0 && sorts ? "all" : "other";
}

/** The name that a chain of calls starts with: "Sort" of `Sort.by("id").descending()`. */
function rootOf(expression: CodeNode): string {
  let at = expression;
  for (let next = childOf(at, "receiver"); next !== undefined; next = childOf(at, "receiver")) at = next;
  return at.kind === "name" ? at.text : "";
}

import { ancestorsOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { type CallSite, passesOn } from "../../../../model/calls/callSites.ts";
import type { EntryPoint } from "../../../../model/calls/effects/spread.ts";
import type { Size } from "../../../../model/growth/tableGrowth.ts";
import type { Model } from "../../../../model/model.ts";
import { type SiteRead, siteRead } from "../../../../model/persistence/sent/siteReads.ts";
import type { Table } from "../../../../model/schema/schema.ts";
import type { RelatedPlace } from "../../../finding.ts";
import type { Report } from "../../../rule.ts";
import { isBehindCache, remembers } from "../caches/behindCache.ts";
import { isCodeList, isLookup, isToldSmall, isVocabulary, isVocabularyMapped } from "../mapping/smallTables.ts";
import { waitsForMistake } from "../running/errorBranches.ts";
import { endpointRunning } from "../running/reach.ts";
import { isPagedAhead } from "./pagedAhead.ts";

/** A whole table that an endpoint or a job loads, with nothing that keeps it from happening again and again. */
export interface WholeLoad {
  readonly read: SiteRead;
  readonly entry: EntryPoint;
  /** Loaded once something has gone wrong: for the text of an exception. */
  readonly isForMistakes: boolean;
}

/** What a call loads of a table without any condition; undefined where that is few, cached on the way, paged, or done once. */
export function wholeLoad(model: Model, method: MethodNode, site: CallSite): WholeLoad | undefined {
  if (runsOnce(method) || !passesOn(site)) return undefined;
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read?.shape !== "all" || isFallback(model, method, site)) return undefined;
  // A repository of whatever its subtypes store.
  if (read.entity !== undefined && model.persistence.entity(read.entity) === undefined && !read.entity.includes(".")) return undefined;
  if (asksForFew(model, read, method.declared.owner.file.file) || isPagedAhead(model, method)) return undefined;
  const entry = model.effects.reachedFrom(method.key);
  if (entry === undefined || entry.kind === "listener" || isCachedOnTheWay(model, method, site)) return undefined;
  return { read, entry, isForMistakes: waitsForMistake(model.calls, method, site) };
}

/** `cached.switchIfEmpty(tickets.findAll())`: asked where a publisher, or a cache in front, has nothing. */
function isFallback(model: Model, method: MethodNode, site: CallSite): boolean {
  const call = model.calls.codeOf(method).nodes[site.order];
  return (
    call !== undefined && [call, ...ancestorsOf(call)].some(({ role, parent }) => role === "argument" && parent?.text === "switchIfEmpty")
  );
}

/** The name of the entity, else of the table or the repository, that a read asks for. */
export function nameOf({ entity, table, label }: SiteRead): string {
  return entity === undefined ? (table ?? label.slice(0, label.indexOf("."))) : entity.slice(entity.lastIndexOf(".") + 1);
}

/** Whether a read asks for what there is little of: by its name, by its repository's, or as far as the table is known. */
export const asksForFew = (model: Model, read: SiteRead, near: string): boolean =>
  isLookup(nameOf(read)) ||
  isLookup(read.label.slice(0, read.label.indexOf(".")).replace(ASKED_BY, "")) ||
  isToldSmall(model, read.table, near) ||
  sizeOf(model, read, near)?.rows === "few" ||
  isCodeList(read.entity === undefined ? undefined : model.persistence.entity(read.entity));

function sizeOf(model: Model, { table }: SiteRead, near: string): Size | undefined {
  const known = table === undefined ? undefined : model.schema.table(table, near);
  return known && model.growth.sizeOf(known);
}

/** A repository is named after what it keeps; a template of Spring's keeps no templates. */
const ASKED_BY = /(?:Jpa)?(?:Repository|Mapper|Dao)$|^\w*(?:Jdbc|Hibernate|Session|SqlMapClient|Transaction)\w*Template$/;

/** Start-up code may read what it needs once. */
export function runsOnce({ declared }: MethodNode): boolean {
  return declared.method.kind !== "method" || declared.method.annotations.some((annotation) => /PostConstruct$/.test(annotation.name));
}

export function isCachedOnTheWay(model: Model, method: MethodNode, site: CallSite): boolean {
  return isBehindCache(model, method.key) || site.targets.some((key) => remembers(model, key));
}

/** Where a read is declared, and its table created. */
export function placesOf(model: Model, read: SiteRead, file: string): readonly RelatedPlace[] {
  const known = read.table === undefined ? undefined : model.schema.table(read.table, file);
  return [
    ...(read.declared === undefined ? [] : [{ at: read.declared, message: `${read.label} is declared here` }]),
    ...(known === undefined ? [] : [createdHere(model, known)]),
  ];
}

/** Where a table is created, and why it probably has few rows. */
export function createdHere({ growth }: Model, table: Table): RelatedPlace {
  const size = growth.sizeOf(table);
  return { at: table.at, message: size === undefined ? `${table.name} is created here` : `${table.name}: ${size.because}` };
}

/**
 * A job has time, but no more memory than others: what users add to is too much for both one day. A request has somebody who waits, and most
 * of all outside the pages of administrators.
 */
export function weightOfLoad(model: Model, read: SiteRead, entry: EntryPoint, file: string): Pick<Report, "certainty" | "severity"> {
  const size = sizeOf(model, read, file);
  if (entry.kind !== "endpoint")
    return entry.kind === "scheduler" && size === undefined && isFilledByUsers(model, read) ? { severity: "warning" } : {};
  if (!entry.often || size !== undefined) return { certainty: "possible" };
  if (!hasPath(model, entry)) return {};
  const known = read.table === undefined ? undefined : model.schema.table(read.table, file);
  const grows = known === undefined ? isFilledByUsers(model, read) || isReadByPages(model, read) : !isVocabulary(known);
  return grows ? { severity: "warning" } : {};
}

/** Whether users of the application are known to add rows to it. */
function isFilledByUsers(model: Model, { entity, table }: SiteRead): boolean {
  const mapped = entity === undefined ? undefined : model.persistence.entity(entity);
  return mapped !== undefined && table !== undefined && !isVocabularyMapped(mapped) && model.growth.isFilledByUsers(table);
}

/** Whether the project asks for its rows page by page elsewhere: whoever wrote that took them for many. */
function isReadByPages(model: Model, { entity, table }: SiteRead): boolean {
  const mapped = entity === undefined ? undefined : model.persistence.entity(entity);
  if (mapped === undefined || table === undefined || isVocabularyMapped(mapped)) return false;
  return model.tableQueries
    .of(table)
    .some(({ limit, scans, source }) => limit === "page" && scans[0]?.table === table && source !== "built");
}

/** Of a request whose path stands elsewhere it is not known whether it asks for a list of settings. */
function hasPath(model: Model, { method }: EntryPoint): boolean {
  const handler = model.calls.method(method);
  return handler !== undefined && endpointRunning(model, handler) !== undefined;
}

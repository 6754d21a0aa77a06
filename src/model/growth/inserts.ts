import { type CodeNode, childrenOf } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import type { PersistenceModel } from "../persistence/persistenceModel.ts";
import type { Query } from "../persistence/scans/query.ts";
import { apiOf } from "../persistence/written/apis.ts";
import type { WrittenQuery } from "../persistence/written/writtenQueries.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import { keepsLoaded } from "./loadedBefore.ts";

/** A call that adds rows: of a class (and of what is saved with it), to tables, or to nobody knows which. */
export interface Insert {
  readonly method: string;
  readonly of: /** `loaded`: its row is there already, those of its parts may not be. */
    | { readonly kind: "class"; readonly qualified: string; readonly loaded?: true }
    | { readonly kind: "tables"; readonly tables: readonly string[] }
    /** An object of some class. */
    | { readonly kind: "anything" }
    /** What a text says that is not known. */
    | { readonly kind: "text" };
}

interface Parts {
  readonly calls: CallGraph;
  readonly types: TypeIndex;
  readonly persistence: PersistenceModel;
}

/** The calls of a file that add rows, or may. */
export function insertsIn(file: string, parts: Parts): readonly Insert[] {
  const methods = parts.calls.methodsIn(file);
  const written = parts.persistence.written.in(file);
  return methods.flatMap((method) => method.sites.flatMap((site) => insertAt(method, site, written, parts) ?? []));
}

function insertAt(method: MethodNode, site: CallSite, written: readonly WrittenQuery[], parts: Parts): Insert | undefined {
  const { work } = site;
  const sent = written.filter(({ sender, order }) => sender === method.key && order === site.order);
  if (sent.length > 0) return insertOf(method, sent);
  if (work?.kind !== "write" && work?.kind !== "unseenWrite") return undefined;
  const border = work.label.indexOf(".");
  const [type, name] = [work.label.slice(0, border), work.label.slice(border + 1)];
  const api = apiOf(site, parts.calls);
  if (api === "text" || api === "jooq") return { method: method.key, of: { kind: "text" } };
  if (ADDS_NOTHING.test(name)) return undefined;
  const repository = parts.persistence.repositoryUnder(work);
  if (repository !== undefined) {
    const declared = parts.persistence.query(repository.qualified, name);
    if (declared !== undefined) return insertOf(method, [declared]);
    const kept = parts.persistence.keptBy(repository);
    // Nothing is saved with an aggregate but parts of it, whose tables are not known.
    if (kept?.aggregate === true) return { method: method.key, of: { kind: "tables", tables: [kept.table] } };
    const of = classOf(repository.entity);
    return { method: method.key, of: of.kind === "class" && keepsLoaded(method, site, parts) ? { ...of, loaded: true } : of };
  }
  if (work.panache === true) return { method: method.key, of: classOf(work.on) };
  if (GIVEN.test(type)) return { method: method.key, of: classOf(argumentOf(method, site, parts)) };
  return { method: method.key, of: { kind: work.on === undefined && work.kind !== "unseenWrite" ? "text" : "anything" } };
}

const classOf = (qualified: string | undefined): Insert["of"] =>
  qualified === undefined ? { kind: "anything" } : { kind: "class", qualified };

/** Calls that change rows, or send what was to be sent. */
const ADDS_NOTHING =
  /^(?:delete|remove|update(?!Or)|flush|lock|refresh|clear|evict|purge|mark|set|reset|expire|disable|enable|increment|decrement)/;

/** Those that are given what they keep. */
const GIVEN = /^(?:EntityManager|Session|StatelessSession|HibernateTemplate|JdbcAggregate(?:Template|Operations))$/;

function argumentOf(method: MethodNode, site: CallSite, { calls, types }: Parts): string | undefined {
  const { nodes, typer } = calls.codeOf(method);
  const call = nodes[site.order] as CodeNode;
  const given = childrenOf(call, "argument").at(-1);
  // `lists.forEach(em::persist)`
  const type = call.kind === "reference" ? typer.givenTo(call, 0) : given && typer.typeOf(given);
  return types.entryOf(type, method.declared.owner.file.file)?.type.qualified;
}

function insertOf({ key }: MethodNode, queries: readonly Query[]): Insert | undefined {
  const tables = queries.flatMap(({ into, kind, scans }) => into ?? (kind === "insert" ? scans.slice(0, 1).map(({ table }) => table) : []));
  if (tables.length > 0) return { method: key, of: { kind: "tables", tables: [...new Set(tables)] } };
  const isUnknown = ({ kind, remarks }: Query): boolean =>
    kind === "insert" || (kind === "other" && !remarks.some((remark) => remark.kind === "refresh"));
  return queries.some(isUnknown) ? { method: key, of: { kind: "text" } } : undefined;
}

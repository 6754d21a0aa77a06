import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import type { Typer } from "../calls/typing/typer.ts";
import type { ConfigurationModel } from "../configuration/configurationModel.ts";
import type { Entity } from "../persistence/mapping/entity.ts";
import type { PersistenceModel } from "../persistence/persistenceModel.ts";
import type { Query } from "../persistence/scans/query.ts";
import { statementScans } from "../persistence/scans/statementScans.ts";
import { type RepositoryCall, repositoryCall, returnsOf } from "../persistence/sent/repositoryCalls.ts";
import { constantText } from "../types/constants.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import { columnsAssigned } from "./columnsAssigned.ts";
import { columnsKept } from "./columnsKept.ts";
import { type ColumnsChanged, columnsOfSetter, columnsSet, type SetColumns } from "./columnsSet.ts";
import { isNarrowCall, recordTable } from "./plusTables.ts";

/** The parts of the model that know what a call reads and writes. */
export interface TableParts {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
  readonly persistence: PersistenceModel;
  readonly configuration: ConfigurationModel;
}

/** What one call reads from, or writes to, one table. */
export interface TableAccess {
  /** Lower case. */
  readonly table: string;
  /** What is the same table: an entity, or a name within the application that a module is. */
  readonly keys: readonly string[];
  /** A read of one row that the caller asks for, or a write that can only add a row: neither concerns the other. */
  readonly narrow: boolean;
  /** A number over rows is read. */
  readonly aggregate: boolean;
  /** The columns that what is read hangs on, or that a write is seen to change; undefined where they are not known. */
  readonly columns?: readonly string[] | undefined;
  /** What is written was handed over: other columns may have changed before. Numbers are taken to hang on those set here. */
  readonly handed?: boolean | undefined;
}

/** Whether what is written changes what is read. */
export function concerns(written: TableAccess, read: TableAccess): boolean {
  if ((written.narrow && read.narrow) || written.columns?.length === 0) return false;
  if (written.handed === true && !read.aggregate) return true;
  if (written.columns === undefined || read.columns === undefined) return true;
  return read.columns.some((column) => written.columns?.includes(column) || CHANGES_ALONG.test(column));
}

/** What callbacks and providers set in every row that is written. */
const CHANGES_ALONG = /version|(?:updat|modifi|chang|edit)/i;

/** Counters and times of the last visit: whoever caches rows with them knows that they are behind. */
export const BOOKKEEPING =
  /^(?:update|set|incr\w*|increase\w*|add|touch|record|plus)\w*(?:Last(?:Login|Seen|Access|Activity|Used|Visit)|View|Visit|Hits?(?![a-z])|Click|ReadCount|Heartbeat|LoginTime|LoginDate|LoginAt)/i;

/** The table that a call starts its reading from; undefined where it is not known. */
export function tableRead(parts: TableParts, node: MethodNode, site: CallSite): TableAccess | undefined {
  if (site.work?.kind !== "read") return undefined;
  const call = repositoryCall(parts.persistence, parts.calls, site);
  if (call === undefined || isLibrarys(call)) return directRead(parts, node, site);
  const returns = returnsOf(call);
  const aggregate = call.query === undefined ? call.name === "count" : call.query.kind === "count" || call.query.aggregates;
  const narrow = returns === "one" || returns === "optional";
  const columns = columnsAsked(call.query) ?? (narrow ? columnsOfRow(parts, node, site, call) : undefined);
  return ofRepository(parts, node, call, { narrow, aggregate, columns });
}

/** What the method looks at in the row, and what the row is found by. */
function columnsOfRow(parts: TableParts, node: MethodNode, site: CallSite, { query, repository }: RepositoryCall) {
  const entity = repository.entity === undefined ? undefined : parts.persistence.entity(repository.entity);
  if (entity === undefined || (query !== undefined && (query.dynamicSort || !query.understood || query.scans.length > 1))) return undefined;
  const found = callAt(parts, node, site);
  const kept = found === undefined ? undefined : columnsKept(parts.calls, entity, found.call, node);
  const [scan] = query?.scans ?? [];
  return kept && [...kept, ...(scan?.tests ?? []).map(({ column }) => column), ...(scan?.sort ?? []).map(({ column }) => column)];
}

function columnsAsked(query: Query | undefined): readonly string[] | undefined {
  if (query === undefined || query.dynamicSort || !query.understood) return undefined;
  if (query.touched !== undefined || query.kind !== "count") return query.kind === "update" ? undefined : query.touched;
  const [first] = query.remarks.length === 0 ? query.scans : [];
  // What joins the table to others is no column that `columnsSet` tells of.
  return first && query.scans.filter(({ table }) => table === first.table).flatMap(({ tests }) => tests.map(({ column }) => column));
}

/** The table that a call writes to; undefined where it is not known. */
export function tableWritten(parts: TableParts, node: MethodNode, site: CallSite): TableAccess | undefined {
  if (site.work?.kind !== "write") return undefined;
  const call = repositoryCall(parts.persistence, parts.calls, site);
  if (call === undefined || isLibrarys(call)) return directWrite(parts, node, site);
  if (BOOKKEEPING.test(call.name)) return undefined;
  return ofRepository(parts, node, call, {
    narrow: /^(?:save|insert|persist)/.test(call.name) && addsRow(parts, node, site),
    aggregate: false,
    ...(/^save(?:AndFlush)?$/.test(call.name) ? columnsSaved(parts, node, site, call) : { columns: columnsUpdated(call.query) }),
  });
}

const columnsUpdated = (query: Query | undefined): readonly string[] | undefined =>
  query?.kind === "update" && query.understood ? query.touched : undefined;

/** What MyBatis-Plus declares for a mapper that also has statements of its own. */
const isLibrarys = ({ repository, declared }: RepositoryCall): boolean => repository.style === "statements" && declared === undefined;

/** The columns of what setters change in an entity before it is saved; undefined where something else may change it. */
function columnsSaved(parts: TableParts, node: MethodNode, site: CallSite, { repository }: RepositoryCall): SetColumns | undefined {
  const entity = repository.entity === undefined ? undefined : parts.persistence.entity(repository.entity);
  const given = entity === undefined ? undefined : callAt(parts, node, site);
  const name = given === undefined ? undefined : childOf(given.call, "argument");
  if (entity === undefined || name?.kind !== "name") return undefined;
  return columnsSet(parts.calls, entity, name, node, changedIn(parts.calls, entity));
}

/** What setters and the entity's own methods change. */
export const changedIn =
  (calls: CallGraph, entity: Entity): ColumnsChanged =>
  (call, method) => {
    const own = (): CallSite | undefined => {
      const { nodes } = calls.codeOf(method);
      return method.sites.find(({ order }) => nodes[order] === call);
    };
    return columnsOfSetter(call, entity) ?? columnsAssigned(calls, own(), entity);
  };

function ofRepository(
  parts: TableParts,
  node: MethodNode,
  { repository, query }: RepositoryCall,
  access: Pick<TableAccess, "narrow" | "aggregate" | "columns" | "handed">,
): TableAccess | undefined {
  const entity = repository.entity === undefined ? undefined : parts.persistence.entity(repository.entity);
  const table = query?.scans[0]?.table ?? entity?.table;
  if (table === undefined || table === "") return undefined;
  const near = table === entity?.table ? entity.at.file : repository.at.file;
  const store = documentStoreOf(parts.types, repository.qualified);
  const keys = keysOf(parts, table, near, node);
  return { table, keys: store === undefined ? keys : keys.map((key) => `${key} in ${store}`), ...access };
}

/** The store of a repository that keeps no rows of a table, though a table may have the same name. */
function documentStoreOf(types: TypeIndex, repository: string): string | undefined {
  const entry = types.declared(repository);
  const lineage = entry === undefined ? [] : types.lineage(entry);
  for (const above of lineage)
    for (const { name } of types.supertypesOf(above)) {
      const store = DOCUMENT_STORES.exec(name)?.[1];
      if (store !== undefined) return store;
    }
  return undefined;
}

const DOCUMENT_STORES = /(?:^|\.)(?:Reactive)?(Elasticsearch|OpenSearch|Solr|Mongo|Neo4j|Cassandra|Couchbase)(?:Crud)?Repository$/;

/**
 * Tables of one name in two applications of one repository are two: they share a module where they are one. The class of the rows, the
 * statements and who runs them may lie in three.
 */
function keysOf({ configuration }: TableParts, table: string, declared: string, { declared: { owner } }: MethodNode): readonly string[] {
  const modules = [declared, owner.file.file].flatMap((file) => {
    const { module, dependsOn } = configuration.buildOf(file);
    return [module, ...dependsOn];
  });
  return [...new Set(modules)].map((module) => `${module} ${table}`);
}

function directRead(parts: TableParts, node: MethodNode, site: CallSite): TableAccess | undefined {
  const found = callAt(parts, node, site);
  if (found === undefined) return undefined;
  const { call } = found;
  if (call.text === "find" && /^(?:EntityManager|Session)\./.test(site.work?.label ?? "")) {
    const [named] = childrenOf(call, "argument");
    return named?.kind === "class" ? ofEntity(parts, node, found.typer.resolve(named.type)?.name, true) : undefined;
  }
  return ofRecord(parts, node, call, found.typer) ?? ofStatement(parts, node, call);
}

function directWrite(parts: TableParts, node: MethodNode, site: CallSite): TableAccess | undefined {
  const found = callAt(parts, node, site);
  if (found === undefined) return undefined;
  const { call, typer } = found;
  const [given] = childrenOf(call, "argument");
  if (/^(?:persist|merge|remove|update|delete|save|saveOrUpdate)$/.test(call.text) && given !== undefined) {
    const entity = typer.typeOf(given);
    const written = entity === undefined ? undefined : ofEntity(parts, node, entity.name, call.text === "persist");
    if (written !== undefined) return written;
  }
  return ofRecord(parts, node, call, typer) ?? ofStatement(parts, node, call);
}

/** `areaMapper.selectList(…)`, `removeById(id)` of MyBatis-Plus. */
function ofRecord(parts: TableParts, node: MethodNode, call: CodeNode, typer: Typer): TableAccess | undefined {
  const record = recordTable(parts.types, typer, call);
  if (record === undefined) return undefined;
  const { table, file } = record;
  return { table, keys: keysOf(parts, table, file, node), narrow: isNarrowCall(call), aggregate: /count/i.test(call.text) };
}

export function ofEntity(parts: TableParts, node: MethodNode, qualified: string | undefined, narrow: boolean): TableAccess | undefined {
  const entity = qualified === undefined ? undefined : parts.persistence.entity(qualified);
  if (entity === undefined || entity.table === "") return undefined;
  return { table: entity.table, keys: keysOf(parts, entity.table, entity.at.file, node), narrow, aggregate: false };
}

/** `jdbc.update("update tickets …")`. */
function ofStatement(parts: TableParts, node: MethodNode, call: CodeNode): TableAccess | undefined {
  const [first] = childrenOf(call, "argument");
  const { owner } = node.declared;
  const text =
    first?.kind === "literal"
      ? first.text
      : first?.kind === "name"
        ? constantText({ kind: "reference", name: first.text }, owner, parts.types)
        : undefined;
  if (text === undefined || !/^\s*(?:select|insert|update|delete|merge|with)\b/i.test(text)) return undefined;
  const inserted = /^\s*(?:insert|merge)\s+into\s+"?(?:\w+"?\."?)?(\w+)/i.exec(text)?.[1];
  const read = inserted === undefined ? statementScans(text, SQL) : undefined;
  const table = inserted?.toLowerCase() ?? read?.scans[0]?.table;
  if (table === undefined) return undefined;
  return {
    table,
    keys: keysOf(parts, table, owner.file.file, node),
    narrow: /^\s*insert\b/i.test(text),
    aggregate: false,
    columns: read?.touched,
  };
}

const SQL = { language: "sql", entityNamed: () => undefined, entities: () => undefined, domain: undefined } as const;

function callAt({ calls }: TableParts, node: MethodNode, site: CallSite) {
  if (node.declared.method.body < 0) return undefined;
  const { nodes, typer } = calls.codeOf(node);
  const call = nodes[site.order];
  return call?.kind === "call" ? { call, typer } : undefined;
}

/** Whether a class has another body for a method; notes that one may come. */
export function isOverridden({ calls, types }: TableParts, { key, declared }: MethodNode): boolean {
  if (!calls.isFinal) types.descendantsOf(declared.owner);
  return calls.overridesOf(key).size > 0;
}

/** Whether what is saved has been made here: the row is new, and nobody has read it. */
function addsRow(parts: TableParts, node: MethodNode, site: CallSite): boolean {
  const found = callAt(parts, node, site);
  const [given] = found === undefined ? [] : childrenOf(found.call, "argument");
  if (found === undefined || given === undefined) return false;
  const value = given.kind === "name" ? madeFrom(given, found.typer.declarationOf(given)) : given;
  return isMade(value) || (CREATES.test(node.declared.method.name) && isMapped(value)) || isMadeBelow(parts, node, value, DEEPEST_MAKER);
}

/** Methods that hand on what another one makes. */
const DEEPEST_MAKER = 3;

/** `Ticket ticket = build(request);` where whatever the class's own method returns has been made there. */
function isMadeBelow(parts: TableParts, node: MethodNode, value: CodeNode, deep: number): boolean {
  const on = value.kind === "call" ? childOf(value, "receiver") : undefined;
  if (value.kind !== "call" || (on !== undefined && on.kind !== "this") || deep === 0) return false;
  const { nodes } = parts.calls.codeOf(node);
  const [target, ...others] = node.sites.find(({ order }) => nodes[order] === value)?.targets ?? [];
  const maker = target === undefined || others.length > 0 ? undefined : parts.calls.method(target);
  if (maker === undefined || maker.declared.method.body < 0 || isOverridden(parts, maker)) return false;
  parts.calls.noteBody(maker);
  const code = parts.calls.codeOf(maker);
  const given = code.nodes.flatMap((one) => (one.kind === "return" ? one.children : []));
  return (
    given.length > 0 &&
    given.every((one) => {
      const made = one.kind === "name" ? madeFrom(one, code.typer.declarationOf(one)) : one;
      return isMade(made) || isMadeBelow(parts, maker, made, deep - 1);
    })
  );
}

const CREATES = /^(?:create|add|register|insert|place|submit|open|signUp|signup)/;

/** `mapper.toEntity(request)`, `modelMapper.map(request, Ticket.class)`: a row that has been there would have been read. */
const isMapped = (value: CodeNode): boolean => value.kind === "call" && /^(?:to|map|convert|from)(?:[A-Z]\w*)?$/.test(value.text);

const madeFrom = (name: CodeNode, declared: CodeNode | undefined): CodeNode =>
  (declared?.kind === "local" ? childOf(declared, "value") : undefined) ?? name;

/** `new Ticket(…)`, `Ticket.builder()….build()`, `Ticket.of(…)`. */
function isMade(value: CodeNode): boolean {
  if (value.kind === "new") return true;
  if (value.kind !== "call") return false;
  const on = childOf(value, "receiver");
  if (value.text === "build" && on !== undefined) return true;
  return on?.kind === "name" && /^\p{Lu}/u.test(on.text) && /^(?:of|create|from|new|register|open|issue)/.test(value.text);
}

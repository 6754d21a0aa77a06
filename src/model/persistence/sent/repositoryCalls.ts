import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { CallGraph } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import type { SchemaModel } from "../../schema/schemaModel.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { uniqueKeys } from "../mapping/uniqueKeys.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import type { Repository } from "../repositories/repository.ts";
import type { Query, Returns } from "../scans/query.ts";

/** One call of a method of a repository, read or write. */
export interface RepositoryCall {
  /** "TicketRepository.findAll". */
  readonly label: string;
  readonly name: string;
  readonly repository: Repository;
  /** Whether it is asked through a port above the repository, which need not have its other methods. */
  readonly port: boolean;
  /** The method's declaration; undefined for what Spring Data itself declares. */
  readonly declared: JavaMethod | undefined;
  /** What the declared method sends, where that is understood. */
  readonly query: Query | undefined;
}

/** The repository's method that a site calls; undefined for every other call. */
export function repositoryCall(persistence: PersistenceModel, calls: CallGraph, site: CallSite): RepositoryCall | undefined {
  if (site.work?.kind !== "read" && site.work?.kind !== "write") return undefined;
  const known = knownUnder(calls);
  let call = known.get(site);
  if (call === undefined) known.set(site, (call = readCall(persistence, calls, site) ?? "other"));
  return call === "other" ? undefined : call;
}

type Known = WeakMap<CallSite, RepositoryCall | "other">;

/** A dozen rules ask for the same calls: their answers hold as long as what they have read goes into one collection. */
const KNOWN = new WeakMap<object, Known>();

function knownUnder({ state }: CallGraph): Known {
  let known = KNOWN.get(state);
  if (known === undefined) KNOWN.set(state, (known = new WeakMap()));
  return known;
}

function readCall(persistence: PersistenceModel, calls: CallGraph, { name, work, targets }: CallSite): RepositoryCall | undefined {
  if (work === undefined) return undefined;
  const { label } = work;
  // What is looked into of a reference a session answers from then on: no question of its own (see referenceReads).
  if (work.reference) return undefined;
  const [target] = targets;
  if (target === undefined) {
    const repository = persistence.repositoryUnder(work);
    return repository === undefined ? undefined : { label, name, repository, port: false, declared: undefined, query: undefined };
  }
  const repository = persistence.repository(work.on ?? target.slice(0, target.indexOf("#")));
  const declared = calls.method(target)?.declared.method;
  if (repository === undefined || declared === undefined) return undefined;
  const query = persistence.query(repository.qualified, name, declared.parameters.length);
  return { label, name, repository, port: work.port === true, declared, query: query?.understood ? query : undefined };
}

/** What a read gives back: as its query says, or as Spring Data declares it. */
export function returnsOf({ declared, query, name }: RepositoryCall): Returns | undefined {
  if (query !== undefined) return query.returns;
  if (declared !== undefined) return declaresAllAgain(declared) ? "list" : undefined;
  if (name === "findAll" || name === "findAllById") return "list";
  if (name === "findById" || name === "findOne") return "optional";
  return name === "count" ? "scalar" : undefined;
}

/** `List<Order> findAll();` of a repository, which has it anyhow: for its type, or for an annotation that is no query. */
const declaresAllAgain = ({ name, parameters, returns, annotations }: JavaMethod): boolean =>
  findsAll(
    name,
    parameters.map(({ type }) => type),
  ) &&
  /^(?:List|Collection|Iterable|Set|Streamable)</.test(returns) &&
  annotations.every((one) => one.name !== "Query");

/** Whether it is called as what Spring Data gives every repository for all of its rows. */
export const findsAll = (name: string, parameters: readonly string[]): boolean =>
  name === "findAll" && (parameters.length === 0 || (parameters.length === 1 && parameters[0] === "Sort"));

/** Whether a unique key, of the mapping or of the schema, says that the query finds one row at most. */
export const findsOneRow = (model: Keys, { query, repository }: RepositoryCall, near: string): boolean =>
  query !== undefined && asksByKey(model, query, repository.entity, near);

/** The same of any query on the rows of an entity. */
export function asksByKey(model: Keys, { scans: [scan] }: Query, qualified: string | undefined, near: string): boolean {
  if (scan === undefined) return false;
  const fixed = new Set(scan.tests.filter(({ test, folded }) => test === "equals" && folded === undefined).map(({ column }) => column));
  if (fixed.size === 0) return false;
  const entity = qualified === undefined ? undefined : model.persistence.entity(qualified);
  const mapped = entity === undefined || entity.table !== scan.table ? [] : uniqueKeys(model.types, entity);
  if (mapped.some((key) => key.every((column) => fixed.has(column)))) return true;
  const unique = model.schema.table(scan.table, near)?.indexes.filter((index) => index.unique && index.predicate === undefined) ?? [];
  return unique.some(({ keys }) => keys.every(({ column }) => column !== undefined && fixed.has(column)));
}

/** The parts of the model that know unique keys. */
interface Keys {
  readonly persistence: PersistenceModel;
  readonly schema: SchemaModel;
  readonly types: TypeIndex;
}

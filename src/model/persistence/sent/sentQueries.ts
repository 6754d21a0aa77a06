import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { Place } from "../../../text/positions.ts";
import type { CachingModel } from "../../caching/cachingModel.ts";
import { RUNS_APART } from "../../calls/asynchronous.ts";
import { onlyBodyRun } from "../../calls/bodiesRun.ts";
import type { CallGraph, MethodCode, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import type { Effects } from "../../calls/effects/effects.ts";
import { annotationNamed } from "../../types/constants.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { turnsPage } from "./pageHelper.ts";
import { type RepositoryCall, repositoryCall } from "./repositoryCalls.ts";
import { SameValues } from "./sameValues.ts";

/** A query that a call surely sends, with what it asks for. */
export interface SentQuery {
  readonly call: RepositoryCall;
  /** Tells overloads apart. */
  readonly key: string;
  /** The arguments as texts that are the same where the values are (see SameValues), in terms of the sender's parameters. */
  readonly values: readonly string[];
  /** The calls from the sender down to the query, the query last. */
  readonly chain: readonly { readonly at: Place; readonly message: string }[];
  /** Something is written on the way before it is sent. */
  readonly afterWrite: boolean;
  /** A method on the way may be done before it is sent. */
  readonly afterReturn: boolean;
  /** A method on the way changes entities, which their transaction writes without being told to. */
  readonly changesEntities: boolean;
}

export interface QueryParts {
  readonly persistence: PersistenceModel;
  readonly calls: CallGraph;
  readonly effects: Effects;
  readonly caching: CachingModel;
  readonly types: TypeIndex;
}

/** How many calls down queries are looked for. */
const DEEPEST = 5;
/** Of a method that sends more, the first are enough to compare. */
const MOST_QUERIES = 200;

/** By method and how many calls down it stands: what is cut off there is the same whoever asks first. */
interface Shared {
  readonly state: unknown;
  readonly runs: Map<string, MethodNode | undefined>;
  readonly bodies: Map<string, Body>;
  readonly sent: Map<string, readonly SentQuery[]>;
  readonly labels: Map<string, ReadonlySet<string>>;
}

/** What a body says by itself, whoever calls it. */
interface Body {
  readonly calls: readonly BodyCall[];
  readonly changesEntities: boolean;
}

/** A call that is made whenever the body runs. */
interface BodyCall {
  readonly site: CallSite;
  readonly given: readonly (string | undefined)[];
  readonly afterWrite: boolean;
  readonly afterReturn: boolean;
}

const SHARED = new WeakMap<CallGraph, Shared>();

/** What methods ask of the database through everything they call. What was worked out is kept for as long as it holds. */
export class SentQueries {
  readonly #parts: QueryParts;
  readonly #shared: Shared;

  constructor(parts: QueryParts) {
    this.#parts = parts;
    const { state } = parts.calls;
    const known = SHARED.get(parts.calls);
    this.#shared = known?.state === state ? known : { state, runs: new Map(), bodies: new Map(), sent: new Map(), labels: new Map() };
    SHARED.set(parts.calls, this.#shared);
  }

  /** The labels of all queries that a call may lead to: a question that looks into no body. */
  labelsOf(site: CallSite): ReadonlySet<string> {
    if (site.work !== undefined) return site.work.kind === "read" ? new Set([site.work.label]) : NONE;
    const runs = this.#runs(site);
    return runs === undefined ? NONE : this.#labels(runs, 1);
  }

  /** The queries that a call sends each time it is made. `values` are those of the method that makes it. */
  sentBy(method: MethodNode, site: CallSite, node: CodeNode, values: SameValues): readonly SentQuery[] {
    if (node.kind !== "call" || !isPlain(site)) return [];
    return this.#sentBy(
      method,
      site,
      givenTo(node, method, (argument) => values.of(argument)),
      0,
    );
  }

  /**
   * The same of a call in a loop, at each of its rounds; `nameOf` names what its arguments are. Where it knows no name, queries that ask
   * for it are left out.
   */
  sentInLoop(method: MethodNode, site: CallSite, node: CodeNode, nameOf: (argument: CodeNode) => string | undefined): readonly SentQuery[] {
    if (node.kind !== "call" || site.excuses.length > 0) return [];
    return this.#sentBy(method, site, givenTo(node, method, nameOf), 0);
  }

  #sentBy(method: MethodNode, site: CallSite, given: readonly (string | undefined)[], depth: number): readonly SentQuery[] {
    const { owner } = method.declared;
    const at = { file: owner.file.file, ...site.at };
    if (site.work !== undefined) {
      const call = site.work.kind === "read" ? repositoryCall(this.#parts.persistence, this.#parts.calls, site) : undefined;
      if (call === undefined || !isAskedEachTime(call) || !given.every((value) => value !== undefined)) return [];
      const step = { at, message: `${owner.type.name}.${method.declared.method.name} calls ${call.label}` };
      const key = site.targets[0] ?? `${call.label}/${given.length}`;
      return [{ call, key, values: given, chain: [step], afterWrite: false, afterReturn: false, changesEntities: false }];
    }
    const runs = depth >= DEEPEST ? undefined : this.#runs(site);
    if (runs === undefined) return [];
    const step = { at, message: `${owner.type.name}.${method.declared.method.name} calls ${site.name}` };
    return this.#sent(runs, depth + 1).flatMap((query): readonly SentQuery[] => {
      const bound = query.values.map((value) => bind(value, given));
      return bound.every((value) => value !== undefined) ? [{ ...query, values: bound, chain: [step, ...query.chain] }] : [];
    });
  }

  #sent(method: MethodNode, depth: number): readonly SentQuery[] {
    const at = `${depth} ${method.key}`;
    const known = this.#shared.sent.get(at);
    if (known !== undefined) return known;
    const found: SentQuery[] = [];
    const body = this.#bodyOf(method);
    for (const { site, given, afterWrite, afterReturn } of body.calls) {
      if (found.length >= MOST_QUERIES) break;
      for (const query of this.#sentBy(method, site, given, depth)) {
        found.push({
          ...query,
          afterWrite: afterWrite || query.afterWrite,
          afterReturn: afterReturn || query.afterReturn,
          changesEntities: body.changesEntities || query.changesEntities,
        });
      }
    }
    this.#shared.sent.set(at, found);
    return found;
  }

  #bodyOf(method: MethodNode): Body {
    const known = this.#shared.bodies.get(method.key);
    if (known !== undefined) return known;
    const { calls, types } = this.#parts;
    calls.noteBody(method);
    const body: { calls: BodyCall[]; changesEntities: boolean } = { calls: [], changesEntities: false };
    if (method.sites.some((site) => this.mayRead(site))) {
      const code = calls.codeOf(method);
      const values = new SameValues(types, method, code, "parameters");
      body.changesEntities = code.nodes.some((node) => this.#setsEntity(node, code));
      // Which page the statement behind it reads stands in no argument of it.
      const turn = code.nodes.find(turnsPage)?.start ?? Number.POSITIVE_INFINITY;
      const done = code.nodes.find((node) => node.kind === "return" && !isInLambda(node))?.end ?? Number.POSITIVE_INFINITY;
      let afterWrite = false;
      for (const site of method.sites) {
        const node = this.mayRead(site) ? code.nodes[site.order] : undefined;
        if (node?.kind === "call" && node.start < turn && isUnconditional(node)) {
          const given = givenTo(node, method, (argument) => values.of(argument));
          body.calls.push({ site, given, afterWrite, afterReturn: node.start >= done });
        }
        afterWrite ||= this.writes(site);
      }
    }
    this.#shared.bodies.set(method.key, body);
    return body;
  }

  /** Whether a call may send a query that is understood. */
  mayRead(site: CallSite): boolean {
    return isPlain(site) && (site.work === undefined ? this.#runs(site) !== undefined : site.work.kind === "read");
  }

  /** Whether a call writes, as far as is known. */
  writes({ name, work, targets }: CallSite): boolean {
    if (work !== undefined) return work.kind === "write";
    return targets.length > 0 && (CHANGES.test(name) || targets.some((target) => this.#parts.effects.of(target, "write") !== undefined));
  }

  #setsEntity(node: CodeNode, { typer }: MethodCode): boolean {
    if (node.kind !== "call" || !node.statement || !/^(?:set|add|remove|clear)(?=\p{Lu}|$)/u.test(node.text)) return false;
    const on = childOf(node, "receiver");
    const type = on === undefined ? undefined : typer.typeOf(on);
    return type !== undefined && this.#parts.persistence.entity(type.name) !== undefined;
  }

  #labels(method: MethodNode, depth: number): ReadonlySet<string> {
    const at = `${depth} ${method.key}`;
    const known = this.#shared.labels.get(at);
    if (known !== undefined) return known;
    const labels = new Set<string>();
    for (const site of method.sites) {
      if (site.work !== undefined) {
        if (site.work.kind === "read") labels.add(site.work.label);
        continue;
      }
      const runs = depth < DEEPEST && isPlain(site) ? this.#runs(site) : undefined;
      if (runs !== undefined) for (const label of this.#labels(runs, depth + 1)) labels.add(label);
    }
    this.#shared.labels.set(at, labels);
    return labels;
  }

  /** The one method that a call runs, where it reads, is not cached and runs in the caller's thread. */
  #runs({ targets: [target, overload], work }: CallSite): MethodNode | undefined {
    if (target === undefined || work !== undefined || overload !== undefined) return undefined;
    const { runs } = this.#shared;
    if (runs.has(target)) return runs.get(target);
    const found = this.#running(target);
    runs.set(target, found);
    return found;
  }

  #running(target: string): MethodNode | undefined {
    const { calls, effects, caching } = this.#parts;
    if (effects.passedOn(target, "read") === undefined) return undefined;
    const declared = calls.method(target);
    const runs = onlyBodyRun(calls, target);
    if (declared === undefined || runs === undefined) return undefined;
    const annotated = [...runs.declared.method.annotations, ...declared.declared.method.annotations];
    if (annotationNamed(annotated, ...RUNS_APART, "Retryable") !== undefined) return undefined;
    const cached = [runs.key, target].some((one) => /annotation|query|body/.test(caching.of(one)?.cached ?? ""));
    return cached ? undefined : runs;
  }
}

const NONE: ReadonlySet<string> = new Set();

function isInLambda(node: CodeNode): boolean {
  for (const { kind } of ancestorsOf(node)) if (kind === "lambda") return true;
  return false;
}

/** The arguments of a call, and behind them what it is made on where the method is given that: a repository, and each time another one. */
function givenTo(
  call: CodeNode,
  { declared }: MethodNode,
  nameOf: (argument: CodeNode) => string | undefined,
): readonly (string | undefined)[] {
  const given = childrenOf(call, "argument").map(nameOf);
  const on = childOf(call, "receiver");
  const isGiven = on?.kind === "name" && declared.method.parameters.some(({ name }) => name === on.text);
  return on !== undefined && isGiven ? [...given, nameOf(on)] : given;
}

const isPlain = ({ excuses, iterations }: CallSite): boolean => excuses.length === 0 && iterations.length === 0;

/** What changes an entity in its transaction need not say so to the database (genie's updateJobStatus). */
const CHANGES =
  /^(?:update|set|change|mark|save|store|create|add|remove|delete|cancel|complete|finish|increment|rotate|apply|merge)(?=\p{Lu}|$)/u;

/** Puts the arguments of a call where a value names the called method's parameters. */
function bind(value: string, given: readonly (string | undefined)[]): string | undefined {
  const index = /^\$(\d+)(?=\.|$)/.exec(value);
  if (index !== null) {
    const argument = given[Number(index[1])];
    return argument === undefined ? undefined : argument + value.slice(index[0].length);
  }
  let known = true;
  // Inside of a conversion: `Long.valueOf($0)`.
  const bound = value.replace(/\$(\d+)(?=[.,)])/g, (_, number: string) => {
    const argument = given[Number(number)];
    if (argument === undefined) known = false;
    return argument ?? "";
  });
  return known ? bound : undefined;
}

/** Queries that reach the database whenever they are called; a lock or a hint may ask for more than the rows. */
function isAskedEachTime({ declared, name, repository }: RepositoryCall): boolean {
  if (declared === undefined) return /^(?:findAll|findAllById|findById|existsById|count)$/.test(name) && repository.style === "spring-data";
  if (/^(?:Mono|Flux|Stream|CompletableFuture|Future)\b/.test(declared.returns)) return false;
  if (/[nN]ext[vV]al|[nN]extId|[rR]andom|[lL]ock|[fF]orUpdate|[rR]efresh/.test(name)) return false;
  return annotationNamed(declared.annotations, "Lock", "QueryHints", "Cacheable", "Procedure", "Modifying") === undefined;
}

/** Whether code runs whenever its method does, early returns aside: in no branch, loop or lambda, and not behind a failure. */
export function isUnconditional(node: CodeNode): boolean {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    switch (around.kind) {
      case "lambda":
      case "method":
      case "for":
      case "foreach":
      case "while":
      case "do":
      case "catch":
      case "case":
        return false;
      case "if":
      case "conditional":
      case "switch":
        if (inner.role !== "condition" && inner.role !== "value") return false;
        break;
      case "binary":
        if ((around.text === "&&" || around.text === "||") && inner.role === "right") return false;
        break;
    }
    inner = around;
  }
  return true;
}

import { RUNS_APART } from "../../../../model/calls/asynchronous.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { onlyBodyOf } from "../../../../model/persistence/sent/delegatedCalls.ts";
import { isUnconditional } from "../../../../model/persistence/sent/sentQueries.ts";
import { type Propagation, transactionOf } from "../../../../model/transactions/transactions.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { RelatedPlace } from "../../../finding.ts";

/** A write, and how a call comes to it. */
export interface DelegatedWrite {
  readonly site: CallSite;
  /** The methods on the way; empty where the call itself writes. */
  readonly through: readonly RelatedPlace[];
}

/** A port and its adapter, or a helper of the class above, stand between a loop and its statement. */
const MOST_STEPS = 3;

/**
 * The write that a call makes: itself, or through methods that can be no others, which make it each time they run, once, and send nothing
 * else but what some of the calls write besides: `void mark(Long id) { if (jpa.mark(id) == 0) jpa.add(id); }`. What opens a transaction
 * on the way has its own rule (java/tx-per-iteration), unless it takes part in the one that is around the loop.
 */
export function writeOf(model: Model, site: CallSite, isInTransaction: () => boolean): DelegatedWrite | undefined {
  const through: RelatedPlace[] = [];
  let at = site;
  for (let step = 0; at.work === undefined; step++) {
    if (step === MOST_STEPS || at.excuses.length > 0) return undefined;
    const [target] = at.targets;
    if (target === undefined || model.effects.of(target, "write") === undefined) return undefined;
    const runs = onlyBodyOf(model.calls, at);
    const next = runs === undefined || !isPlainCall(model, runs, isInTransaction) ? undefined : onlyWrite(model, runs);
    if (runs === undefined || next === undefined) return undefined;
    const { owner, method } = runs.declared;
    through.push({
      at: { file: owner.file.file, ...next.at },
      message: `${owner.type.name}.${method.name} calls ${next.name}`,
    });
    at = next;
  }
  return at.work.kind === "write" ? { site: at, through } : undefined;
}

/** Runs at once, in the transaction of its caller, for one element. */
function isPlainCall({ types }: Model, { declared }: MethodNode, isInTransaction: () => boolean): boolean {
  const { annotations, parameters } = declared.method;
  const own = transactionOf(declared, types);
  return (
    annotationNamed(annotations, ...RUNS_APART, "Retryable", "EventListener") === undefined &&
    !parameters.some(({ type }) => TAKES_MANY.test(type)) &&
    (own === undefined || (JOINS.has(own.propagation) && isInTransaction()))
  );
}

const JOINS: ReadonlySet<Propagation> = new Set<Propagation>(["REQUIRED", "SUPPORTS", "MANDATORY"]);

/** Parameters that hold several rows at once; the values of one statement are no such. */
const TAKES_MANY = /^(?:List|Set|Collection|Iterable|Stream|Map|SqlParameterSource)\b|^(?!Object|String)\w+\[\]$/;

/** The only call of a method that sends or reads anything whenever the method runs; the others write at times. */
function onlyWrite({ calls, effects }: Model, method: MethodNode): CallSite | undefined {
  const busy = method.sites.filter(({ work, targets }) =>
    KINDS.some((kind) => work?.kind === kind || targets.some((target) => effects.of(target, kind) !== undefined)),
  );
  const [first, ...others] = busy;
  if (first === undefined || first.iterations.length > 0) return undefined;
  const { nodes } = calls.codeOf(method);
  const isEach = ({ order }: CallSite): boolean => {
    const node = nodes[order];
    return node !== undefined && isUnconditional(node);
  };
  return isEach(first) && others.every((other) => other.work?.kind === "write" && !isEach(other)) ? first : undefined;
}

const KINDS = ["write", "read", "http", "search", "redis", "message", "mail"] as const;

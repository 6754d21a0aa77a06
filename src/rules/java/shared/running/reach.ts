import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { type EntryPoint, isByClock, WIDE_DISPATCH } from "../../../../model/calls/effects/spread.ts";
import type { Model } from "../../../../model/model.ts";
import type { Endpoint } from "../../../../model/web/endpoint.ts";
import { runsAtStartUp } from "../../../../model/web/startUp.ts";

/**
 * How often code runs. "often": at requests, at messages, or at a clock that strikes every few minutes; "seldom": for administrators,
 * in imports, migrations and nightly jobs, at start-up; "unknown": nothing is known for sure to reach it.
 */
export interface Reach {
  readonly often: "often" | "seldom" | "unknown";
  readonly entry: EntryPoint | undefined;
}

export function reachOf(model: Model, method: MethodNode): Reach {
  const entry = model.effects.reachedFrom(method.key);
  // What a clock is known to start every few minutes may well be called a job.
  const isByFrequentClock = entry?.often === true && isByClock(entry);
  if (isDoneInBulk(method, isByFrequentClock)) return { often: "seldom", entry };
  if (entry === undefined) return { often: "unknown", entry };
  const path = model.effects.pathTo(method.key);
  const { calls } = model;
  for (const [i, key] of path.entries()) {
    const node = calls.method(key);
    if (node === undefined) return { often: "unknown", entry };
    calls.noteBody(node);
    if (isDoneInBulk(node, isByFrequentClock)) return { often: "seldom", entry };
    const runs = calls.overridesOf(key);
    if (runs.size > WIDE_DISPATCH && runs.has(path[i + 1] ?? "")) return { often: "unknown", entry };
  }
  return { often: entry.often ? "often" : "seldom", entry };
}

/** The endpoint that a method serves, as it runs in its controller. */
export const endpointRunning = (model: Model, { key, declared }: MethodNode): Endpoint | undefined =>
  model.web.endpointsIn(declared.owner.file.file).find(({ runs }) => model.calls.keyOf(runs) === key);

/** Whether one of several classes may run on the known way to a method, of which an entry point need not choose this one. */
export const isOneOfSeveral = (model: Model, key: string): boolean =>
  model.effects.pathTo(key).some((on) => model.calls.overridesOf(on).size > 1);

/**
 * " for each GET /owners" behind a cost; " each time GET /owners comes to it" where it need not; nothing where no entry point is known.
 */
export function perEntry(model: Model, { key }: MethodNode): string {
  const entry = model.effects.reachedFrom(key);
  if (entry === undefined) return "";
  return isOneOfSeveral(model, key) ? ` each time ${entry.label} comes to it` : ` for each ${entry.label}`;
}

/** Work that is done in bulk, or once, while nobody waits for it. */
const isDoneInBulk = (node: MethodNode, isByFrequentClock: boolean): boolean => {
  const { owner, method } = node.declared;
  const { name } = owner.type;
  return runsAtStartUp(node) || BULK_TYPES.test(name) || (!isByFrequentClock && JOBS.test(name)) || BULK_METHODS.test(method.name);
};

/** Whole words where others begin alike: an Installment, a Seedlot, Demographics. */
const BULK_TYPES =
  /Migrat|(?:Import(?:er|s|ing)?|Seed(?:er|ing|s)?|Install(?:er|ation)?|Demo)(?!\p{Ll})|Export|Batch|Bootstrap|Patch|Upgrade|Clean[uU]p|Backfill|Reindex|Fixture/u;
const JOBS = /Job(?:Executor|Manager|Runner)?$/;
const BULK_METHODS = /^(?:migrat|import|export|seed|backfill|reindex|clean[uU]p|purge)/;

/** Whether requests and jobs reach other methods of its class, and none of them this one: code that is switched off looks like that. */
export const isPassedBy = (model: Model, { declared }: MethodNode): boolean =>
  model.calls
    .methodsIn(declared.owner.file.file)
    .some((other) => other.declared.owner.type === declared.owner.type && model.effects.reachedFrom(other.key) !== undefined);

import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaType } from "../../../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { type EntryPoint, isByClock } from "../../../../model/calls/effects/spread.ts";
import type { Model } from "../../../../model/model.ts";

/** A method of a class that sends requests to other machines, and the entry point that is known to come to it. */
export interface ClientUser {
  readonly method: MethodNode;
  readonly entry: EntryPoint | undefined;
}

/**
 * The method of a class whose requests to other machines hold up most: of people's requests before messages, clocks and what nothing is
 * known to reach. Undefined for a class that sends none itself, as one that makes clients for others.
 */
export function clientUserOf(model: Model, file: JavaFile, type: JavaType): ClientUser | undefined {
  const users = model.calls
    .methodsIn(file.file)
    .filter(({ declared, sites }) => declared.owner.type === type && sites.some(({ work }) => work?.kind === "http"))
    .map((method): ClientUser => ({ method, entry: model.effects.reachedFrom(method.key) }));
  return users.sort((a, b) => rank(a.entry) - rank(b.entry))[0];
}

function rank(entry: EntryPoint | undefined): number {
  if (entry === undefined) return 4;
  if (isByClock(entry)) return entry.kind === "scheduler" ? 2 : 3;
  return entry.kind === "endpoint" && entry.often ? 0 : 1;
}

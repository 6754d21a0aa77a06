import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { EntryPoint } from "../../../../model/calls/effects/spread.ts";
import { methodKey } from "../../../../model/calls/methodKey.ts";
import type { Model } from "../../../../model/model.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import type { WrittenQuery } from "../../../../model/persistence/written/writtenQueries.ts";
import { declarationOf, fileOf } from "./declarations.ts";

/** The key of the method that sends a query of a file. */
export function senderOf(query: Query | WrittenQuery, file: JavaFile): string | undefined {
  if ("sender" in query) return query.sender;
  const declared = declarationOf(query, file);
  return declared === undefined ? undefined : methodKey({ owner: { file, type: declared.type }, method: declared.method });
}

/** What a query of a file is sent for. */
export function entryOf(query: Query | WrittenQuery, file: JavaFile, model: Model): EntryPoint | undefined {
  const sender = senderOf(query, file);
  return sender === undefined ? undefined : model.effects.reachedFrom(sender);
}

/** Whether requests of many people, messages, or a clock that strikes every few minutes send a query, wherever it stands. */
export function isAskedOften(query: Query | WrittenQuery, model: Model): boolean {
  const file = fileOf(query, model);
  return file !== undefined && entryOf(query, file, model)?.often === true;
}

/**
 * Whether nothing calls a query that a repository declares, while others of that repository are called: of a repository that nothing is
 * known to call, the callers are not here.
 */
export function isUncalled(query: Query | WrittenQuery, model: Model): boolean {
  if ("sender" in query) return false;
  const { persistence, types } = model;
  const usesOf = (one: Query): number => {
    const file = fileOf(one, model);
    const sender = file === undefined || one.repository !== declarationOf(one, file)?.type.qualified ? undefined : senderOf(one, file);
    // What something above declares, too, is called through that (OpenAEV's StatisticRepository).
    return sender === undefined || isDeclaredAbove(one, types) ? 1 : persistence.uses.of(sender).all;
  };
  return (
    usesOf(query) === 0 && persistence.queriesOf(query.repository).some((other) => other.at.file === query.at.file && usesOf(other) > 0)
  );
}

function isDeclaredAbove({ repository, method }: Query, types: Model["types"]): boolean {
  const entry = types.declared(repository);
  const above = entry === undefined ? [] : types.lineage(entry).slice(1);
  return above.some(({ type }) => type.methods.some(({ name }) => name === method));
}

/** Whether something on the way from the request keeps what comes back. */
export const isKept = (sender: string | undefined, model: Model): boolean =>
  sender !== undefined &&
  [sender, ...model.effects.pathTo(sender)].some((key) => {
    const method = model.calls.method(key);
    return method?.remembered === true;
  });

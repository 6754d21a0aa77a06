import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { type FileEdit, insertAt } from "../../../../text/edits.ts";
import type { Fix, Sources } from "../../../finding.ts";
import { importEdits } from "../imports.ts";
import { addRepositoryMethod } from "../repositoryMethod.ts";
import { freeName } from "./freeName.ts";
import { hoistEdits } from "./hoistedElements.ts";
import { leftLazy, saidOfLeft } from "./leftLazy.ts";
import { answerInstead, answerOf, importsOf, keyOfCall, type Loaded, loadStatement, mapName } from "./loadStatement.ts";
import { lookupAt } from "./lookupInLoop.ts";

/**
 * `for (x : xs) repo.findById(x.key())`, and the same in a step of a stream → one `findAllById` (or `findBy…In`, added to the repository)
 * before the loop, and a lookup in a map inside it. Offered for one key that depends on the loop's element alone, beside what is the same for all.
 */
export function loadOnce(model: Model, method: MethodNode, site: CallSite): readonly Fix[] {
  const lookup = lookupAt(model, method, site);
  if (lookup === undefined) return [];
  // The body is unpacked again when the edit is wanted: a finding that kept it would keep it for as long as it is shown.
  const build = (sources: Sources): readonly FileEdit[] | undefined => {
    const again = lookupAt(model, method, site);
    return again === undefined ? undefined : edits(model, method, again, sources);
  };
  return [{ title: saidOfLeft(leftLazy(model, method, lookup.call), titleOf([lookup])), safe: false, ...addedTo([lookup]), edits: build }];
}

/** What the fix does, by the methods that it asks; those that it adds first. */
export function titleOf(lookups: readonly Pick<Loaded, "bulk" | "addTo">[]): string {
  const added = new Set(lookups.filter(({ addTo }) => addTo !== undefined).map(({ bulk }) => bulk));
  if (added.size > 0) return `Add ${[...added].join(" and ")} and load all before the loop`;
  return `Load all with ${[...new Set(lookups.map(({ bulk }) => bulk))].join(" and ")} before the loop`;
}

/** The repository that a lookup has to have a method added to, which tests may implement. */
export function addedTo(lookups: readonly Pick<Loaded, "addTo">[]): Pick<Fix, "addsTo"> {
  const file = lookups.find(({ addTo }) => addTo !== undefined)?.addTo?.repository.file.file;
  return file === undefined ? {} : { addsTo: file };
}

function edits(model: Model, method: MethodNode, lookup: Loaded, sources: Sources): readonly FileEdit[] | undefined {
  const { file } = method.declared.owner;
  const text = sources.text(file.file);
  if (text === undefined || !text.startsWith(lookup.call.text, lookup.call.nameStart)) return undefined;
  const { statement } = lookup;
  const argument = keyOfCall(lookup);
  const map = mapName(model, [method], lookup);
  const key = argument === undefined ? freeName(model, [method], "key") : text.slice(argument.start, argument.end);
  const answer = answerOf(model, file, lookup, map, key);
  const change: FileEdit = {
    kind: "change",
    file: file.file,
    edits: [
      ...importEdits(file, text, [...importsOf(lookup, text), ...answer.imports]),
      ...hoistEdits(lookup, text),
      insertAt(statement.start, loadStatement(lookup, map, text)),
      ...answerInstead(answer, argument === undefined ? `${key} -> ${answer.text}` : answer.text, text),
    ],
  };
  const added = repositoryEdits([lookup], file.file, sources);
  return added && [change, ...added];
}

/** The methods that repositories lack for these lookups; undefined where one can't be added. */
export function repositoryEdits(
  lookups: readonly Pick<Loaded, "addTo">[],
  changed: string,
  sources: Sources,
): readonly FileEdit[] | undefined {
  const edits: FileEdit[] = [];
  const files = new Set([changed]);
  const declarations = new Set<string>();
  for (const { addTo } of lookups) {
    if (addTo === undefined || declarations.has(addTo.declaration)) continue;
    declarations.add(addTo.declaration);
    const { file } = addTo.repository.file;
    if (files.has(file)) return undefined;
    files.add(file);
    const added = addRepositoryMethod(addTo, sources);
    if (added === undefined) return undefined;
    edits.push(added);
  }
  return edits;
}

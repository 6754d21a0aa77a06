import type { CodeNode } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { groupsByDefault } from "../../../../model/persistence/loading/fetchGaps.ts";
import { lazyAccesses } from "../../../../model/persistence/loading/lazyAccesses.ts";
import { fetches } from "../../../../model/persistence/repositories/selection.ts";

/**
 * The associations of a row that a call in a loop finds which the round looks into: they are loaded one by one however the rows are. None
 * where they come in batches, or with the rows.
 */
export function leftLazy(model: Model, method: MethodNode, call: CodeNode): readonly string[] {
  if (groupsByDefault(model.configuration, method.declared.owner.file.file)) return [];
  const names = lazyAccesses(model, method).flatMap(({ origin, path: [first] }): readonly string[] => {
    if (!("selection" in origin) || origin.call.start !== call.start || origin.call.end !== call.end || first === undefined) return [];
    const { name, kind, fetch, grouped } = first;
    const isLeft = kind !== "basic" && kind !== "embedded" && fetch === "lazy" && !grouped && !fetches(origin.selection, name);
    return isLeft ? [name] : [];
  });
  return [...new Set(names)];
}

/** What a title says of them: "; lines stays a query each". */
export function saidOfLeft(names: readonly string[], title: string): string {
  const [name, ...more] = names;
  if (name === undefined) return title;
  const said = more.length === 0 ? `; ${name} stays a query each` : `; ${names.length} associations stay a query each`;
  return title.length + said.length <= LONGEST ? title + said : `${title}; not all queries go`;
}

/** More than this a menu cuts off. */
const LONGEST = 100;

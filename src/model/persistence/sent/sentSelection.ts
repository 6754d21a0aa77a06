import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { looksDerived } from "../repositories/queries.ts";
import { inheritedSelection, type Selection } from "../repositories/selection.ts";
import { TAKES_SPECIFICATION } from "../written/specifications.ts";
import { foundByKey } from "./foundByKey.ts";
import { repositoryCall } from "./repositoryCalls.ts";

/**
 * The entities that a call brings: as the repository's method says, as Spring Data's own method and the specification do, or as the query
 * that the code itself writes.
 */
export function sentSelection(persistence: PersistenceModel, calls: CallGraph, method: MethodNode, site: CallSite): Selection | undefined {
  if (site.work !== undefined && site.work.kind !== "read") return undefined;
  const called = site.work === undefined ? undefined : repositoryCall(persistence, calls, site);
  if (called === undefined) return foundByKey(persistence, calls, method, site) ?? persistence.written.selections.at(method, site);
  const { declared, repository } = called;
  if (declared !== undefined) {
    const selection = persistence.selection(repository.qualified, site.name, declared.parameters.length);
    const isWrittenOut = selection?.source === "derived" && !looksDerived(site.name);
    if (selection === undefined || !isWrittenOut) return selection;
    const found = persistence.written.selections.implemented(selection, method, site);
    // `Page<Order> findAll(Specification<Order> by, Pageable page)`: the library's own, declared again.
    if (found === undefined || !/^(?:[\w.]+\.)?Specification\b/.test(declared.parameters[0]?.type ?? "")) return found;
    const { fetched, asked } = persistence.written.selections.specified(method, site, found.entity);
    return { ...found, fetched: [...new Set([...found.fetched, ...fetched])].sort(), ...(asked === undefined ? {} : { asked }) };
  }
  const inherited = inheritedSelection(repository, site.name, false);
  if (inherited === undefined || !TAKES_SPECIFICATION.test(called.label)) return inherited;
  return { ...inherited, ...persistence.written.selections.specified(method, site, inherited.entity) };
}

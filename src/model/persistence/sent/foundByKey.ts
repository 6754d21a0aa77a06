import { childrenOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import type { Selection } from "../repositories/selection.ts";
import { usesGraph } from "../written/entityGraphs.ts";

const FINDS = /^(?:EntityManager|Session|StatelessSession|HibernateTemplate)\.(?:find|get|load)$/;

/** The one entity that a session brings for its key: `em.find(Owner.class, id)`. */
export function foundByKey(persistence: PersistenceModel, calls: CallGraph, method: MethodNode, site: CallSite): Selection | undefined {
  if (site.work === undefined || !FINDS.test(site.work.label)) return undefined;
  const code = calls.codeOf(method);
  const call = code.nodes[site.order];
  // A class and a key: what more is given may be a graph.
  if (call?.kind !== "call" || childrenOf(call, "argument").length !== 2) return undefined;
  const type = code.typer.typeOf(call);
  const entity = type === undefined || type.dimensions > 0 ? undefined : persistence.entity(type.name);
  if (entity?.kind !== "entity" || usesGraph(code)) return undefined;
  const { owner, method: declared } = method.declared;
  return {
    label: `${owner.type.name}.${declared.name}`,
    repository: owner.type.qualified,
    method: declared.name,
    parameters: declared.parameters.length,
    entity: entity.qualified,
    rows: "one",
    paged: false,
    source: "derived",
    fetched: [],
    graph: undefined,
    at: undefined,
  };
}

import { ancestorsOf, type CodeNode, childrenOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import type { LazyAccess } from "../../../../model/persistence/loading/associationLooks.ts";
import type { FetchGap } from "../../../../model/persistence/loading/fetchGaps.ts";
import { fetches, type Selection } from "../../../../model/persistence/repositories/selection.ts";
import { sentSelection } from "../../../../model/persistence/sent/sentSelection.ts";
import type { Span } from "../../../../text/positions.ts";

/**
 * Whether a second query of the method brings what the first one leaves out, before anybody looks for it: the rows of a page first, then one
 * collection after the other by their keys. A session has one object for each row, so the second query fills what the first has given.
 */
export function isFetchedBeside(model: Model, method: MethodNode, { origin, at }: LazyAccess, gap: FetchGap, first: Selection): boolean {
  if (!("call" in origin)) return false;
  const { nodes } = model.calls.codeOf(method);
  return method.sites.some((site) => {
    if (site.work?.kind !== "read") return false;
    const call = nodes[site.order];
    if (call === undefined || call.start < origin.call.end || call.end > at.start) return false;
    if (childrenOf(call, "argument").length === 0 || isPerhapsSkipped(call, at)) return false;
    const second = sentSelection(model.persistence, model.calls, method, site);
    if (second === undefined || second.rows !== "many" || second.label === first.label) return false;
    return (
      (second.entity === first.entity && fetches(second, gap.path)) ||
      (second.entity === gap.owner.qualified && fetches(second, gap.attribute.name))
    );
  });
}

/** In a branch, a loop or a lambda that does not hold what looks into the association. */
function isPerhapsSkipped(call: CodeNode, { start, end }: Span): boolean {
  return [...ancestorsOf(call)].some(
    (around) =>
      /^(?:if|conditional|switch|case|for|foreach|while|do|lambda|catch)$/.test(around.kind) &&
      !(around.start <= start && end <= around.end),
  );
}

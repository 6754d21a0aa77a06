import type { CallSite } from "../callSites.ts";
import type { WorkKind } from "../workKinds.ts";
import type { ChainStep, Effects } from "./effects.ts";

/** What one call does, itself or through the methods that it runs. */
export interface SiteEffect {
  readonly kind: WorkKind;
  /** "RestTemplate.getForObject". */
  readonly label: string;
  /** 0 when the call itself does it. */
  readonly depth: number;
  /** How many methods may run at the widest dispatch on the way. */
  readonly candidates: number;
  /** The method that leads there; undefined when the call itself does it. */
  readonly target: string | undefined;
  readonly chain: readonly ChainStep[];
}

/** The nearest effect of one kind that a call has; undefined where it has none, or where one of several overloads has none. */
export function siteEffect(effects: Effects, site: CallSite, kind: WorkKind): SiteEffect | undefined {
  const { work, targets } = site;
  if (work !== undefined)
    return work.kind === kind ? { kind, label: work.label, depth: 0, candidates: 1, target: undefined, chain: [] } : undefined;
  const found = targets.flatMap((target): SiteEffect[] => {
    const effect = effects.passedOn(target, kind, site);
    if (effect === undefined) return [];
    const { label, depth, candidates } = effect;
    return [{ kind, label, depth, candidates, target, chain: effects.chainFrom(target, kind) }];
  });
  return found.length === targets.length ? found.sort((a, b) => a.depth - b.depth)[0] : undefined;
}

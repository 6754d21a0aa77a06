import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import type { ReadLog } from "../readLog.ts";
import type { CachingModel } from "./cachingModel.ts";

/** A read that a method reaches with nothing cached on the way. */
export interface UncachedRead {
  /** The method whose body reads. */
  readonly method: MethodNode;
  readonly site: CallSite;
  /** From the start down to `method`, both included; each with the call that leads to the next. */
  readonly path: readonly PathStep[];
}

export interface PathStep {
  readonly method: MethodNode;
  /** Undefined for the last, and from a declaration to what runs in its place. */
  readonly site: CallSite | undefined;
}

/** Longer chains, and services that call half of the application, are no answer of one cacheable method. */
const DEEPEST = 8;
const MOST_METHODS = 300;

/**
 * The reads below a method, nearest first. Methods that cache, and methods whose answer depends on who asks, are not entered.
 * Undefined where the start is such a method itself.
 */
export function uncachedReads(reads: ReadLog, calls: CallGraph, caching: CachingModel, start: string): readonly UncachedRead[] | undefined {
  const found: UncachedRead[] = [];
  const seen = new Set<string>([start]);
  let frontier: Visit[] = [{ key: start, path: [] }];
  for (let depth = 0; frontier.length > 0 && depth < DEEPEST; depth++) {
    const next: Visit[] = [];
    for (const { key, path } of frontier) {
      const method = calls.method(key);
      const traits = caching.of(key);
      if (method === undefined) continue;
      if (traits === undefined || traits.cached !== undefined || traits.personal) {
        if (key === start) return undefined;
        continue;
      }
      // Whoever reads the calls of a file hears of their change; whoever asks for overrides, of new classes below.
      calls.noteBody(method);
      reads.note(`subtypes:${method.declared.owner.type.name}`);
      if (asksWho(calls, caching, method)) {
        if (key === start) return undefined;
        continue;
      }
      const enter = (target: string, site: CallSite | undefined): void => {
        if (seen.has(target) || seen.size >= MOST_METHODS) return;
        seen.add(target);
        next.push({ key: target, path: [...path, { method, site }] });
      };
      for (const site of method.sites) {
        if (site.work === undefined) for (const target of site.targets) enter(target, site);
        else if (!isCachedTarget(caching, site)) found.push({ method, site, path: [...path, { method, site: undefined }] });
      }
      for (const runs of calls.overridesOf(key)) enter(runs, undefined);
    }
    frontier = next;
  }
  return found;
}

/** `userName()`: a method that is told nothing and looks at who asks says who it is, unless it reads and counts what is that person's. */
const asksWho = (calls: CallGraph, caching: CachingModel, { sites }: MethodNode): boolean =>
  sites.some(({ work, targets: [target, ...others] }) => {
    if (work !== undefined || target === undefined || others.length > 0 || caching.of(target)?.personal !== true) return false;
    const asked = calls.method(target);
    return asked?.declared.method.parameters.length === 0 && !(DATA.test(asked.declared.method.returns) && asked.sites.some(isRead));
  });

const isRead = ({ work }: CallSite): boolean => work?.kind === "read";
/** What no person is called by. */
const DATA = /^(?:long|int|Long|Integer|boolean|Boolean|double|Double|BigDecimal|List|Set|Collection|Map|Page|Slice|Stream|Flux)\b/;

interface Visit {
  readonly key: string;
  readonly path: readonly PathStep[];
}

/** A repository's method may be cached itself. */
function isCachedTarget(caching: CachingModel, site: CallSite): boolean {
  return site.targets.some((target) => caching.of(target)?.cached !== undefined);
}

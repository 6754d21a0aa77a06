import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import { WIDE_DISPATCH } from "../../../../model/calls/effects/spread.ts";
import type { Model } from "../../../../model/model.ts";
import { siteRead } from "../../../../model/persistence/sent/siteReads.ts";
import { isSmallTable } from "../mapping/smallTables.ts";

/** Work that several requests had better not do at once. */
export interface HeavyWork {
  readonly kind: "remote" | "list" | "number";
  readonly label: string;
  readonly method: MethodNode;
  readonly site: CallSite;
}

const DEEPEST = 4;
const MOST_METHODS = 60;

/** The first remote call, or reading of many rows, below a cached method; nearest first. What other caches keep is left out. */
export function heavyWork(model: Model, start: string): HeavyWork | undefined {
  // An annotation of an interface stands for whatever runs behind it.
  const begin = [start, ...runsBehind(model, start)];
  const seen = new Set(begin);
  let frontier = begin;
  for (let depth = 0; frontier.length > 0 && depth < DEEPEST; depth++) {
    const next: string[] = [];
    for (const key of frontier) {
      const method = model.calls.method(key);
      if (method === undefined || (key !== start && method.remembered)) continue;
      model.calls.noteBody(method);
      for (const site of method.sites) {
        const found = heavy(model, method, site);
        if (found !== undefined) return found;
        for (const target of site.work === undefined ? site.targets : []) {
          const overrides = model.calls.overridesOf(target);
          for (const one of overrides.size > WIDE_DISPATCH ? [] : [target, ...overrides]) {
            if (seen.has(one) || seen.size >= MOST_METHODS) continue;
            seen.add(one);
            next.push(one);
          }
        }
      }
    }
    frontier = next;
  }
  return undefined;
}

function runsBehind(model: Model, key: string): readonly string[] {
  const declared = model.calls.method(key)?.declared;
  if (declared === undefined || declared.method.body >= 0) return [];
  model.reads.note(`subtypes:${declared.owner.type.name}`);
  const runs = [...model.calls.overridesOf(key)];
  return runs.length > WIDE_DISPATCH ? [] : runs;
}

function heavy(model: Model, method: MethodNode, site: CallSite): HeavyWork | undefined {
  if (site.work?.kind === "http" || site.work?.kind === "search") return { kind: "remote", label: site.work.label, method, site };
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read === undefined || read.shape === "other" || isSmallTable(model, read.table, method.declared.owner.file.file)) return undefined;
  return { kind: read.shape === "all" || read.shape === "fixed" ? "list" : "number", label: read.label, method, site };
}

import { tableWritten } from "../../../../model/caching/tableAccess.ts";
import { writtenAlong } from "../../../../model/caching/writtenAlong.ts";
import { onlyBodyRun } from "../../../../model/calls/bodiesRun.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { type RepositoryCall, repositoryCall } from "../../../../model/persistence/sent/repositoryCalls.ts";

/** Methods below one call: behind more it is not followed what they write. */
const MOST_METHODS = 40;

/** The tables that a read, or the one that a call leads to, asks; undefined where they are not known. */
export function tablesRead(model: Model, site: CallSite): ReadonlySet<string> | undefined {
  if (site.work !== undefined) return tablesAsked(model, site);
  const last = model.effects.methodsFrom(site.targets[0] ?? "", "read").at(-1);
  const reader = last === undefined ? undefined : model.calls.method(last);
  if (reader === undefined) return undefined;
  model.calls.noteBody(reader);
  const [read, ...others] = reader.sites.filter(({ work }) => work?.kind === "read");
  return read === undefined || others.length > 0 ? undefined : tablesAsked(model, read);
}

function tablesAsked(model: Model, site: CallSite): ReadonlySet<string> | undefined {
  const call = repositoryCall(model.persistence, model.calls, site);
  return call === undefined ? undefined : tablesOf(model, call);
}

/** Of a repository's own call. */
export function tablesOf(model: Model, { repository, query }: RepositoryCall): ReadonlySet<string> | undefined {
  const entity = repository.entity === undefined ? undefined : model.persistence.entity(repository.entity);
  if (entity === undefined || entity.table === "" || query?.understood === false) return undefined;
  return new Set([entity.table, ...(query?.scans ?? []).flatMap(({ table }) => table ?? [])]);
}

/** The tables that a call writes, itself or through what it runs, with what is saved along; undefined where they are not known. */
export function tablesWritten(model: Model, method: MethodNode, site: CallSite): ReadonlySet<string> | undefined {
  const tables = new Set<string>();
  const seen = new Set<string>();
  const frontier = [{ method, site }];
  for (let at = frontier.pop(); at !== undefined; at = frontier.pop()) {
    if (at.site.work?.kind === "write") {
      const written = tableWritten(model, at.method, at.site);
      if (written === undefined) return undefined;
      for (const { table } of [written, ...writtenAlong(model, at.method, at.site)]) tables.add(table);
    }
    if (at.site.work !== undefined) continue;
    for (const target of at.site.targets) {
      if (model.effects.of(target, "write") === undefined) continue;
      const runs = onlyBodyRun(model.calls, target);
      if (runs === undefined || seen.size >= MOST_METHODS) return undefined;
      if (seen.has(runs.key)) continue;
      seen.add(runs.key);
      frontier.push(...runs.sites.map((inner) => ({ method: runs, site: inner })));
    }
  }
  return tables;
}

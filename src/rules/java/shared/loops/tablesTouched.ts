import { onlyBodyRun } from "../../../../model/calls/bodiesRun.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import { repositoryCall } from "../../../../model/persistence/sent/repositoryCalls.ts";

/** Methods below one call: behind more it is not followed what they write. */
const MOST_METHODS = 40;

/** The tables that a read, or the one that a call leads to, asks; undefined where they are not known. */
export function tablesRead(model: Model, site: CallSite): ReadonlySet<string> | undefined {
  if (site.work !== undefined) return tablesOf(model, site);
  const last = model.effects.methodsFrom(site.targets[0] ?? "", "read").at(-1);
  const reader = last === undefined ? undefined : model.calls.method(last);
  if (reader === undefined) return undefined;
  model.calls.noteBody(reader);
  const [read, ...others] = reader.sites.filter(({ work }) => work?.kind === "read");
  return read === undefined || others.length > 0 ? undefined : tablesOf(model, read);
}

/** The tables that a call writes, itself or through what it runs; undefined where they are not known. */
export function tablesWritten(model: Model, site: CallSite): ReadonlySet<string> | undefined {
  const tables = new Set<string>();
  const seen = new Set<string>();
  const frontier = [site];
  for (let at = frontier.pop(); at !== undefined; at = frontier.pop()) {
    if (at.work?.kind === "write") {
      const written = tablesOf(model, at);
      if (written === undefined) return undefined;
      for (const table of written) tables.add(table);
    }
    for (const target of at.work === undefined ? at.targets : []) {
      const runs = model.effects.of(target, "write") === undefined ? undefined : onlyBodyRun(model.calls, target);
      if (runs === undefined && model.effects.of(target, "write") !== undefined) return undefined;
      if (runs === undefined || seen.has(runs.key)) continue;
      seen.add(runs.key);
      if (seen.size > MOST_METHODS) return undefined;
      frontier.push(...runs.sites);
    }
  }
  return tables;
}

/** What a repository's own call asks or writes, with what is saved along. */
function tablesOf(model: Model, site: CallSite): ReadonlySet<string> | undefined {
  const call = repositoryCall(model.persistence, model.calls, site);
  const entity = call?.repository.entity === undefined ? undefined : model.persistence.entity(call.repository.entity);
  if (call === undefined || entity === undefined || entity.table === "" || call.query?.understood === false) return undefined;
  const tables = new Set([...(call.query?.scans ?? []).flatMap(({ table }) => table ?? []), entity.table]);
  if (site.work?.kind === "write") addCascaded(model, entity, tables);
  return tables;
}

function addCascaded(model: Model, { attributes }: Entity, tables: Set<string>): void {
  for (const { cascades, type } of attributes) {
    const along = cascades === true ? model.persistence.entity(type) : undefined;
    if (along === undefined || tables.has(along.table)) continue;
    tables.add(along.table);
    addCascaded(model, along, tables);
  }
}

import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import type { PersistenceModel } from "../persistence/persistenceModel.ts";
import type { WrittenQuery } from "../persistence/written/writtenQueries.ts";

/** A method that deletes rows of a table, lower case. */
export interface Delete {
  readonly method: string;
  readonly table: string;
}

interface Parts {
  readonly calls: CallGraph;
  readonly persistence: PersistenceModel;
}

/** The calls of a file that are known to delete rows of a table: by queries and through repositories. */
export function deletesIn(file: string, parts: Parts): readonly Delete[] {
  const written = parts.persistence.written.in(file);
  return parts.calls.methodsIn(file).flatMap((method) =>
    method.sites.flatMap((site) => {
      const table = deletedAt(method, site, written, parts);
      return table === undefined ? [] : [{ method: method.key, table }];
    }),
  );
}

function deletedAt({ key }: MethodNode, site: CallSite, written: readonly WrittenQuery[], { persistence }: Parts): string | undefined {
  const sent = written.find(({ sender, order, kind }) => kind === "delete" && sender === key && order === site.order);
  if (sent !== undefined) return sent.scans[0]?.table;
  const { work } = site;
  if (work?.kind !== "write") return undefined;
  const name = work.label.slice(work.label.indexOf(".") + 1);
  const repository = persistence.repositoryUnder(work);
  if (repository === undefined) return undefined;
  const declared = persistence.query(repository.qualified, name);
  if (declared !== undefined) return declared.kind === "delete" ? declared.scans[0]?.table : undefined;
  return /^(?:delete|remove)/.test(name) ? persistence.keptBy(repository)?.table : undefined;
}

import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { childrenOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { repositoryCall } from "../../../../model/persistence/sent/repositoryCalls.ts";

/** A call that gives a repository's query a pattern which begins with a wildcard, and what the query asks for with it. */
export interface PartSearch {
  readonly site: CallSite;
  readonly query: Query;
}

/** `tickets.findByNoteLike("%" + part + "%")`: what the query's own text does not tell. */
export function partSearchesIn(model: Model, file: JavaFile): readonly PartSearch[] {
  return model.calls.methodsIn(file.file).flatMap((method) => method.sites.flatMap((site) => partSearch(model, method, site) ?? []));
}

function partSearch(model: Model, method: MethodNode, site: CallSite): PartSearch | undefined {
  const query = site.work?.kind === "read" ? repositoryCall(model.persistence, model.calls, site)?.query : undefined;
  const patterns = query === undefined || !query.understood ? 0 : likesIn(query);
  if (query === undefined || patterns === 0) return undefined;
  const { nodes, typer } = model.calls.codeOf(method);
  const call = nodes[site.order];
  if (call?.kind !== "call") return undefined;
  const texts = childrenOf(call, "argument").filter((given) => typer.typeOf(given)?.name === "java.lang.String");
  const parts = texts.filter((given) => model.persistence.written.beginsWithWildcard(given, method));
  // Which of several texts is the pattern is not known.
  const isTold = parts.length > 0 && (parts.length === texts.length || (patterns === 1 && parts.length === 1));
  return isTold ? { site, query: askingForParts(query) } : undefined;
}

const isLike = ({ test }: { readonly test: string }): boolean => test === "like";

const likesIn = ({ scans, remarks }: Query): number =>
  scans.reduce((sum, { tests }) => sum + tests.filter(isLike).length, 0) +
  remarks.reduce((sum, remark) => sum + (remark.kind === "either" ? remark.arms.flat().filter(isLike).length : 0), 0);

function askingForParts(query: Query): Query {
  const part = <T extends { readonly test: string }>(test: T): T => (isLike(test) ? { ...test, test: "contains" } : test);
  return {
    ...query,
    scans: query.scans.map((scan) => ({ ...scan, tests: scan.tests.map(part) })),
    remarks: query.remarks.map((remark) =>
      remark.kind === "either" ? { ...remark, arms: remark.arms.map((arm) => arm.map(part)) } : remark,
    ),
  };
}

import type { CodeNode } from "../../../../facts/java/code.ts";
import { childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import { findsOneRow, type RepositoryCall, repositoryCall, returnsOf } from "../../../../model/persistence/sent/repositoryCalls.ts";
import { simpleName } from "../../../../model/types/type.ts";
import { isLookup, isSmallTable } from "../mapping/smallTables.ts";
import { isPagedAhead } from "./pagedAhead.ts";

/** A read of a repository that brings as many rows as there are. */
export interface ListRead {
  readonly call: RepositoryCall;
  readonly node: CodeNode;
  /** Every row of the table, or those that conditions let through. */
  readonly whole: boolean;
}

/** The read of a site where it brings a list without bound; undefined for pages, keys, and tables that are known to stay small. */
export function listRead(model: Model, method: MethodNode, code: BodyCode, site: CallSite): ListRead | undefined {
  if (site.work?.kind !== "read" || site.name === "findAllById") return undefined;
  const call = repositoryCall(model.persistence, model.calls, site);
  if (call === undefined || !bringsMany(model, call, method) || isPagedAhead(model, method)) return undefined;
  const { query } = call;
  const node = code.callOf(site);
  if (node?.kind !== "call" || (query === undefined && isBounded(code, node))) return undefined;
  const tests = query?.scans.flatMap((scan) => scan.tests).filter(({ test }) => test !== "join") ?? [];
  return { call, node, whole: query === undefined ? childrenOf(node, "argument").length === 0 : tests.length === 0 };
}

/** Whether a call brings a list that nothing bounds, of a table that is not known to stay small. */
export function bringsMany(model: Model, call: RepositoryCall, method: MethodNode): boolean {
  const { query, repository } = call;
  if (returnsOf(call) !== "list") return false;
  if (query !== undefined && (query.kind !== "find" || query.aggregates || query.limit !== "none")) return false;
  const near = method.declared.owner.file.file;
  const entity = model.persistence.keptBy(repository);
  if (isSmallTable(model, query?.scans[0]?.table ?? entity?.table, near) || isLookup(entity?.name ?? "")) return false;
  return !findsOneRow(model, call, near);
}

/** The entity whose rows a list holds. */
export const entityRead = ({ persistence }: Model, { call: { repository } }: ListRead): Entity | undefined =>
  repository.entity === undefined ? undefined : persistence.entity(repository.entity);

/** The call that a value is the receiver of. */
export function callOn(value: CodeNode): CodeNode | undefined {
  return value.role === "receiver" && value.parent?.kind === "call" ? value.parent : undefined;
}

/** Whether a number is compared with one that is written down. */
export const comparesWith = (call: CodeNode, isMeant: (text: string) => boolean): boolean =>
  call.parent?.kind === "binary" && call.parent.children.some(({ kind, text }) => kind === "literal" && isMeant(text));

/** `findAll(pageable)`, and what we do not know: a specification may bound it. */
function isBounded(code: BodyCode, call: CodeNode): boolean {
  return childrenOf(call, "argument").some((argument) => {
    const type = code.typer.typeOf(argument);
    return (type === undefined ? rootOf(argument) : simpleName(type)) !== "Sort";
  });
}

function rootOf(expression: CodeNode): string {
  let at = expression;
  for (let next = childOf(at, "receiver"); next !== undefined; next = childOf(at, "receiver")) at = next;
  return at.kind === "name" ? at.text : "";
}

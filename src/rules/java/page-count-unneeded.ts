import { type CodeNode, childOf, childrenOf, nodesOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Model } from "../../model/model.ts";
import { findsOneRow, type RepositoryCall, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { bareName } from "../../model/types/typeIndex.ts";
import { defineRule } from "../rule.ts";
import { askForSlice } from "./edits/askForSlice.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";
import { callOn } from "./shared/reads/listReads.ts";
import { isPageable, isPageableType } from "./shared/reads/pages.ts";

export const pageCountUnneeded = defineRule({
  id: "java/page-count-unneeded",
  title: "A page counts every row for a total that nobody reads",
  language: "java",
  certainty: "likely",
  severity: "information",
  cost: "a second query for each full page, which counts every matching row",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.special-parameters",
    "https://docs.spring.io/spring-data/commons/docs/current/api/org/springframework/data/domain/Slice.html",
  ],
  messages: { unread: "{{query}} counts every matching row for a total that nobody reads" },

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const call = site.work?.kind === "read" ? repositoryCall(model.persistence, model.calls, site) : undefined;
        if (call === undefined || !mayCountRows(call) || isKnownToBeFew(model, method, call)) continue;
        const node = code.callOf(site);
        if (node?.kind !== "call" || !countsRows(code, node, call)) continue;
        const page = followPage(code, node);
        if (page === undefined) continue;
        report({
          at: site.at,
          message: "unread",
          data: { query: call.label },
          related: call.query === undefined ? [] : [{ at: call.query.at, message: `${call.label} is declared here` }],
          fixes: askForSlice(model, method, { call, node, locals: page.locals }),
        });
      }
    }
  },
});

function isKnownToBeFew(model: Model, method: MethodNode, call: RepositoryCall): boolean {
  const near = method.declared.owner.file.file;
  const { entity } = call.repository;
  const mapped = entity === undefined ? undefined : model.persistence.entity(entity);
  const table = call.query?.scans[0]?.table ?? mapped?.table;
  return isSmallTable(model, table, near) || isLookup(mapped?.name ?? "") || findsOneRow(model, call, near);
}

/** Whether the call gives a Page for a request that has an end: Spring Data counts then, as soon as the page is full. */
function countsRows(code: BodyCode, node: CodeNode, { declared }: RepositoryCall): boolean {
  const args = childrenOf(node, "argument");
  if (args.some((argument) => isWithoutEnd(code, argument))) return false;
  if (declared !== undefined) return true;
  const last = args.at(-1);
  return last !== undefined && isPageable(code, last);
}

/** Cheap: what the declaration says alone. */
function mayCountRows({ declared, repository, name }: RepositoryCall): boolean {
  if (repository.style !== "spring-data") return false;
  if (declared === undefined) return name === "findAll";
  return bareName(declared.returns) === "Page" && declared.parameters.some(({ type }) => isPageableType(type));
}

/** `Pageable.unpaged()`, null, or a page of `Integer.MAX_VALUE` rows as in thingsboard: never full, so never counted. */
function isWithoutEnd(code: BodyCode, argument: CodeNode): boolean {
  const declared = argument.kind === "name" ? code.typer.declarationOf(argument) : undefined;
  const value = declared?.kind === "local" ? childOf(declared, "value") : argument;
  return value?.type === "null" || (value !== undefined && nodesOf(value).some(({ text }) => text === "unpaged" || text === "MAX_VALUE"));
}

/** Where a page goes, when all of it is known and none of it asks for the total. */
interface FollowedPage {
  /** The local variables that hold it. */
  readonly locals: readonly CodeNode[];
}

function followPage(code: BodyCode, node: CodeNode): FollowedPage | undefined {
  const locals: CodeNode[] = [];
  const follow = (value: CodeNode): boolean => {
    const local = localOf(code, value);
    if (local !== undefined) locals.push(local);
    const uses = local === undefined ? [value] : code.usesOf(local).filter(({ role }) => role !== "target");
    return (
      uses.length > 0 &&
      uses.every((use) => {
        if (use.role === "iterable" && use.parent?.kind === "foreach") return true;
        const on = callOn(use);
        return on !== undefined && (SAME_FOR_SLICES.has(on.text) || (on.text === "map" && follow(on)));
      })
    );
  };
  // A page whose value is thrown away was asked for its side effects, whatever those are.
  return !node.statement && follow(node) ? { locals } : undefined;
}

/** The variable that keeps a value: `Page<Visit> page = …`, and `page = …` of a loop that goes on while the page `hasNext()`. */
function localOf(code: BodyCode, value: CodeNode): CodeNode | undefined {
  const keeps = value.role === "value" ? value.parent : undefined;
  if (keeps?.kind === "local") return keeps;
  const target = keeps?.kind === "assign" && keeps.text === "=" && keeps.statement ? childOf(keeps, "target") : undefined;
  const declared = target === undefined ? undefined : code.typer.declarationOf(target);
  return declared?.kind === "local" ? declared : undefined;
}

/** What a Slice answers as a Page does. */
const SAME_FOR_SLICES: ReadonlySet<string> = new Set(
  (
    "getContent iterator forEach stream toList toSet get isEmpty hasContent getNumberOfElements getNumber getSize getSort getPageable " +
    "hasNext hasPrevious isFirst isLast nextPageable previousPageable nextOrLastPageable previousOrFirstPageable spliterator"
  ).split(" "),
);

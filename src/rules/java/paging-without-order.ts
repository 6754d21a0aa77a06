import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { Model } from "../../model/model.ts";
import { statementOf } from "../../model/persistence/repositories/repository.ts";
import { parseDerivedQuery } from "../../model/persistence/scans/derivedQuery.ts";
import { type RepositoryCall, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { constantText } from "../../model/types/constants.ts";
import { simpleName } from "../../model/types/type.ts";
import { defineRule } from "../rule.ts";
import { remarksIn } from "../sql/shared/queries/queries.ts";
import { sortById } from "./edits/sortById.ts";

export const pagingWithoutOrder = defineRule({
  id: "java/paging-without-order",
  title: "Pages are cut from rows in no order",
  language: "java",
  certainty: "likely",
  cost: "rows come twice or never; without an order no index can serve the page either",
  references: [
    "https://www.postgresql.org/docs/current/queries-limit.html",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.special-parameters",
  ],
  messages: { unordered: "{{query}} is read page by page in no order" },

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        if (site.work?.kind !== "read") continue;
        const call = repositoryCall(model.persistence, model.calls, site);
        if (call === undefined || call.repository.style !== "spring-data" || !isPaged(call) || isOrdered(model, call)) continue;
        const node = code.callOf(site);
        const request = node?.kind === "call" ? requestOf(node, code) : undefined;
        if (request === undefined) continue;
        report({
          at: site.at,
          message: "unordered",
          data: { query: call.label },
          related: [{ at: { file: file.file, start: request.start, end: request.end }, message: "the page is asked for without an order" }],
          fixes: sortById(model, method, request, call),
        });
      }
    }
    for (const { query, remark } of remarksIn(model, file, "offset")) {
      if (remark.ordered || query.kind !== "find" || query.aggregates || query.dynamicSort) continue;
      report({ at: query.at, message: "unordered", data: { query: query.method } });
    }
  },
});

const isPaged = ({ declared, name, query }: RepositoryCall): boolean =>
  declared === undefined ? name === "findAll" : query === undefined || query.limit === "page";

function isOrdered(model: Model, { declared, query, repository, name }: RepositoryCall): boolean {
  if (declared === undefined) return false;
  if (query === undefined || query.aggregates || query.scans.some(({ sort }) => sort.length > 0)) return true;
  if (query.source === "derived") return parseDerivedQuery(name).order.length > 0;
  const entry = model.types.declared(repository.qualified);
  const owner = entry === undefined ? undefined : model.types.methodsOf(entry, name).find(({ method }) => method === declared)?.owner;
  const statement = statementOf(declared);
  if (owner === undefined || statement === undefined) return true;
  const text = constantText(statement.value, { file: owner.file, type: owner.type }, model.types);
  return text === undefined || /\border\s+by\b/i.test(text);
}

/** `PageRequest.of(page, size)` among the arguments, or what a local variable among them was set to. */
function requestOf(call: CodeNode, code: BodyCode): CodeNode | undefined {
  // A specification may set the order itself.
  if (call.text === "findAll" && childrenOf(call, "argument").length > 1) return undefined;
  for (const argument of childrenOf(call, "argument")) {
    const type = code.typer.typeOf(argument);
    if (type !== undefined && simpleName(type) === "Sort") return undefined;
    const value = argument.kind === "name" ? initialValue(code.typer.declarationOf(argument)) : argument;
    if (value !== undefined && isUnsorted(value)) return value;
  }
  return undefined;
}

const initialValue = (declaration: CodeNode | undefined): CodeNode | undefined =>
  declaration?.kind === "local" ? childOf(declaration, "value") : undefined;

/** A first page by itself means "some rows": any of them will do (the cleaning jobs of mojito and thingsboard). */
function isUnsorted(value: CodeNode): boolean {
  if (value.kind !== "call" || value.text !== "of" || childOf(value, "receiver")?.text !== "PageRequest") return false;
  const [page, size, ...more] = childrenOf(value, "argument");
  const unsorted = more.every(({ text, children: [on] }) => text === "unsorted" && on?.text === "Sort");
  return size !== undefined && unsorted && !(page?.kind === "literal" && page.text === "0");
}

import { type CodeNode, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import { type RepositoryCall, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { simpleName } from "../../model/types/type.ts";
import { defineRule } from "../rule.ts";
import { wholeReadBehind } from "./shared/reads/wholeReads.ts";

export const inUnbounded = defineRule({
  id: "java/in-unbounded",
  title: "An IN list has a value for every row of a table",
  language: "java",
  certainty: "likely",
  cost: "one parameter for each row: the statement grows with the table, and fails beyond 65,535",
  references: [
    "https://www.postgresql.org/docs/current/limits.html",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html",
  ],
  messages: { whole: "{{query}} is given a value for every row of {{source}}" },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const call = site.work === undefined ? undefined : repositoryCall(model.persistence, model.calls, site);
        if (call === undefined || !asksForMany(call)) continue;
        const node = code.callOf(site);
        const values = node?.kind === "call" ? listGiven(code, node) : undefined;
        const source = values === undefined ? undefined : wholeReadBehind(model, method, code, values);
        if (source === undefined || source.unasked) continue;
        report({
          at: site.at,
          message: "whole",
          data: { query: call.label, source: source.label },
          related: [{ at: source.at, message: `${source.label} is not bounded` }],
        });
      }
    }
  },
});

function asksForMany({ declared, query, name }: RepositoryCall): boolean {
  if (declared === undefined) return /^(?:findAllById|deleteAllById|deleteAllByIdInBatch)$/.test(name);
  return query?.scans.some(({ tests }) => tests.some(({ test, constant }) => test === "in" && !constant)) ?? false;
}

/** The collection among the arguments, where there is one. */
function listGiven(code: BodyCode, call: CodeNode): CodeNode | undefined {
  const lists = childrenOf(call, "argument").filter((argument) => {
    const type = code.typer.typeOf(argument);
    return type !== undefined && /^(?:List|Set|Collection|Iterable|ArrayList|HashSet|LinkedHashSet)$/.test(simpleName(type));
  });
  return lists.length === 1 ? lists[0] : undefined;
}

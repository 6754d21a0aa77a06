import { BodyCode } from "../../model/calls/bodyCode.ts";
import { defineRule } from "../rule.ts";
import { hoistQuery } from "./edits/hoistQuery.ts";
import { isServedBySession } from "./shared/firstLevelCache.ts";
import { invariantRead } from "./shared/invariantReads.ts";

export const loopInvariantQuery = defineRule({
  id: "java/loop-invariant-query",
  title: "A loop asks the database the same question at every round",
  language: "java",
  certainty: "proven",
  cost: "N times the same query, N elements",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#pc-managed-state",
  ],
  messages: {
    direct: "{{query}} asks the same for every element of {{over}}",
    through: "{{call}} runs {{query}} with the same arguments for every element of {{over}}",
  },
  subsumes: ["java/query-in-loop"],

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const [innermost] = site.iterations;
        if (innermost === undefined) continue;
        const found = invariantRead(model, method, code, site);
        if (found === undefined || isServedBySession(model, method, code, site)) continue;
        const { read, call, loop } = found;
        report({
          at: site.at,
          message: read.through ? "through" : "direct",
          data: { query: read.label, call: site.name, over: innermost.over },
          ...(read.through ? { certainty: "likely" } : {}),
          cost: `N times the same query, N = elements of ${innermost.over}`,
          related: [{ at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` }, ...read.chain],
          fixes: hoistQuery(method, call, loop),
        });
      }
    }
  },
});

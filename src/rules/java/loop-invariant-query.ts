import { holdsKind } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import { defineRule } from "../rule.ts";
import { askBefore, hoistQuery } from "./edits/lookups/hoistQuery.ts";
import { boundRead } from "./shared/loops/boundReads.ts";
import { invariantRead } from "./shared/loops/invariantReads.ts";
import { elementsOf } from "./shared/loops/rounds.ts";
import { isServedBySession } from "./shared/reads/firstLevelCache.ts";
import { runsOnlyAtStartUp } from "./shared/running/startUp.ts";

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
    bound: "{{query}} is asked before every round how far the loop goes",
  },
  subsumes: ["java/query-in-loop", "java/unbounded-find-all"],

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const { owner, method: declared } = method.declared;
      const hasLoops = holdsKind(owner.file.java.code, declared.body, "for", "while", "do");
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const [innermost] = site.iterations;
        const inBody = innermost !== undefined;
        const found = inBody ? invariantRead(model, method, code, site) : hasLoops ? boundRead(model, method, code, site) : undefined;
        if (found === undefined || isServedBySession(model, method, code, site)) continue;
        const { read, call, loop } = found;
        report({
          at: site.at,
          message: !inBody ? "bound" : read.through ? "through" : "direct",
          data: { query: read.label, call: site.name, over: innermost?.over ?? "" },
          ...(runsOnlyAtStartUp(model, method) ? { certainty: "possible" } : read.apart ? { certainty: "likely" } : {}),
          cost: inBody ? `N times the same query, N = ${elementsOf(site.iterations)}` : "one query more for each round of the loop",
          related: [
            ...(inBody ? [{ at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` }] : []),
            ...read.chain,
          ],
          fixes: inBody ? hoistQuery(method, call, loop) : askBefore(method, code, found),
        });
      }
    }
  },
});

import { holdsKind } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Iteration } from "../../model/calls/iteration/iterationKinds.ts";
import type { Model } from "../../model/model.ts";
import { defineRule, type Report } from "../rule.ts";
import { askBefore, hoistQuery } from "./edits/lookups/hoistQuery.ts";
import { boundRead } from "./shared/loops/boundReads.ts";
import { elementsAround, mayBeMany } from "./shared/loops/elementCount.ts";
import { type InvariantRead, invariantRead } from "./shared/loops/invariantReads.ts";
import { elementsOf } from "./shared/loops/rounds.ts";
import { spokenName } from "./shared/loops/spokenNames.ts";
import { isServedBySession } from "./shared/reads/firstLevelCache.ts";
import { InvariantInside } from "./shared/reads/invariantInside.ts";
import { reachOf } from "./shared/running/reach.ts";
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
    inside: "{{call}} runs {{query}}, which asks the same for every element of {{over}}",
    bound: "{{query}} is asked before every round how far the loop goes",
  },
  subsumes: ["java/query-in-loop", "java/unbounded-find-all"],

  check({ file, model, report }) {
    const inside = new InvariantInside(model);
    for (const method of model.calls.running(file.file)) {
      const { owner, method: declared } = method.declared;
      const hasLoops = holdsKind(owner.file.java.code, declared.body, "for", "while", "do");
      const code = new BodyCode(model.calls, method);
      /** By loop and query: several calls of a loop that come to it are one cause. */
      const within = new Map<string, Inside[]>();
      for (const site of method.sites) {
        const [innermost] = site.iterations;
        const inBody = innermost !== undefined;
        const found = inBody ? invariantRead(model, method, code, site) : hasLoops ? boundRead(model, method, code, site) : undefined;
        if (found === undefined) {
          const asked = inside.readIn(method, code, site);
          if (asked === undefined || isServedBySession(model, method, code, site)) continue;
          const cause = `${asked.loop.start} ${asked.read.label}`;
          within.set(cause, [...(within.get(cause) ?? []), { site, asked }]);
          continue;
        }
        if (isServedBySession(model, method, code, site)) continue;
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
      for (const [first, ...others] of within.values()) if (first !== undefined) report(askedInside(model, method, first, others));
    }
  },
});

/** A call that is given another argument at each round, and what it asks all the same. */
interface Inside {
  readonly site: CallSite;
  readonly asked: InvariantRead;
}

function askedInside(model: Model, method: MethodNode, { site, asked: { read } }: Inside, others: readonly Inside[]): Report<"inside"> {
  const { file } = method.declared.owner.file;
  const [innermost] = site.iterations as readonly [Iteration];
  const isDoubted = read.apart || !comesByMany(model, method, site);
  return {
    at: site.at,
    message: "inside",
    data: { query: read.label, call: spokenName(model, method, site), over: innermost.over },
    ...(runsOnlyAtStartUp(model, method) ? { certainty: "possible" } : isDoubted ? { certainty: "likely" } : {}),
    cost: `N times the same query, N = ${elementsOf(site.iterations)}`,
    related: [
      { at: { file, ...innermost.at }, message: `once per element of ${innermost.over}` },
      ...read.chain,
      ...others.map((other) => ({ at: { file, ...other.site.at }, message: `${spokenName(model, method, other.site)} runs it, too` })),
    ],
  };
}

/** Requests, messages or a clock bring the loop again and again, and it may have hundreds of elements. */
const comesByMany = (model: Model, method: MethodNode, site: CallSite): boolean =>
  mayBeMany(elementsAround(model, method, site)) && reachOf(model, method).often === "often";

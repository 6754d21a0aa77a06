import { ancestorsOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { type CallSite, passesOn } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { type SiteRead, siteRead } from "../../model/persistence/sent/siteReads.ts";
import { defineRule } from "../rule.ts";
import { isPagedAhead } from "./shared/reads/pagedAhead.ts";
import { asksForFew, isCachedOnTheWay, nameOf, placesOf, runsOnce, weightOfLoad } from "./shared/reads/wholeLoads.ts";
import { isOneOfSeveral } from "./shared/running/reach.ts";

export const unboundedFindAll = defineRule({
  id: "java/unbounded-find-all",
  title: "Every row of a table is loaded for a request or a job",
  language: "java",
  certainty: "likely",
  cost: "memory and time grow with the table: every row becomes an object",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.special-parameters",
    "https://docs.spring.io/spring-data/jpa/reference/repositories/scrolling.html",
  ],
  messages: {
    endpoint: "{{query}} loads every {{entity}} for {{entry}}",
    scheduler: "{{query}} loads every {{entity}} at each run of {{entry}}",
    chosen: "{{query}} loads every {{entity}} each time {{entry}} comes to it",
  },

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      for (const site of method.sites) {
        const read = loadsAll(model, method, site);
        if (read === undefined) continue;
        const entry = model.effects.reachedFrom(method.key);
        if (entry === undefined || entry.kind === "listener" || isCachedOnTheWay(model, method, site)) continue;
        const entity = nameOf(read);
        const isChosen = isOneOfSeveral(model, method.key);
        report({
          at: site.at,
          message: isChosen ? "chosen" : entry.kind === "endpoint" ? "endpoint" : "scheduler",
          data: { query: read.label, entity: read.entity === undefined ? `row of ${entity}` : entity, entry: entry.label },
          cost: `every row of ${read.table ?? entity} becomes an object, ${isChosen ? "each time" : `at each ${entry.kind === "endpoint" ? "request" : "run"}`}`,
          related: [...model.effects.chainTo(method.key), ...placesOf(model, read, file.file)],
          ...weightOfLoad(model, read, entry, file.file),
        });
      }
    }
  },
});

function loadsAll(model: Model, method: MethodNode, site: CallSite): SiteRead | undefined {
  if (runsOnce(method) || !passesOn(site)) return undefined;
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read?.shape !== "all" || isFallback(model, method, site)) return undefined;
  // A repository of whatever its subtypes store.
  if (read.entity !== undefined && model.persistence.entity(read.entity) === undefined && !read.entity.includes(".")) return undefined;
  return asksForFew(model, read, method.declared.owner.file.file) || isPagedAhead(model, method) ? undefined : read;
}

/** `cached.switchIfEmpty(tickets.findAll())`: asked where a publisher, or a cache in front, has nothing. */
function isFallback(model: Model, method: MethodNode, site: CallSite): boolean {
  const call = model.calls.codeOf(method).nodes[site.order];
  return (
    call !== undefined && [call, ...ancestorsOf(call)].some(({ role, parent }) => role === "argument" && parent?.text === "switchIfEmpty")
  );
}

import { defineRule } from "../rule.ts";
import { nameOf, placesOf, weightOfLoad, wholeLoad } from "./shared/reads/wholeLoads.ts";
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
        const load = wholeLoad(model, method, site);
        if (load === undefined) continue;
        const { read, entry, isForMistakes } = load;
        const entity = nameOf(read);
        const isChosen = isOneOfSeveral(model, method.key);
        report({
          at: site.at,
          message: isChosen ? "chosen" : entry.kind === "endpoint" ? "endpoint" : "scheduler",
          data: { query: read.label, entity: read.entity === undefined ? `row of ${entity}` : entity, entry: entry.label },
          cost: `every row of ${read.table ?? entity} becomes an object, ${isForMistakes ? "at each mistake" : isChosen ? "each time" : `at each ${entry.kind === "endpoint" ? "request" : "run"}`}`,
          related: [...model.effects.chainTo(method.key), ...placesOf(model, read, file.file)],
          // `if (orders.findAll().isEmpty()) throw …; return orders.findAll();` is one cause.
          onceFor: `${method.key} ${read.label}`,
          ...(isForMistakes ? {} : weightOfLoad(model, read, entry, file.file)),
        });
      }
    }
  },
});

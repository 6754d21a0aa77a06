import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { findFirst } from "./edits/findFirst.ts";
import { isBehindCache } from "./shared/caches/behindCache.ts";
import { entityRead, type ListRead, listRead } from "./shared/reads/listReads.ts";
import { PAGE, type Take, type Use, usesOf } from "./shared/reads/listTakes.ts";
import { reachOf } from "./shared/running/reach.ts";

export const limitInMemory = defineRule({
  id: "java/limit-in-memory",
  title: "A query loads a list of which the code takes the first elements",
  language: "java",
  certainty: "likely",
  cost: "every matching row is read and becomes an object, few are used",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.limit-query-result",
    "https://www.postgresql.org/docs/current/queries-limit.html",
  ],
  messages: {
    first: "{{query}} loads every matching row, of which the first is used",
    last: "{{query}} loads every matching row, of which the last is used",
    extreme: "{{query}} loads every matching row, of which the one with the {{extreme}} is used",
    several: "{{query}} loads every matching row, of which the first {{taken}} are used",
    page: "{{query}} loads every matching row, of which one page is used",
  },
  subsumes: ["java/unbounded-find-all"],

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const read = site.work?.kind === "read" ? listRead(model, method, code, site) : undefined;
        if (read === undefined) continue;
        const uses = usesOf(model, { method, code, node: read.node }, entityRead(model, read));
        const takes = uses.filter((use) => typeof use === "object");
        const [take] = takes;
        if (take === undefined || uses.includes(undefined) || takes.some(({ taken, end }) => taken !== take.taken || end !== take.end))
          continue;
        // How many rows there are is a part of a page, and a condition elsewhere.
        if (take.taken !== PAGE && uses.includes("counts")) continue;
        const certainty =
          isBehindCache(model, method.key) || isOfOneRow(read, take, uses)
            ? "possible"
            : certaintyOf(read, uses.includes("sorts") ? { ...take, sorted: true } : take);
        report({
          at: site.at,
          message: take.taken === PAGE ? "page" : take.taken === "1" ? ONE[take.end] : "several",
          data: { query: read.call.label, taken: take.taken, extreme: take.node.text === "min" ? "least" : "most" },
          // What is possible only is a hint by itself.
          ...(certainty === "possible" || reachOf(model, method).often === "often" ? {} : { severity: "information" as const }),
          certainty,
          related: read.call.query === undefined ? [] : [{ at: read.call.query.at, message: `${read.call.label} is declared here` }],
          fixes: code.valuesOf(read.node)[0] === read.node ? findFirst(model, method, read, take.node) : [],
        });
      }
    }
  },
});

/** `if (all.isEmpty()) … else all.get(0)` of a whole table in no order: any of its rows would do, so there is one. */
const isOfOneRow = ({ whole, call }: ListRead, { taken, end, sorted }: Take, uses: readonly Use[]): boolean =>
  whole && taken === "1" && end === "front" && !sorted && uses.includes("asks") && !uses.includes("sorts") && call.query === undefined;

const ONE = { front: "first", back: "last", extreme: "extreme" } as const;

/** A list in order has a front that is meant; one that equality alone chooses may never be longer than what is taken. */
function certaintyOf({ call, whole }: ListRead, { taken, sorted, end }: Take): Certainty {
  const scan = call.query?.scans[0];
  if (end === "extreme") return whole ? "proven" : "likely";
  if (sorted || (scan !== undefined && scan.sort.length > 0)) return "proven";
  return whole || taken !== "1" ? "likely" : "possible";
}

import type { MethodNode } from "../../model/calls/callGraph.ts";
import { type CallSite, passesOn } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { type ExpectedRows, expectedRows } from "../../model/persistence/scans/expectedRows.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { findsOneRow, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { type SiteRead, siteRead } from "../../model/persistence/sent/siteReads.ts";
import { defineRule } from "../rule.ts";
import { isPagedAhead } from "./shared/reads/pagedAhead.ts";
import { isCachedOnTheWay, nameOf, placesOf, runsOnce, weightOfLoad } from "./shared/reads/wholeLoads.ts";

export const unboundedQueryMethod = defineRule({
  id: "java/unbounded-query-method",
  title: "A query without limit whose condition leaves very many rows",
  language: "java",
  certainty: "likely",
  cost: "memory and time grow with the rows that have the value: each of them is read into memory",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-methods-details.html#repositories.special-parameters",
    "https://www.postgresql.org/docs/current/row-estimation-examples.html",
  ],
  messages: {
    endpoint: "{{query}} loads about {{rows}} {{entity}} rows for {{entry}}",
    scheduler: "{{query}} loads about {{rows}} {{entity}} rows at each run of {{entry}}",
    common: "{{query}} loads about {{rows}} {{entity}} rows of the most common {{column}}, for {{entry}}",
  },

  check({ file, model, report }) {
    if (!model.statistics.isTold) return;
    for (const method of model.calls.running(file.file)) {
      for (const site of method.sites) {
        const load = loadOf(model, method, site);
        if (load === undefined) continue;
        const entry = model.effects.reachedFrom(method.key);
        if (entry === undefined || entry.kind === "listener" || isCachedOnTheWay(model, method, site)) continue;
        const { read, expected } = load;
        const isUsual = expected.usual >= MANY_ROWS;
        const rows = rounded(isUsual ? expected.usual : expected.most);
        report({
          at: site.at,
          message: !isUsual ? "common" : entry.kind === "endpoint" ? "endpoint" : "scheduler",
          data: { query: read.label, entity: rowsOf(read, model), rows, entry: entry.label, column: expected.columns.join(", ") },
          cost: `about ${rows} rows of ${read.table ?? nameOf(read)} are read into memory, at each ${entry.kind === "endpoint" ? "request" : "run"}`,
          related: [...model.effects.chainTo(method.key), ...placesOf(model, read, file.file)],
          ...(isUsual ? weightOfLoad(model, read, entry, file.file) : { certainty: "possible" }),
        });
      }
    }
  },
});

/** As many objects as a page of results has never had. */
const MANY_ROWS = 10_000;

interface Load {
  readonly read: SiteRead;
  readonly expected: ExpectedRows;
}

/** What the rows are: of a repository's entity, or of another table that its query reads. */
function rowsOf(read: SiteRead, model: Model): string {
  const own = read.entity === undefined ? undefined : model.persistence.entity(read.entity);
  return read.table === undefined || own === undefined || own.table === read.table ? nameOf(read) : read.table;
}

/** A read of some of a table's rows, of which there are many. All of them are java/unbounded-find-all. */
function loadOf(model: Model, method: MethodNode, site: CallSite): Load | undefined {
  if (!passesOn(site)) return undefined;
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read?.table === undefined || (read.shape !== "other" && read.shape !== "fixed")) return undefined;
  const known = model.statistics.table(read.table);
  if (known === undefined || known.rows < MANY_ROWS || runsOnce(method)) return undefined;
  const call = repositoryCall(model.persistence, model.calls, site);
  const query = call === undefined ? model.persistence.written.at(method, site) : call.query;
  if (query === undefined || !isUnbounded(query)) return undefined;
  if (call !== undefined && findsOneRow(model, call, method.declared.owner.file.file)) return undefined;
  const [scan] = query.scans;
  const expected = scan === undefined ? undefined : expectedRows(scan, known);
  return expected === undefined || expected.most < MANY_ROWS || isPagedAhead(model, method) ? undefined : { read, expected };
}

/** Whether it brings all rows that the conditions on its first table let through: the other tables are only joined. */
const isUnbounded = ({ understood, kind, aggregates, limit, returns, remarks, scans: [scan, ...others] }: Query): boolean =>
  understood &&
  kind === "find" &&
  !aggregates &&
  limit === "none" &&
  returns === "list" &&
  scan?.tests.some(({ test }) => test !== "join") === true &&
  others.every(({ tests }) => tests.every(({ test }) => test === "join")) &&
  !remarks.some(({ kind: remark }) => RESTRICTS.has(remark));

/** What leaves rows out and is no test of a column. */
const RESTRICTS: ReadonlySet<Query["remarks"][number]["kind"]> = new Set([
  "optional",
  "notIn",
  "grouped",
  "distinct",
  "document",
  "function",
  "either",
]);

/** Two digits say all that an estimate knows. */
const rounded = (rows: number): string => Number(rows.toPrecision(2)).toLocaleString("en");

import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { delegatedCall, givesList, givesNumber } from "../../model/persistence/sent/delegatedCalls.ts";
import { asksByKey, findsOneRow, type RepositoryCall, repositoryCall, returnsOf } from "../../model/persistence/sent/repositoryCalls.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { contains } from "../../text/positions.ts";
import { defineRule, type Report } from "../rule.ts";
import { useExists } from "./edits/useExists.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";
import { heldByExample } from "./shared/reads/exampleQueries.ts";
import { weightOfLoad, wholeLoad } from "./shared/reads/wholeLoads.ts";
import { usesOfNumber, writtenCount } from "./shared/reads/writtenCounts.ts";
import { ends } from "./shared/running/order.ts";
import { reachOf } from "./shared/running/reach.ts";

export const countForExistence = defineRule({
  id: "java/count-for-existence",
  title: "Rows are counted or loaded only to learn whether there is one",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "every matching row is read where the first would do",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/query-keywords-reference.html",
    "https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-EXISTS",
  ],
  messages: {
    counts: "{{query}} counts every row only to learn whether there is one",
    loads: "{{query}} loads every row only to learn whether there is one",
    one: "{{query}} loads an object only to learn whether it exists",
  },
  subsumes: ["java/unbounded-find-all"],

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const written = writtenCount(model, method, site);
        if (written !== undefined) {
          // A count of everything is most often asked once, when an empty table is to be filled.
          if (!written.scans.some(({ tests }) => tests.length > 0)) continue;
          const counted = code.callOf(site);
          const uses = counted === undefined ? [] : usesOfNumber(code, counted);
          if (uses.length > 0 && uses.every((use) => comparison(use) !== undefined))
            report({
              at: site.at,
              message: "counts",
              data: { query: site.work?.label ?? site.name },
              ...weight(model, method, "counts", written),
            });
          continue;
        }
        const call = givesNumber(model.calls, site)
          ? delegatedCount(model, site, method)
          : givesList(model.calls, site)
            ? delegatedList(model, site, method)
            : readOf(model, site, method);
        const node = call === undefined ? undefined : code.callOf(site);
        if (call === undefined || node?.kind !== "call") continue;
        const kind = kindOf(call);
        const held = heldByExample(code, node);
        if (held.has("Id")) continue;
        const values = code.valuesOf(node);
        const tests = values.map((value) => existenceTest(value, kind));
        const [test] = tests;
        const [value] = values;
        if (test === undefined || tests.includes(undefined) || (test.throws && isWantedAgain(model, method, site, call))) continue;
        if (kind === "one" && isMerged(model, method, code, call, test)) continue;
        const isWholeTable = kind === "loads" && loadsWhole(model, method, site);
        report({
          at: site.at,
          message: kind,
          data: { query: call.label },
          related: [
            ...(call.query === undefined ? [] : [{ at: call.query.at, message: `${call.label} is declared here` }]),
            ...(isWholeTable ? model.effects.chainTo(method.key) : []),
          ],
          fixes:
            value !== undefined && values.length === 1 && site.work !== undefined && !test.throws
              ? useExists(model, method, node, call, test, value)
              : [],
          ...weight(model, method, kind, askedBy(model, call), held.size > 0),
          ...(isWholeTable ? { severity: "warning" } : {}),
        });
      }
    }
  },
});

/** Whether a whole table is loaded that users fill, at their requests: `orders.findAll().isEmpty()`. */
function loadsWhole(model: Model, method: MethodNode, site: CallSite): boolean {
  const load = wholeLoad(model, method, site);
  if (load === undefined || load.isForMistakes) return false;
  return weightOfLoad(model, load.read, load.entry, method.declared.owner.file.file).severity === "warning";
}

type Kind = "counts" | "loads" | "one";

/** A negated test asks whether there is none. */
export interface ExistenceTest {
  readonly node: CodeNode;
  readonly negated: boolean;
  /** A statement that throws where there is none: `products.findById(id).orElseThrow();`. */
  readonly throws?: true;
}

/** The row is locked, or the session has it when the same repository is asked for it, or told to change it, afterwards. */
function isWantedAgain({ effects }: Model, { sites }: MethodNode, site: CallSite, { declared, label, name }: RepositoryCall): boolean {
  if (/lock|forUpdate/i.test(name) || annotationNamed(declared?.annotations ?? [], "Lock", "Query") !== undefined) return true;
  const repository = label.slice(0, label.lastIndexOf(".") + 1);
  const others = sites.filter((other) => other !== site);
  return others.some(({ work, targets, name: asked }) =>
    work === undefined
      ? targets.some((target) => effects.of(target, "read") !== undefined || effects.of(target, "write") !== undefined)
      : work.label.startsWith(repository) && /^(?:find|get|delete|save)(?!\w*By(?!Id))/.test(asked),
  );
}

/**
 * `if (rooms.findById(id).isPresent()) rooms.save(room);`: saving what has a key loads its row, unless the session has it by then. To ask
 * whether it exists is one more statement.
 */
function isMerged(model: Model, method: MethodNode, code: BodyCode, call: RepositoryCall, { node, negated }: ExistenceTest): boolean {
  const { declared, name, query, repository } = call;
  const byKey =
    declared === undefined
      ? name === "findById"
      : query !== undefined && asksByKey(model, query, repository.entity, method.declared.owner.file.file);
  const decision = byKey ? [...ancestorsOf(node)].find(({ kind }) => kind === "if" || kind === "conditional") : undefined;
  if (decision === undefined || !contains(childOf(decision, "condition") ?? decision, node)) return false;
  const there = childOf(decision, negated ? "else" : "then");
  const prefix = call.label.slice(0, call.label.lastIndexOf(".") + 1);
  return method.sites.some((site) => {
    const saved =
      /^save(?:AndFlush|All|AllAndFlush)?$/.test(site.name) && site.work?.label.startsWith(prefix) === true ? code.callOf(site) : undefined;
    if (saved === undefined) return false;
    if (contains(decision, saved)) return there !== undefined && contains(there, saved);
    return saved.start > decision.end && (there === undefined || !ends(there));
  });
}

/** A count behind methods that only pass it on. */
function delegatedCount(model: Model, site: CallSite, method: MethodNode): RepositoryCall | undefined {
  const call = delegatedCall(model.persistence, model.calls, site);
  return call !== undefined && isCount(model, call) && countsMany(model, call, method) ? call : undefined;
}

/** A list behind methods that only pass it on. */
function delegatedList(model: Model, site: CallSite, method: MethodNode): RepositoryCall | undefined {
  const call = delegatedCall(model.persistence, model.calls, site);
  return call !== undefined && returnsOf(call) === "list" && isOfManyRows(model, call, method) ? call : undefined;
}

function isOfManyRows(model: Model, call: RepositoryCall, method: MethodNode): boolean {
  const { query } = call;
  if (query !== undefined && (query.kind !== "find" || query.aggregates)) return false;
  return query?.limit !== 1 && !findsOneRow(model, call, method.declared.owner.file.file);
}

const isCount = (model: Model, call: RepositoryCall): boolean =>
  askedBy(model, call)?.kind === "count" || (call.name === "count" && call.declared === undefined);

/** What a call asks: conditions that are put in at run time leave a count a count. */
const askedBy = ({ persistence }: Model, { query, declared, repository, name }: RepositoryCall): Query | undefined =>
  query ?? (declared === undefined ? undefined : persistence.query(repository.qualified, name, declared.parameters.length));

function countsMany(model: Model, call: RepositoryCall, method: MethodNode): boolean {
  const near = method.declared.owner.file.file;
  const { repository } = call;
  const query = askedBy(model, call);
  const entity = repository.entity === undefined ? undefined : model.persistence.entity(repository.entity);
  const table = query?.scans[0]?.table ?? entity?.table;
  if (isLookup(entity?.name ?? "") || isSmallTable(model, table, near)) return false;
  if (query !== undefined && asksByKey(model, query, repository.entity, near)) return false;
  // A count of everything is most often asked once, when an empty table is to be filled.
  const entry = query === undefined ? model.effects.reachedFrom(method.key)?.kind : "endpoint";
  return entry === "endpoint" || entry === "scheduler";
}

function readOf(model: Model, site: CallSite, method: MethodNode): RepositoryCall | undefined {
  if (site.work?.kind !== "read") return undefined;
  const call = repositoryCall(model.persistence, model.calls, site);
  // What is called so may count all the same: `long existsByCode(…)`.
  if (call === undefined || (/^exists/.test(site.name) && !COUNTS.test(call.declared?.returns ?? ""))) return undefined;
  const { query, repository } = call;
  const returns = returnsOf(call);
  const entity = repository.entity === undefined ? undefined : model.persistence.entity(repository.entity);
  if (isCount(model, call)) return countsMany(model, call, method) ? call : undefined;
  if (returns === "list") return isOfManyRows(model, call, method) ? call : undefined;
  if (query !== undefined && (query.kind !== "find" || query.aggregates)) return undefined;
  // A statement that is written out may bring a single column; an entity brings all of them, and what it joins.
  const one = returns === "optional" || returns === "one";
  return one && repository.style === "spring-data" && entity?.kind === "entity" ? call : undefined;
}

const COUNTS = /^(?:long|int|Long|Integer)$/;

function kindOf(call: RepositoryCall): Kind {
  const returns = returnsOf(call);
  return returns === "list" ? "loads" : returns === "optional" || returns === "one" ? "one" : "counts";
}

/** What stands around a value when it is only asked whether there is something. */
function existenceTest(value: CodeNode, kind: Kind): ExistenceTest | undefined {
  if (kind === "counts") return comparison(value);
  const isNull = kind === "one" ? nullTest(value) : undefined;
  if (isNull !== undefined) return isNull;
  const call = value.role === "receiver" && value.parent?.kind === "call" ? value.parent : undefined;
  if (kind === "one" && call?.text === "orElseThrow" && call.statement) return { node: call, negated: false, throws: true };
  if (call === undefined || childrenOf(call, "argument").length > 0) return undefined;
  if (call.text === "isEmpty") return { node: call, negated: true };
  if (kind === "one") return call.text === "isPresent" ? { node: call, negated: false } : undefined;
  return call.text === "size" ? comparison(call) : undefined;
}

/** `found != null`, `null == found`. */
function nullTest({ parent, role }: CodeNode): ExistenceTest | undefined {
  if (parent?.kind !== "binary" || (parent.text !== "==" && parent.text !== "!=")) return undefined;
  const other = childOf(parent, role === "left" ? "right" : "left");
  return other?.kind === "literal" && other.type === "null" ? { node: parent, negated: parent.text === "==" } : undefined;
}

const MIRRORED: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!=" };
const SOME: ReadonlySet<string> = new Set([">0", ">=1", "!=0"]);
const NONE: ReadonlySet<string> = new Set(["==0", "<1", "<=0"]);

/** `count > 0`, `0 == count`: a comparison that only tells none from some. */
function comparison(value: CodeNode): ExistenceTest | undefined {
  const node = value.parent;
  if (node?.kind !== "binary") return undefined;
  const other = childOf(node, value.role === "left" ? "right" : "left");
  const operator = value.role === "left" ? node.text : MIRRORED[node.text];
  if (operator === undefined || other?.kind !== "literal" || other.type !== "int") return undefined;
  const written = operator + other.text.replace(/[lL]$/, "");
  return SOME.has(written) ? { node, negated: false } : NONE.has(written) ? { node, negated: true } : undefined;
}

function weight(
  model: Model,
  method: MethodNode,
  kind: Kind,
  query: Query | undefined,
  isHeld = false,
): Pick<Report, "certainty" | "severity" | "cost"> {
  if (kind === "one") return { certainty: "possible", cost: "every column of the row, and what comes with it eagerly, for a yes or no" };
  const isSeldom = reachOf(model, method).often === "seldom";
  if (kind === "loads") return { certainty: "likely", ...(isSeldom ? { severity: "hint" } : {}) };
  if (isSeldom) return { severity: "hint" };
  // What belongs to one parent, or is called by one name, is soon counted.
  const isNarrow =
    isHeld || query?.scans[0]?.tests.some(({ test, constant, fewValues }) => test === "equals" && !constant && !fewValues) === true;
  return isNarrow ? { severity: "hint" } : {};
}

import { ancestorsOf, type CodeNode, childOf, childrenOf, isInLambda } from "../../../../facts/java/code.ts";
import { bodyRun } from "../../../../model/calls/bodiesRun.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { siteRead } from "../../../../model/persistence/sent/siteReads.ts";
import type { Place } from "../../../../text/positions.ts";
import { isSmallTable } from "../mapping/smallTables.ts";
import { isConstant } from "./constants.ts";
import { listRead } from "./listReads.ts";

/** A query that brings every row of a table, or every row that its own constants let through. */
export interface WholeRead {
  /** "OrderRepository.findAll". */
  readonly label: string;
  /** The call. */
  readonly at: Place;
  /** Every row only where none of its parameters is given. */
  readonly unasked: boolean;
}

/** Whether every condition falls away where its parameter is null, so that without parameters every row comes. */
export const asksIfGiven = ({ understood, kind, aggregates, returns, limit, parameters, remarks, scans }: Query): boolean => {
  const unasked = new Set(remarks.flatMap((remark) => (remark.kind === "unasked" ? [remark.parameter] : [])));
  if (!understood || kind !== "find" || aggregates || returns !== "list" || limit !== "none") return false;
  if (unasked.size === 0 || unasked.size !== parameters || remarks.some((remark) => LEAVES_OUT.has(remark.kind))) return false;
  return scans.every(({ tests }) => tests.every(({ test, constant }) => test === "join" || test === "either" || constant));
};

/** `findByStatus(Status.OPEN)`, `findByRoleNot("ADMIN")`: what the call names leaves rows of a state out, whoever asks. */
export function asksForState(
  { understood, kind, aggregates, returns, limit, remarks, scans }: Query,
  call: CodeNode,
  code: BodyCode,
): boolean {
  if (!understood || kind !== "find" || aggregates || returns !== "list" || limit !== "none") return false;
  const given = childrenOf(call, "argument");
  if (given.length === 0 || !given.every((argument) => isConstant(argument, code))) return false;
  const tests = scans.flatMap((scan) => scan.tests).filter(({ test }) => test !== "join");
  if (tests.length === 0 || remarks.some((remark) => LEAVES_OUT.has(remark.kind))) return false;
  return tests.every(({ test, column, fewValues }) => test === "not" || (test === "equals" && fewValues && STATES.test(column)));
}

/** Columns whose common values most rows have: there are few administrators, and many that are open. */
const STATES = /status|state|active|open|closed|enabled|deleted|archived|visib|publi[cs]|approved|available|verified|hidden|blocked/;

/** What leaves rows out, and is no test of a column. */
const LEAVES_OUT: ReadonlySet<Query["remarks"][number]["kind"]> = new Set(["notIn", "grouped", "distinct"]);

/** How many calls down a list is followed. */
const DEEPEST = 3;

/** The query whose rows, one for one, make the elements of a collection; undefined where anything may have left some out. */
export function wholeReadBehind(model: Model, method: MethodNode, code: BodyCode, expression: CodeNode, depth = 0): WholeRead | undefined {
  switch (expression.kind) {
    case "name": {
      const declared = code.typer.declarationOf(expression);
      if (declared?.kind !== "local" || isSetAgain(code, declared)) return undefined;
      const value = childOf(declared, "value");
      if (value === undefined) return undefined;
      return value.kind === "new" && /List\b/.test(value.type) && childrenOf(value, "argument").length === 0
        ? behindFilled(model, method, code, declared, depth)
        : wholeReadBehind(model, method, code, value, depth);
    }
    case "new": {
      const [copied, ...more] = childrenOf(expression, "argument");
      return copied === undefined || more.length > 0 || /Set\b/.test(expression.type)
        ? undefined
        : wholeReadBehind(model, method, code, copied, depth);
    }
    case "call":
      return behindCall(model, method, code, expression, depth);
    default:
      return undefined;
  }
}

function behindCall(model: Model, method: MethodNode, code: BodyCode, call: CodeNode, depth: number): WholeRead | undefined {
  const on = childOf(call, "receiver");
  const site = method.sites.find((one) => code.callOf(one) === call);
  if (site?.work?.kind === "read") {
    const read = listRead(model, method, code, site);
    if (read === undefined) return writtenWhole(model, method, site);
    const { query, label } = read.call;
    const unasked = query !== undefined && asksIfGiven(query);
    const state = query !== undefined && asksForState(query, call, code);
    if (!(read.whole || unasked || state || hasOnlyConstants(query?.scans.flatMap(({ tests }) => tests) ?? []))) return undefined;
    return { label, at: { file: method.declared.owner.file.file, ...site.at }, unasked };
  }
  if (site !== undefined && site.targets.length > 0 && !isGetterOf(site, on)) return behindTarget(model, site, depth);
  if (on === undefined) return undefined;
  if (KEEPS.test(call.text)) return isOfFew(call) ? undefined : wholeReadBehind(model, method, code, on, depth);
  const [given] = childrenOf(call, "argument");
  return given !== undefined && COPIES.test(call.text) ? wholeReadBehind(model, method, code, given, depth) : undefined;
}

/** A statement in the code itself that asks for every row: `jdbc.queryForList("SELECT * FROM orders")`. */
function writtenWhole(model: Model, method: MethodNode, site: CallSite): WholeRead | undefined {
  if (site.targets.length > 0 || !LISTS.test(site.name)) return undefined;
  const read = siteRead(model.persistence, model.calls, method, site);
  if (read?.shape !== "all" || isSmallTable(model, read.table, method.declared.owner.file.file)) return undefined;
  return { label: read.label, at: { file: method.declared.owner.file.file, ...site.at }, unasked: false };
}

const LISTS = /^(?:query|queryForList|list|getResultList|fetch|selectList)$/;

/** Steps that give one element for each. */
const KEEPS = /^(?:stream|parallelStream|map|mapToLong|mapToInt|mapToObj|boxed|sorted|peek|toList|collect)$/;
const COPIES = /^(?:copyOf|newArrayList|unmodifiable(?:List|Collection))$/;

/** The different values of many rows may be few: the countries of all customers. */
const isOfFew = (call: CodeNode): boolean =>
  call.text === "collect" && childrenOf(call, "argument").every(({ text }) => !/List$/.test(text));

const hasOnlyConstants = (tests: readonly { readonly test: string; readonly constant: boolean; readonly fewValues: boolean }[]): boolean =>
  tests.length > 0 && tests.every(({ test, constant, fewValues }) => test === "join" || (constant && fewValues));

const isGetterOf = ({ name, targets }: CallSite, on: CodeNode | undefined): boolean =>
  on !== undefined && targets.length > 1 && /^get/.test(name);

/** What the one method that a call runs returns, where it returns one thing. */
function behindTarget(model: Model, { targets }: CallSite, depth: number): WholeRead | undefined {
  const [target, ...overloads] = targets;
  const runs = target === undefined || overloads.length > 0 || depth >= DEEPEST ? undefined : bodyRun(model.calls, target);
  if (runs === undefined) return undefined;
  if (model.effects.of(runs.key, "read") === undefined) return undefined;
  const code = new BodyCode(model.calls, runs);
  const returned = code.nodes.filter((node) => node.kind === "return" && !isInLambda(node));
  const [value] = returned[0]?.children ?? [];
  return returned.length === 1 && value !== undefined ? wholeReadBehind(model, runs, code, value, depth + 1) : undefined;
}

/** `List<Long> ids = new ArrayList<>(); for (Order order : orders) ids.add(order.getId());`, and nothing else that fills it. */
function behindFilled(model: Model, method: MethodNode, code: BodyCode, local: CodeNode, depth: number): WholeRead | undefined {
  const adds = code.usesOf(local).filter((use) => use.role === "receiver" && use.parent?.kind === "call" && use.parent.text === "add");
  const [add, ...more] = adds;
  if (add === undefined || more.length > 0) return undefined;
  for (const around of ancestorsOf(add)) {
    if (around.kind === "foreach") {
      const iterable = childOf(around, "iterable");
      return iterable === undefined ? undefined : wholeReadBehind(model, method, code, iterable, depth);
    }
    if (/^(?:if|conditional|for|while|do|lambda|switch|try)$/.test(around.kind)) return undefined;
  }
  return undefined;
}

const isSetAgain = (code: BodyCode, local: CodeNode): boolean =>
  code
    .usesOf(local)
    .some(
      (use) =>
        (use.role === "target" && use.parent?.kind === "assign") ||
        (use.role === "receiver" && use.parent?.kind === "call" && /^(?:remove\w*|retainAll|clear|removeIf)$/.test(use.parent.text)),
    );

import { ancestorsOf, type CodeNode, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { findFirst } from "./edits/findFirst.ts";
import { callOn, type ListRead, listRead } from "./shared/listReads.ts";

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
    several: "{{query}} loads every matching row, of which the first {{taken}} are used",
    page: "{{query}} loads every matching row, of which one page is used",
  },
  subsumes: ["java/unbounded-find-all"],

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const read = site.work?.kind === "read" ? listRead(model, method, code, site) : undefined;
        if (read === undefined) continue;
        const uses = usesOf(code, read.node);
        const takes = uses.filter((use) => typeof use === "object");
        const [take] = takes;
        if (take === undefined || uses.includes(undefined) || takes.some(({ taken }) => taken !== take.taken)) continue;
        // How many rows there are is a part of a page, and a condition elsewhere.
        if (take.taken !== PAGE && uses.includes("counts")) continue;
        report({
          at: site.at,
          message: take.taken === PAGE ? "page" : take.taken === "1" ? "first" : "several",
          data: { query: read.call.label, taken: take.taken },
          certainty: certaintyOf(read, take),
          related: read.call.query === undefined ? [] : [{ at: read.call.query.at, message: `${read.call.label} is declared here` }],
          fixes: code.valuesOf(read.node)[0] === read.node ? findFirst(model, method, read, take.node) : [],
        });
      }
    }
  },
});

/** The first elements are taken, or a page of them: up to the call `node`, in a stream or from the list. */
interface Take {
  /** How many, as the code says it; `PAGE` for those from a place on. */
  readonly taken: string;
  readonly node: CodeNode;
  readonly sorted: boolean;
}

const PAGE = "a page";

/** What is done with a list: elements are taken from it, it is asked whether there are any or how many, or something else. */
type Use = Take | "asks" | "counts" | undefined;

const usesOf = (code: BodyCode, list: CodeNode): readonly Use[] => code.valuesOf(list).flatMap((value) => useOf(code, value));

function useOf(code: BodyCode, value: CodeNode): Use | readonly Use[] {
  const call = callOn(value);
  if (call === undefined) return undefined;
  const [argument, second] = childrenOf(call, "argument");
  switch (call.text) {
    case "isEmpty":
      return "asks";
    case "size":
      if (call.parent?.kind !== "binary") return "counts";
      return comparesWith(call, (text) => text === "0") ? "asks" : comparesWith(call, () => true) ? undefined : "counts";
    case "get":
      return argument?.kind === "literal" && argument.text === "0" ? { taken: "1", node: call, sorted: false } : undefined;
    case "getFirst":
      return { taken: "1", node: call, sorted: false };
    case "subList":
      if (argument === undefined || second === undefined) return undefined;
      if (argument.kind === "literal") return argument.text === "0" ? taking(call, second) : undefined;
      return isRepeated(call) ? undefined : { taken: PAGE, node: call, sorted: false };
    case "stream":
      return ofStream(code, call);
    default:
      return undefined;
  }
}

/** Whether a number is compared with one that is written down. */
const comparesWith = (call: CodeNode, isMeant: (text: string) => boolean): boolean =>
  call.parent?.children.some(({ kind, text }) => kind === "literal" && isMeant(text)) === true;

/** One part after the other is taken: all of them in the end. */
const isRepeated = (call: CodeNode): boolean => [...ancestorsOf(call)].some(({ kind }) => /^(?:for|foreach|while|do|lambda)$/.test(kind));

/** `.stream()`, steps that keep every element, then `findFirst()`, `limit(n)`, or a list of which something is taken. */
function ofStream(code: BodyCode, stream: CodeNode): Use | readonly Use[] {
  let sorted = false;
  let skipped = false;
  for (let call = callOn(stream); call !== undefined; call = callOn(call)) {
    const [argument] = childrenOf(call, "argument");
    if (/^(?:toList|collect)$/.test(call.text)) {
      const uses = call.text === "toList" || argument?.text === "toList" ? usesOf(code, call) : [undefined];
      // The first of a list that something was made of is found better in a stream; a page is taken of lists.
      return uses.some((use) => typeof use === "object" && use.taken === PAGE) ? uses : undefined;
    }
    if (call.text === "findFirst" || call.text === "findAny") return skipped ? undefined : { taken: "1", node: call, sorted };
    if (call.text === "limit" && argument !== undefined)
      return { ...(skipped ? { taken: PAGE, node: call } : taking(call, argument)), sorted };
    if (call.text === "sorted") sorted = true;
    else if (call.text === "skip") skipped = argument?.kind !== "literal";
    else if (call.text !== "map" && call.text !== "peek") return undefined;
  }
  return undefined;
}

const taking = (node: CodeNode, count: CodeNode): Take => ({
  taken: count.kind === "literal" || count.kind === "name" ? count.text : "n",
  node,
  sorted: false,
});

/** A list in order has a front that is meant; one that equality alone chooses may never be longer than what is taken. */
function certaintyOf({ call, whole }: ListRead, { taken, sorted }: Take): Certainty {
  const scan = call.query?.scans[0];
  if (sorted || (scan !== undefined && scan.sort.length > 0)) return "proven";
  return whole || taken !== "1" ? "likely" : "possible";
}

import { type CodeNode, childrenOf } from "../../facts/java/code.ts";
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
  },
  subsumes: ["java/unbounded-find-all"],

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const read = site.work?.kind === "read" ? listRead(model, method, code, site) : undefined;
        if (read === undefined) continue;
        const values = code.valuesOf(read.node);
        const uses = values.map(useOf);
        const takes = uses.filter((use) => typeof use === "object");
        const [take] = takes;
        if (take === undefined || uses.includes(undefined) || takes.some(({ taken }) => taken !== take.taken)) continue;
        report({
          at: site.at,
          message: take.taken === "1" ? "first" : "several",
          data: { query: read.call.label, taken: take.taken },
          certainty: certaintyOf(read, take),
          related: read.call.query === undefined ? [] : [{ at: read.call.query.at, message: `${read.call.label} is declared here` }],
          fixes: values[0] === read.node ? findFirst(model, method, read, take.node) : [],
        });
      }
    }
  },
});

/** The first elements are taken: up to the call `node`, in a stream or from the list. */
interface Take {
  readonly taken: string;
  readonly node: CodeNode;
  readonly sorted: boolean;
}

/** What is done with a list: elements are taken from its front, it is asked whether there are any, or something else. */
function useOf(value: CodeNode): Take | "asks" | undefined {
  const call = callOn(value);
  if (call === undefined) return undefined;
  const [argument, second] = childrenOf(call, "argument");
  switch (call.text) {
    case "isEmpty":
      return "asks";
    case "size":
      return call.parent?.kind === "binary" && call.parent.children.some((other) => other.kind === "literal" && other.text === "0")
        ? "asks"
        : undefined;
    case "get":
      return argument?.kind === "literal" && argument.text === "0" ? { taken: "1", node: call, sorted: false } : undefined;
    case "getFirst":
      return { taken: "1", node: call, sorted: false };
    case "subList":
      return argument?.text === "0" && argument.kind === "literal" && second !== undefined ? taking(call, second) : undefined;
    case "stream":
      return ofStream(call);
    default:
      return undefined;
  }
}

/** `.stream()`, steps that keep every element, then `findFirst()` or `limit(n)`. */
function ofStream(stream: CodeNode): Take | undefined {
  let sorted = false;
  for (let call = callOn(stream); call !== undefined; call = callOn(call)) {
    if (call.text === "findFirst" || call.text === "findAny") return { taken: "1", node: call, sorted };
    const [argument] = childrenOf(call, "argument");
    if (call.text === "limit" && argument !== undefined) return { ...taking(call, argument), sorted };
    if (call.text === "sorted") sorted = true;
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

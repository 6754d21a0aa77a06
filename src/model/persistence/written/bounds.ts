import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import { usesOf } from "../../calls/locals.ts";
import type { Frame } from "./texts/frame.ts";

/** How many rows code asks for at most: a number, as many as callers say, or all. */
export type Bound = number | "page" | "none";

/** What the steps of the chain that ends with a call say, and statements on the variables in which the unfinished query is kept. */
export function boundOf(last: CodeNode, frame: Frame): Bound {
  const { code } = frame;
  const bounds: Bound[] = [];
  for (let at: CodeNode | undefined = last; at !== undefined; ) {
    if (at.kind === "call") {
      if (BOUNDS.test(at.text)) bounds.push(boundIn(at, frame));
      at = childOf(at, "receiver");
      continue;
    }
    if (at.kind !== "name") break;
    const local = code.typer.declarationOf(at);
    if (local === undefined && !isQuery(at, frame)) break;
    const value = local === undefined ? frame.parameters.get(at.text)?.value?.node : childOf(local, "value");
    const name = at.text;
    const uses =
      local === undefined
        ? code.nodes.filter((use) => use.kind === "name" && use.text === name && code.typer.declarationOf(use) === undefined)
        : usesOf(code, local);
    for (const use of uses) if (use !== at) bounds.push(...boundsBehind(use, frame));
    at = local === undefined || value?.kind !== "call" ? undefined : value;
  }
  return tightest(bounds);
}

/** A parameter that is the query, and not what it is made by. */
function isQuery({ text }: CodeNode, { code, parameters }: Frame): boolean {
  const type = parameters.has(text) ? code.typer.method?.parameters.find(({ name }) => name === text)?.type : undefined;
  return type !== undefined && /(?:Query|Statement)(?:<|$)/.test(type);
}

/** Of several the one that holds in any case. */
export function tightest(bounds: readonly Bound[]): Bound {
  const numbers = bounds.filter((bound) => typeof bound === "number");
  if (numbers.length > 0) return Math.min(...numbers);
  return bounds.includes("page") ? "page" : "none";
}

/** What is done to the query where a variable that holds it is used. */
function boundsBehind(use: CodeNode, frame: Frame): readonly Bound[] {
  const bounds: Bound[] = [];
  let at = use;
  for (; at.parent?.kind === "call" && at.role === "receiver"; at = at.parent) {
    const { text } = at.parent;
    if (BOUNDS.test(text)) bounds.push(boundIn(at.parent, frame));
    else if (!LEAVES_ROWS.test(text) && !SENDS.test(text)) return ["page"];
  }
  // Whoever is given the unfinished query may give it a limit.
  const isFinished = at !== use && (at.statement || SENDS.test(at.text));
  return isFinished ? bounds : [...bounds, "page"];
}

const BOUNDS = /^set(?:MaxResults|MaxRows)$/;
const LEAVES_ROWS = /^(?:set\w+|add(?:Scalar|Entity|Join|QueryHint)|bind\w*|define|register\w*|unwrap)$/;
const SENDS = /^(?:fetch\w*|execute\w*|list|get\w*|uniqueResult\w*|stream|iterate|scroll)$/;

/** `if (limit != -1) query.setMaxResults(limit)` holds for a limit that a caller names; a number that stands there in its branch only. */
function boundIn(call: CodeNode, frame: Frame): Bound {
  const [given] = childrenOf(call, "argument");
  if (given === undefined || (given.kind === "literal" && isConditional(call))) return "page";
  return numberOf(given, frame);
}

function numberOf(node: CodeNode, frame: Frame): Bound {
  if (node.kind === "literal") {
    const number = Number(node.text);
    return node.type === "null" || number <= 0 ? "none" : Number.isFinite(number) ? number : "page";
  }
  if (node.kind === "unary") return node.text === "-" && node.children[0]?.kind === "literal" ? "none" : "page";
  const value = node.kind === "name" && frame.code.typer.declarationOf(node) === undefined && frame.parameters.get(node.text)?.value;
  return value ? numberOf(value.node, value.frame) : "page";
}

function isConditional(node: CodeNode): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (/^(?:if|conditional|switch|catch|lambda|for|foreach|while)$/.test(at.kind)) return true;
  return false;
}

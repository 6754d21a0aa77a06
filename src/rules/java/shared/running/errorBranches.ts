import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { callsNearby } from "./callsNearby.ts";

/** Whether a call of a method waits for a mistake: few of the elements come so far. */
export function waitsForMistake(calls: CallGraph, method: MethodNode, { order }: CallSite): boolean {
  const node = calls.codeOf(method).nodes[order];
  return node !== undefined && isInErrorBranch(node);
}

/** Whether a method is for mistakes alone: what a request comes to it from calls it for one, and so do all callers in its own file. */
export function isForMistakes(model: Model, method: MethodNode): boolean {
  const by = model.effects.pathTo(method.key).at(-2);
  const caller = by === undefined ? undefined : model.calls.method(by);
  if (caller === undefined) return false;
  model.calls.noteBody(caller);
  const sites = caller.sites.filter(({ targets }) => targets.includes(method.key));
  const calls = [...sites.map((site) => ({ caller, site })), ...callsNearby(model, method)];
  return sites.length > 0 && calls.every((one) => waitsForMistake(model.calls, one.caller, one.site));
}

/**
 * Whether code runs only once something has gone wrong: in a `catch`, in what makes an exception or a branch that ends with one, or in a
 * branch that asks for a failure or warns of one in the log before it goes on.
 */
export function isInErrorBranch(node: CodeNode): boolean {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    if (around.kind === "catch" || makesException(around)) return true;
    if (
      around.kind === "if" &&
      inner.role !== "condition" &&
      (asksForFailure(around, inner.role === "then") || warns(inner) || throws(inner))
    )
      return true;
    inner = around;
  }
  return false;
}

/** `orders.findById(id).orElseThrow(() -> …)`. */
const makesException = ({ kind, parent }: CodeNode): boolean =>
  kind === "lambda" && parent?.kind === "call" && parent.text === "orElseThrow";

/** A branch that ends with an exception. */
const throws = (branch: CodeNode): boolean => (branch.kind === "block" ? branch.children.at(-1) : branch)?.kind === "throw";

/** `if (failed)`, `if (result.hasErrors())`, `if (!response.isSuccessful())`, and what is behind the `else` of `if (succeeded)`. */
const asksForFailure = (statement: CodeNode, holds: boolean): boolean => isFailure(childOf(statement, "condition"), holds);

function isFailure(condition: CodeNode | undefined, holds: boolean): boolean {
  // Of `result != null && result.hasErrors()` each part holds.
  if (holds && condition?.kind === "binary" && condition.text === "&&") return condition.children.some((part) => isFailure(part, true));
  const negated = condition?.kind === "unary" && condition.text === "!";
  const asked = negated ? condition.children[0] : condition;
  if (asked === undefined || (asked.kind !== "name" && asked.kind !== "field" && asked.kind !== "call")) return false;
  return (negated ? !holds : holds) ? FAILURE.test(asked.text) : SUCCESS.test(asked.text);
}

const FAILURE = /^(?:is|has|was)?_?(?:failed|failure|failures|error|errors|rolledBack|timedOut|exception)$/i;
const SUCCESS = /^(?:is|has|was)?_?(?:success|successful|succeeded|ok)$/i;

/** A branch whose own statements write a warning or an error to a log. */
function warns(branch: CodeNode): boolean {
  const statements = branch.kind === "block" ? branch.children : [branch];
  return statements.some(
    (one) => one.kind === "call" && /^(?:warn|error)$/.test(one.text) && /^_?log(?:ger)?$/i.test(childOf(one, "receiver")?.text ?? ""),
  );
}

/** Whether a `try` around `inner` keeps a failed write to itself: what parsers, texts and files throw is none. */
export const catchesWrites = (around: CodeNode, inner: CodeNode): boolean =>
  around.kind === "try" &&
  inner.role === "body" &&
  childrenOf(around, "catch").some(({ type }) => type.split("|").some((thrown) => !ELSEWHERE.test(thrown.trim())));

const ELSEWHERE =
  /(?:^|\.)(?:Json\w*|(?:DateTime)?Parse|\w*Format|IO|FileNotFound|UnsupportedEncoding|MalformedURL|URISyntax|NoSuchAlgorithm|ClassNotFound|Interrupted|CloneNotSupported)Exception$/;

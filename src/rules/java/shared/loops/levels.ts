import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { repositoryCall } from "../../../../model/persistence/sent/repositoryCalls.ts";

/** A read and the call by which its method goes on with what it has found. */
export interface LevelRead {
  readonly read: CallSite;
  readonly next: CallSite;
}

/**
 * The first read of a method that calls itself with what the read has found, once for each level of a hierarchy:
 * `Category parent = categories.findById(id).orElseThrow(); return pathOf(parent.getParentId());`. Loops on the way are another matter, and a
 * method that tries again with another value goes on with nothing that it found.
 */
export function readPerLevel(model: Model, method: MethodNode): LevelRead | undefined {
  const again = method.sites.filter(
    ({ targets, iterations, excuses }) =>
      targets.length === 1 && targets[0] === method.key && iterations.length === 0 && excuses.length === 0,
  );
  if (again.length === 0) return undefined;
  const code = new BodyCode(model.calls, method);
  for (const read of method.sites) {
    if (read.work?.kind !== "read" || read.iterations.length > 0 || read.excuses.length > 0) continue;
    const asked = code.callOf(read);
    const next = asked === undefined ? undefined : again.find((site) => goesOnWith(code, code.callOf(site), asked));
    if (next !== undefined && bringsRows(model, read)) return { read, next };
  }
  return undefined;
}

/** Counts, and questions whether there is a row, bring nothing to go on with. */
const bringsRows = (model: Model, read: CallSite): boolean => {
  const { query, name } = repositoryCall(model.persistence, model.calls, read) ?? { query: undefined, name: read.name };
  return query === undefined ? !/^(?:count|exists)/.test(name) : query.kind === "find";
};

/** Whether an argument of a call holds what a read has found, by up to three local variables or the parameter of a function. */
function goesOnWith(code: BodyCode, call: CodeNode | undefined, read: CodeNode): boolean {
  if (call === undefined || call.kind !== "call") return false;
  const seen = new Set<CodeNode>();
  const holds = (value: CodeNode, depth: number): boolean =>
    nodesOf(value).some((node) => {
      if (node === read) return true;
      const declared = node.kind === "name" && depth > 0 ? code.typer.declarationOf(node) : undefined;
      if (declared === undefined || seen.has(declared)) return false;
      seen.add(declared);
      const from = declared.kind === "local" ? childOf(declared, "value") : receiverOfFunction(declared);
      return from !== undefined && holds(from, depth - 1);
    });
  return childrenOf(call, "argument").some((argument) => holds(argument, DEEPEST));
}

const DEEPEST = 3;

/** What the call that is handed a function runs on, by the function's parameter: `found.map(parent -> …)`. */
function receiverOfFunction(parameter: CodeNode): CodeNode | undefined {
  const lambda = [...ancestorsOf(parameter)].find(({ kind }) => kind === "lambda");
  return lambda?.parent?.kind === "call" ? childOf(lambda.parent, "receiver") : undefined;
}

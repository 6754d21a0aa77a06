import { creationOf, passedTo } from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../facts/dart/code.ts";
import type { DartMethod } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import type { ClientModel } from "./clientModel.ts";

/** Arguments whose closure runs again at every build. */
const BUILDER = /^(?:builder|itemBuilder|separatorBuilder|pageBuilder|layoutBuilder|transitionsBuilder|\w*Builder)$/;
/** Arguments whose closure runs later, not while building. */
const DEFERRED =
  /^(?:on[A-Z]\w*|listener|listenWhen|buildWhen|create|update|validator|callback|shaderCallback|painter|action|press|tap|then|whenComplete)$/;
/** Calls whose closure runs later, or once. */
const DEFERRING = new Set([
  "then",
  "catchError",
  "whenComplete",
  "listen",
  "addListener",
  "setState",
  "addPostFrameCallback",
  "delayed",
  "microtask",
  "scheduleMicrotask",
  "Timer",
  "periodic",
  "run",
  "runOnce",
  "useEffect",
  "useMemoized",
  "useCallback",
  "unawaited",
  "putIfAbsent",
]);

/**
 * Whether code runs at every build of a widget: in `build`, in a method that returns widgets, or in a builder closure, and not in
 * a closure that is called later. `method` is the member whose body holds the node.
 */
export function runsInBuild(node: DartNode, method: DartMethod): boolean {
  for (let at: DartNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.kind !== "closure") continue;
    const passed = passedTo(at);
    if (passed === undefined) {
      // A closure that is kept in a variable or returned: nobody knows when it runs, unless it builds.
      if (at.parent?.kind === "local" || at.parent?.kind === "assign") return false;
      continue;
    }
    if (passed.name !== undefined && BUILDER.test(passed.name)) return true;
    if (passed.name !== undefined && DEFERRED.test(passed.name)) return false;
    if (passed.name === undefined && DEFERRING.has(passed.callee)) return false;
  }
  return method.name === "build" || returnsWidgets(method);
}

/** Whether a node stands in a closure that is called later, an event's for example, below `within`. */
export function isDeferred(node: DartNode, within: DartNode): boolean {
  for (let at: DartNode | undefined = node; at !== undefined && at !== within; at = at.parent) {
    if (at.kind !== "closure") continue;
    const passed = passedTo(at);
    if (passed?.name !== undefined ? DEFERRED.test(passed.name) : DEFERRING.has(passed?.callee ?? "")) return true;
  }
  return false;
}

/** Whether a method says that it returns a widget or a list of them. */
export function returnsWidgets(method: DartMethod): boolean {
  return method.returns !== undefined && /^(?:\w+\.)?(?:List<|Iterable<)?(?:\w+\.)?\w*Widget\b/.test(method.returns);
}

/** Whether an expression makes a widget. Unknown names count where a widget is expected. */
export function isWidgetCreation(node: DartNode, file: DartFile, model: ClientModel): boolean {
  const creation = creationOf(node);
  if (creation === undefined) return false;
  if (model.isWidget(creation.type, file)) return true;
  return model.classOf(creation.type, file) === undefined && expectsWidget(node) && !/^(?:Navigator|MediaQuery|Theme)$/.test(creation.type);
}

function expectsWidget(node: DartNode): boolean {
  const parent = node.parent;
  if (parent?.kind === "named") return /^(?:child|body|home|title|leading|trailing|subtitle|sliver|icon)$/.test(parent.text);
  return parent?.kind === "list" && parent.parent?.kind === "named" && /^(?:children|slivers|actions)$/.test(parent.parent.text);
}

/** The widgets that a subtree makes, those in closures and constants included. */
export function widgetsIn(root: DartNode, file: DartFile, model: ClientModel): readonly DartNode[] {
  return [...nodesIn(root)].filter((node) => node.kind === "chain" && isWidgetCreation(node, file, model));
}

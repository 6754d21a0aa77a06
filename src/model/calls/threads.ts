import { ancestorsOf, asGiven, type CodeNode, childOf, nodesOf } from "../../facts/java/code.ts";
import { dotted, type Typer } from "./typing/typer.ts";

/**
 * Whether code runs later, or on another thread, than the body around it: in a task handed to an executor, in a callback of a future,
 * after the commit, in a method of an anonymous class, in a lambda that is only kept. Of what stands in `part` of the body, than that.
 */
export function runsElsewhere(node: CodeNode, typer: Typer, part?: CodeNode): boolean {
  if ((node.kind === "reference" && isHandedOver(node, typer)) || isSentAside(node)) return true;
  for (const around of ancestorsOf(node)) {
    if (around === part) return false;
    if (around.kind === "method" && around.parent !== undefined) return true;
    if (around.kind === "lambda" && isHandedOver(around, typer)) return true;
  }
  return false;
}

/**
 * Whether code is a task that the body around it gives to another thread without asking for its end: `pool.submit(() -> …);`, or a request
 * whose answer nobody here waits for. What is only kept may yet run on the same thread, and who has a future may wait for it.
 */
export const isLetGo = (node: CodeNode, typer: Typer): boolean =>
  isSentAside(node) ||
  [node, ...ancestorsOf(node)].some((around) => {
    if (around.kind !== "lambda" && (around !== node || around.kind !== "reference")) return false;
    const given = asGiven(around);
    const taker = given.role === "argument" && isHandedOver(around, typer) ? given.parent : undefined;
    return taker !== undefined && (taker.kind === "new" || !STEPS.test(taker.text)) && isStatement(taker);
  });

/** `http.sendAsync(request, body).thenAccept(…);`, which gives a future that nobody has, and `web.get().retrieve()….subscribe(…)`. */
const isSentAside = (node: CodeNode): boolean =>
  node.kind === "call" && ((node.text === "sendAsync" && isStatement(node)) || isSubscribed(node));

/** Whether what a call gives comes to whoever has subscribed to it, and not to the thread that called. */
function isSubscribed(call: CodeNode): boolean {
  let at = call;
  for (let on = at.parent; at.role === "receiver" && on?.kind === "call"; on = at.parent) {
    if (/^(?:block\w*|toStream|toIterable|toFuture)$/.test(on.text)) return false;
    if (on.text === "subscribe") return true;
    at = on;
  }
  return false;
}

/** The bodies behind a commit that a body hands over: `new TransactionSynchronization() { public void afterCommit() { … } }`. */
export const behindCommits = (nodes: readonly CodeNode[]): readonly CodeNode[] =>
  nodes.filter(
    ({ kind, text, parent }) =>
      kind === "method" && BEHIND_COMMIT.test(text) && parent?.kind === "new" && /^TransactionSynchronization/.test(parent.type),
  );

const BEHIND_COMMIT = /^after(?:Commit|Completion)$/;

/**
 * Whether code runs after the transaction of the body around it, or only where there is none: in a `TransactionSynchronization`, in
 * `if (!TransactionSynchronizationManager.isSynchronizationActive())`, behind an `if` that returns where there is one, in a function that
 * is kept for such places alone.
 */
export function runsWithoutTransaction(node: CodeNode): boolean {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    if (around.kind === "new" && /^TransactionSynchronization/.test(around.type)) return true;
    if (around.kind === "lambda" && isKeptForOutside(around)) return true;
    const asked = around.kind === "if" || around.kind === "conditional" ? childOf(around, "condition") : undefined;
    if (asked !== undefined && inner !== asked && tellsTransaction(asked) === (inner.role === "else")) return true;
    if (around.kind === "block" && around.children.some((one) => one.end <= inner.start && leavesWithTransaction(one))) return true;
    inner = around;
  }
  return false;
}

/** `Runnable send = () -> …;`, which is run behind the commit, and at once only where there is no transaction. */
function isKeptForOutside(lambda: CodeNode): boolean {
  const { parent: local, role } = asGiven(lambda);
  if (local?.kind !== "local" || role !== "value") return false;
  const [body = local] = [...ancestorsOf(local)].slice(-1);
  const uses = nodesOf(body).filter(({ kind, text }) => kind === "name" && text === local.text);
  return uses.length > 0 && uses.every(runsWithoutTransaction);
}

/** `if (TransactionSynchronizationManager.isSynchronizationActive()) { …; return; }`. */
function leavesWithTransaction(statement: CodeNode): boolean {
  const asked = statement.kind === "if" ? childOf(statement, "condition") : undefined;
  const then = childOf(statement, "then");
  const last = then?.kind === "block" ? then.children.at(-1) : then;
  return asked !== undefined && tellsTransaction(asked) === true && (last?.kind === "return" || last?.kind === "throw");
}

/** True for a condition that holds in a transaction alone, false for one that holds outside of it alone. */
function tellsTransaction(condition: CodeNode): boolean | undefined {
  if (condition.kind === "unary" && condition.text === "!") {
    const [asked] = condition.children;
    return asked?.kind === "call" && ASKS_FOR_TRANSACTION.test(asked.text) ? false : undefined;
  }
  return condition.kind === "call" && ASKS_FOR_TRANSACTION.test(condition.text) ? true : undefined;
}

const ASKS_FOR_TRANSACTION = /^is(?:Synchronization|ActualTransaction)Active$/;

/** Steps of a pipeline, whose end may wait on the thread that put it together: `Mono.fromRunnable(…).block();`. */
const STEPS = /^(?:from\w+|defer|doOn\w+|then\w*|whenComplete\w*|handle\w*|exceptionally|invokeAll)$/;

/** Whether nobody has the value of a call, nor that of the calls made on it, of which none waits. */
function isStatement(call: CodeNode): boolean {
  let at = call;
  for (let on = at.parent; at.role === "receiver" && on?.kind === "call"; on = at.parent) {
    if (/^(?:join|get|block\w*|await\w*)$/.test(on.text)) return false;
    at = on;
  }
  return at.statement === true || (at.role === "body" && at.parent?.kind === "lambda" && at.parent.parent?.text === "forEach");
}

/** Whether a lambda or method reference is a task for somebody else. */
function isHandedOver(lambda: CodeNode, typer: Typer): boolean {
  const { parent: taker, role } = asGiven(lambda);
  if (taker === undefined || role !== "argument") return lambda.kind === "lambda";
  if (taker.kind === "new") return /^(?:Thread|FutureTask|Timer\w*|TransactionSynchronization\w*)\b/.test(taker.type);
  if (taker.kind !== "call") return false;
  if (TASKS.test(taker.text)) return !isBlockedFor(taker);
  if (taker.text === "start") return buildsThread(taker);
  if (taker.text !== "execute" && taker.text !== "submit") return false;
  const on = childOf(taker, "receiver");
  if (on === undefined) return false;
  const type = typer.typeOf(on)?.name ?? dotted(on) ?? on.text;
  return /execut|pool|scheduler|worker|service$/i.test(type);
}

/** `Mono.defer(() -> …).retryWhen(…).block()`, which runs on the thread that waits for it unless another one is named. */
function isBlockedFor(step: CodeNode): boolean {
  if (!/^(?:defer|fromCallable|fromRunnable|fromSupplier)$/.test(step.text)) return false;
  let at = step;
  for (let on = at.parent; at.role === "receiver" && on?.kind === "call"; on = at.parent) {
    if (/^(?:subscribeOn|publishOn|subscribe)$/.test(on.text)) return false;
    if (/^block(?:Optional|First|Last)?$/.test(on.text)) return true;
    at = on;
  }
  return false;
}

const TASKS =
  /^(?:supplyAsync|runAsync|then(?:Apply|Accept|Run|Compose)(?:Async)?|whenComplete(?:Async)?|handle(?:Async)?|exceptionally|schedule\w*|invokeAll|registerSynchronization|addListener|addCallback|fromCallable|fromRunnable|defer|subscribe|doOn\w+|afterCommit|startVirtualThread|unstarted|newThread|fork|runLater|invokeLater)$/;

/** `Thread.ofVirtual().name("feed").start(() -> …)`. */
function buildsThread(start: CodeNode): boolean {
  for (let at = childOf(start, "receiver"); at?.kind === "call"; at = childOf(at, "receiver"))
    if (/^of(?:Virtual|Platform)$/.test(at.text)) return true;
  return false;
}

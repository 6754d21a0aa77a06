import { type CodeNode, childOf, childrenOf, nodesOf, type PackedCode, unpack } from "./code.ts";
import type { JavaMethod, JavaParameter, JavaType } from "./javaFacts.ts";

/**
 * A type whose methods say which of their parameters may be a query that they send: the body hands it to a call that makes or sends one,
 * or to another of its methods that does. No types of expressions are known here, so it is a question worth asking, not an answer.
 */
export function withSent(type: JavaType, code: PackedCode): JavaType {
  if (!type.methods.some(takesQuery)) return type;
  const bodies = type.methods.map((method): Body | undefined =>
    takesQuery(method) ? { method, nodes: nodesOf(unpack(code, method.body)), sent: new Set() } : undefined,
  );
  for (let more = true; more; ) more = bodies.map((body) => body !== undefined && widen(body, bodies)).includes(true);
  const said = bodies.flatMap((body, i) => [...(body?.sent ?? [])].map((at) => ` ${i}.${at}:sent`));
  if (said.length === 0) return type;
  const methods = type.methods.map((method, i) => withSentOf(method, bodies[i]?.sent));
  return { ...type, methods, signature: type.signature + said.join("") };
}

interface Body {
  readonly method: JavaMethod;
  readonly nodes: readonly CodeNode[];
  /** Positions of the parameters that are sent. */
  readonly sent: Set<number>;
}

const TEXT = /^(?:[\w.]+\.)?(?:String|CharSequence|StringBuilder|StringBuffer)$/;
const QUERY =
  /^(?:[\w.]+\.)?(?:(?:Typed|Native|Selection|Mutation|SQL)?Query|(?:Jpa)?Criteria(?:Query|Update|Delete)|JP(?:A|QL)Query)(?:<|$)/;
/** What gives back a part of a query, or the query, does not send it. */
const GIVES_PART =
  /^(?:[\w.]+\.)?(?:\w*Predicate|Expression|Order|Specification|Root|Join|Subquery|String\w*|\w*Query|PreparedStatement)(?:<|$)/;

const mayBeQuery = ({ type }: JavaParameter): boolean => TEXT.test(type) || QUERY.test(type);
const takesQuery = ({ kind, body, parameters, returns }: JavaMethod): boolean =>
  kind === "method" && body >= 0 && parameters.some(mayBeQuery) && !GIVES_PART.test(returns);

function withSentOf(method: JavaMethod, sent: ReadonlySet<number> | undefined): JavaMethod {
  if (sent === undefined || sent.size === 0) return method;
  return {
    ...method,
    parameters: method.parameters.map((parameter, at) => (sent.has(at) ? { ...parameter, maySend: true as const } : parameter)),
  };
}

/** Whether more of its parameters are sent than was known. */
function widen({ method, nodes, sent }: Body, bodies: readonly (Body | undefined)[]): boolean {
  const before = sent.size;
  for (const [at, parameter] of method.parameters.entries()) {
    if (sent.has(at) || !mayBeQuery(parameter)) continue;
    if (isSent(parameter, nodes, bodies)) sent.add(at);
  }
  return sent.size > before;
}

function isSent({ name, type }: JavaParameter, nodes: readonly CodeNode[], bodies: readonly (Body | undefined)[]): boolean {
  const isQuery = QUERY.test(type);
  const carriers = new Set([name]);
  for (const use of nodes) {
    if (use.kind !== "name" || !carriers.has(use.text)) continue;
    const whole = isQuery ? chainOf(use) : wholeOf(use);
    const { parent, role } = whole;
    if (parent === undefined) continue;
    if (parent.kind === "local" && role === "value") carriers.add(parent.text);
    if (parent.kind === "assign" && role === "value") carriers.add(childOf(parent, "target")?.text ?? name);
    if (isQuery && isFetched(use)) return true;
    if (parent.kind !== "call" || role !== "argument") continue;
    const position = childrenOf(parent, "argument").indexOf(whole);
    if (TAKES.test(parent.text) && position === 0) return true;
    if (isQuery && HELPS.test(parent.text)) return true;
    if (bodies.some((other) => other?.method.name === parent.text && other.sent.has(position))) return true;
  }
  return false;
}

/** `"select " + name`, `name.toString()`, `new StringBuilder(name)`, as long as it is still the text. */
function wholeOf(use: CodeNode): CodeNode {
  let at = use;
  for (let around = at.parent; around !== undefined; around = at.parent) {
    const isText =
      (around.kind === "binary" && around.text === "+") ||
      around.kind === "cast" ||
      around.kind === "conditional" ||
      (around.kind === "new" && /String(?:Builder|Buffer)$/.test(around.type)) ||
      (around.kind === "call" && /^(?:append|concat|toString|trim|strip|format|formatted|insert)$/.test(around.text));
    if (!isText) return at;
    at = around;
  }
  return at;
}

/** `criteria.distinct(true)`. */
function chainOf(use: CodeNode): CodeNode {
  let at = use;
  while (at.parent?.kind === "call" && at.role === "receiver") at = at.parent;
  return at;
}

/** `query.setMaxResults(1).getResultList()`. */
function isFetched(use: CodeNode): boolean {
  for (let at = use; at.parent?.kind === "call" && at.role === "receiver"; at = at.parent) if (FETCHES.test(at.parent.text)) return true;
  return false;
}

/** Calls of JPA, Hibernate, JDBC, Spring and JDBI that are handed a query, or its name. */
const TAKES =
  /^(?:create\w*(?:Query|Update)|get\w*Query|prepare(?:Statement|Call|Batch)|query\w*|execute\w*|update|batchUpdate|sql|select)$/;
/** A method of another class that is handed one most often sends it: `JpaUtils.singleResult(query)`. */
const HELPS = /[rR]esult|^(?:list|find|fetch|get|count|single|unique|first|load|select|iterate|stream)/;
const FETCHES =
  /^(?:get(?:Result(?:List|Stream)|SingleResult\w*)|list|uniqueResult\w*|stream|scroll|executeUpdate|fetch(?:One|First|Results)?)$/;

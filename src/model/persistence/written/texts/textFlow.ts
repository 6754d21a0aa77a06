import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import { contains } from "../../../../text/positions.ts";
import type { MethodCode } from "../../../calls/callGraph.ts";
import { usesOf } from "../../../calls/locals.ts";
import { simpleName } from "../../../types/type.ts";
import type { Expressions, Frame } from "./frame.ts";
import { choice, type Pieces, UNKNOWN } from "./pieces.ts";

/** Behind a statement that nothing runs after. */
const ENDED = Symbol("ended");
type Value = Pieces | typeof ENDED;

/** Objects that code adds to after it has made them. */
export interface Builders {
  /** By a type's simple name. */
  isBuilder(type: string): boolean;
  /** Whether a method of one may change it. */
  changes(method: string): boolean;
  /** Whether a statement does nothing else than to add to one, so that its value is what the builder then holds. */
  adds(call: CodeNode): boolean;
  /** Whether a call leaves a builder as it is that it is given. */
  onlyReads(call: CodeNode, code: MethodCode): boolean;
  /** The names that mean a builder, or a part of one whose changes are changes of the builder; without it those of the variable. */
  usesOf?(local: CodeNode, frame: Frame): readonly CodeNode[];
  /** Whether a use changes what it means; undefined where the rest decides. */
  changed?(use: CodeNode, frame: Frame): boolean | undefined;
}

/** A variable that is followed to one place, from its declaration or, a parameter, from the first statement. */
interface Followed {
  readonly name: string;
  readonly uses: readonly CodeNode[];
  readonly until: CodeNode;
  readonly frame: Frame;
}

/** What a local variable holds at one place of a body, statement by statement. What a loop adds is not known. */
export class TextFlow {
  readonly #texts: Expressions;
  readonly #builders: Builders;

  constructor(texts: Expressions, builders: Builders) {
    this.#texts = texts;
    this.#builders = builders;
  }

  at(local: CodeNode, use: CodeNode, frame: Frame): Pieces {
    const known = frame.known.get(use);
    if (known !== undefined) return known;
    // What leads back to itself is not known.
    frame.known.set(use, UNKNOWN);
    const uses = this.#builders.usesOf?.(local, frame) ?? usesOf(frame.code, local);
    const found = this.#follow(local, { name: local.text, uses, until: use, frame });
    frame.known.set(use, found);
    return found;
  }

  /** The same of a parameter of the method that begins with what a call has given. */
  given(use: CodeNode, begins: Pieces, frame: Frame): Pieces {
    const known = frame.known.get(use);
    if (known !== undefined) return known;
    const { nodes, typer, body } = frame.code;
    const uses = nodes.filter((node) => node.kind === "name" && node.text === use.text && typer.declarationOf(node) === undefined);
    const changing = uses.filter((other) => other !== use && this.isChanged(other, frame));
    if (changing.length === 0) return begins;
    if (changing.some((other) => isInLambda(other, body))) return UNKNOWN;
    frame.known.set(use, UNKNOWN);
    const found = this.#through(body.children, begins, { name: use.text, uses, until: use, frame });
    const given = found === ENDED ? UNKNOWN : found;
    frame.known.set(use, given);
    return given;
  }

  /** What a body gives back, that of a method or of a lambda in it. */
  result(frame: Frame, body = frame.code.body): Pieces {
    const given = this.#returned(body.kind === "block" || body.kind === "method" ? body.children : [body], frame);
    return given ?? UNKNOWN;
  }

  /** Whether a variable may hold other things at other times, or what it holds may change. */
  changes(local: CodeNode, code: MethodCode): boolean {
    if (local.kind !== "local") return local.kind !== "parameter";
    const type = local.type === "var" ? "" : local.type;
    return usesOf(code, local).some(
      (use) =>
        use.role === "target" ||
        (use.parent?.kind === "unary" && /^(?:\+\+|--)$/.test(use.parent.text)) ||
        (use.role === "receiver" && use.parent?.kind === "call" && CHANGES.test(use.parent.text)) ||
        (use.role === "argument" && !/^(?:String|Integer|Long|Boolean|boolean|int|long)$/.test(type)),
    );
  }

  /** Undefined where a path gives back nothing that is known. */
  #returned(statements: readonly CodeNode[], frame: Frame): Pieces | undefined {
    for (const [i, statement] of statements.entries()) {
      if (statement.kind === "return") return statement.children[0] && this.#texts.returned(statement.children[0], frame);
      if (statement.kind === "throw") return undefined;
      if (!nodesOf(statement).some(({ kind }) => kind === "return")) continue;
      const rest = statements.slice(i + 1);
      if (statement.kind === "block" || statement.kind === "synchronized")
        return this.#returned([...(statement.kind === "block" ? statement.children : childrenOf(statement, "body")), ...rest], frame);
      if (statement.kind !== "if") return undefined;
      const [then, otherwise] = [childOf(statement, "then"), childOf(statement, "else")];
      const [first, second] = [then, otherwise].map((part) => this.#returned([...(part === undefined ? [] : [part]), ...rest], frame));
      if (throws(then)) return second;
      if (throws(otherwise)) return first;
      return first && second && choice(this.#texts.condition(childOf(statement, "condition"), frame), first, second);
    }
    return undefined;
  }

  #follow(local: CodeNode, followed: Followed): Pieces {
    const { frame } = followed;
    const around = local.parent;
    // A lambda that changes it runs nobody knows when.
    if (around === undefined || local.role === "init" || local.role === "resource") return UNKNOWN;
    if (followed.uses.some((use) => isInLambda(use, around) && this.isChanged(use, frame))) return UNKNOWN;
    const first = childOf(local, "value");
    const begins = frame.bound?.get(local) ?? (first === undefined ? UNKNOWN : this.#texts.pieces(first, frame));
    const behind = around.children.slice(around.children.indexOf(local) + 1);
    const found = this.#through(behind, begins, followed);
    return found === ENDED ? UNKNOWN : found;
  }

  /** Statements one after the other, up to the one that holds the place that is asked for. */
  #through(statements: readonly CodeNode[], value: Value, followed: Followed): Value {
    let at = value;
    for (const statement of statements) {
      if (at === ENDED) return ENDED;
      if (contains(statement, followed.until)) return this.#into(statement, at, followed);
      at = this.#behind(statement, at, followed);
    }
    return at;
  }

  /** At the place that is asked for, which lies in the statement. */
  #into(statement: CodeNode, value: Pieces, followed: Followed): Value {
    const { until, frame } = followed;
    const inner = statement.children.find((child) => contains(child, until));
    switch (statement.kind) {
      case "block":
      case "case":
        return this.#through(statement.children, value, followed);
      case "if":
      case "synchronized":
      case "labeled":
        return inner === undefined ? value : this.#into(inner, value, followed);
      case "try":
        if (inner === undefined) return value;
        if (inner.role === "body" || inner.role === "resource" || !this.#changedIn(statement, followed))
          return this.#into(inner, value, followed);
        return UNKNOWN;
      case "catch":
      case "switch":
      case "for":
      case "foreach":
      case "while":
      case "do":
        if (this.#changedIn(statement, followed) || inner === undefined) return this.#changedIn(statement, followed) ? UNKNOWN : value;
        return this.#into(inner, value, followed);
      case "lambda":
        return inner === undefined ? value : this.#into(inner, value, followed);
      default: {
        const before = followed.uses.some((use) => use.start < until.start && contains(statement, use) && this.isChanged(use, frame));
        return before ? UNKNOWN : inner === undefined ? value : this.#into(inner, value, followed);
      }
    }
  }

  /** Behind a statement that runs as a whole. */
  #behind(statement: CodeNode, value: Pieces, followed: Followed): Value {
    switch (statement.kind) {
      case "return":
      case "throw":
      case "break":
      case "continue":
      case "yield":
        return ENDED;
      case "block":
        return this.#through(statement.children, value, followed);
      case "synchronized":
      case "labeled":
        return this.#through(childrenOf(statement, "body"), value, followed);
      case "if":
        return this.#branches(statement, value, followed);
      case "try":
        return this.#attempt(statement, value, followed);
      case "assign":
      case "call":
        return this.#changed(statement, value, followed);
      case "local":
        if (this.#builders.usesOf !== undefined) return this.#changed(statement, value, followed);
        return this.#changedIn(statement, followed) ? UNKNOWN : value;
      default:
        return this.#changedIn(statement, followed) ? UNKNOWN : value;
    }
  }

  #branches(statement: CodeNode, value: Pieces, followed: Followed): Value {
    const [condition, then, otherwise] = [childOf(statement, "condition"), childOf(statement, "then"), childOf(statement, "else")];
    if (condition !== undefined && this.#changedIn(condition, followed)) return UNKNOWN;
    const one = then === undefined ? value : this.#behind(then, value, followed);
    const other = otherwise === undefined ? value : this.#behind(otherwise, value, followed);
    if (one === ENDED || other === ENDED) return one === ENDED ? other : one;
    return one === other ? one : choice(this.#texts.condition(condition, followed.frame), one, other);
  }

  #attempt(statement: CodeNode, value: Pieces, followed: Followed): Value {
    if (!this.#changedIn(statement, followed)) return value;
    const caught = childrenOf(statement, "catch");
    if (
      caught.some((one) => this.#changedIn(one, followed)) ||
      caught.some((one) => this.#through(childrenOf(one, "body"), value, followed) !== ENDED)
    )
      return UNKNOWN;
    return this.#through([...childrenOf(statement, "body"), ...childrenOf(statement, "finally")], value, followed);
  }

  /** `sql = …`, `sql += …`, `sql.append(…).append(…)`. */
  #changed(statement: CodeNode, value: Pieces, followed: Followed): Pieces {
    const { uses, frame, name } = followed;
    const here = uses.filter((use) => contains(statement, use));
    const changing = here.filter((use) => this.isChanged(use, frame));
    const [only, more] = changing;
    if (only === undefined) return value;
    const added = statement.kind === "local" ? childOf(statement, "value") : statement;
    const target = statement.kind === "assign" ? childOf(statement, "target") : rootOf(added);
    if (more !== undefined || only !== target || added === undefined) return UNKNOWN;
    for (const use of here) if (use.text === name) frame.known.set(use, value);
    if (added.kind === "call") return this.#builders.adds(added) ? this.#texts.added(added, value, frame) : UNKNOWN;
    const given = childOf(statement, "value");
    if (given === undefined) return UNKNOWN;
    if (statement.text === "=") return this.#texts.pieces(given, frame);
    return statement.text === "+=" ? [...value, ...this.#texts.pieces(given, frame)] : UNKNOWN;
  }

  #changedIn(node: CodeNode, { uses, frame }: Followed): boolean {
    return uses.some((use) => contains(node, use) && this.isChanged(use, frame));
  }

  /** Whether what a variable of the type holds may change. */
  mayAdd(type: string): boolean {
    return this.#builders.isBuilder(type.slice(type.lastIndexOf(".") + 1));
  }

  /** Whether a use sets the variable, or changes the builder that it holds. */
  isChanged(use: CodeNode, frame: Frame): boolean {
    if (use.role === "target") return true;
    const changed = this.#builders.changed?.(use, frame);
    if (changed !== undefined) return changed;
    const { code } = frame;
    const type = code.typer.typeOf(use);
    if (type !== undefined && !this.#builders.isBuilder(simpleName(type))) return false;
    const { parent } = use;
    if (use.role === "receiver" && parent?.kind === "call") return this.#builders.changes(parent.text);
    if (use.role === "receiver" && parent?.kind === "field") return false;
    // Whoever is given the builder may add to it.
    return !(parent?.kind === "binary" || (use.role === "argument" && parent?.kind === "call" && this.#builders.onlyReads(parent, code)));
  }
}

export const isBuilder = (type: string): boolean => /^(?:java\.lang\.)?String(?:Builder|Buffer)$/.test(type);

const changesBuilder = (method: string): boolean =>
  !/^(?:toString|length|isEmpty|charAt|indexOf|lastIndexOf|capacity|chars|substring|equals|hashCode)$/.test(method);

const CHANGES = /^(?:add|put|remove|append|set|clear|insert|next|push|poll|delete|retain|replace)(?:\p{Lu}\w*)?$/u;

const throws = (part: CodeNode | undefined): boolean =>
  part !== undefined && (part.kind === "throw" || (part.kind === "block" && part.children.at(-1)?.kind === "throw"));

function isInLambda(use: CodeNode, around: CodeNode): boolean {
  for (let at = use.parent; at !== undefined && at !== around; at = at.parent)
    if (at.kind === "lambda" || at.kind === "method") return true;
  return false;
}

/** What a chain of calls begins with. */
export function rootOf(call: CodeNode | undefined): CodeNode | undefined {
  let at = call;
  while (at?.kind === "call" || at?.kind === "cast") at = childOf(at, at.kind === "cast" ? "value" : "receiver");
  return at;
}

/** Nothing but `append` in a chain of calls. */
function appends(call: CodeNode): boolean {
  for (let at: CodeNode | undefined = call; at?.kind === "call"; at = childOf(at, "receiver")) if (at.text !== "append") return false;
  return true;
}

export const TEXT_BUILDERS: Builders = {
  isBuilder,
  changes: changesBuilder,
  adds: appends,
  onlyReads: ({ text }) => /^(?:append|valueOf|debug|info|trace)$/.test(text),
};

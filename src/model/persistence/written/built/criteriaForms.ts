import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { MethodCode } from "../../../calls/callGraph.ts";
import { usesOf } from "../../../calls/locals.ts";
import type { Typer } from "../../../calls/typing/typer.ts";
import { simpleName } from "../../../types/type.ts";
import type { Frame } from "../texts/frame.ts";
import { type Builders, rootOf } from "../texts/textFlow.ts";
import { onlyReads } from "./builtForms.ts";

/** Types of the criteria API, and of specifications, that are parts of queries. */
export const CRITERIA_PARTS =
  /^(?:(?:Jpa)?(?:CriteriaQuery|CriteriaDelete|CriteriaUpdate|Predicate|Expression|Order|Selection|Root|Path|From|Fetch|SubQuery|Subquery|In|CompoundSelection|Case|SimpleCase|Coalesce)|AbstractQuery|CommonAbstractCriteria|\w*Join|\w*Specifications?|(?:Jpa|Hibernate)?CriteriaBuilder)$/;

const QUERY = /^(?:Jpa)?(?:CriteriaQuery|CriteriaDelete|CriteriaUpdate|Subquery|SubQuery|AbstractQuery|CommonAbstractCriteria)(?:<|$)/;
const PATH = /^(?:Jpa)?(?:Root|From|Fetch|\w*Join)(?:<|$)/;
const LIST = /^(?:List|ArrayList|LinkedList|Set|Collection|\w*HashSet)(?:<|$)/;

export const isBuilderType = (type: string): boolean => /^(?:Jpa|Hibernate)?CriteriaBuilder$/.test(type);

/** What a variable of the criteria API is to a query: the query itself, or one of its roots and joins. */
export type Sort = "query" | "path";

export function sortOfType(type: string): Sort | undefined {
  const name = type.replace(/^(?:\w+\.)+/, "");
  return QUERY.test(name) ? "query" : PATH.test(name) ? "path" : undefined;
}

/** By its type as it is written, or by what it is set to. */
export function sortOfVariable(declaration: CodeNode): Sort | undefined {
  const sort = sortOfType(declaration.type);
  if (sort !== undefined || (declaration.type !== "" && declaration.type !== "var")) return sort;
  const given = declaration.parent;
  if (declaration.kind === "parameter" && given !== undefined && isSpecification(given)) {
    const index = childrenOf(given, "parameter").indexOf(declaration);
    return index === 0 ? "path" : index === 1 ? "query" : undefined;
  }
  const value = childOf(declaration, "value");
  if (value?.kind !== "call") return undefined;
  return /^(?:createQuery|createTupleQuery|createCriteria(?:Update|Delete)|subquery)$/.test(value.text) && hasBuilder(value)
    ? "query"
    : /^(?:from|(?:join|fetch)(?:List|Set|Map|Collection)?)$/.test(value.text)
      ? "path"
      : undefined;
}

/** `em.createQuery(…)` makes no query to be put together; a builder's is named as one. */
const hasBuilder = (call: CodeNode): boolean => {
  const on = childOf(call, "receiver");
  return call.text !== "createQuery" || on?.text === "getCriteriaBuilder" || /^(?:cb|qb|\w*[bB]uilder)$/.test(on?.text ?? "");
};

/** `(root, query, builder) -> …`, or the method of an anonymous class. */
export const isSpecification = (node: CodeNode): boolean =>
  (node.kind === "lambda" || (node.kind === "method" && node.text === "toPredicate")) && childrenOf(node, "parameter").length === 3;

/** Steps that a query or a path gives something new by, and is what it was before. */
const MAKES_PATH = /^(?:from|correlate\w*|(?:join|fetch)(?:List|Set|Map|Collection)?)$/;
const READS =
  /^(?:subquery|get\w*|is\w*|in|as|alias|type|equalTo|notEqualTo|like|key|value|entry|index|asc|desc|hashCode|equals|toString|coalesce|cast\w*|to\w+)$/;

export const makesPath = (call: CodeNode): boolean => call.kind === "call" && MAKES_PATH.test(call.text);

/** The last call of the chain of calls that a name begins. */
function chainEnd(use: CodeNode): CodeNode {
  let at = use;
  for (; at.parent !== undefined; at = at.parent)
    if (!(at.parent.kind === "call" && at.role === "receiver") && !(at.parent.kind === "cast" && at.role === "value")) break;
  return at;
}

/** The calls of the chain that a name begins, the first one first. */
function callsBehind(use: CodeNode): readonly CodeNode[] {
  const calls: CodeNode[] = [];
  const end = chainEnd(use);
  for (let at = use; at !== end && at.parent !== undefined; at = at.parent) if (at.parent.kind === "call") calls.push(at.parent);
  return calls;
}

/** A statement, or what a variable is set to. */
const standsAlone = (end: CodeNode): boolean => end.statement || (end.role === "value" && end.parent?.kind === "local");

function changesPart(use: CodeNode, sort: Sort, { code }: Frame, leavesAlone: (call: CodeNode, arg: CodeNode) => boolean): boolean {
  const end = chainEnd(use);
  const calls = callsBehind(use);
  const alone = standsAlone(end);
  if (calls.length === 0) {
    if (end.role === "argument" && end.parent?.kind === "new") return true;
    if (end.role === "argument" && end.parent?.kind === "call") return !isLibrary(end.parent, code) && !leavesAlone(end.parent, end);
    return sort === "query" && end !== use && !alone;
  }
  const steps = calls.map((call) => (MAKES_PATH.test(call.text) ? "path" : READS.test(call.text) ? "read" : "change"));
  const first = steps[0];
  if (sort === "query") return first === "change" || (first === "path" && alone);
  // What is joined counts where it is mentioned; a statement mentions it nowhere else.
  return alone && first !== "read";
}

const isLibrary = (call: CodeNode, code: MethodCode): boolean => code.typer.calleeOf(call).declared.length === 0;

/** The names that mean a query, its roots and what is joined to them. */
function partsOf(query: CodeNode, { nodes, typer }: Pick<MethodCode, "nodes" | "typer">): ReadonlySet<CodeNode> {
  const parts = new Set<CodeNode>([query]);
  if (query.kind === "parameter" && query.parent !== undefined && isSpecification(query.parent)) {
    const [root] = childrenOf(query.parent, "parameter");
    if (root !== undefined) parts.add(root);
  }
  for (const node of nodes) {
    if (node.kind !== "local" || sortOfVariable(node) !== "path") continue;
    const value = childOf(node, "value");
    const root = value === undefined ? undefined : rootOf(value);
    const of = root?.kind === "name" ? typer.declarationOf(root) : undefined;
    if (of !== undefined && parts.has(of)) parts.add(node);
  }
  return parts;
}

export function criteriaBuilders(leavesAlone: (call: CodeNode, arg: CodeNode, frame: Frame) => boolean): Builders {
  // A body asks for the same ones at each of its statements.
  const uses = new Map<CodeNode, readonly CodeNode[]>();
  const changes = new Map<CodeNode, boolean>();
  const sortOf = (use: CodeNode, typer: Typer): Sort | undefined => {
    const declared = typer.declarationOf(use);
    if (declared !== undefined) return sortOfVariable(declared);
    const type = typer.typeOf(use);
    return type === undefined ? undefined : sortOfType(simpleName(type));
  };
  return {
    isBuilder: (type) => LIST.test(type) || type === "Predicate",
    changes: (method) => /^(?:add\w*|remove\w*|clear|set|retainAll|sort|replaceAll|getExpressions)$/.test(method),
    adds: (call) => {
      let at: CodeNode | undefined = call;
      for (; at?.kind === "call" || at?.kind === "cast"; at = childOf(at, at.kind === "cast" ? "value" : "receiver"))
        if (/^(?:remove\w*|clear|put|retainAll|sort)$/.test(at.text)) return false;
      return at?.kind === "name";
    },
    onlyReads,
    usesOf: (local, { code }) => {
      if (sortOfVariable(local) !== "query") return usesOf(code, local);
      let found = uses.get(local);
      if (found !== undefined) return found;
      const parts = partsOf(local, code);
      const names = new Set([...parts].map(({ text }) => text));
      found = code.nodes.filter((node) => {
        const declared = node.kind === "name" && names.has(node.text) ? code.typer.declarationOf(node) : undefined;
        return declared !== undefined && parts.has(declared);
      });
      uses.set(local, found);
      return found;
    },
    changed: (use, frame) => {
      const known = changes.get(use);
      if (known !== undefined) return known;
      const sort = sortOf(use, frame.code.typer);
      if (sort === undefined) return undefined;
      const changed = changesPart(use, sort, frame, (call, arg) => leavesAlone(call, arg, frame));
      changes.set(use, changed);
      return changed;
    },
  };
}

/** Another name of the same query: `var sorted = query.orderBy(…)`. */
export function hasAliases(local: CodeNode, until: CodeNode, { code }: Frame): boolean {
  const isBefore = (use: CodeNode, after: number): boolean => after < use.start && use.start < until.start;
  const value = childOf(local, "value");
  const root = value === undefined || sortOfVariable(local) !== "query" ? undefined : rootOf(value);
  const original = root?.kind === "name" && !callsBehind(root).some(isNew) ? code.typer.declarationOf(root) : undefined;
  if (original !== undefined && sortOfVariable(original) === "query" && usesOf(code, original).some((use) => isBefore(use, local.end)))
    return true;
  return usesOf(code, local).some((use) => {
    const end = chainEnd(use);
    const named = end.role === "value" && end.parent?.kind === "local" ? end.parent : undefined;
    if (named === undefined || callsBehind(use).some(isNew) || sortOfVariable(named) !== "query") return false;
    return usesOf(code, named).some((other) => isBefore(other, named.end));
  });
}

const isNew = (call: CodeNode): boolean => MAKES_PATH.test(call.text) || READS.test(call.text);

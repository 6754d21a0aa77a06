import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { JavaImport } from "../../../../facts/java/javaFacts.ts";
import type { MethodCode } from "../../../calls/callGraph.ts";
import { dotted } from "../../../calls/typing/typer.ts";
import { simpleName, type Type } from "../../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../../types/typeIndex.ts";
import type { Builders } from "../texts/textFlow.ts";

export const CONSTANT = /^\p{Lu}[\p{Lu}\d_]*$/u;

/** Classes whose static methods make parts of queries. */
export const LIBRARY_CLASSES = /^(?:DSL|Expressions|ExpressionUtils|JPAExpressions|Projections|Wildcard|PostgresDSL)$/;
export const LISTS = /^(?:List|Set)\.of$|^Arrays\.asList$|^Collections\.(?:singletonList|singleton|emptyList)$/;
export const TAKES_MAPPER = /^(?:fetch\w*|stream|iterate|transform|map|collect)$/;

/** Types of jOOQ and Querydsl that are parts of queries. */
export const PARTS =
  /^(?:Condition|Field|TableField|Table|TableLike|TableOnConditionStep|Select|Select\w+|ResultQuery|Query|SortField|OrderField|GroupField|Row\w*|Name|CommonTableExpression|QueryPart|Record\w*Query|Update\w+|Delete\w+|Insert\w+|Param|Operator|Predicate|\w+(?:Expression|Expressions|Path)|Path|Expression|OrderSpecifier|BooleanBuilder|JPAQuery|JPQLQuery|JPAUpdateClause|JPADeleteClause|FactoryExpression|PathBuilder|Q\p{Lu}\p{Ll}\w*)$/u;

/** Whether a type is one of some library's, or of collections of them. */
export function isPart(type: Type | undefined, parts: RegExp, types: TypeIndex): boolean {
  if (type === undefined) return false;
  if (parts.test(simpleName(type)) && types.entryOf(type) === undefined) return true;
  return type.args.some((arg) => COLLECTIONS.test(simpleName(type)) && isPart(arg, parts, types));
}

const COLLECTIONS = /^(?:List|ArrayList|LinkedList|Set|HashSet|LinkedHashSet|Collection|Iterable|Stream|Optional|Supplier|Map)$/;

export const isContext = (type: Type | undefined): boolean =>
  type !== undefined && /^(?:DSLContext|(?:JPA|JPQL)QueryFactory)$/.test(simpleName(type));

/** Of an unknown type: a constant of another class, and a method that is named as what makes parts of queries. */
export const mayBePart = (node: CodeNode): boolean =>
  (node.kind === "field" && CONSTANT.test(node.text)) ||
  (node.kind === "call" && childOf(node, "receiver") === undefined) ||
  /(?:Condition|Predicate|Field|Fields|Selector|Expression|Select|Table|Query|Filter|Criteria|Spec)s?$/.test(node.text);

export const isTypeName = (node: CodeNode): boolean => {
  const name = dotted(node);
  return name !== undefined && /(?:^|\.)\p{Lu}[\p{L}\d]*\p{Ll}[\p{L}\d]*$/u.test(name);
};

/** The class of a library that a static import takes a method from. */
export function importedRoot(name: string, { file }: TypeEntry): string | undefined {
  let wildcard: string | undefined;
  for (const imported of file.java.imports) {
    if (!imported.isStatic) continue;
    const border = imported.name.lastIndexOf(".");
    const owner = imported.wildcard ? imported.name : imported.name.slice(0, border);
    const root = /^(?:org\.jooq\.|com\.querydsl\.).*\.(\w+)$/.exec(owner)?.[1];
    if (root === undefined) {
      if (!imported.wildcard && imported.name.slice(border + 1) === name) return undefined;
      continue;
    }
    if (!imported.wildcard && imported.name.slice(border + 1) === name) return root;
    if (imported.wildcard) wildcard ??= root;
  }
  return wildcard;
}

export function operandsOf(sum: CodeNode): readonly CodeNode[] {
  const [left, right] = sum.children;
  const before = left?.kind === "binary" && left.text === "+" ? operandsOf(left) : left === undefined ? [] : [left];
  return right === undefined ? before : [...before, right];
}

export const BUILDERS: Builders = {
  isBuilder: (type) =>
    /^(?:BooleanBuilder|JPAQuery|JPQLQuery|JPAUpdateClause|JPADeleteClause|(?:Select|Update|Insert|Delete)\w+|ArrayList|LinkedList|List|Set|Collection|\w*HashSet)$/.test(
      type,
    ),
  changes: (method) =>
    !/^(?:fetch\w*|execute\w*|stream|iterate|transform|size|isEmpty|contains|get\w*|hasValue|toString|asTable|asField|as|iterator|equals|toArray|count)$/.test(
      method,
    ),
  adds: (call) => {
    let at: CodeNode | undefined = call;
    for (; at?.kind === "call"; at = childOf(at, "receiver"))
      if (/^(?:remove\w*|clear|set\p{Lu}\w*|put|retainAll|sort|fetch\w*|execute\w*)$/u.test(at.text)) return false;
    return at?.kind === "name";
  },
  onlyReads,
};

/** A library's method that does not add to a list that it is given; one of a class that is not seen may. */
export function onlyReads(call: CodeNode, { typer }: MethodCode): boolean {
  if (typer.calleeOf(call).declared.length > 0 || /^(?:add|remove|retain|filter|transform|sort|set|put)/.test(call.text)) return false;
  const isImported = ({ isStatic, wildcard, name }: JavaImport): boolean => isStatic && (wildcard || name.endsWith(`.${call.text}`));
  return childOf(call, "receiver") !== undefined || typer.entry.file.java.imports.some(isImported);
}

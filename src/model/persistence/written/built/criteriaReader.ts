import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { CallGraph } from "../../../calls/callGraph.ts";
import { simpleName, type Type } from "../../../types/type.ts";
import type { TypeIndex } from "../../../types/typeIndex.ts";
import { attributeNamed } from "../specifications.ts";
import type { Frame } from "../texts/frame.ts";
import { type Pieces, textPieces, UNKNOWN, wholeText } from "../texts/pieces.ts";
import { rootOf } from "../texts/textFlow.ts";
import { isPart } from "./builtForms.ts";
import { BuiltReader, first, hasUnknown, isPlainValue, VALUE } from "./builtReader.ts";
import { begin, builtOf, STEP } from "./builtTree.ts";
import {
  CRITERIA_PARTS,
  criteriaBuilders,
  hasAliases,
  isBuilderType,
  isSpecification,
  makesPath,
  sortOfType,
  sortOfVariable,
} from "./criteriaForms.ts";

const CB = first("root", "cb");
/** What a specification does to the query beside its condition. */
const RESTRICTION = first("root", "restriction");
const SPECIFICATION = first("root", "Specification");

/** What a call of a repository makes of a specification. */
export type Specified = "find" | "count" | "exists";

/** Reads queries of the criteria API, and specifications, as texts of the notation of `builtTree`. */
export class CriteriaReader extends BuiltReader {
  /** The root that specifications are given. */
  #root: Pieces = UNKNOWN;

  constructor(types: TypeIndex, calls: CallGraph) {
    super(
      types,
      calls,
      criteriaBuilders((call, arg, frame) => this.#isLeftAlone(call, arg, frame)),
    );
  }

  /** The query of a specification of an entity. */
  specified(node: CodeNode, frame: Frame, entity: string, as: Specified): Pieces {
    this.#root = first("entity", entity, "root");
    const condition = this.pieces(node, frame);
    return [
      ...first("root", "select"),
      ...step("source", this.#root),
      ...(as === "count" ? step("selectCount") : as === "exists" ? step("selectOne") : []),
      ...step("where", condition),
    ];
  }

  override pieces(node: CodeNode, frame: Frame): Pieces {
    if (node.kind === "class") return this.#class(node, frame);
    if (isSpecification(node)) return this.#applied(node, frame);
    if (node.kind === "field" && attributeNamed(node) !== undefined) return this.constant(node, frame);
    return super.pieces(node, frame);
  }

  /** What a lambda gives back, with what it has done to the query before. */
  override returned(node: CodeNode, frame: Frame): Pieces {
    const value = this.pieces(node, frame);
    const query = frame.query;
    if (query === undefined || node.parent === undefined) return value;
    const done = this.flow.at(query, node.parent, { ...frame, known: new Map() });
    return done === RESTRICTION ? value : [...done, ...step("where", value)];
  }

  override added(call: CodeNode, before: Pieces, frame: Frame): Pieces {
    const root = rootOf(call);
    const declared = root === undefined ? undefined : frame.code.typer.declarationOf(root);
    const chain = callsOf(call);
    const isPath = declared !== undefined && sortOfVariable(declared) === "path";
    if (!isPath && !chain.some(makesPath)) return this.pieces(call, frame);
    return [...before, ...step("source", this.pieces(call, frame))];
  }

  protected override isPart(type: Type | undefined): boolean {
    return isPart(type, CRITERIA_PARTS, this.types);
  }

  protected override named(node: CodeNode, frame: Frame): Pieces {
    const { typer } = frame.code;
    const type = typer.typeOf(node);
    if (type !== undefined && isBuilderType(simpleName(type))) return CB;
    const declared = typer.declarationOf(node);
    if (declared === undefined) return super.named(node, frame);
    const sort = sortOfVariable(declared);
    if (sort === "query") {
      const found = hasAliases(declared, node, frame) ? UNKNOWN : this.flow.at(declared, node, frame);
      return isUnknown(found) ? this.notKnown(node) : found;
    }
    const bound = frame.bound?.get(declared);
    if (bound !== undefined) return bound;
    if (sort !== "path" || declared.kind !== "local") return super.named(node, frame);
    // A root stays what it is; what is joined to it is found where it is joined.
    const value = childOf(declared, "value");
    const isSet = frame.code.nodes.some(
      (use) => use.role === "target" && use.text === declared.text && typer.declarationOf(use) === declared,
    );
    const given = value === undefined || isSet ? UNKNOWN : this.pieces(value, frame);
    return isPlainValue(given) || hasUnknown(given) ? this.notKnown(node) : given;
  }

  protected override constant(node: CodeNode, frame: Frame): Pieces {
    const attribute = attributeNamed(node) ?? this.#importedAttribute(node, frame);
    if (attribute !== undefined) return first("literal", "string", attribute);
    return super.constant(node, frame);
  }

  protected override call(node: CodeNode, frame: Frame): Pieces {
    const { typer } = frame.code;
    const on = childOf(node, "receiver");
    const args = childrenOf(node, "argument");
    const type = typer.typeOf(node);
    if (node.text === "getCriteriaBuilder" || (type !== undefined && isBuilderType(simpleName(type)))) return CB;
    if (node.text === "toPredicate" && args.length === 3 && on !== undefined) return this.#predicate(on, args, frame);
    if (typer.calleeOf(node).declared.length > 0) return this.#entered(node, frame);
    if (on === undefined) return super.call(node, frame);
    if (on.kind === "name" && /^Specifications?$/.test(on.text) && typer.declarationOf(on) === undefined)
      return this.step(SPECIFICATION, node, args, frame);
    if (node.text === "from" || node.text === "subquery") {
      const opened = this.#opened(node, on, args, frame);
      if (opened !== undefined) return opened;
    }
    if (node.text === "toArray") return this.pieces(on, frame);
    if (node.text === "format" && on.text === "String") return this.#formatted(args) ?? super.call(node, frame);
    if (isTypeName(on)) return super.call(node, frame);
    const inner = this.pieces(on, frame);
    if (isUnknown(inner)) return this.notKnown(on);
    if (isConstant(inner)) return VALUE;
    if (inner === CB) return this.#ofBuilder(node, args, frame);
    // A path of what is not known, as `joins.person().get("name")`, is no value.
    if (isPlainValue(inner)) return node.text === "get" && type === undefined ? this.notKnown(node) : this.byType(node, UNKNOWN, frame);
    return makesPath(node) ? this.#joined(inner, node, args, frame) : this.step(inner, node, args, frame);
  }

  protected override made(node: CodeNode, frame: Frame): Pieces {
    const own = node.children.find((child) => isSpecification(child));
    return own === undefined ? super.made(node, frame) : this.#applied(own, frame);
  }

  /** What is not known under a condition leaves the rest as it is. */
  protected override byType(node: CodeNode, found: Pieces, frame: Frame): Pieces {
    return hasUnknown(found) && !isUnknown(found) ? found : super.byType(node, found, frame);
  }

  /** `X.class` with the qualified name. */
  #class(node: CodeNode, { code }: Frame): Pieces {
    return first("code", code.typer.resolve(node.type)?.name ?? node.type);
  }

  /** A specification's body, given the root. */
  #applied(node: CodeNode, frame: Frame): Pieces {
    const [root, query, builder] = childrenOf(node, "parameter");
    const body = childOf(node, "body");
    if (root === undefined || query === undefined || builder === undefined || body === undefined) return this.notKnown(node);
    const bound = new Map(frame.bound);
    bound.set(root, this.#root).set(query, RESTRICTION).set(builder, CB);
    const inner: Frame = { ...frame, bound, query, path: `${frame.path}/${node.start}`, known: new Map() };
    return body.kind === "block" ? this.flow.result(inner, body) : this.pieces(body, inner);
  }

  /** `specification.toPredicate(root, query, builder)`. */
  #predicate(specification: CodeNode, [root]: readonly CodeNode[], frame: Frame): Pieces {
    const before = this.#root;
    this.#root = root === undefined ? UNKNOWN : this.pieces(root, frame);
    const found = this.pieces(specification, frame);
    this.#root = before;
    return found;
  }

  /** A method of the workspace. */
  #entered(node: CodeNode, frame: Frame): Pieces {
    const type = frame.code.typer.typeOf(node);
    if (type !== undefined && !this.isPart(type) && !/^(?:Object|String)$/.test(simpleName(type)) && type.name.includes(".")) return VALUE;
    const inner = this.enter(node, frame);
    return this.byType(node, inner === undefined ? UNKNOWN : this.flow.result(inner), frame);
  }

  /** `query.from(Order.class)`, `query.subquery(Long.class)`; undefined for what is no query. */
  #opened(node: CodeNode, on: CodeNode, [given]: readonly CodeNode[], frame: Frame): Pieces | undefined {
    const { typer } = frame.code;
    const root = rootOf(on);
    const declared = root === undefined ? undefined : typer.declarationOf(root);
    const type = typer.typeOf(on);
    const sort = declared === undefined ? type && sortOfType(simpleName(type)) : sortOfVariable(declared);
    if (sort !== "query") return undefined;
    if (node.text === "subquery") return first("root", "select");
    const entity = given === undefined ? undefined : builtOf(wholeText(this.pieces(given, frame)) ?? "");
    const local = node.parent?.kind === "local" ? node.parent : undefined;
    const name = entity?.kind === "code" ? entity.text : local && this.#declaredRoot(local.type, frame);
    return name === undefined ? this.notKnown(node) : first("entity", name, `${local?.text ?? "root"}@${frame.path}/${node.start}`);
  }

  /** `Root<Order> order = query.from(entityClass())`: whatever gives the class, it is that of the declared type. */
  #declaredRoot(type: string, { code, entry }: Frame): string | undefined {
    const [of] = code.typer.resolve(type)?.args ?? [];
    return this.types.entryOf(of, entry.file.file)?.type.kind === "class" ? of?.name : undefined;
  }

  #joined(on: Pieces, node: CodeNode, args: readonly CodeNode[], frame: Frame): Pieces {
    const [attribute, type] = args.map((arg) => this.pieces(arg, frame));
    const id = first("code", `${frame.path}/${node.start}`);
    return [...on, ...step(node.text, attribute ?? UNKNOWN, type ?? first("constant", "INNER"), id)];
  }

  /** `builder.and(one, other)` as `one.and(other)`: a condition grows at its end, as it does in code. */
  #ofBuilder(node: CodeNode, args: readonly CodeNode[], frame: Frame): Pieces {
    const made = /^create(Query|TupleQuery|CriteriaUpdate|CriteriaDelete)$/.exec(node.text)?.[1];
    if (made !== undefined) return first("root", made === "CriteriaUpdate" ? "update" : made === "CriteriaDelete" ? "delete" : "select");
    if (!/^(?:and|or)$/.test(node.text)) return this.step(CB, node, args, frame);
    const given = args.map((arg) => this.pieces(arg, frame));
    const [one, ...others] = given;
    if (one === undefined || others.length === 0 || isList(one)) return [...CB, ...step(node.text, ...given)];
    return [...one, ...step(node.text, ...others)];
  }

  /** `String.format("%%%s%%", name)`. */
  #formatted([format]: readonly CodeNode[]): Pieces | undefined {
    if (format?.kind !== "literal" || !/^(?:[^%]|%%|%s)*$/.test(format.text) || !format.text.includes("%%")) return undefined;
    return first(
      "pattern",
      format.text.replace(/%[%s]/g, (found) => (found === "%s" ? "?" : "%")),
    );
  }

  /** A constant that is statically imported from a generated class. */
  #importedAttribute(node: CodeNode, { entry }: Frame): string | undefined {
    if (node.kind !== "name") return undefined;
    const imported = entry.file.java.imports.find(
      ({ isStatic, wildcard, name }) => isStatic && !wildcard && /_\.\w+$/.test(name) && name.endsWith(`.${node.text}`),
    );
    return imported && attributeOfConstant(node.text);
  }

  /** Whether a method of the workspace leaves a query or a root as it is that it is given. */
  #isLeftAlone(call: CodeNode, arg: CodeNode, frame: Frame): boolean {
    const inner = this.bodyOf(call, frame);
    const index = childrenOf(call, "argument").indexOf(arg);
    const name = inner === undefined ? undefined : [...inner.parameters.keys()][index];
    if (inner === undefined || name === undefined) return false;
    return inner.code.nodes.every(
      (use) =>
        use.kind !== "name" ||
        use.text !== name ||
        inner.code.typer.declarationOf(use) !== undefined ||
        (use.role !== "target" && (isJoinThatIsNamed(use) || !this.flow.isChanged(use, inner))),
    );
  }

  protected override given(name: CodeNode, frame: Frame): Pieces | undefined {
    const type = frame.code.typer.typeOf(name);
    const sort = type && sortOfType(simpleName(type));
    if (sort === "query" && hasPartOf(name, frame)) return UNKNOWN;
    if (sort !== "path") return super.given(name, frame);
    const given = this.handed(name, frame);
    const isFetched = frame.code.nodes.some(
      (use) =>
        use.kind === "name" &&
        use.text === name.text &&
        (use.role === "target" || (!isJoinThatIsNamed(use) && this.flow.isChanged(use, frame))),
    );
    return given === undefined || isFetched ? UNKNOWN : given;
  }
}

/** A root or a join of a query that is a parameter: what is done to it is not seen as done to the query. */
const hasPartOf = (query: CodeNode, { code }: Frame): boolean =>
  code.nodes.some(
    (node) => node.kind === "local" && sortOfVariable(node) === "path" && rootOf(childOf(node, "value"))?.text === query.text,
  );

const step = (name: string, ...args: readonly Pieces[]): Pieces => [
  ...textPieces(STEP.call(name)),
  ...args.flatMap((arg, i) => (i === 0 ? arg : [...textPieces(STEP.between), ...arg])),
  ...textPieces(STEP.end),
];

/** Whatever the conditions of the code. */
const isUnknown = (pieces: Pieces): boolean => pieces.some(({ kind }) => kind === "unknown");

/** `Status.OPEN`, whose methods give values. */
const isConstant = ([only, ...more]: Pieces): boolean =>
  more.length === 0 && only?.kind === "text" && builtOf(only.text)?.kind === "constant";

const LIST = begin("root", "list");
const isList = (pieces: Pieces): boolean => pieces[0]?.kind === "text" && pieces[0].text === LIST;

const isTypeName = ({ kind, text }: CodeNode): boolean => kind === "name" && /^\p{Lu}[\p{L}\d]*\p{Ll}/u.test(text);

/** `Join<A, B> b = root.join("b")`: what is joined is mentioned by its name. */
const isJoinThatIsNamed = (use: CodeNode): boolean =>
  use.parent?.kind === "call" && /^join/.test(use.parent.text) && use.parent.parent?.kind === "local";

function callsOf(call: CodeNode): readonly CodeNode[] {
  const calls: CodeNode[] = [];
  for (
    let at: CodeNode | undefined = call;
    at?.kind === "call" || at?.kind === "cast";
    at = childOf(at, at.kind === "cast" ? "value" : "receiver")
  )
    calls.push(at);
  return calls;
}

const attributeOfConstant = (name: string): string =>
  /^[\p{Lu}\d_]+$/u.test(name) ? name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) : name;

import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { JavaField } from "../../../../facts/java/javaFacts.ts";
import type { CallGraph } from "../../../calls/callGraph.ts";
import { queryTypeEntity } from "../../../calls/typing/queryTypes.ts";
import { constantOf } from "../../../types/constants.ts";
import { simpleName, type Type } from "../../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../../types/typeIndex.ts";
import { BodyReader } from "../texts/bodyReader.ts";
import type { Frame } from "../texts/frame.ts";
import { choice, type Pieces, textPieces, UNKNOWN } from "../texts/pieces.ts";
import {
  BUILDERS,
  CONSTANT,
  importedRoot,
  isContext,
  isPart,
  isTypeName,
  LIBRARY_CLASSES,
  LISTS,
  mayBePart,
  operandsOf,
  PARTS,
  TAKES_MAPPER,
} from "./builtForms.ts";
import { begin, STEP } from "./builtTree.ts";

export const VALUE: Pieces = [{ kind: "number" }];
export const first = (kind: Parameters<typeof begin>[0], ...payload: readonly string[]): Pieces => textPieces(begin(kind, ...payload));
const CODE = first("code");
const CONTEXT = first("root", "dsl");

/** Reads queries that code puts together by calls, as texts of the notation of `builtTree`. */
export class BuiltReader extends BodyReader {
  /** The first part of the query that is not known. */
  unknown: string | undefined;

  constructor(types: TypeIndex, calls: CallGraph, builders = BUILDERS) {
    super(types, calls, builders);
  }

  /** The query that a call sends, with the call. */
  sent(call: CodeNode, frame: Frame): Pieces {
    const on = childOf(call, "receiver");
    const inner = on === undefined ? UNKNOWN : this.pieces(on, frame);
    return isPlainValue(inner) ? this.notKnown(call) : this.step(inner, call, childrenOf(call, "argument"), frame);
  }

  pieces(node: CodeNode, frame: Frame): Pieces {
    switch (node.kind) {
      case "literal":
        return this.#literal(node);
      case "name":
        return this.named(node, frame);
      case "field":
        return this.#field(node, frame);
      case "call":
        return this.call(node, frame);
      case "new":
        return this.made(node, frame);
      case "conditional": {
        const [then, otherwise] = [childOf(node, "then"), childOf(node, "else")].map((part) =>
          part ? this.pieces(part, frame) : this.notKnown(node),
        );
        if (isValue(then) && isValue(otherwise)) return VALUE;
        return choice(this.condition(childOf(node, "condition"), frame), then ?? UNKNOWN, otherwise ?? UNKNOWN);
      }
      case "cast":
      case "assign": {
        const value = childOf(node, "value");
        return value === undefined || (node.kind === "assign" && node.text !== "=") ? this.notKnown(node) : this.pieces(value, frame);
      }
      case "binary":
        return node.text === "+" ? this.#pattern(node, frame) : VALUE;
      case "array":
        return this.#list(node.children, node, frame);
      case "class":
        return first("code", node.type.replace(/^.*\./, ""));
      case "lambda":
      case "reference":
        return CODE;
      default:
        return this.byType(node, UNKNOWN, frame);
    }
  }

  /** Whether a type is one of parts of queries. */
  protected isPart(type: Type | undefined): boolean {
    return isPart(type, PARTS, this.types);
  }

  #literal(node: CodeNode): Pieces {
    if (node.type === "null") return first("null");
    if (node.type === "char") return first("literal", "string", node.text.replace(/^'(.*)'$/, "$1"));
    if (node.type === "String") return first("literal", "string", node.text);
    return first("literal", node.type === "boolean" ? "boolean" : "number", node.text);
  }

  protected named(node: CodeNode, frame: Frame): Pieces {
    if (isContext(frame.code.typer.typeOf(node))) return CONTEXT;
    const local = frame.code.typer.declarationOf(node);
    if (local !== undefined)
      return this.#isPlain(node, frame)
        ? VALUE
        : this.byType(node, local.kind === "local" ? this.flow.at(local, node, frame) : UNKNOWN, frame);
    const given = this.given(node, frame);
    if (given !== undefined) return this.byType(node, given, frame);
    return this.constant(node, frame);
  }

  /** Of a known type that no part of a query has, and no text, which may be a pattern. */
  #isPlain(node: CodeNode, { code }: Frame): boolean {
    const type = code.typer.typeOf(node);
    return type !== undefined && /^(?:java\.|\w+$)/.test(type.name) && simpleName(type) !== "String" && !this.isPart(type);
  }

  #field(node: CodeNode, frame: Frame): Pieces {
    const on = childOf(node, "receiver");
    if (on === undefined || on.kind === "this") return this.constant(node, frame);
    if (isTypeName(on) || this.#entityOf(node, frame) !== undefined) return this.constant(node, frame);
    const inner = this.pieces(on, frame);
    if (!isValue(inner))
      return hasUnknown(inner) ? this.byType(node, inner, frame) : [...inner, { kind: "text", text: STEP.field(node.text) }];
    return CONSTANT.test(node.text) ? this.byType(node, UNKNOWN, frame) : VALUE;
  }

  /** A field of the workspace, a query type, or a constant of a class that is generated. */
  protected constant(node: CodeNode, frame: Frame): Pieces {
    const { typer } = frame.code;
    const type = typer.typeOf(node);
    const name = type === undefined ? "" : simpleName(type);
    if (name === "DSLContext" || /^(?:JPA|JPQL)QueryFactory$/.test(name)) return CONTEXT;
    const entity = this.#entityOf(node, frame);
    const on = node.kind === "field" ? childOf(node, "receiver") : undefined;
    const owner = on === undefined ? undefined : typer.namedType(on);
    if (owner !== undefined && typer.isEnum(owner)) return first("constant", node.text, simpleName(owner));
    const found = this.#fieldOf(node, frame);
    if (entity !== undefined && (found === undefined || found.field.initializer < 0)) return first("entity", entity.name, node.text);
    if (found !== undefined) {
      if (type !== undefined && this.types.entryOf(type, frame.entry.file.file) !== undefined && !this.isPart(type)) return VALUE;
      const text = constantOf(node, { file: frame.entry.file, type: frame.entry.type }, this.types);
      if (name === "String" && text !== undefined) return first("literal", "string", text);
      if (type !== undefined && !this.isPart(type) && /^(?:java\.|\w+$)/.test(type.name)) return VALUE;
      return this.byType(node, this.held(found, frame) ?? UNKNOWN, frame);
    }
    const isGenerated = CONSTANT.test(node.text) && (type === undefined || !/^java\./.test(type.name));
    return isGenerated && !typer.isEnum(type) ? first("constant", node.text) : this.byType(node, UNKNOWN, frame);
  }

  /** The entity of a query type; its variables are not named as the constants of tables are. */
  #entityOf(node: CodeNode, { code }: Frame): Type | undefined {
    return CONSTANT.test(node.text) ? undefined : queryTypeEntity(node, code.typer, this.types);
  }

  #fieldOf(node: CodeNode, { code, entry }: Frame): { readonly owner: TypeEntry; readonly field: JavaField } | undefined {
    const { file } = entry;
    const on = node.kind === "field" ? childOf(node, "receiver") : undefined;
    if (on !== undefined && on.kind !== "this") {
      const owner = this.types.entryOf(code.typer.namedType(on), file.file);
      return owner && this.types.fieldOf(owner, node.text);
    }
    for (
      let type: TypeEntry["type"] | undefined = entry.type;
      type !== undefined;
      type = type.outer < 0 ? undefined : file.java.types[type.outer]
    ) {
      const found = this.types.fieldOf({ file, type }, node.text);
      if (found !== undefined) return found;
    }
    for (const imported of file.java.imports) {
      if (!imported.isStatic) continue;
      const border = imported.name.lastIndexOf(".");
      if (!imported.wildcard && imported.name.slice(border + 1) !== node.text) continue;
      const owner = this.types.declared(imported.wildcard ? imported.name : imported.name.slice(0, border), file.file);
      const found = owner && this.types.fieldOf(owner, node.text);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  protected call(node: CodeNode, frame: Frame): Pieces {
    const { typer } = frame.code;
    const on = childOf(node, "receiver");
    const args = childrenOf(node, "argument");
    if (typer.calleeOf(node).declared.length > 0) {
      const type = typer.typeOf(node);
      if (type !== undefined && !this.isPart(type) && simpleName(type) !== "Object" && type.name.includes(".")) {
        return isContext(type) ? CONTEXT : VALUE;
      }
      const inner = this.enter(node, frame);
      return this.byType(node, inner === undefined ? UNKNOWN : this.flow.result(inner), frame);
    }
    if (isContext(typer.typeOf(node)) && !isContext(on && typer.typeOf(on))) return CONTEXT;
    if (on === undefined) {
      const root = importedRoot(node.text, frame.entry);
      return root === undefined ? this.byType(node, UNKNOWN, frame) : this.step(first("root", root), node, args, frame);
    }
    if (on.kind === "name" && typer.declarationOf(on) === undefined && LIBRARY_CLASSES.test(on.text)) {
      if (on.text === "DSL" && node.text === "using") return CONTEXT;
      return this.step(first("root", on.text), node, args, frame);
    }
    if (isTypeName(on) && LISTS.test(`${on.text}.${node.text}`)) return this.#list(args, node, frame);
    // `Status.OPEN.name()`.
    if (node.text === "name" && args.length === 0 && CONSTANT.test(on.text) && typer.isEnum(typer.typeOf(on)))
      return first("literal", "string", on.text);
    if (isTypeName(on) && CONSTANT.test(on.text) === false && queryTypeEntity(on, typer, this.types) === undefined)
      return this.byType(node, UNKNOWN, frame);
    const inner = this.pieces(on, frame);
    if (hasUnknown(inner)) return this.byType(node, inner, frame);
    return isPlainValue(inner) ? this.byType(node, UNKNOWN, frame) : this.step(inner, node, args, frame);
  }

  protected step(on: Pieces, node: CodeNode, args: readonly CodeNode[], frame: Frame): Pieces {
    // What is made of the rows says nothing of the query; what a context fetches is one.
    const given = TAKES_MAPPER.test(node.text) && on !== CONTEXT ? [] : args;
    const step: Pieces[number][] = [{ kind: "text", text: STEP.call(node.text) }];
    for (const [i, arg] of given.entries()) {
      if (i > 0) step.push({ kind: "text", text: STEP.between });
      step.push(...this.pieces(arg, frame));
    }
    step.push({ kind: "text", text: STEP.end });
    return [...on, ...step];
  }

  #list(elements: readonly CodeNode[], node: CodeNode, frame: Frame): Pieces {
    const given = elements.map((element) => this.pieces(element, frame));
    if (given.length === 0 && !this.#isList(node, frame)) return VALUE;
    if (given.length > 0 && given.every(isPlainValue)) return VALUE;
    return [
      ...first("root", "list"),
      ...given.flatMap((element): Pieces => [{ kind: "text", text: STEP.call("add") }, ...element, { kind: "text", text: STEP.end }]),
    ];
  }

  #isList(node: CodeNode, { code }: Frame): boolean {
    const type = code.typer.typeOf(node.parent?.kind === "local" ? node.parent : node);
    return type !== undefined && this.isPart(type);
  }

  protected made(node: CodeNode, frame: Frame): Pieces {
    const type = node.type.replace(/<.*$/s, "");
    const args = childrenOf(node, "argument");
    if (type === "BooleanBuilder") {
      const [given] = args;
      const builder = first("root", "builder");
      return given === undefined ? builder : [...builder, ...this.#addition("and", given, frame)];
    }
    if (/^(?:JPA|Hibernate)(?:Query|QueryFactory|UpdateClause|DeleteClause)$/.test(type)) {
      const clause = /^JPA(Update|Delete)Clause$/.exec(type)?.[1]?.toLowerCase();
      const target = args[1];
      return clause === undefined || target === undefined ? CONTEXT : [...CONTEXT, ...this.#addition(clause, target, frame)];
    }
    if (type === "CaseBuilder") return first("root", "case");
    const entity = queryTypeEntity(node, frame.code.typer, this.types);
    const [alias] = args;
    if (entity !== undefined) return alias?.kind === "literal" ? first("entity", entity.name, alias.text) : this.notKnown(node);
    if (/^Q\p{Lu}/u.test(type)) return [...first("root", "Projections"), ...this.#listed("constructor", [node, ...args], frame)];
    if (/^(?:ArrayList|LinkedList|HashSet|LinkedHashSet|LinkedList)$/.test(type) && args.length === 0) {
      const local = node.parent?.kind === "local" ? frame.code.typer.resolve(node.parent.type) : undefined;
      const made = local ?? frame.code.typer.typeOf(node);
      return made !== undefined && this.isPart(made) ? first("root", "list") : VALUE;
    }
    return this.byType(node, UNKNOWN, frame);
  }

  #addition(name: string, arg: CodeNode, frame: Frame): Pieces {
    return [{ kind: "text", text: STEP.call(name) }, ...this.pieces(arg, frame), { kind: "text", text: STEP.end }];
  }

  /** A step whose first argument is a class. */
  #listed(name: string, [, ...args]: readonly CodeNode[], frame: Frame): Pieces {
    const between = { kind: "text", text: STEP.between } as const;
    return [
      { kind: "text", text: STEP.call(name) },
      ...CODE,
      ...args.flatMap((arg): Pieces => [between, ...this.pieces(arg, frame)]),
      { kind: "text", text: STEP.end },
    ];
  }

  /** A text that is put together: its values are parts of one parameter. */
  #pattern(node: CodeNode, frame: Frame): Pieces {
    const type = frame.code.typer.typeOf(node);
    if (type === undefined || simpleName(type) !== "String") return VALUE;
    const whole = constantOf(node, { file: frame.entry.file, type: frame.entry.type }, this.types);
    if (whole !== undefined) return first("literal", "string", whole);
    const parts = operandsOf(node).map((part) => (part.kind === "literal" ? part.text : "?"));
    return /[%_]/.test(parts.join("")) ? first("pattern", parts.join("")) : VALUE;
  }

  /** What is not known is a value, where its type is none that a part of a query has. */
  protected byType(node: CodeNode, found: Pieces, frame: Frame): Pieces {
    const type = frame.code.typer.typeOf(node);
    if (!hasUnknown(found) && !(isValue(found) && this.isPart(type))) return found;
    const isOpen = type === undefined ? mayBePart(node) : this.isPart(type);
    if (!isOpen) return VALUE;
    return isContext(type) ? CONTEXT : this.notKnown(node);
  }

  protected notKnown(node: CodeNode): Pieces {
    if (node.text !== "") this.unknown ??= node.kind === "call" ? `${node.text}()` : node.text;
    return UNKNOWN;
  }
}

const isValue = (pieces: Pieces | undefined): boolean => pieces === VALUE || (pieces?.length === 1 && pieces[0]?.kind === "number");
export const isPlainValue = (pieces: Pieces): boolean =>
  isValue(pieces) || (pieces.length === 1 && pieces[0]?.kind === "text" && /^\uE005(?:literal|pattern|code)/.test(pieces[0].text));

export const hasUnknown = (pieces: Pieces): boolean =>
  pieces.some((piece) => piece.kind === "unknown" || (piece.kind === "choice" && (hasUnknown(piece.met) || hasUnknown(piece.unmet))));

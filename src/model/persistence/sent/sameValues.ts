import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodCode, MethodNode } from "../../calls/callGraph.ts";
import { dotted } from "../../calls/typing/typer.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";

/**
 * Names for the values of expressions in one body: two expressions with the same name have the same value, as long as nobody writes.
 * `$0` is the first parameter, `$0.getId()` what its getter gives; texts stand for literals, constants, and who is logged in.
 */
export class SameValues {
  readonly #types: TypeIndex;
  readonly #method: MethodNode;
  readonly #code: MethodCode;
  /** Whether a local variable of unknown value has a name: only within the body does that name mean anything. */
  readonly #locals: boolean;
  #set: ReadonlySet<string> | undefined;

  constructor(types: TypeIndex, method: MethodNode, code: MethodCode, named: "parameters" | "locals too") {
    this.#types = types;
    this.#method = method;
    this.#code = code;
    this.#locals = named === "locals too";
  }

  /** The name of a value; undefined where the same text may give another one. */
  of(node: CodeNode): string | undefined {
    switch (node.kind) {
      case "literal":
        return `${node.type}:${node.text}`;
      case "name":
        return this.#name(node);
      case "field":
        return this.#field(node);
      case "call":
        return this.#call(node);
      case "cast": {
        const value = childOf(node, "value");
        return value === undefined ? undefined : this.of(value);
      }
      default:
        return undefined;
    }
  }

  #name(node: CodeNode): string | undefined {
    if (this.#isSetAgain(node.text)) return undefined;
    const declaration = this.#code.typer.declarationOf(node);
    if (declaration !== undefined) {
      const value = declaration.kind === "local" ? childOf(declaration, "value") : undefined;
      const known = value === undefined ? undefined : this.of(value);
      return known ?? (this.#locals && declaration.kind !== "parameter" ? `local ${declaration.start}` : undefined);
    }
    const { owner, method } = this.#method.declared;
    const index = method.parameters.findIndex(({ name }) => name === node.text);
    if (index >= 0) return `$${index}`;
    const found = this.#types.fieldOf(owner, node.text);
    return found?.field.modifiers.includes("final") === true ? `${found.owner.type.qualified}.${node.text}` : undefined;
  }

  #field(node: CodeNode): string | undefined {
    const on = childOf(node, "receiver");
    if (on === undefined || this.#isSetAgain(node.text)) return undefined;
    if (on.kind === "this") {
      const found = this.#types.fieldOf(this.#method.declared.owner, node.text);
      return found?.field.modifiers.includes("final") === true ? `${found.owner.type.qualified}.${node.text}` : undefined;
    }
    // `Status.OPEN`.
    const text = dotted(node);
    if (text !== undefined && /(?:^|\.)\p{Lu}\w*\.\p{Lu}[\p{Lu}\d_]*$/u.test(text) && this.#code.typer.declarationOf(on) === undefined)
      return text;
    const value = this.of(on);
    return value === undefined ? undefined : `${value}.${node.text}`;
  }

  #call(node: CodeNode): string | undefined {
    const on = childOf(node, "receiver");
    const given = childrenOf(node, "argument");
    if (on === undefined) return this.#converted(node, given, HASHES, this.#method.declared.owner.type.qualified);
    if (on.kind === "name" && /^\p{Lu}/u.test(on.text) && this.#code.typer.declarationOf(on) === undefined) {
      // Who is logged in stays the same in one request.
      if (on.text === "SecurityContextHolder" && node.text === "getContext") return "SecurityContext";
      return this.#converted(node, given, CONVERTS, on.text) ?? this.#converted(node, given, HASHES, on.text);
    }
    if (given.length > 0 || !this.#isRead(node, on)) return undefined;
    // What a bean answers may be another each time, but not who asks it.
    if (this.#isOwnField(on) && !/[uU]ser|[pP]rincipal|[tT]enant|[aA]ccount/.test(node.text)) return undefined;
    const value = this.of(on);
    return value === undefined ? undefined : `${value}.${node.text}()`;
  }

  /** What a function makes of given values, where its name says that it makes the same of the same. */
  #converted({ text }: CodeNode, given: readonly CodeNode[], names: RegExp, of: string): string | undefined {
    if (given.length === 0 || !names.test(text)) return undefined;
    const values = given.map((argument) => this.of(argument));
    return values.every((value) => value !== undefined) ? `${of}.${text}(${values.join(",")})` : undefined;
  }

  #isOwnField(on: CodeNode): boolean {
    if (on.kind === "field") return childOf(on, "receiver")?.kind === "this";
    if (on.kind !== "name" || this.#code.typer.declarationOf(on) !== undefined) return false;
    return !this.#method.declared.method.parameters.some(({ name }) => name === on.text);
  }

  /** A getter, the accessor of a record, or another text of the same. */
  #isRead(node: CodeNode, on: CodeNode): boolean {
    if (/^(?:toString|name|trim|strip|toLowerCase|toUpperCase|longValue|intValue)$/.test(node.text)) return true;
    if (/^(?:get|is)(?=\p{Lu})/u.test(node.text)) return !/[nN]ext|[rR]andom|And(?:Set|Increment|Add|Remove)/.test(node.text);
    const entry = this.#types.entryOf(this.#code.typer.typeOf(on), this.#method.declared.owner.file.file);
    return entry?.type.kind === "record" && entry.type.fields.some(({ name, origin }) => origin === "component" && name === node.text);
  }

  /** Names that the body gives another value, or that belong to an object which it changes. */
  #isSetAgain(name: string): boolean {
    this.#set ??= new Set(this.#code.nodes.flatMap(changedBy));
    return this.#set.has(name);
  }
}

/**
 * The variables that a node gives another value, or whose object it changes: `total` of `total++`, `query` of `query.setPage(2);` and of
 * `query.createCriteria()`, which adds criteria to it.
 */
export function changedBy(node: CodeNode): readonly string[] {
  if (node.kind === "assign") return rootsOf(childOf(node, "target"));
  if (node.kind === "unary" && /^(?:\+\+|--)$/.test(node.text)) return rootsOf(node.children[0]);
  if (node.kind !== "call") return [];
  const changes = node.text === "createCriteria" ? childOf(node, "argument") === undefined : node.statement && CHANGES.test(node.text);
  return changes ? rootsOf(childOf(node, "receiver")) : [];
}

const CONVERTS = /^(?:valueOf|fromString|of|parse(?:Long|Int)|from|by)$/;
/** Hashes and spellings; those of passwords are salted. */
const HASHES = /^(?!.*(?:[pP]ass|[sS]alt|[cC]rypt))(?:hash|sha\d|md5|normali[sz]e|canonical)\w*$/;
const CHANGES = /^(?:(?:set|add|remove|put|clear|update|change|increment|append)(?:\p{Lu}\w*)?)$/u;

function rootsOf(expression: CodeNode | undefined): readonly string[] {
  let root = expression;
  while (root !== undefined && root.kind !== "name") {
    if (root.kind === "field" && childOf(root, "receiver")?.kind === "this") return [root.text];
    root = childOf(root, "receiver");
  }
  return root === undefined ? [] : [root.text];
}

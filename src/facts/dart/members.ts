import type { Span } from "../../text/positions.ts";
import { DART_ROLE as R } from "./code.ts";
import type { DartField, DartMethod } from "./dartFacts.ts";
import type { Lowering } from "./lower.ts";
import { parametersIn } from "./parameters.ts";
import { type DartTree, dartType } from "./tree.ts";

export interface Members {
  readonly methods: readonly DartMethod[];
  readonly fields: readonly DartField[];
}

const SIGNATURES: Readonly<Record<string, DartMethod["kind"]>> = {
  function_signature: "method",
  getter_signature: "getter",
  setter_signature: "setter",
  operator_signature: "operator",
  constructor_signature: "constructor",
  constant_constructor_signature: "constructor",
  factory_constructor_signature: "factory",
  redirecting_factory_constructor_signature: "factory",
};

const LISTS = new Set(["initialized_identifier_list", "static_final_declaration_list", "identifier_list"]);

/** Reads fields and methods. A body of members is flat: annotations, a signature, its body, all siblings. */
export class MemberReader {
  readonly #tree: DartTree;
  readonly #lowering: Lowering;

  constructor(tree: DartTree, lowering: Lowering) {
    this.#tree = tree;
    this.#lowering = lowering;
  }

  /** The members below a class body, or at the top level of a file. `className` names constructors. */
  read(body: number, className: string): Members {
    const tree = this.#tree;
    const fields: DartField[] = [];
    const methods: DartMethod[] = [];
    let annotations: number[] = [];
    let lead = -1;
    const siblings = this.#members(body);
    for (let i = 0; i < siblings.length; i++) {
      const node = siblings[i] as number;
      const kind = tree.kind(node);
      if (kind === "annotation") {
        annotations.push(node);
        continue;
      }
      const start = Math.min(tree.start(annotations[0] ?? node), tree.start(lead < 0 ? node : lead));
      const names = annotations.map((annotation) => this.#annotation(annotation));
      if (LISTS.has(kind)) fields.push(...this.#fields(node, tree.start(lead < 0 ? node : lead), names));
      else if (kind === "declaration") {
        const list = tree.children(node).find((child) => LISTS.has(tree.kind(child)));
        const signature = this.#signature(node);
        if (list !== undefined) fields.push(...this.#fields(list, tree.start(node), names));
        else if (signature >= 0) methods.push(this.#method(node, signature, -1, start, className, names));
      } else {
        const signature = kind === "method_signature" ? this.#signature(node) : SIGNATURES[kind] === undefined ? -1 : node;
        if (signature < 0) {
          if (this.#isLead(node)) {
            if (lead < 0) lead = node;
            continue;
          }
        } else {
          const next = siblings[i + 1];
          const hasBody = next !== undefined && tree.kind(next) === "function_body";
          if (hasBody) i++;
          methods.push(this.#method(node, signature, hasBody ? next : -1, start, className, names));
        }
      }
      annotations = [];
      lead = -1;
    }
    return { fields, methods };
  }

  /** Members, those in broken text included. */
  #members(body: number): number[] {
    const tree = this.#tree;
    return tree.children(body).flatMap((child) => (tree.kind(child) === "ERROR" ? tree.children(child) : [child]));
  }

  /** What stands in front of a top-level variable's names: `final`, `late`, a type. */
  #isLead(node: number): boolean {
    const tree = this.#tree;
    return tree.ids.types.has(tree.flat.kind[node] as number) || /_builtin$|^inferred_type$/.test(tree.kind(node));
  }

  #signature(node: number): number {
    return this.#tree.children(node).find((child) => SIGNATURES[this.#tree.kind(child)] !== undefined) ?? -1;
  }

  #annotation(node: number): string {
    return this.#intern(/^@\s*([\w$.]+)/.exec(this.#tree.text(node))?.[1] ?? "");
  }

  #fields(list: number, declared: number, annotations: readonly string[]): DartField[] {
    const tree = this.#tree;
    // At the top level `late` and `static` are no nodes: they stand in front of the first one.
    const lineStart = tree.flat.text.lastIndexOf("\n", declared - 1) + 1;
    const before = /(?:^|[;}\s])late\s+$/.test(tree.between(lineStart, declared)) ? "late " : "";
    const written = `${before}${tree.between(declared, tree.start(list))}`.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n\r]*/g, " ");
    const type = dartType(written.replace(/^(?:\s*(?:static|late|final|const|covariant|external|abstract|augment|var)\b)+/, ""));
    const has = (word: string) => new RegExp(`(?:^|\\s)${word}\\s`).test(written);
    const shared = {
      type: type === "" ? undefined : this.#intern(type),
      isStatic: has("static"),
      isLate: has("late"),
      isFinal: has("final"),
      isConst: has("const"),
      annotations,
      span: { start: declared, end: tree.end(list) },
    };
    return tree.children(list).flatMap((child) => {
      const name = tree.is(child, tree.ids.identifier) ? child : tree.child(child, "identifier");
      if (name < 0) return [];
      const from = tree.skipComments(tree.next(name), tree.next(child));
      const nameSpan = tree.span(name);
      const initializer = name === child || from >= tree.next(child) ? -1 : this.#lower(from, tree.next(child));
      return [{ name: this.#intern(tree.text(name)), nameSpan, initializer, ...shared }];
    });
  }

  #method(holder: number, signature: number, body: number, start: number, className: string, annotations: readonly string[]): DartMethod {
    const tree = this.#tree;
    const kind = SIGNATURES[tree.kind(signature)] as DartMethod["kind"];
    const { name, nameSpan } = this.#name(signature, kind, className);
    const list = tree.child(signature, "formal_parameter_list");
    const lead = tree
      .between(tree.start(signature), nameSpan.start)
      .replace(/\b(?:get|set|operator|external|static|late|covariant)\b/g, "");
    const bodySpan = body < 0 ? undefined : tree.span(body);
    return {
      name: this.#intern(name),
      kind,
      isStatic: /^\s*(?:external\s+)?static\b/.test(tree.between(tree.start(holder), nameSpan.start)),
      marker:
        bodySpan === undefined ? "" : (/^(?:async\s*\*|sync\s*\*|async)/.exec(tree.text(body).slice(0, 20))?.[0].replace(/\s/g, "") ?? ""),
      parameters:
        list < 0
          ? []
          : parametersIn(tree, list).map(({ nameStart: _, ...parameter }) => ({
              ...parameter,
              name: this.#intern(parameter.name),
              type: parameter.type === undefined ? undefined : this.#intern(parameter.type),
            })),
      returns: kind === "constructor" || kind === "factory" || lead.trim() === "" ? undefined : this.#intern(dartType(lead)),
      annotations,
      span: { start, end: body < 0 ? tree.end(holder) : tree.end(body) },
      nameSpan,
      bodySpan,
      body: body < 0 ? -1 : this.#body(body),
      initializers: this.#initializers(holder),
    };
  }

  #name(signature: number, kind: DartMethod["kind"], className: string): { readonly name: string; readonly nameSpan: Span } {
    const tree = this.#tree;
    const identifiers = tree.children(signature).filter((child) => tree.is(child, tree.ids.identifier));
    if (kind === "constructor" || kind === "factory") {
      const last = identifiers.at(-1) ?? signature;
      return { name: identifiers.length > 1 ? tree.text(last) : "", nameSpan: tree.span(identifiers[0] ?? last) };
    }
    const named = tree.field(signature, tree.ids.field.name);
    if (named >= 0) return { name: tree.text(named), nameSpan: tree.span(named) };
    const operator = tree.children(signature).find((child) => tree.kind(child).endsWith("_operator"));
    const at = identifiers[0] ?? operator ?? signature;
    return { name: operator === undefined && identifiers.length === 0 ? className : tree.text(at).slice(0, 60), nameSpan: tree.span(at) };
  }

  #initializers(holder: number): readonly number[] {
    const tree = this.#tree;
    const initializers = tree.child(holder, "initializers");
    if (initializers < 0) return [];
    return tree.children(initializers).flatMap((entry) => {
      const inner = tree.children(entry)[0];
      if (inner === undefined) return [];
      if (tree.kind(inner) === "field_initializer") return [this.#lowering.fieldInitializer(inner)];
      const before = this.#lowering.packer.size;
      this.#lowering.superCall(entry);
      return this.#lowering.packer.size === before ? [] : [before];
    });
  }

  #body(node: number): number {
    const tree = this.#tree;
    const from = tree.skipComments(node + 1, tree.next(node));
    return from >= tree.next(node) ? -1 : this.#lower(from, tree.next(node), R.body);
  }

  #lower(from: number, end: number, role: number = R.value): number {
    const at = this.#lowering.packer.size;
    this.#lowering.run(from, end, role);
    return this.#lowering.packer.size === at ? -1 : at;
  }

  #intern(text: string): string {
    return this.#lowering.packer.interned(text);
  }
}

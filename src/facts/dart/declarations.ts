import { digestOf } from "../../text/hash.ts";
import type { DartClass, DartClassKind, DartDirective, DartFacts } from "./dartFacts.ts";
import { Lowering } from "./lower.ts";
import { MemberReader } from "./members.ts";
import { type DartTree, dartType } from "./tree.ts";

const CLASS_KINDS: Readonly<Record<string, DartClassKind>> = {
  class_definition: "class",
  mixin_declaration: "mixin",
  enum_declaration: "enum",
  extension_declaration: "extension",
  extension_type_declaration: "extension type",
};

/** Reads the declarations of a file; bodies and initializers go into the packed code. */
export class DeclarationReader {
  readonly #tree: DartTree;
  readonly #lowering: Lowering;
  readonly #members: MemberReader;

  constructor(tree: DartTree) {
    this.#tree = tree;
    this.#lowering = new Lowering(tree);
    this.#members = new MemberReader(tree, this.#lowering);
  }

  read(): Pick<DartFacts, "directives" | "classes" | "functions" | "variables" | "code"> {
    const tree = this.#tree;
    const directives: DartDirective[] = [];
    const classes: DartClass[] = [];
    if (tree.flat.size > 0) this.#walk(0, directives, classes);
    const { methods, fields } = tree.flat.size > 0 ? this.#members.read(0, "") : { methods: [], fields: [] };
    return { directives, classes, functions: methods, variables: fields, code: this.#lowering.packer.done() };
  }

  /** Top-level declarations, those in broken text included. */
  #walk(node: number, directives: DartDirective[], classes: DartClass[]): void {
    const tree = this.#tree;
    for (const child of tree.children(node)) {
      const kind = tree.kind(child);
      if (CLASS_KINDS[kind] !== undefined) {
        const read = this.#class(child, CLASS_KINDS[kind]);
        if (read !== undefined) classes.push(read);
      } else if (kind === "ERROR") this.#walkBroken(child, classes);
      else {
        const directive = this.#directive(child, kind);
        if (directive !== undefined) directives.push(directive);
      }
    }
  }

  #walkBroken(node: number, classes: DartClass[]): void {
    for (const child of this.#tree.children(node)) {
      const kind = CLASS_KINDS[this.#tree.kind(child)];
      const read = kind === undefined ? undefined : this.#class(child, kind);
      if (read !== undefined) classes.push(read);
    }
  }

  #directive(node: number, kind: string): DartDirective | undefined {
    const tree = this.#tree;
    const what = kind === "part_directive" ? "part" : kind === "part_of_directive" ? "part of" : undefined;
    if (what === undefined && kind !== "import_or_export") return undefined;
    const source = tree.text(node);
    const uri = /(['"])(.*?)\1/.exec(source)?.[2];
    if (uri === undefined) return undefined;
    const prefix = /\bas\s+([A-Za-z_$][\w$]*)/.exec(source.slice(source.indexOf(uri) + uri.length))?.[1];
    return {
      kind: what ?? (source.startsWith("export") ? "export" : "import"),
      uri: this.#intern(uri),
      prefix: prefix === undefined ? undefined : this.#intern(prefix),
      span: tree.span(node),
    };
  }

  #class(node: number, kind: DartClassKind): DartClass | undefined {
    const tree = this.#tree;
    const alias = tree.child(node, "mixin_application_class");
    const holder = alias < 0 ? node : alias;
    const named = tree.field(holder, tree.ids.field.name);
    const name = named >= 0 ? named : tree.child(holder, "identifier");
    // `extension on Cart { … }` has none.
    if (name < 0 && kind !== "extension") return undefined;
    const body = tree.children(node).find((child) => /^(class|enum|extension)_body$/.test(tree.kind(child))) ?? -1;
    const heritage = this.#heritage(holder, kind, body < 0 ? tree.end(node) : tree.start(body));
    const className = this.#intern(name < 0 ? "" : tree.text(name));
    const { methods, fields } = body < 0 ? { methods: [], fields: [] } : this.#members.read(body, className);
    const span = tree.span(node);
    return {
      name: className,
      kind,
      ...heritage,
      abstract: tree.child(node, "abstract") >= 0,
      fields,
      methods,
      span,
      nameSpan: name < 0 ? { start: span.start, end: span.start + "extension".length } : tree.span(name),
      bodySpan: body < 0 ? { start: span.end, end: span.end } : tree.span(body),
      signature: digestOf(
        tree.flat.text,
        span,
        methods.flatMap((method) => (method.bodySpan === undefined ? [] : [method.bodySpan])),
      ),
      digest: digestOf(tree.flat.text, span, []),
    };
  }

  /** Read from the text between the name and the body: the grammar has a shape of its own for each kind. */
  #heritage(node: number, kind: DartClassKind, end: number): Pick<DartClass, "superclass" | "mixins" | "interfaces" | "on"> {
    const tree = this.#tree;
    const head = dartType(tree.between(tree.start(node), end)).replace(/@\w+/g, "");
    const clauses = clausesOf(head);
    const list = (word: string) => splitTypes(clauses.get(word) ?? "").map((type) => this.#intern(type));
    // `class A = B with C;`
    const application = tree.kind(node) === "mixin_application_class" ? head.slice(head.indexOf("=") + 1) : undefined;
    const base = application === undefined ? clauses.get("extends") : application.split(/(?<![\w$])(?:with|implements) /)[0];
    return {
      superclass: base === undefined || kind === "extension" ? undefined : this.#intern(base.trim().replace(/;$/, "")),
      mixins: list("with"),
      interfaces: list("implements"),
      on: list("on"),
    };
  }

  #intern(text: string): string {
    return this.#lowering.packer.interned(text);
  }
}

/** The text behind each of the words that a class head has, up to the next of them, outside type arguments. */
function clausesOf(head: string): Map<string, string> {
  const clauses = new Map<string, string>();
  let depth = 0;
  let word = "";
  let from = 0;
  for (const match of head.matchAll(/[<>(){]|(?<![\w$])(?:extends|with|implements|on)(?= )/g)) {
    if (match[0] === "<" || match[0] === "(") depth++;
    else if (match[0] === ">" || match[0] === ")") depth--;
    else if (depth === 0) {
      if (word !== "") clauses.set(word, head.slice(from, match.index).trim());
      word = match[0] === "{" ? "" : match[0];
      from = match.index + match[0].length;
    }
  }
  if (word !== "") clauses.set(word, head.slice(from).trim().replace(/;$/, ""));
  return clauses;
}

function splitTypes(list: string): string[] {
  const types: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= list.length; i++) {
    const unit = list[i];
    if (unit === "<" || unit === "(" || unit === "{") depth++;
    else if (unit === ">" || unit === ")" || unit === "}") depth--;
    else if (i === list.length || (unit === "," && depth === 0)) {
      const type = list.slice(from, i).trim();
      if (type !== "") types.push(type);
      from = i + 1;
    }
  }
  return types;
}

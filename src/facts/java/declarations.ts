import { digestOf } from "../../text/hash.ts";
import type { Span } from "../../text/positions.ts";
import { annotationsOf } from "./annotations.ts";
import { CODE_ROLE as R } from "./code.ts";
import type { JavaFacts, JavaField, JavaImport, JavaMethod, JavaParameter, JavaType, TypeKind, TypeParameter } from "./javaFacts.ts";
import { Lowering } from "./lowering.ts";
import { withPerElement } from "./perElement.ts";
import { type JavaTree, typeText } from "./reader.ts";
import { withSent } from "./sentParameters.ts";

const TYPE_KINDS: Readonly<Record<string, TypeKind>> = {
  class_declaration: "class",
  interface_declaration: "interface",
  enum_declaration: "enum",
  record_declaration: "record",
  annotation_type_declaration: "annotation",
  enum_constant: "class", // With a body it extends the enum.
};

/** Reads the declarations of one file; bodies go through the lowering. */
export class DeclarationReader {
  readonly #tree: JavaTree;
  readonly #lowering: Lowering;
  readonly #types: JavaType[] = [];
  /** Types declared in bodies, read when the code around them is packed. */
  readonly #local: { readonly node: number; readonly outer: number }[] = [];
  #packageName = "";
  #outer = -1;

  constructor(tree: JavaTree) {
    this.#tree = tree;
    this.#lowering = new Lowering(tree, (node) => this.#local.push({ node, outer: this.#outer }));
  }

  read(): JavaFacts {
    const tree = this.#tree;
    const imports: JavaImport[] = [];
    if (tree.flat.size > 0) {
      for (const node of tree.children(0)) {
        const kind = tree.kind(node);
        if (kind === "package_declaration") this.#packageName = this.#intern(tree.text(tree.children(node).at(-1) ?? node));
        else if (kind === "import_declaration") imports.push(this.#import(node));
        else this.#declared(node, -1);
      }
    }
    for (let local = this.#local.shift(); local !== undefined; local = this.#local.shift()) this.#type(local.node, local.outer);
    const code = this.#lowering.packer.done();
    return {
      packageName: this.#packageName,
      imports: imports.slice(),
      types: this.#types.map((type) => withSent(withPerElement(type, code), code)),
      code,
    };
  }

  /** A type declaration, also inside what did not parse. */
  #declared(node: number, outer: number): void {
    const kind = this.#tree.kind(node);
    if (kind in TYPE_KINDS) this.#type(node, outer);
    else if (kind === "ERROR") for (const child of this.#tree.children(node)) this.#declared(child, outer);
  }

  #import(node: number): JavaImport {
    const tree = this.#tree;
    const children = tree.children(node);
    const name = children.find((child) => tree.kind(child) !== "asterisk");
    return {
      name: name === undefined ? "" : this.#intern(tree.text(name).replace(/\s+/g, "")),
      isStatic: /^import\s+static\s/.test(tree.text(node)),
      wildcard: children.some((child) => tree.kind(child) === "asterisk"),
      span: tree.span(node),
    };
  }

  #type(node: number, outer: number): void {
    const tree = this.#tree;
    const { field } = this.#lowering;
    const nameNode = tree.field(node, field.name);
    const bodyNode = tree.field(node, field.body);
    if (nameNode < 0 || bodyNode < 0) return;
    const name = this.#intern(tree.text(nameNode));
    const within = outer >= 0 ? (this.#types[outer] as JavaType).qualified : this.#packageName;
    const index = this.#types.length;
    const modifiers = tree.child(node, "modifiers");
    const fields: JavaField[] = [];
    const methods: JavaMethod[] = [];
    const type: JavaType = {
      name,
      qualified: this.#intern(within === "" ? name : `${within}.${name}`),
      kind: TYPE_KINDS[tree.kind(node)] as TypeKind,
      modifiers: this.#modifiers(modifiers),
      annotations: annotationsOf(tree, modifiers),
      typeParameters: this.#typeParameters(node),
      superclass: tree.kind(node) === "enum_constant" ? this.#types[outer]?.name : this.#typesIn(tree.child(node, "superclass"))[0],
      interfaces: this.#typesIn(tree.child(node, tree.kind(node) === "interface_declaration" ? "extends_interfaces" : "super_interfaces")),
      fields,
      methods,
      outer,
      span: tree.span(node),
      nameSpan: tree.span(nameNode),
      bodySpan: tree.span(bodyNode),
      signature: "",
    };
    this.#types.push(type);
    const around = this.#outer;
    this.#outer = index;
    const bodies: Span[] = [];
    if (type.kind === "record") this.#components(node, fields);
    this.#members(bodyNode, fields, methods, bodies, name);
    this.#outer = around;
    this.#types[index] = {
      ...type,
      fields: fields.slice(),
      methods: methods.slice(),
      signature: digestOf(tree.flat.text, type.span, bodies),
    };
  }

  #members(body: number, fields: JavaField[], methods: JavaMethod[], bodies: Span[], typeName: string): void {
    const tree = this.#tree;
    for (const node of tree.children(body)) {
      switch (tree.kind(node)) {
        case "field_declaration":
        case "constant_declaration":
          this.#fields(node, fields);
          break;
        case "method_declaration":
        case "annotation_type_element_declaration":
          methods.push(this.#method(node, "method", typeName, bodies));
          break;
        case "constructor_declaration":
        case "compact_constructor_declaration":
          methods.push(this.#method(node, "constructor", typeName, bodies));
          break;
        case "static_initializer":
        case "block":
          methods.push(this.#initializer(node, bodies));
          break;
        case "enum_constant":
          this.#constant(node, fields, bodies);
          break;
        case "enum_body_declarations":
        case "ERROR":
          this.#members(node, fields, methods, bodies, typeName);
          break;
        default:
          // A nested type has a signature of its own.
          if (tree.kind(node) in TYPE_KINDS) bodies.push(tree.span(node));
          this.#declared(node, this.#outer);
      }
    }
  }

  #fields(node: number, fields: JavaField[]): void {
    const tree = this.#tree;
    const { field, packer } = this.#lowering;
    const modifiers = tree.child(node, "modifiers");
    const annotations = annotationsOf(tree, modifiers);
    const type = this.#typeAt(tree.field(node, field.type));
    for (const declarator of tree.fieldsOf(node, field.declarator)) {
      const name = tree.field(declarator, field.name);
      if (name < 0) continue;
      const value = tree.field(declarator, field.value);
      const initializer = value < 0 ? -1 : packer.size;
      if (value >= 0) this.#lowering.lower(value, R.value);
      fields.push({
        name: this.#intern(tree.text(name)),
        type: tree.field(declarator, field.dimensions) >= 0 ? `${type}[]` : type,
        modifiers: this.#modifiers(modifiers),
        annotations,
        span: tree.span(node),
        nameSpan: tree.span(name),
        initializer,
        origin: "field",
      });
    }
  }

  #constant(node: number, fields: JavaField[], bodies: Span[]): void {
    const tree = this.#tree;
    const name = tree.field(node, this.#lowering.field.name);
    if (name < 0) return;
    const body = tree.field(node, this.#lowering.field.body);
    if (body >= 0) bodies.push(tree.span(body));
    this.#type(node, this.#outer);
    const initializer = this.#lowering.packer.size;
    this.#lowering.leaf(node, 0, R.value, true);
    const enumType = this.#types[this.#outer]?.name ?? "";
    fields.push({
      name: this.#intern(tree.text(name)),
      type: enumType,
      modifiers: CONSTANT_MODIFIERS,
      annotations: [],
      span: tree.span(node),
      nameSpan: tree.span(name),
      initializer,
      origin: "constant",
    });
  }

  #components(node: number, fields: JavaField[]): void {
    for (const { name, type, annotations, span } of this.#parameters(node)) {
      fields.push({
        name,
        type,
        modifiers: COMPONENT_MODIFIERS,
        annotations,
        span,
        nameSpan: { start: span.end - name.length, end: span.end },
        initializer: -1,
        origin: "component",
      });
    }
  }

  #method(node: number, kind: "method" | "constructor", typeName: string, bodies: Span[]): JavaMethod {
    const tree = this.#tree;
    const { field } = this.#lowering;
    const modifiers = tree.child(node, "modifiers");
    const nameNode = tree.field(node, field.name);
    const body = this.#body(tree.field(node, field.body), bodies);
    return {
      name: nameNode < 0 ? typeName : this.#intern(tree.text(nameNode)),
      kind,
      parameters: this.#parameters(node),
      returns: kind === "constructor" ? "void" : this.#typeAt(tree.field(node, field.type)),
      modifiers: this.#modifiers(modifiers),
      annotations: annotationsOf(tree, modifiers),
      typeParameters: this.#typeParameters(node),
      span: tree.span(node),
      nameSpan: tree.span(nameNode < 0 ? node : nameNode),
      body,
    };
  }

  #initializer(node: number, bodies: Span[]): JavaMethod {
    const tree = this.#tree;
    const block = tree.kind(node) === "block" ? node : tree.child(node, "block");
    return {
      name: "<clinit>",
      kind: "initializer",
      parameters: [],
      returns: "void",
      modifiers: tree.kind(node) === "block" ? [] : ["static"],
      annotations: [],
      typeParameters: [],
      span: tree.span(node),
      nameSpan: tree.span(node),
      body: this.#body(block, bodies),
    };
  }

  #body(node: number, bodies: Span[]): number {
    if (node < 0) return -1;
    const index = this.#lowering.packer.size;
    bodies.push(this.#tree.span(node));
    this.#lowering.lower(node, R.body);
    return this.#lowering.packer.size > index ? index : -1;
  }

  #parameters(node: number): readonly JavaParameter[] {
    const tree = this.#tree;
    const { field } = this.#lowering;
    const list = tree.field(node, field.parameters);
    if (list < 0 || !tree.hasChildren(list)) return NO_PARAMETERS;
    const parameters: JavaParameter[] = [];
    for (const child of tree.children(list)) {
      const kind = tree.kind(child);
      if (kind !== "formal_parameter" && kind !== "spread_parameter") continue;
      const modifiers = tree.child(child, "modifiers");
      const declarator = kind === "spread_parameter" ? tree.child(child, "variable_declarator") : child;
      const name = declarator < 0 ? -1 : tree.field(declarator, field.name);
      const type =
        kind === "spread_parameter" ? (tree.children(child).find((part) => part !== modifiers) ?? -1) : tree.field(child, field.type);
      if (name < 0) continue;
      parameters.push({
        name: this.#intern(tree.text(name)),
        type: this.#intern(this.#typeAt(type) + (kind === "spread_parameter" ? "[]" : "")),
        annotations: annotationsOf(tree, modifiers),
        span: tree.span(child),
      });
    }
    // A list that has grown keeps room for more.
    return parameters.slice();
  }

  #typeParameters(node: number): readonly TypeParameter[] {
    const tree = this.#tree;
    const list = tree.child(node, "type_parameters");
    if (list < 0) return NO_TYPE_PARAMETERS;
    return tree
      .children(list)
      .filter((child) => tree.kind(child) === "type_parameter")
      .map((child) => {
        const name = tree.child(child, "type_identifier");
        const bound = tree.child(child, "type_bound");
        return {
          name: name < 0 ? "" : this.#intern(tree.text(name)),
          bound: bound < 0 ? undefined : this.#typeAt(tree.children(bound)[0] ?? bound),
        };
      });
  }

  #typesIn(clause: number): string[] {
    if (clause < 0) return [];
    const list = this.#tree.child(clause, "type_list");
    return this.#tree.children(list < 0 ? clause : list).map((child) => this.#typeAt(child));
  }

  #typeAt(node: number): string {
    return node < 0 ? "" : this.#intern(typeText(this.#tree.text(node)));
  }

  #modifiers(node: number): readonly string[] {
    if (node < 0) return NO_MODIFIERS;
    const tree = this.#tree;
    // The keywords stand between the annotations.
    let text = "";
    let at = tree.start(node);
    for (const annotation of tree.children(node)) {
      text += tree.flat.text.slice(at, tree.start(annotation));
      at = tree.end(annotation);
    }
    return modifiersIn(text + tree.flat.text.slice(at, tree.end(node)));
  }

  #intern(text: string): string {
    return this.#lowering.packer.interned(text);
  }
}

const NO_PARAMETERS: readonly JavaParameter[] = [];
const NO_TYPE_PARAMETERS: readonly TypeParameter[] = [];
const NO_MODIFIERS: readonly string[] = [];
const CONSTANT_MODIFIERS: readonly string[] = ["public", "static", "final"];
const COMPONENT_MODIFIERS: readonly string[] = ["private", "final"];
const MODIFIER =
  /\b(?:public|protected|private|static|abstract|final|default|sealed|non-sealed|synchronized|native|transient|volatile|strictfp)\b/g;

/** The few lists that there are are shared: a workspace has a hundred thousand declarations. */
const KNOWN = new Map(
  ["private", "private final", "public", "protected", "public static", "private static", "private static final", "public static final"].map(
    (text) => [text, text.split(" ") as readonly string[]],
  ),
);

function modifiersIn(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed === "" ? NO_MODIFIERS : (KNOWN.get(trimmed) ?? trimmed.match(MODIFIER) ?? NO_MODIFIERS);
}

import type { GrammarNames } from "../../syntax/flatTree.ts";
import { CodePacker, CODE_KIND as K, CODE_ROLE as R } from "./code.ts";
import { type JavaTree, stringValue, typeText } from "./reader.ts";

/** Deeper code than this is generated; what lies below is kept as one opaque node. */
const DEEPEST = 400;

type Handler = (lowering: Lowering, node: number, role: number) => void;

/** Lowers expressions and statements of one file into packed code. */
export class Lowering {
  readonly tree: JavaTree;
  readonly packer = new CodePacker();
  /** Told of local and anonymous declarations of types with a name, which are facts of their own. */
  readonly onLocalType: (node: number) => void;
  readonly #handlers: readonly (Handler | undefined)[];
  readonly field: Fields;
  #depth = 0;

  constructor(tree: JavaTree, onLocalType: (node: number) => void) {
    this.tree = tree;
    this.onLocalType = onLocalType;
    const tables = tablesOf(tree.flat.language);
    this.#handlers = tables.handlers;
    this.field = tables.fields;
  }

  lower(node: number, role: number): void {
    const handler = this.#handlers[this.tree.flat.kind[node] as number];
    if (handler === undefined || this.#depth >= DEEPEST) {
      this.leaf(node, K.other, role, handler === undefined);
      return;
    }
    this.#depth++;
    handler(this, node, role);
    this.#depth--;
  }

  /** A node that we give no meaning to: its children are kept, or it is left opaque. */
  leaf(node: number, kind: number, role: number, withChildren = false): number {
    const at = this.open(node, kind, role);
    if (withChildren && this.#depth < DEEPEST) {
      this.#depth++;
      for (const child of this.tree.children(node)) this.lower(child, R.none);
      this.#depth--;
    }
    this.packer.close(at);
    return at;
  }

  open(node: number, kind: number, role: number): number {
    return this.packer.open(kind, role, this.tree.start(node), this.tree.end(node));
  }

  /** The field's node, when there is one, in the given role. */
  lowerField(node: number, field: number, role: number): void {
    const child = this.tree.field(node, field);
    if (child >= 0) this.lower(child, role);
  }

  lowerAll(nodes: readonly number[], role: number): void {
    for (const node of nodes) this.lower(node, role);
  }

  name(at: number, node: number): void {
    this.packer.text(at, this.tree.text(node), this.tree.start(node));
  }

  typeOf(at: number, node: number): void {
    if (node >= 0) this.packer.type(at, typeText(this.tree.text(node)));
  }
}

interface Fields {
  readonly name: number;
  readonly type: number;
  readonly value: number;
  readonly body: number;
  readonly object: number;
  readonly arguments: number;
  readonly condition: number;
  readonly left: number;
  readonly right: number;
  readonly operator: number;
  readonly operand: number;
  readonly parameters: number;
  readonly declarator: number;
  readonly init: number;
  readonly update: number;
  readonly consequence: number;
  readonly alternative: number;
  readonly array: number;
  readonly index: number;
  readonly field: number;
  readonly resources: number;
  readonly pattern: number;
  readonly constructor_: number;
  readonly dimensions: number;
}

/** The tables of a grammar are made once for it; they depend on nothing else. */
const TABLES = new WeakMap<GrammarNames, { readonly handlers: readonly (Handler | undefined)[]; readonly fields: Fields }>();

function tablesOf(names: GrammarNames): { readonly handlers: readonly (Handler | undefined)[]; readonly fields: Fields } {
  let tables = TABLES.get(names);
  if (tables === undefined) {
    const handlers: (Handler | undefined)[] = [];
    for (const [kind, handler] of Object.entries(HANDLERS)) handlers[names.kindOf(kind)] = handler;
    const f = names.fieldOf;
    const fields: Fields = {
      name: f("name"),
      type: f("type"),
      value: f("value"),
      body: f("body"),
      object: f("object"),
      arguments: f("arguments"),
      condition: f("condition"),
      left: f("left"),
      right: f("right"),
      operator: f("operator"),
      operand: f("operand"),
      parameters: f("parameters"),
      declarator: f("declarator"),
      init: f("init"),
      update: f("update"),
      consequence: f("consequence"),
      alternative: f("alternative"),
      array: f("array"),
      index: f("index"),
      field: f("field"),
      resources: f("resources"),
      pattern: f("pattern"),
      constructor_: f("constructor"),
      dimensions: f("dimensions"),
    };
    TABLES.set(names, (tables = { handlers, fields }));
  }
  return tables;
}

/** A node whose children keep their order and get one role. */
const plain =
  (kind: number, childRole: number = R.none): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    l.lowerAll(l.tree.children(node), childRole);
    l.packer.close(at);
  };

const literal =
  (sort: string): Handler =>
  (l, node, role) => {
    const at = l.leaf(node, K.literal, role);
    l.packer.text(at, l.tree.text(node));
    l.packer.type(at, sort);
  };

const through: Handler = (l, node, role) => l.lowerAll(l.tree.children(node), role);

/** The text between two nodes without comments: an operator, which the flat tree does not hold. */
function between(l: Lowering, from: number, to: number): string {
  return l.tree.flat.text
    .slice(from, to)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n\r]*/g, "")
    .replace(/[\s()]+/g, "");
}

const binary: Handler = (l, node, role) => {
  const left = l.tree.field(node, l.field.left);
  const right = l.tree.field(node, l.field.right);
  const at = l.open(node, K.binary, role);
  if (left >= 0 && right >= 0) l.packer.text(at, between(l, l.tree.end(left), l.tree.start(right)));
  l.lowerField(node, l.field.left, R.left);
  l.lowerField(node, l.field.right, R.right);
  l.packer.close(at);
};

const assign: Handler = (l, node, role) => {
  const left = l.tree.field(node, l.field.left);
  const right = l.tree.field(node, l.field.right);
  const at = l.open(node, K.assign, role);
  if (left >= 0 && right >= 0) l.packer.text(at, between(l, l.tree.end(left), l.tree.start(right)));
  l.lowerField(node, l.field.left, R.target);
  l.lowerField(node, l.field.right, R.value);
  l.packer.close(at);
};

const call: Handler = (l, node, role) => {
  const at = l.open(node, K.call, role);
  const name = l.tree.field(node, l.field.name);
  if (name >= 0) l.name(at, name);
  l.lowerField(node, l.field.object, R.receiver);
  const list = l.tree.field(node, l.field.arguments);
  if (list >= 0) l.lowerAll(l.tree.children(list), R.argument);
  l.packer.close(at);
};

const create: Handler = (l, node, role) => {
  const at = l.open(node, K.new, role);
  l.typeOf(at, l.tree.field(node, l.field.type));
  const list = l.tree.field(node, l.field.arguments);
  if (list >= 0) l.lowerAll(l.tree.children(list), R.argument);
  const body = l.tree.child(node, "class_body");
  if (body >= 0) for (const member of l.tree.children(body)) l.lower(member, R.body);
  l.packer.close(at);
};

/** A method of an anonymous class. */
const anonymousMethod: Handler = (l, node, role) => {
  const at = l.open(node, K.method, role);
  const name = l.tree.field(node, l.field.name);
  if (name >= 0) l.name(at, name);
  l.typeOf(at, l.tree.field(node, l.field.type));
  const parameters = l.tree.field(node, l.field.parameters);
  if (parameters >= 0) l.lowerAll(l.tree.children(parameters), R.parameter);
  l.lowerField(node, l.field.body, R.body);
  l.packer.close(at);
};

const parameter: Handler = (l, node, role) => {
  const at = l.open(node, K.parameter, role);
  let name = l.tree.field(node, l.field.name);
  let type = l.tree.field(node, l.field.type);
  if (l.tree.kind(node) === "spread_parameter") {
    const declarator = l.tree.child(node, "variable_declarator");
    name = declarator >= 0 ? l.tree.field(declarator, l.field.name) : -1;
    type = l.tree.children(node).find((child) => l.tree.kind(child) !== "modifiers") ?? -1;
  }
  // `(a, b) -> …` parses as typed parameters without a name in some versions of the grammar.
  if (name >= 0 && l.tree.end(name) === l.tree.start(name) && type >= 0) l.name(at, type);
  else if (name >= 0) {
    l.name(at, name);
    l.typeOf(at, type);
  }
  l.packer.close(at);
};

const lambda: Handler = (l, node, role) => {
  const at = l.open(node, K.lambda, role);
  const parameters = l.tree.field(node, l.field.parameters);
  if (parameters >= 0) {
    const listed = l.tree.kind(parameters) === "identifier" ? [parameters] : l.tree.children(parameters);
    for (const one of listed) {
      if (l.tree.kind(one) !== "identifier") {
        l.lower(one, R.parameter);
        continue;
      }
      const named = l.open(one, K.parameter, R.parameter);
      l.name(named, one);
      l.packer.close(named);
    }
  }
  l.lowerField(node, l.field.body, R.body);
  l.packer.close(at);
};

const reference: Handler = (l, node, role) => {
  const at = l.open(node, K.reference, role);
  const [on, method] = l.tree.children(node);
  if (method !== undefined && l.tree.kind(method) === "identifier") l.name(at, method);
  else l.packer.text(at, "new");
  if (on !== undefined) {
    const kind = l.tree.kind(on);
    if (/type|dimensions/.test(kind)) {
      const type = l.open(on, K.class, R.receiver);
      l.typeOf(type, on);
      l.packer.close(type);
    } else l.lower(on, R.receiver);
  }
  l.packer.close(at);
};

/** One node a declarator, so that `int a = f(), b` is two locals. */
const local: Handler = (l, node, role) => {
  const type = l.tree.field(node, l.field.type);
  for (const declarator of l.tree.fieldsOf(node, l.field.declarator)) {
    const name = l.tree.field(declarator, l.field.name);
    const at = l.packer.open(K.local, role, l.tree.start(node), l.tree.end(declarator));
    if (name >= 0) l.name(at, name);
    if (type >= 0) {
      const dimensions = l.tree.field(declarator, l.field.dimensions) >= 0 ? "[]" : "";
      l.packer.type(at, typeText(l.tree.text(type)) + dimensions);
    }
    l.lowerField(declarator, l.field.value, R.value);
    l.packer.close(at);
  }
};

const conditional =
  (kind: number): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    l.lowerField(node, l.field.condition, R.condition);
    l.lowerField(node, l.field.consequence, R.then);
    l.lowerField(node, l.field.alternative, R.else);
    l.packer.close(at);
  };

const loop =
  (kind: number): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    l.lowerAll(l.tree.fieldsOf(node, l.field.init), R.init);
    l.lowerField(node, l.field.condition, R.condition);
    l.lowerAll(l.tree.fieldsOf(node, l.field.update), R.update);
    l.lowerField(node, l.field.body, R.body);
    l.packer.close(at);
  };

const foreach: Handler = (l, node, role) => {
  const at = l.open(node, K.foreach, role);
  const name = l.tree.field(node, l.field.name);
  if (name >= 0) l.name(at, name);
  l.typeOf(at, l.tree.field(node, l.field.type));
  l.lowerField(node, l.field.value, R.iterable);
  l.lowerField(node, l.field.body, R.body);
  l.packer.close(at);
};

const attempt: Handler = (l, node, role) => {
  const at = l.open(node, K.try, role);
  const resources = l.tree.field(node, l.field.resources);
  if (resources >= 0) {
    for (const resource of l.tree.children(resources)) {
      const name = l.tree.field(resource, l.field.name);
      const value = l.tree.field(resource, l.field.value);
      if (name < 0 || value < 0) {
        l.lowerAll(l.tree.children(resource), R.resource);
        continue;
      }
      const declared = l.open(resource, K.local, R.resource);
      l.name(declared, name);
      l.typeOf(declared, l.tree.field(resource, l.field.type));
      l.lower(value, R.value);
      l.packer.close(declared);
    }
  }
  l.lowerField(node, l.field.body, R.body);
  for (const child of l.tree.children(node)) {
    const kind = l.tree.kind(child);
    if (kind === "catch_clause") {
      const caught = l.open(child, K.catch, R.catch);
      const parameterNode = l.tree.child(child, "catch_formal_parameter");
      if (parameterNode >= 0) {
        const name = l.tree.field(parameterNode, l.field.name);
        if (name >= 0) l.name(caught, name);
        l.typeOf(caught, l.tree.child(parameterNode, "catch_type"));
      }
      l.lowerField(child, l.field.body, R.body);
      l.packer.close(caught);
    } else if (kind === "finally_clause") l.lowerAll(l.tree.children(child), R.finally);
  }
  l.packer.close(at);
};

const statementOf: Handler = (l, node, role) => {
  const [expression] = l.tree.children(node);
  if (expression === undefined) return;
  const before = l.packer.size;
  l.lower(expression, role);
  if (l.packer.size > before) l.packer.markStatement(before);
};

const jump =
  (kind: number): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    const [label] = l.tree.children(node);
    if (label !== undefined) l.name(at, label);
    l.packer.close(at);
  };

const caseOf: Handler = (l, node, role) => {
  const at = l.open(node, K.case, role);
  for (const child of l.tree.children(node)) l.lower(child, l.tree.kind(child) === "switch_label" ? R.condition : R.body);
  l.packer.close(at);
};

const typed =
  (kind: number, type: keyof Fields, value: keyof Fields): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    l.typeOf(at, l.tree.field(node, l.field[type]));
    const name = kind === K.instanceof ? l.tree.field(node, l.field.name) : -1;
    if (name >= 0) l.name(at, name);
    l.lowerField(node, l.field[value], R.value);
    l.packer.close(at);
  };

const HANDLERS: Readonly<Record<string, Handler>> = {
  identifier: (l, node, role) => l.name(l.leaf(node, K.name, role), node),
  string_literal: (l, node, role) => {
    const at = l.leaf(node, K.literal, role);
    l.packer.text(at, stringValue(l.tree.text(node)));
    l.packer.type(at, "String");
  },
  decimal_integer_literal: literal("int"),
  hex_integer_literal: literal("int"),
  octal_integer_literal: literal("int"),
  binary_integer_literal: literal("int"),
  decimal_floating_point_literal: literal("double"),
  hex_floating_point_literal: literal("double"),
  character_literal: literal("char"),
  true: literal("boolean"),
  false: literal("boolean"),
  null_literal: literal("null"),
  this: (l, node, role) => void l.leaf(node, K.this, role),
  super: (l, node, role) => void l.leaf(node, K.super, role),
  parenthesized_expression: through,
  field_access: (l, node, role) => {
    const at = l.open(node, K.field, role);
    const name = l.tree.field(node, l.field.field);
    if (name >= 0) l.name(at, name);
    l.lowerField(node, l.field.object, R.receiver);
    l.packer.close(at);
  },
  scoped_identifier: (l, node, role) => l.name(l.leaf(node, K.name, role), node),
  method_invocation: call,
  object_creation_expression: create,
  explicit_constructor_invocation: (l, node, role) => {
    const at = l.open(node, K.call, role);
    const target = l.tree.field(node, l.field.constructor_);
    if (target >= 0) l.name(at, target);
    const list = l.tree.field(node, l.field.arguments);
    if (list >= 0) l.lowerAll(l.tree.children(list), R.argument);
    l.packer.close(at);
    l.packer.markStatement(at);
  },
  lambda_expression: lambda,
  method_reference: reference,
  binary_expression: binary,
  assignment_expression: assign,
  unary_expression: (l, node, role) => {
    const operand = l.tree.field(node, l.field.operand);
    const at = l.open(node, K.unary, role);
    if (operand >= 0) l.packer.text(at, between(l, l.tree.start(node), l.tree.start(operand)));
    l.lowerField(node, l.field.operand, R.value);
    l.packer.close(at);
  },
  update_expression: (l, node, role) => {
    const at = l.open(node, K.unary, role);
    l.packer.text(at, l.tree.text(node).includes("++") ? "++" : "--");
    l.lowerAll(l.tree.children(node), R.value);
    l.packer.close(at);
  },
  ternary_expression: conditional(K.conditional),
  cast_expression: typed(K.cast, "type", "value"),
  instanceof_expression: typed(K.instanceof, "right", "left"),
  array_access: (l, node, role) => {
    const at = l.open(node, K.index, role);
    l.lowerField(node, l.field.array, R.receiver);
    l.lowerField(node, l.field.index, R.argument);
    l.packer.close(at);
  },
  class_literal: (l, node, role) => {
    const at = l.leaf(node, K.class, role);
    l.packer.type(at, typeText(l.tree.text(node).replace(/\s*\.\s*class$/, "")));
  },
  array_creation_expression: (l, node, role) => {
    const at = l.open(node, K.array, role);
    l.typeOf(at, l.tree.field(node, l.field.type));
    for (const child of l.tree.children(node)) {
      const kind = l.tree.kind(child);
      if (kind === "dimensions_expr" || kind === "array_initializer") l.lowerAll(l.tree.children(child), R.value);
    }
    l.packer.close(at);
  },
  array_initializer: plain(K.array, R.value),
  switch_expression: (l, node, role) => {
    const at = l.open(node, K.switch, role);
    l.lowerField(node, l.field.condition, R.value);
    const body = l.tree.field(node, l.field.body);
    if (body >= 0) l.lowerAll(l.tree.children(body), R.body);
    l.packer.close(at);
  },
  switch_rule: caseOf,
  switch_block_statement_group: caseOf,
  switch_label: through,
  pattern: through,
  guard: through,
  type_pattern: (l, node, role) => {
    const children = l.tree.children(node);
    const name = children.at(-1);
    const at = l.open(node, K.local, role);
    if (name !== undefined) l.name(at, name);
    if (children.length > 1) l.typeOf(at, children[0] as number);
    l.packer.close(at);
  },
  block: plain(K.block),
  constructor_body: plain(K.block),
  expression_statement: statementOf,
  local_variable_declaration: local,
  formal_parameter: parameter,
  spread_parameter: parameter,
  if_statement: conditional(K.if),
  for_statement: loop(K.for),
  while_statement: loop(K.while),
  do_statement: loop(K.do),
  enhanced_for_statement: foreach,
  return_statement: plain(K.return, R.value),
  yield_statement: plain(K.yield, R.value),
  throw_statement: plain(K.throw, R.value),
  try_statement: attempt,
  try_with_resources_statement: attempt,
  synchronized_statement: (l, node, role) => {
    const at = l.open(node, K.synchronized, role);
    const body = l.tree.field(node, l.field.body);
    for (const child of l.tree.children(node)) l.lower(child, child === body ? R.body : R.lock);
    l.packer.close(at);
  },
  labeled_statement: (l, node, role) => {
    const at = l.open(node, K.labeled, role);
    const [label, ...rest] = l.tree.children(node);
    if (label !== undefined) l.name(at, label);
    l.lowerAll(rest, R.body);
    l.packer.close(at);
  },
  break_statement: jump(K.break),
  continue_statement: jump(K.continue),
  assert_statement: plain(K.assert, R.condition),
  method_declaration: anonymousMethod,
  field_declaration: local,
  constant_declaration: local,
  static_initializer: through,
  class_declaration: (l, node) => l.onLocalType(node),
  record_declaration: (l, node) => l.onLocalType(node),
  interface_declaration: (l, node) => l.onLocalType(node),
  enum_declaration: (l, node) => l.onLocalType(node),
  // Names, not code.
  type_arguments: () => {},
  type_identifier: (l, node, role) => l.name(l.leaf(node, K.name, role), node),
  modifiers: () => {},
  dimensions: () => {},
};

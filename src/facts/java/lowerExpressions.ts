import { CODE_KIND as K, CODE_ROLE as R } from "./code.ts";
import { conditional, type Handler, type Handlers, plain, through } from "./handlers.ts";
import type { Lowering } from "./lowering.ts";
import { parameter } from "./lowerParameters.ts";
import { stringValue, typeText } from "./reader.ts";

const literal =
  (sort: string): Handler =>
  (l, node, role) => {
    const at = l.leaf(node, K.literal, role);
    l.packer.text(at, l.tree.text(node));
    l.packer.type(at, sort);
  };

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

/** `x instanceof Y y`, `x instanceof Y(Z z)`: a record's pattern has its variables as parameters. */
const instanceOf: Handler = (l, node, role) => {
  const at = l.open(node, K.instanceof, role);
  const pattern = l.tree.field(node, l.field.pattern);
  l.typeOf(at, pattern < 0 ? l.tree.field(node, l.field.right) : (l.tree.children(pattern)[0] ?? -1));
  const name = l.tree.field(node, l.field.name);
  if (name >= 0) l.name(at, name);
  l.lowerField(node, l.field.left, R.value);
  if (pattern >= 0) l.lower(pattern, R.parameter);
  l.packer.close(at);
};

export const EXPRESSIONS: Handlers = {
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
  cast_expression: (l, node, role) => {
    const at = l.open(node, K.cast, role);
    l.typeOf(at, l.tree.field(node, l.field.type));
    l.lowerField(node, l.field.value, R.value);
    l.packer.close(at);
  },
  instanceof_expression: instanceOf,
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
  switch_label: through,
  pattern: through,
  guard: through,
  formal_parameter: parameter,
  spread_parameter: parameter,
  // Names, not code.
  type_arguments: () => {},
  type_identifier: (l, node, role) => l.name(l.leaf(node, K.name, role), node),
  modifiers: () => {},
  dimensions: () => {},
};

import { DART_FLAG as F, DART_KIND as K, DART_ROLE as R } from "./code.ts";
import type { Handler, Lowering } from "./lower.ts";
import { dartType } from "./tree.ts";

/** How much of a literal is kept. */
const LITERAL = 200;
/** How much of one that may be a statement of SQL. */
const STATEMENT = 4_000;
const STATEMENT_START = /^r?['"\s]+(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|ALTER|DROP|BEGIN|PRAGMA)\s/i;

const literal: Handler = (l, node, role) => l.leaf(node, K.literal, role, l.tree.text(node).slice(0, LITERAL));

const word =
  (kind: number): Handler =>
  (l, node, role) =>
    l.leaf(node, kind, role, l.tree.text(node));

/** Transparent: what matters is what stands inside. */
const inner: Handler = (l, node, role) => l.inside(node, role);

/** Operators that are no nodes of their own. */
const BARE_OPERATORS: Readonly<Record<string, string>> = {
  bitwise_and_expression: "&",
  bitwise_or_expression: "|",
  bitwise_xor_expression: "^",
};

const binary: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const at = l.open(node, K.binary, role);
  const operator = tree.children(node).find((child) => tree.kind(child).endsWith("_operator"));
  packer.text(at, operator === undefined ? (BARE_OPERATORS[tree.kind(node)] ?? "??") : tree.text(operator));
  l.inside(node, R.none);
  packer.close(at);
};

/** `a.b<T>(c)` reads as two comparisons to the grammar; in Dart a `>` before a `(` always ends type arguments. */
const relational: Handler = (l, node, role) => {
  const generic = genericCall(l, node);
  if (generic === undefined) {
    binary(l, node, role);
    return;
  }
  const { tree, packer } = l;
  const { left, type, call } = generic;
  const at = packer.open(K.chain, role, tree.start(node), tree.end(node));
  l.chainInto(left + 1, type.before);
  const callAt = packer.open(K.call, R.part, tree.start(call), tree.end(call));
  packer.type(callAt, dartType(tree.between(tree.start(type.first), tree.end(type.last))));
  argumentsInto(l, call);
  packer.close(callAt);
  l.partsOf(tree.next(call), tree.next(node));
  packer.close(at);
};

function genericCall(l: Lowering, node: number) {
  const { tree } = l;
  const [left, more, call] = tree.children(node);
  if (left === undefined || more === undefined || call === undefined) return undefined;
  if (tree.kind(left) !== "relational_expression" || tree.text(more) !== ">" || !isArguments(tree.kind(call))) return undefined;
  const parts = tree.children(left);
  const less = parts.findIndex((child) => tree.kind(child) === "relational_operator");
  const operator = parts[less];
  const first = parts[less + 1];
  const last = parts.at(-1);
  if (less < 1 || operator === undefined || first === undefined || last === undefined || tree.text(operator) !== "<") return undefined;
  if (!tree.is(first, tree.ids.identifier)) return undefined;
  return { left, call, type: { before: operator, first, last } };
}

/** `[A<B, C>(d)]` reads as the elements `A < B` and `C > (d)` to the grammar; answers with what follows when it is one. */
function genericElement(l: Lowering, first: number, end: number): number | undefined {
  const { tree, packer } = l;
  if (tree.kind(first) !== "relational_expression") return undefined;
  const parts = tree.children(first);
  const less = parts.findIndex((child) => tree.kind(child) === "relational_operator");
  const [operator, argument] = [parts[less], parts[less + 1]];
  if (less < 1 || operator === undefined || argument === undefined || tree.text(operator) !== "<") return undefined;
  let last = tree.next(first);
  while (last < end && (tree.isComment(last) || tree.is(last, tree.ids.identifier))) last = tree.next(last);
  if (last >= end || tree.kind(last) !== "relational_expression") return undefined;
  const [type, more, call] = tree.children(last);
  if (type === undefined || more === undefined || call === undefined) return undefined;
  if (tree.text(more) !== ">" || !isArguments(tree.kind(call))) return undefined;
  const at = packer.open(K.chain, R.none, tree.start(first), tree.end(last));
  l.chainInto(first + 1, operator);
  const callAt = packer.open(K.call, R.part, tree.start(call), tree.end(call));
  packer.type(callAt, dartType(tree.between(tree.start(argument), tree.end(type))));
  argumentsInto(l, call);
  packer.close(callAt);
  l.partsOf(tree.next(call), tree.next(last));
  packer.close(at);
  return tree.next(last);
}

/** Of a single argument the label stands beside its value, of several each stands in a field. */
function argumentsInto(l: Lowering, call: number): void {
  const { tree, packer } = l;
  const label = tree.child(call, "label");
  if (label < 0) {
    l.inside(call, R.argument);
    return;
  }
  const at = packer.open(K.named, R.argument, tree.start(label), tree.end(tree.children(call).at(-1) as number));
  labelled(l, at, label, tree.next(call));
  packer.close(at);
}

/** One argument looks like parentheses, several or a trailing comma like a record. */
const isArguments = (kind: string): boolean => kind === "parenthesized_expression" || kind === "record_literal";

const unary: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const [first, ...rest] = tree.children(node);
  if (first === undefined) return;
  if (rest.length === 0) {
    l.inside(node, role);
    return;
  }
  const operator = tree.text(first);
  const at = l.open(node, operator === "++" || operator === "--" ? K.update : K.unary, role);
  packer.text(at, operator);
  l.runs(rest[0] as number, tree.next(node), R.value);
  packer.close(at);
};

const assignment: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const at = l.open(node, K.assign, role);
  const left = tree.field(node, tree.ids.field.left);
  const right = tree.field(node, tree.ids.field.right);
  if (left >= 0 && right >= 0) packer.text(at, tree.between(tree.end(left), tree.start(right)).trim().slice(0, 4));
  if (left >= 0) l.inside(left, R.target);
  l.field(node, tree.ids.field.right, R.value);
  packer.close(at);
};

const conditional: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const at = l.open(node, K.conditional, role);
  const first = tree.skipComments(node + 1, tree.next(node));
  if (first < tree.next(node)) l.run(first, tree.next(node), R.condition);
  l.field(node, tree.ids.field.consequence, R.then);
  l.field(node, tree.ids.field.alternative, R.else);
  packer.close(at);
};

/** `e as T` and `e is T`. */
const typed =
  (kind: number, tail: string): Handler =>
  (l, node, role) => {
    const { tree, packer } = l;
    const at = l.open(node, kind, role);
    const type = tree.child(node, tail);
    const [, first] = type < 0 ? [] : tree.children(type);
    if (first !== undefined) packer.type(at, dartType(tree.between(tree.start(first), tree.end(type))));
    l.runs(node + 1, type < 0 ? tree.next(node) : type, R.value);
    packer.close(at);
  };

/** `const A<T>.b(c)`, `new A(b)`: the names in a row, then the arguments. */
const creation =
  (flag: number): Handler =>
  (l, node, role) => {
    const { tree, packer } = l;
    const at = l.open(node, K.chain, role);
    packer.flag(at, flag);
    let head = -1;
    for (const child of tree.children(node)) {
      const kind = tree.kind(child);
      if (kind === "type_arguments") {
        if (head >= 0) l.typeArguments(head, child);
      } else if (kind === "arguments") l.call(child, -1);
      else if (kind === "type_identifier" || kind === "identifier") {
        const named = l.open(child, head < 0 ? K.name : K.property, head < 0 ? R.head : R.part);
        l.name(named, child);
        packer.close(named);
        if (head < 0) head = named;
      }
    }
    packer.close(at);
  };

const collection =
  (kind: number): Handler =>
  (l, node, role) => {
    const { tree, packer } = l;
    const at = l.open(node, kind, role);
    for (let child = node + 1; child < tree.next(node); ) {
      const name = tree.kind(child);
      if (name === "const_builtin") packer.flag(at, F.constant);
      if (name === "type_arguments") l.typeArguments(at, child);
      if (name === "const_builtin" || name === "type_arguments" || tree.isComment(child)) child = tree.next(child);
      else child = genericElement(l, child, tree.next(node)) ?? l.run(child, tree.next(node), R.none);
    }
    packer.close(at);
  };

/** A label and the expression behind it. */
const named: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const label = tree.child(node, "label");
  if (label < 0) {
    l.inside(node, role);
    return;
  }
  const at = l.open(node, K.named, role);
  labelled(l, at, label, tree.next(node));
  packer.close(at);
};

function labelled(l: Lowering, at: number, label: number, end: number): void {
  const { tree, packer } = l;
  const name = tree.children(label)[0];
  if (name !== undefined) l.name(at, name);
  else packer.text(at, tree.text(label).replace(/\s*:$/, ""));
  l.runs(tree.next(label), end, R.value);
}

const closure: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const at = l.open(node, K.closure, role);
  const parameters = tree.field(node, tree.ids.field.parameters);
  if (parameters >= 0) l.parameters(parameters);
  const body = tree.field(node, tree.ids.field.body);
  if (body >= 0) l.body(at, body);
  packer.close(at);
};

export const EXPRESSIONS: Readonly<Record<string, Handler>> = {
  identifier: (l, node, role) => {
    const at = l.open(node, K.name, role);
    l.name(at, node);
    l.packer.close(at);
  },
  identifier_dollar_escaped: (l, node, role) => {
    const at = l.open(node, K.name, role);
    l.name(at, node);
    l.packer.close(at);
  },
  this: word(K.this),
  super: word(K.super),
  dot_shorthand: (l, node, role) => l.leaf(node, K.shorthand, role, l.tree.text(node).replace(/^\.\s*/, "")),
  string_literal: (l, node, role) => {
    const at = l.open(node, K.string, role);
    const text = l.tree.text(node);
    l.packer.text(at, text.length > LITERAL ? text.slice(0, STATEMENT_START.test(text) ? STATEMENT : LITERAL) : text);
    l.inside(node, R.none);
    l.packer.close(at);
  },
  template_substitution: inner,
  escape_sequence: () => undefined,
  decimal_integer_literal: literal,
  hex_integer_literal: literal,
  decimal_floating_point_literal: literal,
  true: literal,
  false: literal,
  null_literal: literal,
  symbol_literal: literal,
  list_literal: collection(K.list),
  set_or_map_literal: collection(K.map),
  pair: (l, node, role) => {
    const at = l.open(node, K.pair, role);
    l.field(node, l.tree.ids.field.key, R.key);
    l.field(node, l.tree.ids.field.value, R.value);
    l.packer.close(at);
  },
  record_literal: (l, node, role) => void l.wrap(node, K.record, role),
  record_field: named,
  spread_element: (l, node, role) => {
    const at = l.wrap(node, K.spread, role, R.value);
    if (l.tree.flat.text.startsWith("...?", l.tree.start(node))) l.packer.flag(at, F.nullAware);
  },
  parenthesized_expression: inner,
  argument: inner,
  named_argument: named,
  function_expression: closure,
  lambda_expression: closure,
  const_object_expression: creation(F.constant),
  new_expression: creation(F.created),
  constructor_invocation: creation(0),
  relational_expression: relational,
  additive_expression: binary,
  multiplicative_expression: binary,
  equality_expression: binary,
  logical_and_expression: binary,
  logical_or_expression: binary,
  bitwise_and_expression: binary,
  bitwise_or_expression: binary,
  bitwise_xor_expression: binary,
  shift_expression: binary,
  if_null_expression: binary,
  unary_expression: unary,
  await_expression: (l, node, role) => void l.wrap(node, K.await, role, R.value),
  throw_expression: (l, node, role) => void l.wrap(node, K.throw, role, R.value),
  throw_expression_without_cascade: (l, node, role) => void l.wrap(node, K.throw, role, R.value),
  postfix_expression: (l, node, role) => {
    // `A<B>.c()` is one of its forms.
    if (l.tree.child(node, "postfix_operator") < 0) {
      l.inside(node, role);
      return;
    }
    const at = l.open(node, K.update, role);
    l.packer.text(at, l.tree.flat.text.slice(l.tree.end(node) - 2, l.tree.end(node)));
    l.inside(node, R.value);
    l.packer.close(at);
  },
  postfix_operator: () => undefined,
  assignable_expression: inner,
  assignment_expression: assignment,
  assignment_expression_without_cascade: assignment,
  conditional_expression: conditional,
  type_cast_expression: typed(K.cast, "type_cast"),
  type_test_expression: typed(K.test, "type_test"),
};

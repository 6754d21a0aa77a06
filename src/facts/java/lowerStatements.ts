import { CODE_KIND as K, CODE_ROLE as R } from "./code.ts";
import { countedLoop, type ElementLoop, iteratorLoop, whileLoop } from "./countedLoops.ts";
import { conditional, type Handler, type Handlers, plain, through } from "./handlers.ts";
import type { Lowering } from "./lowering.ts";
import { typeText } from "./reader.ts";

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

/** What goes over elements is a foreach, however it is spelled. */
const counting: Handler = (l, node, role) => {
  const found = countedLoop(l, node) ?? iteratorLoop(l, node);
  if (found === undefined) loop(K.for)(l, node, role);
  else overElements(l, found, l.open(node, K.foreach, role));
};

function overElements(l: Lowering, { iterable, body, declared, element, given }: ElementLoop, at: number): void {
  const [declarator] = declared < 0 ? [] : l.tree.fieldsOf(declared, l.field.declarator);
  const [one] = given;
  if (declarator !== undefined) l.name(at, l.tree.field(declarator, l.field.name));
  else if (one !== undefined) l.packer.text(at, element, l.tree.start(one));
  if (declared >= 0) l.typeOf(at, l.tree.field(declared, l.field.type));
  l.lower(iterable, R.iterable);
  for (const expression of given) l.elements.set(expression, element);
  if (l.tree.kind(body) !== "block") l.lower(body, R.body);
  else {
    const inner = l.open(body, K.block, R.body);
    statements(l, l.tree.children(body).slice(declared < 0 ? 0 : 1));
    l.packer.close(inner);
  }
  l.packer.close(at);
}

/** The statements of a block: an iterator and the loop that asks it are one of them. */
function statements(l: Lowering, nodes: readonly number[]): void {
  for (let i = 0; i < nodes.length; i++) {
    const [node, next] = [nodes[i] as number, nodes[i + 1]];
    const found = next === undefined ? undefined : whileLoop(l, node, next, nodes.slice(i + 2));
    if (next === undefined || found === undefined) {
      l.lower(node, R.none);
      continue;
    }
    overElements(l, found, l.packer.open(K.foreach, R.none, l.tree.start(node), l.tree.end(next)));
    i++;
  }
}

const block: Handler = (l, node, role) => {
  const at = l.open(node, K.block, role);
  statements(l, l.tree.children(node));
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

/** A variable of a pattern: its type and its name, which is all there is. */
const binding: Handler = (l, node, role) => {
  const children = l.tree.children(node);
  const name = children.at(-1);
  const at = l.open(node, K.local, role);
  if (name !== undefined) l.name(at, name);
  if (children.length > 1) l.typeOf(at, children[0] as number);
  l.packer.close(at);
};

export const STATEMENTS: Handlers = {
  explicit_constructor_invocation: (l, node, role) => {
    const at = l.open(node, K.call, role);
    const target = l.tree.field(node, l.field.constructor_);
    if (target >= 0) l.name(at, target);
    const list = l.tree.field(node, l.field.arguments);
    if (list >= 0) l.lowerAll(l.tree.children(list), R.argument);
    l.packer.close(at);
    l.packer.markStatement(at);
  },
  switch_rule: caseOf,
  switch_block_statement_group: caseOf,
  type_pattern: binding,
  record_pattern: (l, node, role) => {
    const body = l.tree.children(node).at(-1);
    if (body !== undefined) l.lowerAll(l.tree.children(body), role);
  },
  record_pattern_component: binding,
  block,
  constructor_body: block,
  expression_statement: statementOf,
  local_variable_declaration: local,
  if_statement: conditional(K.if),
  for_statement: counting,
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
};

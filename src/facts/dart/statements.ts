import { DART_FLAG as F, DART_KIND as K, DART_ROLE as R } from "./code.ts";
import type { Handler, Lowering } from "./lower.ts";
import { dartType } from "./tree.ts";

/** `if` and `while`: conditions, patterns and guards stand without a field in front of what follows. */
const branches: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const at = l.open(node, K.if, role);
  const end = tree.next(node);
  for (let child = node + 1; child < end; ) {
    const field = tree.flat.field[child] as number;
    const kind = tree.flat.kind[child] as number;
    if (tree.isComment(child) || tree.ids.operators.has(kind)) child = tree.next(child);
    else if (field === tree.ids.field.consequence) child = l.run(child, end, R.then);
    else if (field === tree.ids.field.alternative) child = l.run(child, end, R.else);
    else child = l.run(child, end, tree.ids.patterns.has(kind) ? R.pattern : R.condition);
  }
  packer.close(at);
};

const loop: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const { field } = tree.ids;
  const parts = tree.child(node, "for_loop_parts");
  const iterates = parts >= 0 && tree.field(parts, field.value) >= 0;
  const at = l.open(node, iterates ? K.foreach : K.for, role);
  if (parts >= 0 && iterates) {
    if (tree.flat.text.startsWith("await", tree.start(node))) packer.flag(at, F.async);
    loopVariable(l, at, parts);
    l.field(parts, field.value, R.iterable);
  } else if (parts >= 0) {
    l.field(parts, field.init, R.init);
    l.field(parts, field.condition, R.condition);
    l.field(parts, field.update, R.update);
  }
  l.field(node, field.body, R.body);
  packer.close(at);
};

function loopVariable(l: Lowering, at: number, parts: number): void {
  const { tree } = l;
  for (const child of tree.children(parts)) {
    if (tree.flat.field[child] === tree.ids.field.value) return;
    if (tree.ids.patterns.has(tree.flat.kind[child] as number)) l.node(child, R.pattern);
    else if (tree.is(child, tree.ids.identifier)) l.name(at, child);
    else if (tree.ids.types.has(tree.flat.kind[child] as number)) l.type(at, child, child);
  }
}

const conditionAndBody =
  (kind: number): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    l.field(node, l.tree.ids.field.condition, R.condition);
    l.field(node, l.tree.ids.field.body, R.body);
    l.packer.close(at);
  };

/** A case of a statement: patterns, a guard, then statements; of an expression: patterns, a guard, then the value. */
const branch: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const at = l.open(node, K.case, role);
  const isExpression = tree.kind(node) === "switch_expression_case";
  const end = tree.next(node);
  const arrow = isExpression ? lastRun(l, node) : end;
  for (let child = node + 1; child < end; ) {
    const kind = tree.flat.kind[child] as number;
    const name = tree.kind(child);
    if (tree.isComment(child) || tree.ids.operators.has(kind)) child = tree.next(child);
    else if (tree.ids.patterns.has(kind)) child = l.run(child, end, R.pattern);
    else if (child === arrow || name === "block" || name.endsWith("_statement") || name.endsWith("_declaration"))
      child = l.run(child, end, R.body);
    else child = l.run(child, end, R.condition);
  }
  packer.close(at);
};

function lastRun(l: Lowering, node: number): number {
  const { tree } = l;
  let last = -1;
  for (const child of tree.children(node)) if (!tree.ids.tails.has(tree.flat.kind[child] as number)) last = child;
  return last;
}

const tryStatement: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const { ids } = tree;
  const at = l.open(node, K.try, role);
  for (const child of tree.children(node)) {
    const kind = tree.kind(child);
    if (tree.flat.field[child] === ids.field.body) l.node(child, R.body);
    else if (kind === "block") l.node(child, R.else);
    else if (kind === "catch_clause" || kind === "finally_clause") l.node(child, kind === "finally_clause" ? R.finally : R.none);
  }
  packer.close(at);
};

const locals: Handler = (l, node, role) => {
  const { tree } = l;
  for (const child of tree.children(node)) {
    if (tree.kind(child) === "initialized_variable_definition") variables(l, child, role);
    else if (tree.kind(child) === "pattern_variable_declaration") l.node(child, role);
  }
};

function variables(l: Lowering, node: number, role: number): void {
  const { tree, packer } = l;
  const { ids } = tree;
  const end = tree.next(node);
  const nameNode = tree.field(node, ids.field.name);
  if (nameNode < 0) return;
  const flags = modifiers(l, node, nameNode);
  const written = tree.children(node).filter((child) => child < nameNode && ids.types.has(tree.flat.kind[child] as number));
  const [first, last] = [written[0], written.at(-1)];
  const emit = (start: number, name: number, valueFrom: number, valueEnd: number): void => {
    const at = packer.open(K.local, role, start, endOf(l, name, valueFrom, valueEnd));
    packer.flag(at, flags);
    l.name(at, name);
    if (first !== undefined && last !== undefined) packer.type(at, dartType(tree.between(tree.start(first), tree.end(last))));
    l.runs(valueFrom, valueEnd, R.value);
    packer.close(at);
  };
  const others = tree.children(node).filter((child) => tree.kind(child) === "initialized_identifier");
  emit(tree.start(node), nameNode, tree.next(nameNode), others[0] ?? end);
  for (const other of others) emit(tree.start(other), other + 1, tree.next(other + 1), tree.next(other));
}

function endOf(l: Lowering, name: number, from: number, end: number): number {
  let at = l.tree.end(name);
  for (let child = from; child < end; child = l.tree.next(child)) if (!l.tree.isComment(child)) at = l.tree.end(child);
  return at;
}

function modifiers(l: Lowering, node: number, name: number): number {
  const words = l.tree.between(l.tree.start(node), l.tree.start(name));
  return (/\bfinal\b/.test(words) ? F.final : 0) | (/\bconst\b/.test(words) ? F.constant : 0) | (/\blate\b/.test(words) ? F.late : 0);
}

const localFunction: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const lambda = tree.child(node, "lambda_expression");
  const signature = lambda < 0 ? -1 : tree.field(lambda, tree.ids.field.parameters);
  const body = lambda < 0 ? -1 : tree.field(lambda, tree.ids.field.body);
  if (signature < 0 || body < 0) {
    l.wrap(node, K.other, role);
    return;
  }
  const at = l.open(node, K.function, role);
  const name = tree.field(signature, tree.ids.field.name);
  if (name >= 0) {
    l.name(at, name);
    const returns = tree.between(tree.start(signature), tree.start(name)).trim();
    if (returns !== "") packer.type(at, dartType(returns));
  }
  const list = tree.child(signature, "formal_parameter_list");
  if (list >= 0) l.parameters(list);
  l.body(at, body);
  packer.close(at);
};

/** `var (a, b) = c`, `(a, b) = (b, a)` */
const destructure: Handler = (l, node, role) => {
  const { tree, packer } = l;
  const at = l.open(node, K.destructure, role);
  const end = tree.next(node);
  for (let child = node + 1; child < end; ) {
    const kind = tree.flat.kind[child] as number;
    if (tree.isComment(child) || tree.ids.operators.has(kind)) child = tree.next(child);
    else child = l.run(child, end, tree.ids.patterns.has(kind) ? R.pattern : R.value);
  }
  packer.close(at);
};

const pattern: Handler = (l, node, role) => void l.wrap(node, K.pattern, role, R.pattern);

const jump =
  (word: string): Handler =>
  (l, node, role) =>
    l.leaf(node, K.jump, role, word);

const yields: Handler = (l, node, role) => void l.wrap(node, K.yield, role, R.value);
const inner: Handler = (l, node, role) => l.inside(node, role);
const nothing: Handler = () => undefined;

export const STATEMENTS: Readonly<Record<string, Handler>> = {
  block: (l, node, role) => void l.wrap(node, K.block, role),
  expression_statement: (l, node, role) => void l.wrap(node, K.statement, role),
  local_variable_declaration: locals,
  pattern_variable_declaration: destructure,
  pattern_assignment: destructure,
  local_function_declaration: localFunction,
  if_statement: branches,
  if_element: branches,
  for_statement: loop,
  for_element: loop,
  while_statement: conditionAndBody(K.while),
  do_statement: conditionAndBody(K.do),
  switch_statement: conditionAndBody(K.switch),
  switch_expression: conditionAndBody(K.switch),
  switch_block: inner,
  switch_statement_case: branch,
  switch_statement_default: branch,
  switch_expression_case: branch,
  try_statement: tryStatement,
  catch_clause: (l, node, role) => {
    const at = l.open(node, K.catch, role);
    const parameters = l.tree.child(node, "catch_parameters");
    if (parameters >= 0) l.inside(parameters, R.parameter);
    l.packer.close(at);
  },
  finally_clause: inner,
  return_statement: (l, node, role) => void l.wrap(node, K.return, role, R.value),
  yield_statement: yields,
  yield_each_statement: yields,
  assert_statement: (l, node, role) => void l.wrap(node, K.assert, role),
  assertion: inner,
  assertion_arguments: inner,
  break_statement: jump("break"),
  continue_statement: jump("continue"),
  rethrow_expression: jump("rethrow"),
  label: nothing,
  type_identifier: nothing,
  type_arguments: nothing,
  nullable_type: nothing,
  constant_pattern: pattern,
  variable_pattern: pattern,
  object_pattern: pattern,
  record_pattern: pattern,
  list_pattern: pattern,
  map_pattern: pattern,
  rest_pattern: pattern,
  cast_pattern: pattern,
  null_check_pattern: pattern,
  null_assert_pattern: pattern,
};

import type { Lowering } from "./lowering.ts";

/** A loop over the elements of one thing that is spelled another way than `for (Order order : orders)`. */
export interface ElementLoop {
  /** The expression whose elements it goes over. */
  readonly iterable: number;
  readonly body: number;
  /** The declaration of a variable that holds the element all through the body, which says no more than the head does. */
  readonly declared: number;
  /** The variable's name, or, where there is none, the expression that gives the element: "orders.get(i)". */
  readonly element: string;
  /** What gives the element in the body. */
  readonly given: readonly number[];
}

/**
 * `for (int i = 0; i < orders.size(); i++)` and the same with `ids.length`, where the counter does nothing but to give the element of
 * this round: `orders.get(i)`, `ids[i]`. A counter that is told, that walks a second list, or that goes on by more than one, says more
 * than an element does, and a list that the body changes or hands on may be another after the round.
 */
export function countedLoop(l: Lowering, loop: number): ElementLoop | undefined {
  const { tree, field } = l;
  const [init, ...inits] = tree.fieldsOf(loop, field.init);
  const [update, ...updates] = tree.fieldsOf(loop, field.update);
  if (init === undefined || update === undefined || inits.length > 0 || updates.length > 0) return undefined;
  const counter = startsAtZero(l, init);
  const iterable = counter === undefined ? undefined : countedBy(l, tree.field(loop, field.condition), counter);
  if (counter === undefined || iterable === undefined || !/^(?:\+\+\s*\w+|\w+\s*\+\+)$/.test(tree.text(update))) return undefined;
  const body = tree.field(loop, field.body);
  const list = listName(l, iterable);
  return list === undefined || body < 0 ? undefined : withElements(l, iterable, body, givenByCounter(l, body, counter, list));
}

/** `for (Iterator<Order> it = orders.iterator(); it.hasNext(); )`, where nothing else is asked of the iterator but one element a round. */
export function iteratorLoop(l: Lowering, loop: number): ElementLoop | undefined {
  const { tree, field } = l;
  const [init, ...inits] = tree.fieldsOf(loop, field.init);
  if (init === undefined || inits.length > 0 || tree.fieldsOf(loop, field.update).length > 0) return undefined;
  return iteratedBy(l, init, tree.field(loop, field.condition), tree.field(loop, field.body));
}

/** `Iterator<Order> it = orders.iterator(); while (it.hasNext()) { … }`, two statements of a block whose others know nothing of `it`. */
export function whileLoop(l: Lowering, declaration: number, loop: number, behind: readonly number[]): ElementLoop | undefined {
  const { tree, field } = l;
  if (tree.kind(declaration) !== "local_variable_declaration" || tree.kind(loop) !== "while_statement") return undefined;
  const found = iteratedBy(l, declaration, tree.field(loop, field.condition), tree.field(loop, field.body));
  if (found === undefined) return undefined;
  const [declarator] = tree.fieldsOf(declaration, field.declarator);
  const name = declarator === undefined ? "" : tree.text(tree.field(declarator, field.name));
  return behind.some((statement) => namesIn(l, statement, name).length > 0) ? undefined : found;
}

function iteratedBy(l: Lowering, declaration: number, condition: number, body: number): ElementLoop | undefined {
  const { tree, field } = l;
  const [name, value] = onlyDeclarator(l, declaration) ?? [];
  if (name === undefined || value === undefined || condition < 0 || body < 0) return undefined;
  if (!new RegExp(`^\\(?\\s*${name}\\s*\\.\\s*hasNext\\s*\\(\\s*\\)\\s*\\)?$`).test(tree.text(condition))) return undefined;
  const iterable = tree.kind(value) === "method_invocation" ? tree.field(value, field.object) : -1;
  if (iterable < 0 || tree.text(tree.field(value, field.name)) !== "iterator" || argumentsOf(l, value).length > 0) return undefined;
  const [next, ...others] = callsOn(l, body, name, "next");
  if (next === undefined || others.length > 0 || namesIn(l, body, name).length > 1 || !isAlwaysRun(l, body, next)) return undefined;
  return withElements(l, iterable, body, [next]);
}

/** Whether a node lies in the first of the statements, in a place that runs whenever that does. */
function isAlwaysRun(l: Lowering, body: number, node: number): boolean {
  const [first] = statementsOf(l, body);
  if (first === undefined || !/^(?:expression_statement|local_variable_declaration)$/.test(l.tree.kind(first))) return false;
  return l.tree.start(node) >= l.tree.start(first) && l.tree.end(node) <= l.tree.end(first) && !/->|\?|&&|\|\|/.test(l.tree.text(first));
}

/** The counter of `int i = 0`. */
function startsAtZero(l: Lowering, init: number): string | undefined {
  const [name, value] = onlyDeclarator(l, init) ?? [];
  return value !== undefined && l.tree.text(value) === "0" ? name : undefined;
}

function onlyDeclarator({ tree, field }: Lowering, declaration: number): readonly [string, number] | undefined {
  if (declaration < 0 || tree.kind(declaration) !== "local_variable_declaration") return undefined;
  const [declarator, ...more] = tree.fieldsOf(declaration, field.declarator);
  const value = declarator === undefined || more.length > 0 ? -1 : tree.field(declarator, field.value);
  return declarator === undefined || value < 0 ? undefined : [tree.text(tree.field(declarator, field.name)), value];
}

/** `orders` of `i < orders.size()`, `ids` of `i < ids.length`. */
function countedBy({ tree, field }: Lowering, condition: number, counter: string): number | undefined {
  if (condition < 0 || tree.kind(condition) !== "binary_expression") return undefined;
  const [left, right] = [tree.field(condition, field.left), tree.field(condition, field.right)];
  if (left < 0 || right < 0 || tree.text(left) !== counter) return undefined;
  if (!/^\s*(?:<|!=)\s*$/.test(tree.flat.text.slice(tree.end(left), tree.start(right)))) return undefined;
  const kind = tree.kind(right);
  if (kind === "field_access" && tree.text(tree.field(right, field.field)) === "length") return tree.field(right, field.object);
  if (kind !== "method_invocation" || tree.text(tree.field(right, field.name)) !== "size") return undefined;
  return tree.text(tree.field(right, field.arguments)) === "()" ? tree.field(right, field.object) : undefined;
}

/** The name of a variable or field: whatever is called in every round may be another list each time. */
function listName({ tree }: Lowering, node: number): string | undefined {
  const text = node < 0 ? "" : tree.text(node);
  return /^(?:this\.)?\w+$/.test(text) ? text : undefined;
}

/** Every place that gives the element of the round; undefined where the counter or the list is used for more. */
function givenByCounter(l: Lowering, body: number, counter: string, list: string): readonly number[] | undefined {
  const { tree, field } = l;
  const { next } = tree.flat;
  const given: number[] = [];
  for (let node = body; node < (next[body] as number); node++) {
    const kind = tree.kind(node);
    if (kind === "method_invocation" && tree.text(tree.field(node, field.name)) === "get") {
      const [index, ...more] = argumentsOf(l, node);
      if (index !== undefined && more.length === 0 && tree.text(index) === counter && isNamed(l, tree.field(node, field.object), list)) {
        given.push(node);
        node = (next[node] as number) - 1;
        continue;
      }
    }
    if (
      kind === "array_access" &&
      tree.text(tree.field(node, field.index)) === counter &&
      isNamed(l, tree.field(node, field.array), list)
    ) {
      given.push(node);
      node = (next[node] as number) - 1;
      continue;
    }
    if (kind === "identifier" && tree.text(node) === counter) return undefined;
    if (
      kind === "method_invocation" &&
      isNamed(l, tree.field(node, field.object), list) &&
      !ASKS.test(tree.text(tree.field(node, field.name)))
    )
      return undefined;
    if (kind === "argument_list" && tree.children(node).some((argument) => isNamed(l, argument, list))) return undefined;
    if (kind === "update_expression" || kind === "assignment_expression") {
      const target = kind === "update_expression" ? (tree.children(node)[0] ?? -1) : tree.field(node, field.left);
      if (target >= 0 && (tree.kind(target) === "array_access" || isNamed(l, target, list))) return undefined;
    }
  }
  return given.length === 0 ? undefined : given;
}

/** What is asked of a list that stays as it is. */
const ASKS = /^(?:size|isEmpty|contains|containsAll|indexOf|stream|equals|hashCode|toString)$/;

const isNamed = ({ tree }: Lowering, node: number, name: string): boolean => node >= 0 && tree.text(node) === name;

const argumentsOf = ({ tree, field }: Lowering, call: number): readonly number[] => {
  const list = tree.field(call, field.arguments);
  return list < 0 ? [] : tree.children(list);
};

function callsOn(l: Lowering, root: number, name: string, method: string): readonly number[] {
  const { tree, field } = l;
  const found: number[] = [];
  for (let node = root; node < (tree.flat.next[root] as number); node++)
    if (
      tree.kind(node) === "method_invocation" &&
      isNamed(l, tree.field(node, field.object), name) &&
      isNamed(l, tree.field(node, field.name), method)
    )
      found.push(node);
  return found;
}

function namesIn({ tree }: Lowering, root: number, name: string): readonly number[] {
  const found: number[] = [];
  for (let node = root; node < (tree.flat.next[root] as number); node++)
    if (tree.kind(node) === "identifier" && tree.text(node) === name) found.push(node);
  return found;
}

const statementsOf = ({ tree }: Lowering, body: number): readonly number[] => (tree.kind(body) === "block" ? tree.children(body) : [body]);

/** The loop with the variable that its first statement declares, which nothing sets again, or else with the expression itself. */
function withElements(l: Lowering, iterable: number, body: number, given: readonly number[] | undefined): ElementLoop | undefined {
  const [one] = given ?? [];
  if (given === undefined || one === undefined) return undefined;
  const { tree } = l;
  const [first] = tree.kind(body) === "block" ? statementsOf(l, body) : [];
  const [name, value] = first === undefined ? [] : (onlyDeclarator(l, first) ?? []);
  const isDeclared = value !== undefined && given.includes(withoutCast(l, value));
  if (first !== undefined && name !== undefined && isDeclared && !isSet(l, body, name))
    return { iterable, body, declared: first, element: name, given };
  return { iterable, body, declared: -1, element: tree.text(one).replace(/\s+/g, ""), given };
}

/** `(Order) orders.get(i)` of a list without a type. */
function withoutCast({ tree, field }: Lowering, value: number): number {
  let at = value;
  while (tree.kind(at) === "cast_expression" || tree.kind(at) === "parenthesized_expression")
    at = tree.kind(at) === "cast_expression" ? tree.field(at, field.value) : (tree.children(at)[0] as number);
  return at;
}

function isSet({ tree, field }: Lowering, body: number, name: string): boolean {
  for (let node = body; node < (tree.flat.next[body] as number); node++) {
    const kind = tree.kind(node);
    const target =
      kind === "assignment_expression" ? tree.field(node, field.left) : kind === "update_expression" ? tree.children(node)[0] : -1;
    if (target !== undefined && target >= 0 && tree.text(target) === name) return true;
  }
  return false;
}

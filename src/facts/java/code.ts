import { holdsKindNumber, mayHold, type PackedCode, WORDS } from "../packedCode.ts";

export { CodePacker, detached, NO_CODE, type PackedCode } from "../packedCode.ts";

const KINDS = [
  "other",
  "name",
  "field",
  "call",
  "new",
  "lambda",
  "reference",
  "literal",
  "binary",
  "unary",
  "assign",
  "conditional",
  "cast",
  "index",
  "instanceof",
  "switch",
  "case",
  "array",
  "class",
  "this",
  "super",
  "block",
  "local",
  "if",
  "for",
  "foreach",
  "while",
  "do",
  "return",
  "throw",
  "try",
  "catch",
  "synchronized",
  "labeled",
  "break",
  "continue",
  "yield",
  "parameter",
  "method",
  "assert",
] as const;

const ROLES = [
  "none",
  "receiver",
  "argument",
  "condition",
  "then",
  "else",
  "body",
  "init",
  "update",
  "iterable",
  "value",
  "target",
  "left",
  "right",
  "resource",
  "finally",
  "parameter",
  "lock",
  "catch",
] as const;

/**
 * What a node is. Its text: the identifier of a name, field, call, reference, local, parameter, foreach, catch and method; the
 * operator of a binary, unary and assign; the value of a literal; the label of a labeled, break and continue. Its type: the type of
 * a new, cast, instanceof, class, local, parameter, foreach, catch and array; the sort of a literal ("String", "int", "boolean",
 * "char", "null").
 */
export type CodeKind = (typeof KINDS)[number];
export type CodeRole = (typeof ROLES)[number];

export const CODE_KIND = Object.fromEntries(KINDS.map((name, index) => [name, index])) as Readonly<Record<CodeKind, number>>;
export const CODE_ROLE = Object.fromEntries(ROLES.map((name, index) => [name, index])) as Readonly<Record<CodeRole, number>>;

export interface CodeNode {
  readonly kind: CodeKind;
  /** What the node is to its parent. */
  readonly role: CodeRole;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly type: string;
  /** Where the identifier starts that `text` holds. */
  readonly nameStart: number;
  /** An expression whose value nobody uses. */
  readonly statement: boolean;
  readonly parent: CodeNode | undefined;
  readonly children: readonly CodeNode[];
}

/** Unpacks the subtree at `index`. */
export function unpack(code: PackedCode, index: number): CodeNode {
  return unpackUnder(code, index, undefined, []);
}

/** Every node of the subtree at `index`, the root first, in source order. */
export function unpackNodes(code: PackedCode, index: number): readonly CodeNode[] {
  const nodes: CodeNode[] = [];
  unpackUnder(code, index, undefined, nodes);
  return nodes;
}

function unpackUnder(code: PackedCode, index: number, parent: CodeNode | undefined, nodes: CodeNode[]): CodeNode {
  const { words, strings } = code;
  const at = index * WORDS;
  const head = words[at] as number;
  const text = words[at + 4] as number;
  const type = words[at + 5] as number;
  const node: Filled<CodeNode> = {
    kind: KINDS[head & 0xff] as CodeKind,
    role: ROLES[(head >>> 8) & 0xff] as CodeRole,
    start: words[at + 1] as number,
    end: words[at + 2] as number,
    text: text === 0 ? "" : (strings[text - 1] as string),
    type: type === 0 ? "" : (strings[type - 1] as string),
    nameStart: words[at + 6] as number,
    statement: ((head >>> 16) & 1) === 1,
    parent,
    children: NO_CHILDREN,
  };
  nodes.push(node);
  const end = words[at + 3] as number;
  const first = index + 1;
  if (first >= end) return node;
  const second = words[first * WORDS + 3] as number;
  const one = unpackUnder(code, first, node, nodes);
  if (second >= end) {
    node.children = [one];
    return node;
  }
  const third = words[second * WORDS + 3] as number;
  const two = unpackUnder(code, second, node, nodes);
  // A list that grows takes room for seventeen at once; most nodes have one or two children.
  const children = [one, two];
  for (let child = third; child < end; child = words[child * WORDS + 3] as number) children.push(unpackUnder(code, child, node, nodes));
  node.children = children;
  return node;
}

type Filled<T> = { -readonly [K in keyof T]: T[K] };

const NO_CHILDREN = Object.freeze<CodeNode[]>([]) as CodeNode[];

/** The child in a role, where there is at most one. */
export function childOf(node: CodeNode, role: CodeRole): CodeNode | undefined {
  return node.children.find((child) => child.role === role);
}

export function childrenOf(node: CodeNode, role: CodeRole): readonly CodeNode[] {
  return node.children.filter((child) => child.role === role);
}

/** Every node of a subtree, the root first, in source order. */
export function nodesOf(root: CodeNode): readonly CodeNode[] {
  const nodes: CodeNode[] = [];
  addNodes(root, nodes);
  return nodes;
}

function addNodes(node: CodeNode, nodes: CodeNode[]): void {
  nodes.push(node);
  const { children } = node;
  for (let i = 0; i < children.length; i++) addNodes(children[i] as CodeNode, nodes);
}

/** The nodes around one, the nearest first. */
export function* ancestorsOf(node: CodeNode): Generator<CodeNode> {
  for (let at = node.parent; at !== undefined; at = at.parent) yield at;
}

/** A function as it is given, with the casts that say which interface it is of: `(Runnable) () -> …`. */
export function asGiven(fn: CodeNode): CodeNode {
  let at = fn;
  while (at.parent?.kind === "cast") at = at.parent;
  return at;
}

/** Whether a node runs in another body than the one around it: in a lambda, or in a method of a local class. */
export function isInLambda(node: CodeNode): boolean {
  for (const { kind } of ancestorsOf(node)) if (kind === "lambda" || kind === "method") return true;
  return false;
}

/** Which strings of a file are among some names: a flag for each text and type of a node. Undefined for none of them. */
export function stringsNamed(code: PackedCode, names: readonly string[]): Uint8Array | undefined {
  let named: Uint8Array | undefined;
  for (const name of names) {
    const index = mayHold(code, name) ? code.strings.indexOf(name) : -1;
    if (index >= 0) (named ??= new Uint8Array(code.strings.length + 1))[index + 1] = 1;
  }
  return named;
}

/** `stringsNamed` for very many names. */
export function stringsAmong(code: PackedCode, names: ReadonlySet<string>): Uint8Array | undefined {
  const { strings } = code;
  let named: Uint8Array | undefined;
  for (let i = 0; i < strings.length; i++) if (names.has(strings[i] as string)) (named ??= new Uint8Array(strings.length + 1))[i + 1] = 1;
  return named;
}

/** Whether a subtree holds a node of one of these kinds: unpacks nothing. */
export const holdsKind = (code: PackedCode, index: number, ...kinds: readonly CodeKind[]): boolean =>
  holdsKindNumber(
    code,
    index,
    kinds.map((kind) => CODE_KIND[kind]),
  );

/** What `new X(…)`, `X::new` and `X.builder()` in a subtree make, as written: a question that unpacks nothing. */
export function typesMade({ words, strings }: PackedCode, index: number): readonly string[] {
  const types: string[] = [];
  if (index < 0) return types;
  const end = words[index * WORDS + 3] as number;
  for (let node = index; node < end; node++) {
    const at = node * WORDS;
    const kind = (words[at] as number) & 0xff;
    const maker = kind === CODE_KIND.reference ? "new" : kind === CODE_KIND.call ? "builder" : undefined;
    if (kind !== CODE_KIND.new && (maker === undefined || strings[(words[at + 4] as number) - 1] !== maker)) continue;
    const made = kind === CODE_KIND.new ? words[at + 5] : words[at + WORDS + 4];
    if (made !== undefined && made > 0) types.push(strings[made - 1] as string);
  }
  return types;
}

/** Whether a subtree uses one of the strings that are flagged, as text or as type: a question that unpacks nothing. */
export function mentions({ words }: PackedCode, index: number, named: Uint8Array): boolean {
  if (index < 0) return false;
  const end = (words[index * WORDS + 3] as number) * WORDS;
  for (let at = index * WORDS; at < end; at += WORDS)
    if (named[words[at + 4] as number] === 1 || named[words[at + 5] as number] === 1) return true;
  return false;
}

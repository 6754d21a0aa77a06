import { holdsKindNumber, type PackedCode, WORDS } from "../packedCode.ts";

const KINDS = [
  "other",
  "name",
  "this",
  "super",
  "shorthand",
  "literal",
  "string",
  "list",
  "map",
  "pair",
  "record",
  "spread",
  "chain",
  "property",
  "call",
  "index",
  "bang",
  "cascade",
  "named",
  "closure",
  "parameter",
  "binary",
  "unary",
  "update",
  "assign",
  "conditional",
  "cast",
  "test",
  "await",
  "throw",
  "block",
  "statement",
  "local",
  "function",
  "destructure",
  "pattern",
  "if",
  "for",
  "foreach",
  "while",
  "do",
  "switch",
  "case",
  "try",
  "catch",
  "return",
  "yield",
  "assert",
  "jump",
] as const;

const ROLES = [
  "none",
  "head",
  "part",
  "argument",
  "value",
  "target",
  "condition",
  "then",
  "else",
  "body",
  "iterable",
  "init",
  "update",
  "parameter",
  "key",
  "pattern",
  "finally",
] as const;

const FLAGS = {
  /** `?.`, `?[`, `?..`, `...?` */
  nullAware: 1,
  constant: 2,
  created: 4,
  final: 8,
  late: 16,
  async: 32,
  generator: 64,
} as const;

/**
 * What a node is.
 *
 * A `chain` is a head and its parts in order: `a.b(c)?.d` has the head `a` and the parts property b, call, property d. Its parts
 * are property, call, index, bang and cascade; a cascade has parts of its own and, where it assigns, a value. A creation with
 * `const` or `new` is a chain with that flag. A name alone is a `name`, without a chain.
 *
 * Its text: the identifier of a name, property, named argument, parameter, local, foreach and function; the operator of a binary,
 * unary, update, assign and cascade; the source of a literal or string (cut at 200 units, at 4,000 where it begins as a statement of
 * SQL); the word of a jump. Its type: the type
 * of a local, parameter, function, cast, test, pattern and foreach; the type arguments of a name, call, list and map.
 */
export type DartKind = (typeof KINDS)[number];
export type DartRole = (typeof ROLES)[number];
export type DartFlag = keyof typeof FLAGS;

const indexOf = <T extends string>(names: readonly T[]) =>
  Object.fromEntries(names.map((name, index) => [name, index])) as Readonly<Record<T, number>>;
export const DART_KIND = indexOf(KINDS);
export const DART_ROLE = indexOf(ROLES);
export const DART_FLAG: Readonly<Record<DartFlag, number>> = FLAGS;

export interface DartNode {
  readonly kind: DartKind;
  /** What the node is to its parent. */
  readonly role: DartRole;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly type: string;
  /** Where the identifier starts that `text` holds. */
  readonly nameStart: number;
  readonly flags: number;
  readonly parent: DartNode | undefined;
  readonly children: readonly DartNode[];
}

/** Unpacks the subtree at `index`. */
export function unpackDart(code: PackedCode, index: number): DartNode {
  return unpackUnder(code, index, undefined);
}

function unpackUnder(code: PackedCode, index: number, parent: DartNode | undefined): DartNode {
  const { words, strings } = code;
  const at = index * WORDS;
  const head = words[at] as number;
  const text = words[at + 4] as number;
  const type = words[at + 5] as number;
  const children: DartNode[] = [];
  const node: DartNode = {
    kind: KINDS[head & 0xff] as DartKind,
    role: ROLES[(head >>> 8) & 0xff] as DartRole,
    start: words[at + 1] as number,
    end: words[at + 2] as number,
    text: text === 0 ? "" : (strings[text - 1] as string),
    type: type === 0 ? "" : (strings[type - 1] as string),
    nameStart: words[at + 6] as number,
    flags: head >>> 16,
    parent,
    children,
  };
  const end = words[at + 3] as number;
  for (let child = index + 1; child < end; child = words[child * WORDS + 3] as number) children.push(unpackUnder(code, child, node));
  return node;
}

/** Whether a subtree holds a node of one of these kinds: unpacks nothing. */
export const holdsDartKind = (code: PackedCode, index: number, ...kinds: readonly DartKind[]): boolean =>
  holdsKindNumber(
    code,
    index,
    kinds.map((kind) => DART_KIND[kind]),
  );

export const hasFlag = (node: DartNode, flag: DartFlag): boolean => (node.flags & FLAGS[flag]) !== 0;

/** The child in a role, where there is at most one. */
export function childIn(node: DartNode, role: DartRole): DartNode | undefined {
  return node.children.find((child) => child.role === role);
}

/** Whether a node gives the name that it has as its text to something: to a local, a parameter, a function, a part of a pattern. */
export function bindsName(node: DartNode): boolean {
  const { kind, role } = node;
  if (kind === "name") return role === "parameter" || (role === "pattern" && !isLabel(node));
  return kind === "local" || kind === "parameter" || kind === "foreach" || kind === "function";
}

/** `x` of `(x: y)`: a part's own name, before the pattern that it is matched with. */
function isLabel({ parent, start }: DartNode): boolean {
  const siblings = parent?.children ?? [];
  return siblings[siblings.findIndex((sibling) => sibling.start === start) + 1]?.kind === "pattern";
}

/** Every node of a subtree, the root first, in source order. */
export function* nodesIn(root: DartNode): Generator<DartNode> {
  const open: DartNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) open.push(node.children[i] as DartNode);
  }
}

/** The nodes around one, the nearest first. */
export function* nodesAround(node: DartNode): Generator<DartNode> {
  for (let at = node.parent; at !== undefined; at = at.parent) yield at;
}

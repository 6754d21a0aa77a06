import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, mentions, nodesOf, stringsNamed, unpack } from "../../facts/java/code.ts";
import type { MethodNode } from "../calls/callGraph.ts";
import { dotted } from "../calls/typing/typer.ts";
import { constantText } from "../types/constants.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";

/** A method that asks a cache by itself, and fills it with what it reads where that has nothing. */
export interface HandRead {
  /** Spring's name of the cache; `Reader.field` for one of a library that a field holds. */
  readonly cache: string;
  /** Key of the method. */
  readonly reader: string;
  /** Entries of a field's cache go by themselves; undefined where Spring's cache manager decides. */
  readonly expires: boolean | undefined;
}

const ASKS = ["get", "getIfPresent"];
const FILLS: ReadonlySet<string> = new Set(["put", "putIfAbsent"]);
const EMPTIES = ["invalidate", "invalidateAll", "refresh", "asMap"];
const HOLDERS = /^(?:Cache|LoadingCache)$/;
const EXPIRY = ["expireAfterWrite", "expireAfterAccess", "expireAfter", "refreshAfterWrite", "expireAfterCreate"];

/**
 * Caches by hand in one file: `cacheManager.getCache("prices")`, and those of Caffeine and Guava in fields, which are asked and filled in one method that
 * writes nothing. What Redis is asked for by keys is left alone: whose keys these are is seldom known.
 */
export function handReadsIn(types: TypeIndex, file: JavaFile, nodes: readonly MethodNode[]): readonly HandRead[] {
  const verbs = holdsCaches(file) ? stringsNamed(file.java.code, ASKS) : undefined;
  if (verbs === undefined) return [];
  return nodes.flatMap((node) => {
    const asks = mentions(file.java.code, node.declared.method.body, verbs) && !node.sites.some(({ work }) => work?.kind === "write");
    return asks ? askedAndFilled(node, types).map((cache) => ({ reader: node.key, ...cache })) : [];
  });
}

/** Whether a file may hold a cache of Spring, Caffeine or Guava. */
const holdsCaches = ({ java }: JavaFile): boolean =>
  java.imports.some(({ name }) =>
    /^(?:org\.springframework\.cache\.|com\.github\.benmanes\.caffeine\.cache\.|com\.google\.common\.cache\.)/.test(name),
  );

function askedAndFilled({ declared: { owner, method } }: MethodNode, types: TypeIndex): readonly Omit<HandRead, "reader">[] {
  const nodes = nodesOf(unpack(owner.file.java.code, method.body));
  const cacheOf = (call: CodeNode): string | undefined => nameOf(childOf(call, "receiver"), nodes, owner, types);
  const asked = new Map<string, boolean>();
  for (const call of nodes) {
    if (call.kind !== "call" || !ASKS.includes(call.text)) continue;
    const cache = cacheOf(call);
    // `get(key, loader)` fills it, too.
    if (cache !== undefined) asked.set(cache, asked.get(cache) === true || isLoader(childrenOf(call, "argument")[1]));
  }
  const filled = new Set(nodes.flatMap((call) => (call.kind === "call" && FILLS.has(call.text) ? (cacheOf(call) ?? []) : [])));
  return [...asked]
    .filter(([cache, loads]) => (loads || filled.has(cache)) && !isEmptied(cache, owner))
    .map(([cache]) => ({ cache, expires: cache.startsWith(`${owner.type.name}.`) ? expires(owner) : undefined }));
}

/** Whether the class itself empties a cache in one of its fields; who else does is asked elsewhere. */
function isEmptied(cache: string, { file, type }: TypeEntry): boolean {
  if (!cache.startsWith(`${type.name}.`)) return false;
  const field = cache.slice(type.name.length + 1);
  const verbs = stringsNamed(file.java.code, EMPTIES);
  return type.methods.some(
    ({ body }) =>
      verbs !== undefined &&
      mentions(file.java.code, body, verbs) &&
      nodesOf(unpack(file.java.code, body)).some(
        (node) =>
          (node.kind === "call" || node.kind === "reference") && EMPTIES.includes(node.text) && childOf(node, "receiver")?.text === field,
      ),
  );
}

const isLoader = (argument: CodeNode | undefined): boolean => argument?.kind === "lambda" || argument?.kind === "reference";

/** The cache that an expression gives: `manager.getCache("prices")`, a local that holds it, or a field of the class. */
function nameOf(on: CodeNode | undefined, nodes: readonly CodeNode[], owner: TypeEntry, types: TypeIndex): string | undefined {
  if (on === undefined) return undefined;
  if (on.kind === "call" && on.text === "getCache") {
    const [argument] = childrenOf(on, "argument");
    return argument === undefined ? undefined : textOf(argument, owner, types);
  }
  if (on.kind === "call" && on.text === "requireNonNull") return nameOf(childOf(on, "argument"), nodes, owner, types);
  if (on.kind !== "name" && on.kind !== "field") return undefined;
  const local = nodes.find(({ kind, text }) => kind === "local" && text === on.text);
  if (local !== undefined) return nameOf(childOf(local, "value"), nodes, owner, types);
  const field = owner.type.fields.find(({ name }) => name === on.text);
  if (field === undefined || !HOLDERS.test(bareName(field.type)) || isSpring(owner.file)) return undefined;
  // One that is handed in is emptied, or ends its entries, as whoever makes it says.
  const isOwn = field.modifiers.includes("private") && owner.file.java.code.strings.includes("newBuilder");
  return isOwn ? `${owner.type.name}.${field.name}` : undefined;
}

function textOf(node: CodeNode, owner: TypeEntry, types: TypeIndex): string | undefined {
  if (node.kind === "literal") return node.text;
  const name = dotted(node);
  return name === undefined ? undefined : constantText({ kind: "reference", name }, owner, types);
}

const isSpring = ({ java }: JavaFile): boolean => java.imports.some(({ name }) => name === "org.springframework.cache.Cache");

const expires = ({ file }: TypeEntry): boolean => EXPIRY.some((setter) => file.java.code.strings.includes(setter));

import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import { simpleName } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { Entity, EntityLookup } from "../mapping/entity.ts";
import { springDataBase } from "../repositories/repository.ts";
import type { Query } from "../scans/query.ts";
import type { Frame } from "./texts/frame.ts";

/** The interfaces of Quarkus's Panache whose first type argument is the entity. */
const PANACHE_REPOSITORIES: ReadonlySet<string> = new Set(["PanacheRepository", "PanacheRepositoryBase"]);

/** The entity that a call of Panache asks for: `on` is the qualified name of the entity itself, or of what is its repository. */
export function panacheEntity(types: TypeIndex, entities: EntityLookup, on: string, near: string): Entity | undefined {
  const itself = entities(on);
  if (itself !== undefined) return itself.kind === "entity" ? itself : undefined;
  const entry = types.declared(on, near);
  const base = entry && springDataBase(types, entry, PANACHE_REPOSITORIES, new Map(), new Set());
  const asked = base?.args[0] && entities(base.args[0].name);
  return asked?.kind === "entity" ? asked : undefined;
}

/** What a call of Panache asks for, but for what its text says. */
export interface PanacheCall extends Pick<Query, "kind" | "limit" | "dynamicSort" | "returns"> {
  /** Undefined where all rows are meant. */
  readonly text: CodeNode | undefined;
  /** How many values it gives for places in the text. */
  readonly values: number;
}

/** Undefined for calls that load by the key, or send no text. */
export function panacheCall(call: CodeNode, { code }: Frame): PanacheCall | undefined {
  const [form, kind] = FORMS[call.text] ?? [];
  if (form === undefined || kind === undefined) return undefined;
  const [text, ...given] = childrenOf(call, "argument");
  if (form === "text" && text === undefined) return undefined;
  const isSort = (node: CodeNode | undefined): boolean => {
    const type = node && code.typer.typeOf(node);
    const on = node?.kind === "call" ? childOf(node, "receiver") : undefined;
    return (type && simpleName(type)) === "Sort" || on?.text === "Sort";
  };
  const values = given.filter((node) => !isSort(node));
  const dynamicSort = isSort(text) || values.length < given.length;
  const behind = call.text.startsWith("find") ? sentBehind(call) : undefined;
  return {
    kind: behind?.kind ?? kind,
    limit: behind?.limit ?? "none",
    returns: behind?.returns ?? (kind === "find" ? (call.text.startsWith("stream") ? "stream" : "list") : "scalar"),
    dynamicSort,
    text: form === "text" && !isSort(text) ? text : undefined,
    values: values.length,
  };
}

/** `find(…).page(page).list()`: what is asked of the query that a call has made. */
function sentBehind(call: CodeNode): Partial<PanacheCall> {
  let limit: Query["limit"] = "none";
  for (let at: CodeNode = call; at.role === "receiver" && at.parent?.kind === "call"; at = at.parent) {
    const { text } = at.parent;
    if (/^(?:page|range)$/.test(text)) limit = "page";
    if (/^firstResult/.test(text)) return { limit: 1, returns: text === "firstResult" ? "one" : "optional" };
    if (/^singleResult/.test(text)) return { limit, returns: text === "singleResult" ? "one" : "optional" };
    if (text === "count") return { kind: "count", returns: "scalar" };
    if (text === "stream") return { limit, returns: "stream" };
  }
  return { limit };
}

/** By method, whether it takes a text, and what it sends. */
const FORMS: Readonly<Record<string, readonly ["text" | "all", Query["kind"]]>> = Object.assign(Object.create(null), {
  find: ["text", "find"],
  findAll: ["all", "find"],
  list: ["text", "find"],
  listAll: ["all", "find"],
  stream: ["text", "find"],
  streamAll: ["all", "find"],
  count: ["text", "count"],
  delete: ["text", "delete"],
  update: ["text", "update"],
});

/**
 * The JPQL that Panache makes of a text that may leave out what every query of the entity begins with.
 * https://quarkus.io/guides/hibernate-orm-panache#simplified-queries
 */
export function panacheJpql({ kind, values }: Pick<PanacheCall, "kind" | "values">, given: string, { entityName }: Entity): string {
  const text = given.trim();
  const first = /^\w+(?=\s|$)/.exec(text.toLowerCase())?.[0] ?? "";
  const from = `${BEGINS[kind] ?? ""}from ${entityName}`.replace(/^update from /, "update ");
  if (text === "") return from;
  const hasMore = /\s/.test(text);
  if (hasMore && (first === "select" || first === "with" || first === kind)) return text;
  if (hasMore && first === "from") return `${BEGINS[kind] ?? ""}${text}`.replace(/^update from /i, "update ");
  if (hasMore && (first === "order" || first === "where" || (first === "set" && kind === "update"))) return `${from} ${text}`;
  const condition = !hasMore && !text.includes("=") && values === 1 ? `${text} = ?1` : text;
  return kind === "update" ? `${from} set ${condition}` : `${from} where ${condition}`;
}

/** What stands before FROM. */
const BEGINS: Partial<Readonly<Record<Query["kind"], string>>> = { count: "select count(*) ", delete: "delete ", update: "update " };

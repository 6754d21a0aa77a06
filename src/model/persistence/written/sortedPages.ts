import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodCode } from "../../calls/callGraph.ts";
import { heldBy } from "../../calls/locals.ts";
import type { Entity } from "../mapping/entity.ts";
import { attributeNamed } from "./specifications.ts";

/**
 * The JPQL of `orders.findAll(PageRequest.of(page, 20, Sort.by("createdAt").descending()))`; undefined where the order is not written down
 * at the call, or the call gives more than a page.
 */
export function sortedPage(call: CodeNode, code: MethodCode, { entityName }: Entity): string | undefined {
  const [page, ...more] = call.text === "findAll" ? childrenOf(call, "argument") : [];
  const keys = page === undefined || more.length > 0 ? undefined : keysOfPage(page, code);
  if (keys === undefined || keys.length === 0) return undefined;
  return `select e from ${entityName} e order by ${keys.map(({ attribute, descends }) => `e.${attribute}${descends ? " desc" : ""}`).join(", ")}`;
}

export interface SortKey {
  readonly attribute: string;
  readonly descends: boolean;
}

/** `PageRequest.of(page, size, sort)`, `PageRequest.of(page, size, Direction.DESC, "createdAt")`, `PageRequest.of(page, size).withSort(sort)`. */
export function keysOfPage(written: CodeNode, code: MethodCode): readonly SortKey[] | undefined {
  const page = held(written, code);
  if (page.kind !== "call") return undefined;
  const args = childrenOf(page, "argument");
  const given =
    page.text === "withSort" ? args : page.text === "of" && isNamed(childOf(page, "receiver"), "PageRequest") ? args.slice(2) : [];
  const [first, ...others] = given;
  if (first === undefined) return undefined;
  return others.length === 0 ? keysOfSort(held(first, code), code) : directed(given);
}

/** `Sort.by("a").descending()`, `Sort.by(Direction.DESC, "a")`, `Sort.by(Order.desc("a"))`, and one `and` another. */
function keysOfSort(sort: CodeNode, code: MethodCode): readonly SortKey[] | undefined {
  const on = sort.kind === "call" ? childOf(sort, "receiver") : undefined;
  if (on === undefined) return undefined;
  const args = childrenOf(sort, "argument");
  switch (sort.text) {
    case "by":
      if (!isNamed(on, "Sort")) return undefined;
      return args[0]?.kind === "call" ? all(args.map(keyOfOrder)) : directed(args);
    case "descending":
      return keysOfSort(held(on, code), code)?.map(({ attribute }) => ({ attribute, descends: true }));
    case "ascending":
      return keysOfSort(held(on, code), code)?.map(({ attribute }) => ({ attribute, descends: false }));
    case "and": {
      const [before, behind] = [keysOfSort(held(on, code), code), args[0] && keysOfSort(held(args[0], code), code)];
      return before && behind && [...before, ...behind];
    }
    default:
      return undefined;
  }
}

/** `Direction.DESC, "a", "b"`, and without a direction. */
function directed(args: readonly CodeNode[]): readonly SortKey[] | undefined {
  const direction = args[0]?.kind === "field" || args[0]?.kind === "name" ? /^(?:ASC|DESC)$/.exec(args[0].text)?.[0] : undefined;
  const names = (direction === undefined ? args : args.slice(1)).map(attributeNamed);
  return all(names.map((attribute) => (attribute === undefined ? undefined : { attribute, descends: direction === "DESC" })));
}

/** `Order.desc("a")`, `Sort.Order.asc("a")`. */
function keyOfOrder(order: CodeNode): SortKey | undefined {
  const [name] = childrenOf(order, "argument");
  const attribute = name === undefined ? undefined : attributeNamed(name);
  const isOrder = /^(?:asc|desc|by)$/.test(order.text) && isNamed(childOf(order, "receiver"), "Order");
  return isOrder && attribute !== undefined ? { attribute, descends: order.text === "desc" } : undefined;
}

const isNamed = (node: CodeNode | undefined, name: string): boolean =>
  /^(?:name|field|class)$/.test(node?.kind ?? "") && node?.text === name;

/** What a variable holds that is set once. */
function held(node: CodeNode, code: MethodCode): CodeNode {
  const local = node.kind === "name" ? code.typer.declarationOf(node) : undefined;
  return (local === undefined ? undefined : heldBy(code, local)) ?? node;
}

const all = <T>(found: readonly (T | undefined)[]): readonly T[] | undefined =>
  found.length > 0 && found.every((one) => one !== undefined) ? (found as readonly T[]) : undefined;

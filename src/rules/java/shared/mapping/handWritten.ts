import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { attributeOf } from "../../../../model/persistence/mapping/entity.ts";
import { withCapital, withoutCapital } from "../../../../text/capitals.ts";
import { isReadByHash } from "./lombok.ts";
import type { Mapping } from "./mappings.ts";

/** Calls that ask their arguments for a text, a hash code or whether they are equal. */
const ASKS: Readonly<Record<string, RegExp>> = {
  toString: /^(?:append|add|valueOf|toString|format|formatted|join|concat)$/,
  hashCode: /^(?:hash|hashCode|append)$/,
  equals: /^(?:equals?|append)$/,
};
/** Those of Commons Lang that read all fields. */
const ALL_FIELDS: Readonly<Record<string, string>> = {
  toString: "reflectionToString",
  hashCode: "reflectionHashCode",
  equals: "reflectionEquals",
};
/** What a bag and a proxy answer by themselves. */
const ASKS_ONE: ReadonlySet<string> = new Set("hash hashCode append equal equals".split(" "));
const ASKED_BEFORE = /^(?:isInitialized|isPropertyInitialized|isLoaded)$/;

/** The associations that a hand-written `toString`, `hashCode` or `equals` looks into, of those of its class. */
export function readByHand(model: Model, method: MethodNode, mappings: readonly Mapping[]): readonly Mapping[] {
  const { name, parameters, body } = method.declared.method;
  const asks = Object.hasOwn(ASKS, name) ? ASKS[name] : undefined;
  if (asks === undefined || body < 0 || parameters.length !== (name === "equals" ? 1 : 0)) return [];
  const { nodes } = model.calls.codeOf(method);
  const calls = nodes.filter(({ kind }) => kind === "call");
  if (calls.some(({ text }) => ASKED_BEFORE.test(text))) return [];
  const readsAll = calls.some((call) => call.text === ALL_FIELDS[name] && readsAllOf(call, name));
  const hidden = new Set(nodes.filter(({ kind }) => kind === "local" || kind === "parameter").map(({ text }) => text));
  return mappings.filter((mapping) => {
    const looks = (node: CodeNode) => isOwn(node, mapping.attribute.name, hidden) && looksInto(model, node, mapping, asks, name);
    const isAsked = name === "toString" || isReadByHash(model, mapping);
    return isAsked ? readsAll || nodes.some(looks) : nodes.some((node) => !ASKS_ONE.has(node.parent?.text ?? "") && looks(node));
  });
}

/** `reflectionHashCode(this)`, `reflectionEquals(this, other)`: names that come after it are left out. */
const readsAllOf = (call: CodeNode, method: string): boolean => {
  const [first, second, ...more] = childrenOf(call, "argument");
  return first?.kind === "this" && more.length === 0 && (second === undefined || method !== "hashCode");
};

/** `lines`, `this.lines`, `getLines()`. */
function isOwn(node: CodeNode, name: string, hidden: ReadonlySet<string>): boolean {
  if (node.kind === "name") return node.text === name && node.role !== "target" && !hidden.has(name);
  const on = childOf(node, "receiver");
  if (node.kind === "field") return node.text === name && on?.kind === "this";
  const getter = node.kind === "call" && node.text === `get${withCapital(name)}` && childOf(node, "argument") === undefined;
  return getter && (on === undefined || on.kind === "this");
}

function looksInto(model: Model, node: CodeNode, { attribute }: Mapping, asks: RegExp, method: string): boolean {
  const { parent, role } = node;
  if (parent === undefined) return false;
  if (role === "iterable") return attribute.kind !== "toOne";
  if (role === "left" || role === "right") return parent.text === "+" && method === "toString";
  if (parent.kind !== "call") return false;
  if (role === "argument") return asks.test(parent.text);
  if (role !== "receiver" || /^(?:equals|hashCode)$/.test(parent.text)) return role === "receiver" && asks.test(parent.text);
  if (attribute.kind !== "toOne") return parent.text !== "getClass";
  const target = model.persistence.entity(attribute.type);
  const property = target && attributeOf(target, withoutCapital(parent.text.replace(/^get(?=\p{Lu})/u, "")));
  // A proxy knows its key and its class.
  return property === undefined ? parent.text === "toString" : !property.id;
}

import { type CodeNode, childOf, childrenOf, mentions, stringsNamed } from "../../facts/java/code.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { heldBy } from "../../model/calls/locals.ts";
import type { Model } from "../../model/model.ts";
import { annotationNamed, constantNumberOf } from "../../model/types/constants.ts";
import { runsAtStartUp } from "../../model/web/startUp.ts";
import { defineRule } from "../rule.ts";
import { callsNearby } from "./shared/running/callsNearby.ts";
import { type Body, bodiesWith } from "./shared/running/hotPath.ts";
import { reachOf } from "./shared/running/reach.ts";

export const keyDerivedPerCall = defineRule({
  id: "java/key-derived-per-call",
  title: "The same key is derived from a password at each call",
  language: "java",
  certainty: "proven",
  cost: "17 ms of a processor for 65,536 rounds at each call, where a key in a field costs nothing",
  references: [
    "https://datatracker.ietf.org/doc/html/rfc8018#section-4.2",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/javax/crypto/spec/PBEKeySpec.html",
  ],
  messages: { again: "{{method}} derives the same key at each call, in {{rounds}}" },

  check({ file, model, report }) {
    for (const body of bodiesWith(model, file, ["PBEKeySpec", "Encryptors"])) {
      const { method } = body;
      const { owner, method: declared } = method.declared;
      const derived = derivationIn(model, body);
      if (derived === undefined) continue;
      const { node, password, salt, count } = derived;
      if (count !== undefined && count < FEWEST) continue;
      if (!isFixed(model, body, password) || !isFixed(model, body, salt) || isKept(body) || isCalledOnce(model, method)) continue;
      const { entry } = reachOf(model, method);
      // Hibernate calls it for each value of a column.
      const isConverter = owner.type.interfaces.some((name) => /(?:^|\.)AttributeConverter\b/.test(name));
      report({
        at: { start: node.start, end: node.end },
        message: "again",
        data: {
          method: `${owner.type.name}.${declared.name}`,
          rounds: count === undefined ? "as many rounds as are set" : `${count.toLocaleString("en-US")} rounds`,
        },
        ...(entry === undefined && !isConverter ? { certainty: "likely", severity: "information" } : {}),
        cost: `one derivation for each ${isConverter ? "value of the column" : (entry?.label ?? "call")}`,
      });
    }
  },
});

interface Derivation {
  readonly node: CodeNode;
  readonly password: CodeNode;
  readonly salt: CodeNode;
  /** Undefined where the number of rounds is not written down. */
  readonly count: number | undefined;
}

/** `new PBEKeySpec(password, salt, rounds, …)`, and Spring Security's encryptors, which derive their key when they are made. */
function derivationIn(model: Model, { nodes, method }: Body): Derivation | undefined {
  for (const node of nodes) {
    const [password, salt, rounds] = node.kind === "new" || node.kind === "call" ? childrenOf(node, "argument") : [];
    if (password === undefined || salt === undefined) continue;
    if (node.kind === "new" && /(?:^|\.)PBEKeySpec$/.test(node.type) && rounds !== undefined)
      return { node, password, salt, count: constantNumberOf(rounds, method.declared.owner, model.types) };
    if (ENCRYPTORS.test(node.text) && childOf(node, "receiver")?.text === "Encryptors") return { node, password, salt, count: 1_024 };
  }
  return undefined;
}

const ENCRYPTORS = /^(?:text|queryableText|standard|stronger|delux)$/;

/** Below that, a derivation takes less than a millisecond and a half. */
const FEWEST = 1_000;

/** Whether an expression has the same value at each call: made of literals, constants, and fields that are set once. */
function isFixed(model: Model, body: Body, node: CodeNode, depth = 0): boolean {
  if (depth > 6) return false;
  switch (node.kind) {
    case "literal":
      return true;
    case "name":
      return isFixedName(model, body, node, depth);
    case "field":
      return /^\p{Lu}[\p{Lu}\d_]*$/u.test(node.text) || (node.children[0]?.kind === "this" && isSetOnce(model, body, node.text));
    case "call":
      return (
        TRANSLATES.test(node.text) &&
        node.children.every(
          (inner) => (inner.kind === "name" && /^\p{Lu}\p{Ll}/u.test(inner.text)) || isFixed(model, body, inner, depth + 1),
        )
      );
    default:
      return false;
  }
}

/** The same text, or the bytes that it stands for. */
const TRANSLATES = /^(?:toCharArray|getBytes|decode|decodeHex|parseHex|parseHexBinary|getDecoder|of|trim)$/;

function isFixedName(model: Model, body: Body, name: CodeNode, depth: number): boolean {
  const local = body.typer.declarationOf(name);
  if (local !== undefined) {
    const value = heldBy(body, local);
    return value !== undefined && isFixed(model, body, value, depth + 1);
  }
  const { declared } = body.method;
  const index = declared.method.parameters.findIndex((parameter) => parameter.name === name.text);
  if (index < 0) return isSetOnce(model, body, name.text);
  // What a private method is given stands where it is called.
  if (!declared.method.modifiers.includes("private")) return false;
  const calls = callsNearby(model, body.method);
  return (
    calls.length > 0 &&
    calls.every(({ caller, site }) => {
      const around = { method: caller, ...model.calls.codeOf(caller) };
      const call = around.nodes[site.order];
      const given = call === undefined ? undefined : childrenOf(call, "argument")[index];
      return given !== undefined && isFixed(model, around, given, depth + 1);
    })
  );
}

/** A constant, a field that only constructors set, or one that configuration fills. */
function isSetOnce(model: Model, { method }: Body, name: string): boolean {
  const { file, type } = method.declared.owner;
  const field = type.fields.find((candidate) => candidate.name === name);
  if (field?.modifiers.includes("private") && field.initializer >= 0 && !isAssigned(model, file.file, name)) return true;
  return field?.modifiers.includes("final") === true || annotationNamed(field?.annotations ?? [], "Value") !== undefined;
}

const isAssigned = (model: Model, file: string, name: string): boolean =>
  model.calls
    .methodsIn(file)
    .some(
      (method) =>
        method.declared.method.body >= 0 && model.calls.codeOf(method).nodes.some(({ role, text }) => role === "target" && text === name),
    );

/** `key = …`: the method keeps what it derives. */
const isKept = ({ nodes, typer }: Body): boolean =>
  nodes.some(({ kind, children: [target] }) => {
    if (kind !== "assign" || target === undefined) return false;
    return target.kind === "field" || (target.kind === "name" && typer.declarationOf(target) === undefined);
  });

/** By constructors, initializers and start-up code of its own file, and by methods that keep what they get. */
function isCalledOnce(model: Model, method: MethodNode): boolean {
  const { owner, method: declared } = method.declared;
  const { code } = owner.file.java;
  const named = stringsNamed(code, [declared.name]);
  if (named !== undefined && owner.type.fields.some(({ initializer }) => mentions(code, initializer, named))) return true;
  const calls = callsNearby(model, method);
  return (
    calls.length > 0 &&
    calls.every(
      ({ caller }) =>
        caller.declared.method.kind !== "method" ||
        runsAtStartUp(caller) ||
        annotationNamed(caller.declared.method.annotations, "Bean") !== undefined ||
        isKept({ method: caller, ...model.calls.codeOf(caller) }),
    )
  );
}

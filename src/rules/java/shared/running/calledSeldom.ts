import { unpackNodes } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { isSeldom } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { callsNearby } from "./callsNearby.ts";

/**
 * A private method that is called for the sake of a field alone: by its initializer, which `@Getter(lazy = true)` runs once as well, by
 * a constructor, or behind the question whether the field is there.
 */
export function isCalledSeldom(model: Model, method: MethodNode): boolean {
  if (!method.declared.method.modifiers.includes("private")) return false;
  const calls = callsNearby(model, method);
  const seldom = calls.every(({ site, caller }) => isSeldom(site) || caller.declared.method.kind !== "method");
  return seldom && (calls.length > 0 || fillsField(method));
}

function fillsField({ declared: { owner, method } }: MethodNode): boolean {
  return owner.type.fields.some(
    ({ initializer }) =>
      initializer >= 0 &&
      unpackNodes(owner.file.java.code, initializer).some(
        ({ kind, text, children }) =>
          (kind === "call" || kind === "reference") &&
          text === method.name &&
          (kind === "reference" || children.filter(({ role }) => role === "argument").length === method.parameters.length),
      ),
  );
}

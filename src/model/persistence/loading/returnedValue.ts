import type { CodeNode } from "../../../facts/java/code.ts";
import type { EntityValue } from "./entityValue.ts";
import type { EntityValues } from "./entityValues.ts";
import { innermost } from "./expressionForms.ts";

/**
 * What the body returns: what the first return gives that can be followed. What the method is given comes back
 * only where no other return hands it to a method that gives something else, as `if (asIs) return all; return reread(all);` does.
 */
export function returnedValue(values: EntityValues, method: string): EntityValue | undefined {
  const returned = values.nodes.flatMap((node) =>
    node.kind === "return" && innermost(node) === undefined ? node.children.slice(0, 1) : [],
  );
  const known = returned.map((node) => values.of(node));
  const found = known.find((one) => one !== undefined);
  // What is one of many where a loop returns it is the only one to whoever called.
  const value = found === undefined || found.many || found.held !== undefined ? found : { ...found, each: undefined };
  if (value === undefined || !("parameter" in value.origin)) return value;
  return returned.some((node, index) => known[index] === undefined && asksAnother(values, node, method)) ? undefined : value;
}

/** A call of a method of the project that is not the method itself. */
function asksAnother(values: EntityValues, node: CodeNode, method: string): boolean {
  const site = values.sites.get(node);
  return site !== undefined && site.work === undefined && site.targets.length > 0 && !site.targets.includes(method);
}

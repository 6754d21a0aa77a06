import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../facts/java/code.ts";
import type { Typer } from "../typing/typer.ts";

/** Whether a made object outlives the call that makes it: returned, kept in a field, or given to whoever keeps it. */
export function isKept(node: CodeNode, typer: Typer): boolean {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    switch (around.kind) {
      case "return":
      case "lambda":
      case "new":
        return true;
      case "assign": {
        const target = childOf(around, "target");
        return target !== undefined && (target.kind === "field" || typer.declarationOf(target) === undefined);
      }
      case "local":
        return escapes(around, typer);
      case "call":
        // `adapter(new RestTemplate())` may keep it, `new RestTemplate().getForObject(…)` does not, and has something else to return.
        if (inner.role === "argument") return true;
        if (inner.role === "receiver" && !CONFIGURES.test(around.text)) return false;
        break;
      case "block":
        return false;
      default:
        break;
    }
    inner = around;
  }
  return false;
}

/** Calls that answer with the object itself. */
const CONFIGURES = /^(?:set|with|add|register|configure|enable|disable|build|mutate|find)(?:\p{Lu}|$)/u;

/** Whether a local is returned, kept in a field or given away. */
function escapes(local: CodeNode, typer: Typer): boolean {
  const scope = local.parent;
  if (scope === undefined) return false;
  return nodesOf(scope).some((node) => {
    if (node.kind !== "name" || node.text !== local.text || typer.declarationOf(node) !== local) return false;
    if (node.role === "argument" || node.parent?.kind === "return") return true;
    return node.role === "value" && node.parent?.kind === "assign";
  });
}

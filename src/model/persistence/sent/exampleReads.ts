import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { heldBy, usesOf } from "../../calls/locals.ts";

/** What MyBatis Generator writes for a table asks for the rows that an example describes. */
const BY_EXAMPLE = /^(?:select|count)ByExample(?:WithBLOBs)?$/;

/** What is said of an example besides conditions. */
const SAYS_NO_CONDITION: ReadonlySet<string> = new Set(["setOrderByClause", "setDistinct"]);

/** Whether a mapper is asked by an example that describes nothing: `orders.selectByExample(new OrderExample())`. */
export function isEmptyExample(calls: CallGraph, node: MethodNode, site: CallSite): boolean {
  if (!BY_EXAMPLE.test(site.name)) return false;
  const code = calls.codeOf(node);
  const call = code.nodes[site.order];
  const [given, ...more] = call?.kind === "call" ? childrenOf(call, "argument") : [];
  if (given === undefined || more.length > 0) return false;
  if (given.kind !== "name") return isNew(given) || (given.kind === "literal" && given.type === "null");
  const local = code.typer.declarationOf(given);
  const held = local === undefined ? undefined : heldBy(code, local);
  if (local === undefined || held === undefined || !isNew(held)) return false;
  return usesOf(code, local).every(
    ({ role, parent }) => parent === call || (role === "receiver" && parent?.kind === "call" && SAYS_NO_CONDITION.has(parent.text)),
  );
}

const isNew = (node: CodeNode): boolean =>
  node.kind === "new" && /Example$/.test(node.type) && childrenOf(node, "argument").every(({ kind }) => kind === "class");

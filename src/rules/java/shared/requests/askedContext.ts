import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../../facts/java/code.ts";
import type { Model } from "../../../../model/model.ts";
import type { Place } from "../../../../text/positions.ts";

/** Where code asks whose request it runs for. */
export interface AskedContext {
  readonly holder: string;
  /** The method itself asks one of Spring's, not one that it calls, nor a holder of the project's own. */
  readonly direct: boolean;
  readonly at: Place;
}

/** Spring's own, which a thread holds for the request that it serves. */
const HOLDERS = /^(?:SecurityContextHolder|LocaleContextHolder|RequestContextHolder)$/;
/** A project's own, for the same. */
const OWN_HOLDERS = /^(?=\p{Lu})\w*(?:Auth|User|Tenant|Login|Member)\w*(?:Context|Holder)$/u;
const asks = (text: string): boolean => HOLDERS.test(text) || OWN_HOLDERS.test(text);
const DEEPEST = 2;

/** The context of its thread that a method asks, itself or by methods that it calls directly; what is only logged is left out. */
export function contextOf(model: Model, method: string): AskedContext | undefined {
  const seen = new Set([method]);
  let frontier = [method];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const next: string[] = [];
    for (const key of frontier) {
      const node = model.calls.method(key);
      if (node === undefined || node.declared.method.body < 0 || (depth > 0 && node.remembered)) continue;
      const { file } = node.declared.owner.file;
      model.calls.noteBodies(file);
      if (node.declared.owner.file.java.code.strings.some(asks)) {
        const asked = nodesOf(model.calls.codeOf(node).body).find((one) => one.kind === "name" && asks(one.text) && !isTold(one));
        if (asked !== undefined)
          return { holder: asked.text, direct: depth === 0 && HOLDERS.test(asked.text), at: { file, start: asked.start, end: asked.end } };
      }
      for (const target of node.sites.flatMap(({ work, targets }) => (work === undefined && targets.length === 1 ? targets : [])))
        if (!seen.has(target)) {
          seen.add(target);
          next.push(target);
        }
    }
    frontier = next;
  }
  return undefined;
}

/** What is logged, or said of a failure, is no part of an answer. */
export function isTold(name: CodeNode): boolean {
  for (const around of ancestorsOf(name)) {
    if (around.kind === "throw") return true;
    if (around.kind !== "call") continue;
    const on = childOf(around, "receiver");
    if (around.text === "orElseThrow" && on !== undefined && !nodesOf(on).includes(name)) return true;
    if (LOGS.test(around.text) && on !== undefined && /^_?log(?:ger)?$/i.test(on.text)) return true;
  }
  return false;
}

const LOGS = /^(?:trace|debug|info|warn|warning|error|fine|finer|finest|log)$/;

import { childOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { constantOf, constantText } from "../../../../model/types/constants.ts";

/** What gives another number at each call. */
const NEXT = /\bnext\s*val\b|\bnext\s+value\s+for\b/i;

/** Whether a read, or the one that a call leads to, takes the next number of a sequence: asked again, it answers otherwise. */
export function takesNextNumber(model: Model, method: MethodNode, site: CallSite): boolean {
  if (site.work !== undefined) return asksForNext(model, method, site);
  const [target] = site.targets;
  const last = target === undefined ? undefined : model.effects.methodsFrom(target, "read").at(-1);
  const reader = last === undefined ? undefined : model.calls.method(last);
  if (reader === undefined) return false;
  model.calls.noteBody(reader);
  return reader.sites.some((own) => own.work?.kind === "read" && asksForNext(model, reader, own));
}

function asksForNext(model: Model, method: MethodNode, { targets, order }: CallSite): boolean {
  for (const key of targets) {
    const declared = model.calls.method(key)?.declared;
    if (declared === undefined) continue;
    const { owner } = declared;
    const texts = declared.method.annotations.flatMap(({ values }) =>
      values.map(({ value }) => constantText(value, { file: owner.file, type: owner.type }, model.types)),
    );
    if (texts.some((text) => text !== undefined && NEXT.test(text))) return true;
  }
  const { nodes } = model.calls.codeOf(method);
  const call = nodes[order];
  const { owner } = method.declared;
  return (
    call !== undefined &&
    nodesOf(call).some((node) => {
      const local = node.kind === "name" ? model.calls.codeOf(method).typer.declarationOf(node) : undefined;
      const value = local === undefined ? node : childOf(local, "value");
      return value !== undefined && NEXT.test(constantOf(value, { file: owner.file, type: owner.type }, model.types) ?? "");
    })
  );
}

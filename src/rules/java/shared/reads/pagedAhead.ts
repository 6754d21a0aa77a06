import { mentions, stringsNamed } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";

/** Whether PageHelper, which pages the next query of MyBatis on its thread, is asked for a page in a method or on the way to it. */
export function isPagedAhead(model: Model, { key }: MethodNode): boolean {
  return [key, ...model.effects.pathTo(key)].some((on) => {
    const declared = model.calls.method(on)?.declared;
    if (declared === undefined || declared.method.body < 0) return false;
    model.calls.noteBodies(declared.owner.file.file);
    const { code } = declared.owner.file.java;
    const asks = stringsNamed(code, ["startPage", "offsetPage"]);
    return asks !== undefined && mentions(code, declared.method.body, asks);
  });
}

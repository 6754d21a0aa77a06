import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";
import type { Type } from "../../../../model/types/type.ts";
import { accessorOf, isSameKey, keyOf } from "./keys.ts";
import type { LookedUp } from "./lookedUp.ts";

/** Of MyBatis-Plus: what finds one row by its key, and what finds many. */
const BULK_OF: Readonly<Record<string, string>> = { selectById: "selectBatchIds", getById: "listByIds" };
const OWNERS: ReadonlySet<string> = new Set(["BaseMapper", "MPJBaseMapper", "IService", "ServiceImpl"]);

/** What a mapper or a service of MyBatis-Plus looks up by a key of this type; it gives null where there is no such row. */
export function plusLookup(model: Model, file: string, call: CodeNode, given: Type | undefined, typer: Typer): LookedUp | undefined {
  const bulk = BULK_OF[call.text];
  if (bulk === undefined || childOf(call, "receiver") === undefined || !OWNERS.has(typer.calleeOf(call).library?.type ?? ""))
    return undefined;
  const entity = model.types.entryOf(typer.typeOf(call), file);
  const key = keyOf(given);
  if (entity === undefined || key === undefined) return undefined;
  for (const owner of model.types.lineage(entity)) {
    const id = owner.type.fields.find(({ annotations }) => annotations.some(({ name }) => /^(?:.*\.)?TableId$/.test(name)));
    if (id === undefined) continue;
    const accessor = accessorOf(model, entity, id.name);
    // Any value is taken for a key; only one of the same type is found in a map.
    if (accessor === undefined || !isSameKey(model.types.resolve(id.type, { file: owner.file, type: owner.type }), key)) return undefined;
    return { entity, property: id.name, accessors: [accessor], key, result: "one", bulk, addTo: undefined, needsKeys: true };
  }
  return undefined;
}

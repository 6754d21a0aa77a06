import { childrenOf } from "../../../facts/java/code.ts";
import { isMapping, type Mapping, mappingsCalled, partsOf } from "../../calls/mapStruct.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { BodyTest } from "../repositories/bodySearch.ts";
import { carries, isJudged, maySpeakOf } from "./handedOut.ts";

/**
 * Bodies that have MapStruct make something of an entity by a property of a name, its own or one of what it leads to. Properties on the
 * way are not typed here: one of the same name counts.
 */
export const mappedReads = (types: TypeIndex): BodyTest => ({
  mayHold: maySpeakOf,
  holds: (calls, method, entity, property) => {
    const { owner, method: declared } = method.declared;
    if (declared.body < 0 || !isJudged(method, entity)) return false;
    const { nodes, typer } = calls.codeOf(method);
    return nodes.some((node) => {
      if (node.kind !== "call" && node.kind !== "reference") return false;
      const given =
        node.kind === "reference" ? [typer.givenTo(node, 0)] : childrenOf(node, "argument").map((argument) => typer.typeOf(argument));
      if (!given.some((type) => carries(type, entity, typer))) return false;
      const mappings = mappingsCalled(types, typer.calleeOf(node), owner.file.file);
      return mappings.some((mapping) => reads(types, mapping, property, new Set()));
    });
  },
});

function reads(types: TypeIndex, mapping: Mapping, property: string, seen: Set<string>): boolean {
  const key = `${mapping.source.name} ${mapping.target.name} ${mapping.source.args[0]?.name}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return partsOf(types, mapping).some(({ path, by }) => path.includes(property) || (isMapping(by) && reads(types, by, property, seen)));
}

import { type CodeNode, childrenOf } from "../../facts/java/code.ts";
import { simpleName, type Type } from "../types/type.ts";
import { bareName, type TypeIndex } from "../types/typeIndex.ts";
import type { DeclaredMethod } from "./typing/callees.ts";
import type { Typer } from "./typing/typer.ts";

/** By the type that runs converters: its method, where its converters come from, and what they extend or implement. */
const RUNNERS: ReadonlyMap<string, { readonly method: string; readonly from: string; readonly kinds: readonly string[] }> = new Map([
  ["ModelMapper", { method: "map", from: "org.modelmapper", kinds: ["AbstractConverter", "Converter"] }],
  ["ConversionService", { method: "convert", from: "org.springframework.core.convert", kinds: ["Converter"] }],
]);

/** What `mapper.map(order, OrderDto.class)` is to make of its first argument: the type of its second, or what that is the class of. */
export function wantedType(call: CodeNode, typer: Typer): Type | undefined {
  const [, target] = childrenOf(call, "argument");
  const type = target === undefined ? undefined : typer.typeOf(target);
  return type !== undefined && simpleName(type) === "Class" ? type.args[0] : type;
}

/** The method of a converter of the workspace that a call runs, told by the two types: `OrderConverter extends AbstractConverter<Order, OrderDto>`. */
export function converterRun(types: TypeIndex, call: CodeNode, typer: Typer): DeclaredMethod | undefined {
  if (call.kind !== "call" || (call.text !== "map" && call.text !== "convert")) return undefined;
  const runner = RUNNERS.get(typer.calleeOf(call).library?.type ?? "");
  if (runner?.method !== call.text) return undefined;
  const [given] = childrenOf(call, "argument");
  const source = given === undefined ? undefined : typer.typeOf(given);
  const target = wantedType(call, typer);
  if (source === undefined || target === undefined) return undefined;
  for (const kind of runner.kinds) {
    for (const owner of types.namingAbove(kind)) {
      if (!owner.file.java.imports.some(({ name }) => name.startsWith(runner.from))) continue;
      const above = types.supertypesOf(owner).find(({ name }) => bareName(name) === kind);
      if (above?.args[0]?.name !== source.name || above.args[1]?.name !== target.name) continue;
      const method = owner.type.methods.find((one) => one.name === "convert" && one.parameters.length === 1 && one.body >= 0);
      if (method !== undefined) return { owner, method };
    }
  }
  return undefined;
}

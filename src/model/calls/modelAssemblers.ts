import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { simpleName, type Type } from "../types/type.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import type { Callee, DeclaredMethod } from "./typing/callees.ts";
import type { Typer } from "./typing/typer.ts";

/** What Spring HATEOAS runs for each element of a collection. */
export interface AssembledEach {
  readonly method: DeclaredMethod;
  /** The collection, or the page. */
  readonly of: CodeNode;
}

/** `assembler.toCollectionModel(orders)`, `pages.toModel(page, assembler)`: the `toModel` that an assembler of the workspace has for one. */
export function assembledEach(types: TypeIndex, call: CodeNode, { receiver }: Callee, typer: Typer): AssembledEach | undefined {
  if (call.kind !== "call" || (call.text !== "toCollectionModel" && call.text !== "toModel")) return undefined;
  const [of, second] = childrenOf(call, "argument");
  if (of === undefined) return undefined;
  const { file } = typer.entry.file;
  const owner =
    call.text === "toModel" ? types.entryOf(ofPages(receiver, second, typer), file) : assemblerOf(types, call, receiver, typer.entry);
  const method = owner?.type.methods.find((one) => one.name === "toModel" && one.parameters.length === 1 && one.body >= 0);
  return owner === undefined || method === undefined ? undefined : { method: { owner, method }, of };
}

const ofPages = (receiver: Type | undefined, assembler: CodeNode | undefined, typer: Typer): Type | undefined =>
  assembler !== undefined && receiver !== undefined && simpleName(receiver) === "PagedResourcesAssembler"
    ? typer.typeOf(assembler)
    : undefined;

/** `super.toCollectionModel(orders)` is called by an assembler that adds something to what it inherits. */
function assemblerOf(types: TypeIndex, call: CodeNode, receiver: Type | undefined, own: TypeEntry): TypeEntry | undefined {
  const on = childOf(call, "receiver");
  // `RepresentationModelAssembler.super` is the name of the interface here.
  const isOwn = on === undefined || on.kind === "super" || on.kind === "this" || on.text === "RepresentationModelAssembler";
  return isOwn ? own : types.entryOf(receiver, own.file.file);
}

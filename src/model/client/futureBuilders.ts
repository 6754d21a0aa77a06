import { type Creation, creationOf, namedArgument } from "../../facts/dart/chains.ts";
import { type DartNode, nodesIn } from "../../facts/dart/code.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { bodyOf } from "./bodies.ts";
import type { ClientModel } from "./clientModel.ts";

const BUILDERS: ReadonlyMap<string, Builds> = new Map([
  ["FutureBuilder", { argument: "future", what: "Future" }],
  ["StreamBuilder", { argument: "stream", what: "Stream" }],
]);

interface Builds {
  readonly argument: string;
  readonly what: "Future" | "Stream";
}

/** A builder that is given a future or a stream. */
export interface FutureBuilderCall extends Creation {
  readonly what: Builds["what"];
  readonly value: DartNode;
  /** The type argument of the builder; "" where it is left to the compiler, or is a wrapper's. */
  readonly holds: string;
}

/** `FutureBuilder(future: …)`, or a widget without a state that hands its own `future` to one. */
export function futureBuilderOf(node: DartNode, file: DartFile, model: ClientModel): FutureBuilderCall | undefined {
  const creation = creationOf(node);
  if (creation === undefined || creation.constructorName !== "") return undefined;
  const known = BUILDERS.get(creation.type);
  if (known !== undefined) {
    const value = model.classOf(creation.type, file) === undefined ? namedArgument(creation.call, known.argument) : undefined;
    return value === undefined ? undefined : { what: known.what, value, holds: creation.call.type, ...creation };
  }
  for (const { argument, what } of BUILDERS.values()) {
    const value = namedArgument(creation.call, argument);
    if (value !== undefined && handsOn(creation.type, argument, file, model)) return { what, value, holds: "", ...creation };
  }
  return undefined;
}

/** Whether the build method of a widget without a state gives its field of that name to a builder: Musify's AsyncLoader. */
function handsOn(widget: string, argument: string, file: DartFile, model: ClientModel): boolean {
  const entry = model.classOf(widget, file);
  if (entry === undefined || model.kindOf(entry) !== "stateless") return false;
  const build = model.methodOf(entry, "build");
  const body = build === undefined ? undefined : bodyOf(build.method, build.owner.file);
  if (body === undefined || !entry.type.fields.some(({ name }) => name === argument)) return false;
  return [...nodesIn(body)].some((node) => {
    const creation = creationOf(node);
    const builder = creation === undefined ? undefined : BUILDERS.get(creation.type);
    const given = creation === undefined || builder === undefined ? undefined : namedArgument(creation.call, builder.argument);
    return given?.kind === "name" && given.text === argument;
  });
}

import type { CodeNode } from "../../facts/java/code.ts";
import type { Place } from "../../text/positions.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import { placeOf } from "../calls/callSites.ts";
import { annotationNamed } from "../types/constants.ts";
import { simpleName, type Type } from "../types/type.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import type { WebModel } from "./webModel.ts";

interface Parts {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
  readonly web: WebModel;
}

/** The object that a field of GraphQL belongs to, which the method is given. */
export interface FieldParent {
  readonly type: Type;
  /** The parameter that holds it; -1 where the body asks the environment for it. */
  readonly parameter: number;
}

/** The object whose field a method gives; undefined where its type is not known. */
export function fieldParent({ types, calls }: Pick<Parts, "types" | "calls">, node: MethodNode): FieldParent | undefined {
  const { owner, method } = node.declared;
  const context = { file: owner.file, type: owner.type };
  for (const [parameter, { type: text, annotations }] of method.parameters.entries()) {
    if (annotations.length > 0 || NO_SOURCE.test(bareName(text))) continue;
    const type = types.resolve(text, context);
    if (type !== undefined && type.dimensions === 0) return { type, parameter };
  }
  if (annotationNamed(method.annotations, "DgsData") === undefined) return undefined;
  const source = calls.codeOf(node).nodes.find(({ kind, text }) => kind === "call" && /^getSource(?:OrThrow)?$/.test(text));
  const held = source === undefined ? undefined : typeGiven(source);
  const type = held === undefined ? undefined : types.resolve(held, context);
  return type === undefined ? undefined : { type, parameter: -1 };
}

/** What a method of Spring for GraphQL is given besides the source, and values of arguments. */
const NO_SOURCE =
  /^(?:\w*DataFetchingEnvironment|DataFetchingFieldSelectionSet|GraphQLContext|Principal|\w*Authentication\w*|DataLoader|Locale|Sort|Pageable|Scroll\w*|\w*Subrange|Arguments?|ArgumentValue|String|UUID|Long|Integer|Boolean|Double|long|int|boolean|double)$/;

/** "Show" of `Show show = environment.getSource()` and of `((Show) environment.getSource())`. */
function typeGiven(source: CodeNode): string | undefined {
  const around = source.parent;
  if (around?.kind === "cast") return around.type;
  return around?.kind === "local" && around.type !== "var" ? around.type : undefined;
}

/** How lists of a type come into an answer. */
export interface Listing {
  /** "orders", "Customer.orders". */
  readonly label: string;
  readonly at: Place;
}

/** So many types are looked at on the way from the fields to a list. */
const MOST_TYPES = 200;

/** A field of GraphQL that gives many objects of a type, or the property of an object that a field gives; undefined where none is seen. */
export function listingOf({ types, calls, web }: Parts, wanted: Type): Listing | undefined {
  const open: TypeEntry[] = [];
  const seen = new Set<string>();
  const enter = (type: Type, near: string): void => {
    const entry = seen.has(type.name) || seen.size >= MOST_TYPES ? undefined : types.entryOf(type, near);
    seen.add(type.name);
    if (entry !== undefined) open.push(entry);
  };
  for (const { method: key, file, graphQl } of web.triggers()) {
    if (graphQl === undefined) continue;
    const declared = calls.methodsIn(file).find((node) => node.key === key)?.declared;
    // What is told one after the other is each an answer of its own.
    if (declared === undefined || annotationNamed(declared.method.annotations, "SubscriptionMapping", "DgsSubscription") !== undefined)
      continue;
    const given = elementsOf(types.resolve(declared.method.returns, contextOf(declared.owner)));
    if (given === undefined) continue;
    if (given.many && given.type.name === wanted.name) return { label: declared.method.name, at: placeOf(declared) };
    enter(given.type, file);
  }
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { file } = entry.file;
    for (const owner of types.lineage(entry)) {
      for (const { name, type: text, modifiers, nameSpan } of owner.type.fields) {
        const given = modifiers.includes("static") ? undefined : elementsOf(types.resolve(text, contextOf(owner)));
        if (given === undefined) continue;
        if (given.many && given.type.name === wanted.name)
          return { label: `${owner.type.name}.${name}`, at: { file: owner.file.file, ...nameSpan } };
        enter(given.type, file);
      }
    }
  }
  return undefined;
}

const contextOf = ({ file, type }: TypeEntry) => ({ file, type });

const ONE: ReadonlySet<string> = new Set(
  "Optional Mono Uni CompletableFuture CompletionStage Future ResponseEntity DataFetcherResult Publisher".split(" "),
);
/** "RestPage", "ScrollableList" of a project's own, too. */
const MANY = /^(?:Iterable|Stream|Flux|Multi|Window)$|(?:List|Set|Collection|Page|Slice|Connection)(?:Result|Response|Data|Dto)?$/;

/** What a type holds, and whether it may be many of it. Of a map its values: a batch gives each object's. */
function elementsOf(given: Type | undefined): { readonly type: Type; readonly many: boolean } | undefined {
  let type = given;
  let many = false;
  while (type !== undefined) {
    const name = simpleName(type);
    if (type.dimensions > 0) return { type: { ...type, dimensions: 0 }, many: true };
    if (type.args.length === 0) return { type, many };
    many ||= MANY.test(name);
    if (!MANY.test(name) && !ONE.has(name) && name !== "Map") return { type, many };
    type = type.args.at(-1);
  }
  return undefined;
}

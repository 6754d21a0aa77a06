import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../model/calls/callSites.ts";
import type { Typer } from "../../../model/calls/typer.ts";
import { isRepository } from "../../../model/calls/work.ts";
import type { Model } from "../../../model/model.ts";
import { simpleName, type Type } from "../../../model/types/type.ts";
import type { TypeEntry } from "../../../model/types/typeIndex.ts";
import { type FileEdit, indentAt, insertAt, lineBreakOf, replace } from "../../../text/edits.ts";
import type { Fix, Sources } from "../../finding.ts";
import { importEdits } from "./imports.ts";
import { addRepositoryMethod } from "./repositoryMethod.ts";

/** One lookup in a loop, understood well enough to be rewritten. */
interface Lookup {
  readonly call: CodeNode;
  readonly loop: CodeNode;
  /** The expression that is iterated; its value is a collection. */
  readonly iterable: CodeNode;
  readonly argument: CodeNode;
  readonly entity: TypeEntry;
  /** The property that is looked up by, and its getter on the entity. */
  readonly property: string;
  readonly accessor: string;
  readonly key: Type;
  readonly result: "optional" | "one" | "list";
  /** The repository's method that answers for many keys, and its declaration where it must be added. */
  readonly bulk: string;
  readonly addTo: { readonly repository: TypeEntry; readonly declaration: string } | undefined;
}

const COLLECTION: ReadonlySet<string> = new Set(["Collection", "Page", "Slice"]);

/**
 * `for (x : xs) repo.findById(x.key())` → one `findAllById` (or `findBy…In`, added to the repository) before the loop, and a
 * lookup in a map inside it. Offered for a single key that depends on the loop's element alone.
 */
export function loadOnce(model: Model, method: MethodNode, site: CallSite): readonly Fix[] {
  const lookup = lookupAt(model, method, site);
  if (lookup === undefined) return [];
  const title =
    lookup.addTo === undefined ? `Load all with ${lookup.bulk} before the loop` : `Add ${lookup.bulk} and load all before the loop`;
  // The body is unpacked again when the edit is wanted: a finding that kept it would keep it for as long as it is shown.
  const build = (sources: Sources): readonly FileEdit[] | undefined => {
    const again = lookupAt(model, method, site);
    return again === undefined ? undefined : edits(model, method, again, sources);
  };
  return [{ title, safe: false, edits: build }];
}

function lookupAt(model: Model, method: MethodNode, site: CallSite): Lookup | undefined {
  if (site.work?.kind !== "read" || site.iterations.length !== 1) return undefined;
  const { nodes, typer } = model.calls.codeOf(method);
  const call = nodes[site.order];
  const lookup = call === undefined ? undefined : understand(model, method, call, typer);
  return lookup?.loop.start === site.iterations[0]?.at.start ? lookup : undefined;
}

function understand(model: Model, method: MethodNode, call: CodeNode, typer: Typer): Lookup | undefined {
  const loop = [...ancestorsOf(call)].find((around) => around.kind === "foreach" || around.kind === "lambda");
  const receiver = childOf(call, "receiver");
  const [argument, ...more] = childrenOf(call, "argument");
  if (
    call.kind !== "call" ||
    loop?.kind !== "foreach" ||
    loop.parent?.kind !== "block" ||
    receiver?.kind !== "name" ||
    argument === undefined ||
    more.length > 0
  )
    return undefined;
  const iterable = childOf(loop, "iterable");
  if (
    iterable === undefined ||
    !repeatable(iterable) ||
    !typer.isA(typer.typeOf(iterable), COLLECTION) ||
    !dependsOnlyOn(argument, loop.text, typer)
  )
    return undefined;
  const near = method.declared.owner.file.file;
  const repository = model.types.entryOf(typer.typeOf(receiver), near);
  if (repository === undefined || !isRepository(model.types, repository)) return undefined;
  const found = call.text === "findById" ? byId(model, repository, typer, call, argument) : byProperty(model, repository, call.text);
  return found === undefined ? undefined : { call, loop, iterable, argument, ...found };
}

type Found = Omit<Lookup, "call" | "loop" | "iterable" | "argument">;

function byId(model: Model, repository: TypeEntry, typer: Typer, call: CodeNode, argument: CodeNode): Found | undefined {
  // The type of the identifier may be a variable of a superclass; the argument's is one that can be written here.
  const key = keyOf(typer.typeOf(argument));
  const result = typer.typeOf(call);
  const entity = result === undefined ? undefined : model.types.entryOf(result.args[0], repository.file.file);
  if (result === undefined || simpleName(result) !== "Optional" || entity === undefined || key === undefined) return undefined;
  for (const owner of model.types.lineage(entity)) {
    const id = owner.type.fields.find((field) => field.annotations.some((annotation) => /^(.*\.)?(Id|EmbeddedId)$/.test(annotation.name)));
    if (id === undefined) continue;
    const accessor = accessorOf(model, entity, id.name);
    return accessor === undefined
      ? undefined
      : { entity, property: id.name, accessor, key, result: "optional", bulk: "findAllById", addTo: undefined };
  }
  return undefined;
}

/** `findByOwner(x)`: one property, no other condition. */
function byProperty(model: Model, repository: TypeEntry, name: string): Found | undefined {
  const property = /^(?:find|get|read)(?:All)?By(\p{Lu}\w*)$/u.exec(name)?.[1];
  const [declared] = model.types.methodsOf(repository, name);
  const [parameter] = declared?.method.parameters ?? [];
  if (property === undefined || declared === undefined || parameter === undefined || declared.method.parameters.length !== 1)
    return undefined;
  if (declared.method.annotations.some((annotation) => /Query$/.test(annotation.name))) return undefined;
  const returns = model.types.resolve(declared.method.returns, { file: declared.owner.file, type: declared.owner.type });
  const shape = returns === undefined ? undefined : shapeOf(model, returns, repository);
  if (shape === undefined) return undefined;
  const field = property.charAt(0).toLowerCase() + property.slice(1);
  const accessor = accessorOf(model, shape.entity, field);
  const key = keyOf(model.types.resolve(parameter.type, { file: declared.owner.file, type: declared.owner.type }));
  if (accessor === undefined || key === undefined) return undefined;
  const bulk = `findBy${property}In`;
  const exists = model.types.methodsOf(repository, bulk).length > 0;
  const declaration = `List<${shape.entity.type.name}> ${bulk}(Collection<${boxed(parameter.type)}> ${field}s);`;
  return {
    entity: shape.entity,
    property: field,
    accessor,
    key,
    result: shape.result,
    bulk,
    addTo: exists ? undefined : { repository, declaration },
  };
}

function shapeOf(
  model: Model,
  returns: Type,
  near: TypeEntry,
): { readonly entity: TypeEntry; readonly result: Lookup["result"] } | undefined {
  const direct = model.types.entryOf(returns, near.file.file);
  if (direct !== undefined) return { entity: direct, result: "one" };
  const inner = model.types.entryOf(returns.args[0], near.file.file);
  const name = simpleName(returns);
  if (inner === undefined || returns.args.length !== 1) return undefined;
  if (name === "Optional") return { entity: inner, result: "optional" };
  return name === "List" ? { entity: inner, result: "list" } : undefined;
}

/** The getter of a property as a method reference would name it; Lombok's and a record's are there without a declaration. */
function accessorOf(model: Model, entity: TypeEntry, property: string): string | undefined {
  const getter = `get${property.charAt(0).toUpperCase()}${property.slice(1)}`;
  if (model.types.methodsOf(entity, getter).some(({ method }) => method.parameters.length === 0)) return getter;
  const found = model.types.fieldOf(entity, property);
  if (found === undefined) return undefined;
  if (found.owner.type.kind === "record") return property;
  const lombok = [...found.owner.type.annotations, ...found.field.annotations].some((annotation) =>
    /^(.*\.)?(Getter|Data|Value)$/.test(annotation.name),
  );
  return lombok ? getter : undefined;
}

/** Names and getter calls: evaluating them a second time before the loop costs nothing and changes nothing. */
function repeatable(node: CodeNode): boolean {
  if (node.kind === "name" || node.kind === "this") return true;
  const on = childOf(node, "receiver");
  if (node.kind === "field") return on !== undefined && repeatable(on);
  return (
    node.kind === "call" &&
    /^(get|is)\p{Lu}/u.test(node.text) &&
    childrenOf(node, "argument").length === 0 &&
    (on === undefined || repeatable(on))
  );
}

/** A chain of getters that starts at the loop's element. */
function dependsOnlyOn(node: CodeNode, element: string, typer: Typer): boolean {
  if (node.kind === "name") return node.text === element && typer.declarationOf(node)?.kind === "foreach";
  const on = childOf(node, "receiver");
  return (
    (node.kind === "call" || node.kind === "field") &&
    on !== undefined &&
    childrenOf(node, "argument").length === 0 &&
    dependsOnlyOn(on, element, typer)
  );
}

function edits(model: Model, method: MethodNode, lookup: Lookup, sources: Sources): readonly FileEdit[] | undefined {
  const { file } = method.declared.owner;
  const text = sources.text(file.file);
  if (text === undefined || !text.startsWith(lookup.call.text, lookup.call.nameStart)) return undefined;
  const { call, loop, argument, result } = lookup;
  const source = (node: CodeNode): string => text.slice(node.start, node.end);
  const map = mapName(model, method, lookup);
  const key = source(argument);
  const elseNull = result === "optional" ? orElseNull(call) : undefined;
  const java = model.configuration.buildOf(file.file).java;
  const empty = java !== undefined && java < 9 ? "Collections.emptyList()" : "List.of()";
  const lookUp =
    elseNull !== undefined || result === "one"
      ? `${map}.get(${key})`
      : result === "optional"
        ? `Optional.ofNullable(${map}.get(${key}))`
        : `${map}.getOrDefault(${key}, ${empty})`;
  const wanted = [
    "java.util.Map",
    "java.util.stream.Collectors",
    lookup.entity.type.qualified,
    lookup.key.name,
    ...(result === "list" ? ["java.util.List"] : ["java.util.function.Function"]),
    ...(result === "list" && empty.startsWith("Coll") ? ["java.util.Collections"] : []),
    ...(result === "optional" && elseNull === undefined ? ["java.util.Optional"] : []),
  ];
  const change: FileEdit = {
    kind: "change",
    file: file.file,
    edits: [
      ...importEdits(file, text, wanted),
      insertAt(loop.start, loading(method, lookup, map, text)),
      replace(elseNull ?? call, lookUp),
    ],
  };
  if (lookup.addTo === undefined) return [change];
  if (file.file === lookup.addTo.repository.file.file) return undefined;
  const added = addRepositoryMethod({ ...lookup.addTo, imports: ["java.util.Collection", "java.util.List"] }, sources);
  return added === undefined ? undefined : [change, added];
}

const LONG_LINE = 120;

/** The statement before the loop, its lines broken as its surroundings are. */
function loading(method: MethodNode, { call, loop, iterable, argument, entity, ...lookup }: Lookup, map: string, text: string): string {
  const source = (node: CodeNode): string => text.slice(node.start, node.end);
  const lineBreak = lineBreakOf(text);
  const indent = indentAt(text, loop.start);
  const unit = indentAt(text, method.declared.method.span.start);
  const further = `${lineBreak}${indent}${unit.includes("\t") ? "\t\t" : unit.length === 2 ? "    " : "        "}`;
  const { name } = entity.type;
  const element = /^[\p{L}_][\w.]*$/u.test(loop.type) && loop.type !== "var" ? loop.type : undefined;
  const getter = argument.kind === "call" && childOf(argument, "receiver")?.kind === "name" ? argument.text : undefined;
  const toKey = element === undefined || getter === undefined ? `${loop.text} -> ${source(argument)}` : `${element}::${getter}`;
  const keys =
    argument.kind === "name" ? source(iterable) : `${source(iterable)}.stream().map(${toKey}).distinct().collect(Collectors.toList())`;
  const [held, collector] =
    lookup.result === "list"
      ? [`List<${name}>`, `Collectors.groupingBy(${name}::${lookup.accessor})`]
      : [name, `Collectors.toMap(${name}::${lookup.accessor}, Function.identity())`];
  const head = `Map<${simpleName(lookup.key)}, ${held}> ${map} = ${source(childOf(call, "receiver") as CodeNode)}`;
  const all = `.${lookup.bulk}(${keys}).stream()`;
  const broken = indent.length + head.length + all.length > LONG_LINE ? further : "";
  return `${head}${broken}${all}${further}.collect(${collector});${lineBreak}${indent}`;
}

/** `repo.findById(x).orElse(null)`: the map answers the same without an `Optional`. */
function orElseNull(call: CodeNode): CodeNode | undefined {
  const around = call.role === "receiver" && call.parent?.kind === "call" ? call.parent : undefined;
  const [other] = around === undefined ? [] : childrenOf(around, "argument");
  return around?.text === "orElse" && other?.kind === "literal" && other.type === "null" ? around : undefined;
}

/** "ordersById"; numbered where the method has another already. */
function mapName(model: Model, method: MethodNode, { entity, property }: Lookup): string {
  const one = entity.type.name.replace(/^(?:\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+$|\p{Lu})/u, (start) => start.toLowerCase());
  const many = /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : /(?:s|x|ch|sh)$/.test(one) ? `${one}es` : `${one}s`;
  const name = `${many}By${property.charAt(0).toUpperCase()}${property.slice(1)}`;
  const taken = new Set([
    ...model.calls.codeOf(method).nodes.map((node) => node.text),
    ...method.declared.method.parameters.map((parameter) => parameter.name),
  ]);
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}

const BOXES: Readonly<Record<string, string>> = {
  int: "Integer",
  long: "Long",
  short: "Short",
  byte: "Byte",
  boolean: "Boolean",
  char: "Character",
  double: "Double",
  float: "Float",
};
const boxed = (type: string): string => BOXES[type] ?? type;

/** A type that a map's key can be declared with: a whole one, whose name says where it comes from or needs no import. */
function keyOf(type: Type | undefined): Type | undefined {
  if (type === undefined || type.dimensions > 0 || type.args.length > 0) return undefined;
  const name = boxed(type.name);
  return name.includes(".") || /^(?:String|Long|Integer|Short|Byte|Character|Boolean)$/.test(name) ? { ...type, name } : undefined;
}

import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../model/calls/callSites.ts";
import type { Model } from "../../../model/model.ts";
import { simpleName } from "../../../model/types/type.ts";
import { withCapital } from "../../../text/capitals.ts";
import { type FileEdit, indentAt, insertAt, lineBreakOf, replace } from "../../../text/edits.ts";
import type { Fix, Sources } from "../../finding.ts";
import { importEdits } from "./imports.ts";
import { type Lookup, lookupAt } from "./lookupInLoop.ts";
import { lowerFirst, pluralOf } from "./plurals.ts";
import { addRepositoryMethod } from "./repositoryMethod.ts";

/**
 * `for (x : xs) repo.findById(x.key())`, and the same in a step of a stream → one `findAllById` (or `findBy…In`, added to the repository)
 * before the loop, and a lookup in a map inside it. Offered for a single key that depends on the loop's element alone.
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

function edits(model: Model, method: MethodNode, lookup: Lookup, sources: Sources): readonly FileEdit[] | undefined {
  const { file } = method.declared.owner;
  const text = sources.text(file.file);
  if (text === undefined || !text.startsWith(lookup.call.text, lookup.call.nameStart)) return undefined;
  const { call, statement, argument, result } = lookup;
  const source = (node: CodeNode): string => text.slice(node.start, node.end);
  const map = mapName(model, method, lookup);
  const key = argument === undefined ? freeName(model, method, "key") : source(argument);
  const elseNull = result === "optional" ? orElseNull(call) : undefined;
  const java = model.configuration.buildOf(file.file).java;
  const empty = java !== undefined && java < 9 ? "Collections.emptyList()" : "List.of()";
  const found =
    elseNull !== undefined || result === "one"
      ? `${map}.get(${key})`
      : result === "optional"
        ? `Optional.ofNullable(${map}.get(${key}))`
        : `${map}.getOrDefault(${key}, ${empty})`;
  const lookUp = argument === undefined ? `${key} -> ${found}` : found;
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
      insertAt(statement.start, loading(method, lookup, map, text)),
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
function loading(
  method: MethodNode,
  { call, loop, statement, iterable, fromElement, entity, ...lookup }: Lookup,
  map: string,
  text: string,
): string {
  const source = (node: CodeNode): string => text.slice(node.start, node.end);
  const lineBreak = lineBreakOf(text);
  const indent = indentAt(text, statement.start);
  const unit = indentAt(text, method.declared.method.span.start);
  const further = `${lineBreak}${indent}${unit.includes("\t") ? "\t\t" : unit.length === 2 ? "    " : "        "}`;
  const { name } = entity.type;
  const element = loop.kind === "foreach" && /^[\p{L}_][\w.]*$/u.test(loop.type) && loop.type !== "var" ? loop.type : undefined;
  const getter = fromElement?.kind === "call" && childOf(fromElement, "receiver")?.kind === "name" ? fromElement.text : undefined;
  const toKey =
    element === undefined || getter === undefined ? `${lookup.element} -> ${source(fromElement ?? iterable)}` : `${element}::${getter}`;
  const keySteps =
    fromElement === undefined || fromElement.kind === "name"
      ? [source(iterable)]
      : [`${source(iterable)}.stream()`, `.map(${toKey})`, ".distinct()", ".collect(Collectors.toList())"];
  const [held, collector] =
    lookup.result === "list"
      ? [`List<${name}>`, `Collectors.groupingBy(${name}::${lookup.accessor})`]
      : [name, `Collectors.toMap(${name}::${lookup.accessor}, Function.identity())`];
  const head = `Map<${simpleName(lookup.key)}, ${held}> ${map} = ${source(childOf(call, "receiver") as CodeNode)}`;
  const isLong = (line: string): boolean => line.length - lineBreak.length > LONG_LINE;
  const all = `.${lookup.bulk}(${keySteps.join("")})`;
  const end = `${further}.collect(${collector});${lineBreak}${indent}`;
  if (!isLong(`${lineBreak}${indent}${head}${all}.stream()`)) return `${head}${all}.stream()${end}`;
  const deeper = further + further.slice(lineBreak.length + indent.length);
  const asked = isLong(further + all) ? `.${lookup.bulk}(${keySteps.join(deeper)})` : all;
  return `${head}${further}${asked}${isLong(`${further}${asked}.stream()`) ? further : ""}.stream()${end}`;
}

/** `repo.findById(x).orElse(null)`: the map answers the same without an `Optional`. */
function orElseNull(call: CodeNode): CodeNode | undefined {
  const around = call.role === "receiver" && call.parent?.kind === "call" ? call.parent : undefined;
  const [other] = around === undefined ? [] : childrenOf(around, "argument");
  return around?.text === "orElse" && other?.kind === "literal" && other.type === "null" ? around : undefined;
}

/** "ordersById"; numbered where the method has another already. */
const mapName = (model: Model, method: MethodNode, { entity, property }: Lookup): string =>
  freeName(model, method, `${pluralOf(lowerFirst(entity.type.name))}By${withCapital(property)}`);

function freeName(model: Model, method: MethodNode, name: string): string {
  const taken = new Set([
    ...model.calls.codeOf(method).nodes.map((node) => node.text),
    ...method.declared.method.parameters.map((parameter) => parameter.name),
  ]);
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}

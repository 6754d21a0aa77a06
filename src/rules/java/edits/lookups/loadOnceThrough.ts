import { type CodeNode, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { applyEdits, type FileEdit, indentAt, insertAt, lineBreakOf, replace, type TextEdit } from "../../../../text/edits.ts";
import type { Span } from "../../../../text/positions.ts";
import type { Fix, Sources } from "../../../finding.ts";
import { importEdits } from "../imports.ts";
import { freeName } from "./freeName.ts";
import { hoistEdits } from "./hoistedElements.ts";
import { leftLazy, saidOfLeft } from "./leftLazy.ts";
import { addedTo, repositoryEdits, titleOf } from "./loadOnce.ts";
import { type Answer, answerInstead, answerOf, importsOf, loadStatement, mapName, mapType } from "./loadStatement.ts";
import { type HelpedLookup, type Way, wayAt } from "./lookupThrough.ts";

/**
 * `for (x : xs) helper(x)`, where a private method looks up by a key of what it is handed → the same load before the loop, and a map that
 * the method gets as a parameter. Where other code calls the method, too, and it is one return, the loop gets its expression instead.
 */
export function loadOnceThrough(model: Model, method: MethodNode, site: CallSite): readonly Fix[] {
  const way = wayAt(model, method, site);
  if (way === undefined) return [];
  const build = (sources: Sources): readonly FileEdit[] | undefined => {
    const again = wayAt(model, method, site);
    return again === undefined ? undefined : edits(model, method, again, sources);
  };
  const left = [...new Set(way.lookups.flatMap(({ call }) => leftLazy(model, way.helper, call)))];
  return [
    {
      title: way.isAll ? saidOfLeft(left, titleOf(way.lookups)) : `${titleOf(way.lookups)}; not all queries go`,
      safe: false,
      ...addedTo(way.lookups),
      edits: build,
    },
  ];
}

/** A lookup with the map that answers it. */
interface Answered extends HelpedLookup {
  readonly map: string;
  readonly answer: Answer;
}

function edits(model: Model, method: MethodNode, way: Way, sources: Sources): readonly FileEdit[] | undefined {
  const { file } = method.declared.owner;
  const text = sources.text(file.file);
  const { helper, call, statement, inlined } = way;
  if (text === undefined || !text.startsWith(helper.declared.method.name, call.nameStart)) return undefined;
  const both = [method, helper];
  const element = way.element ?? freeName(model, [method], helper.declared.method.parameters[0]?.name ?? "one");
  const maps = new Map<string, Answered>();
  const answered = way.lookups.map((lookup): Answered => {
    const others = lookup.given.filter((one) => one !== lookup.argument).map(({ start, end }) => text.slice(start, end));
    const keys = [lookup.bulk, lookup.call.children[0]?.text, ...lookup.path, ...others].join(" ");
    const known = maps.get(keys)?.map;
    const map = known ?? numbered(mapName(model, both, lookup), [...maps.values()]);
    const answer = answerOf(model, file, lookup, map, text.slice(lookup.argument.start, lookup.argument.end));
    const one = { map, answer, ...lookup, element };
    if (known === undefined) maps.set(keys, one);
    return one;
  });
  const within =
    inlined === undefined ? passed(way, answered, [...maps.values()], element, text) : moved(way, answered, inlined, element, text);
  const added = repositoryEdits(way.lookups, file.file, sources);
  if (within === undefined || added === undefined) return undefined;
  const imports = answered.flatMap((one) => [...importsOf(one, text), ...one.answer.imports]);
  const loading = [...maps.values()].map((one) => insertAt(statement.start, loadStatement(one, one.map, text)));
  return [
    { kind: "change", file: file.file, edits: [...importEdits(file, text, imports), ...hoistEdits(way, text), ...loading, ...within] },
    ...added,
  ];
}

const numbered = (name: string, others: readonly Answered[]): string => {
  const same = others.filter(({ map }) => map.startsWith(name)).length;
  return same === 0 ? name : `${name}${same + 1}`;
};

/** Behind the others, in a line of its own where the last one has that. */
function furtherArgument(call: CodeNode, added: string, text: string): TextEdit {
  const last = childrenOf(call, "argument").at(-1);
  const isAlone = last !== undefined && text.slice(text.lastIndexOf("\n", last.start) + 1, last.start).trim() === "";
  return isAlone ? insertAt(last.end, `,${lineBreakOf(text)}${indentAt(text, last.start)}${added}`) : insertAt(call.end - 1, `, ${added}`);
}

/** The maps as further parameters of the method, and arguments of its call. */
function passed(
  { helper, call }: Way,
  answered: readonly Answered[],
  handed: readonly Answered[],
  element: string,
  text: string,
): readonly TextEdit[] | undefined {
  const { name, parameters } = helper.declared.method;
  const last = parameters.at(-1);
  // A name that the model does not see may be a call that lacks the argument then.
  if (last === undefined || text.split(new RegExp(`\\b${name}\\b(?=\\s*\\(|\\s*[;,)])`)).length !== 3) return undefined;
  const maps = handed.map(({ map }) => map).join(", ");
  const way =
    call.kind === "reference"
      ? replace(call, `${element} -> ${name}(${element}, ${maps})`)
      : text[call.end - 1] === ")"
        ? furtherArgument(call, maps, text)
        : undefined;
  return (
    way && [
      way,
      insertAt(last.span.end, handed.map((one) => `, ${mapType(one)} ${one.map}`).join("")),
      ...answered.flatMap(({ answer }) => answerInstead(answer, answer.text, text)),
    ]
  );
}

/** The method's expression in place of its call, in terms of the element. */
function moved(
  { helper, call, given }: Way,
  [lookup]: readonly Answered[],
  value: CodeNode,
  element: string,
  text: string,
): readonly TextEdit[] | undefined {
  if (lookup === undefined) return undefined;
  const put = new Map(helper.declared.method.parameters.map(({ name }, i) => [name, [element, ...(given[i] ?? [])].join(".")]));
  const names = nodesOf(value).flatMap((node) => {
    const to = node.kind === "name" ? put.get(node.text) : undefined;
    return to === undefined ? [] : [replace(node, to)];
  });
  const isIn = ({ span }: TextEdit, { start, end }: Span): boolean => start <= span.start && span.end <= end;
  const { argument, answer } = lookup;
  const key = cut(
    text,
    argument,
    names.filter((edit) => isIn(edit, argument)),
  );
  const shorter = replace(
    answer.replaced,
    answer.text.replace(text.slice(argument.start, argument.end), () => key),
  );
  const expression = cut(text, value, [shorter, ...names.filter((edit) => !isIn(edit, answer.replaced))]);
  return [replace(call, call.kind === "reference" ? `${element} -> ${expression}` : expression)];
}

/** A piece of a text with the edits that lie in it. */
const cut = (text: string, { start, end }: Span, edits: readonly TextEdit[]): string =>
  applyEdits(
    text.slice(start, end),
    edits.map(({ span, text: by }) => replace({ start: span.start - start, end: span.end - start }, by)),
  );

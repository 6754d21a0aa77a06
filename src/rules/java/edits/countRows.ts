import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import type { RepositoryCall } from "../../../model/persistence/sent/repositoryCalls.ts";
import { annotationNamed } from "../../../model/types/constants.ts";
import { type FileEdit, replace } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { callOn, type ListRead } from "../shared/reads/listReads.ts";
import { inOneLine } from "./chains.ts";
import { dropLocal, isReadNext } from "./inlineLocal.ts";
import { addRepositoryMethod, isImplemented, twinOf, withParametersOf } from "./repositoryMethod.ts";

/**
 * `owners.findByCity(city).size()` → `(int) owners.countByCity(city)`, added to the repository where it is missing. `value` is the list where
 * it is counted: the read, or a variable that is read right behind it and goes.
 */
export function countRows(model: Model, method: MethodNode, { call, node }: ListRead, value: CodeNode): readonly Fix[] {
  const { declared, name, repository, port } = call;
  const number = numberTaken(value);
  const held = value === node ? undefined : node.parent;
  if (number === undefined || (held !== undefined && !(held.kind === "local" && isReadNext(method.declared.owner.file, held, number))))
    return [];
  const counts = countNameOf(call, node);
  const entry = model.types.declared(repository.qualified);
  if (counts === undefined || port || entry === undefined || repository.style !== "spring-data") return [];
  const same = declared === undefined ? undefined : twinOf(model, entry, counts, declared);
  if (same === "other") return [];
  const { file } = method.declared.owner.file;
  const adds = declared !== undefined && same === undefined;
  // Spring Data's own gives a long, as the one that is added does.
  const returns = same?.returns ?? "long";
  if (!(returns === "long" || (returns === "int" && number.text === "size"))) return [];
  const isOwn = declared === undefined || entry.type.methods.includes(declared);
  if (!isOwn || (adds && (entry.file.file === file || isImplemented(model, entry)))) return [];
  const cast = returns === "long" && number.text === "size" && !takesLong(number) ? "(int) " : "";
  return [
    {
      title: adds ? `Add ${counts} and ask it` : `Ask ${counts}`,
      safe: false,
      ...(adds ? { addsTo: entry.file.file } : {}),
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(name, node.nameStart)) return undefined;
        const asked = `${text.slice(node.start, node.nameStart)}${counts}${text.slice(node.nameStart + name.length, node.end)}`;
        const dropped = held === undefined ? [] : dropLocal(method.declared.owner.file, text, held, node);
        const line = held === undefined ? asked : inOneLine(asked);
        if (dropped === undefined || line === undefined) return undefined;
        const change: FileEdit = {
          kind: "change",
          file,
          edits: [...dropped, replace({ start: value.start, end: number.end }, cast + line)],
        };
        if (!adds) return [change];
        const source = sources.text(entry.file.file);
        if (source === undefined) return undefined;
        const declaration = `${withParametersOf(`long ${counts}(`, declared, source)};`;
        const added = addRepositoryMethod({ repository: entry, declaration, imports: [] }, sources);
        return added === undefined ? undefined : [change, added];
      },
    },
  ];
}

/** The call that takes the number where the list stands: `.size()`, or `count()` of `.stream().count()`. */
function numberTaken(list: CodeNode): CodeNode | undefined {
  const first = callOn(list);
  const number = first?.text === "stream" ? callOn(first) : first;
  return number?.text === (first?.text === "stream" ? "count" : "size") ? number : undefined;
}

/** What counts the rows that a query brings; undefined where that is not sure. */
function countNameOf({ declared, name, query }: RepositoryCall, node: CodeNode): string | undefined {
  if (declared === undefined) return name === "findAll" && childrenOf(node, "argument").length === 0 ? "count" : undefined;
  if (query?.source !== "derived" || annotationNamed(declared.annotations, "Lock", "Query") !== undefined) return undefined;
  if (!DERIVED.test(name) || declared.parameters.some(({ type }) => !isValue(type))) return undefined;
  return name.replace(DERIVED, "countBy").replace(/OrderBy\p{Lu}.*$/u, "");
}

const DERIVED = /^(?:find|get|read|query|search|stream)(?:All)?By(?=\p{Lu})/u;

/** Not what sorts, pages or shapes the rows. */
const isValue = (type: string): boolean => !/(?:^|\.)(?:Sort|Pageable|PageRequest|Limit|ScrollPosition|Class)\b/.test(type);

/** Whether a number is compared with another, cast, or kept as a long. */
const takesLong = ({ parent }: CodeNode): boolean =>
  parent?.kind === "cast" ||
  (parent?.kind === "local" && parent.type === "long") ||
  (parent?.kind === "binary" && /^(?:[<>]=?|[!=]=)$/.test(parent.text));

import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { CodeNode } from "../../../facts/java/code.ts";
import { childrenOf } from "../../../facts/java/code.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import type { Entity } from "../../../model/persistence/mapping/entity.ts";
import type { RepositoryCall } from "../../../model/persistence/sent/repositoryCalls.ts";
import { withCapital } from "../../../text/capitals.ts";
import { breakBefore, type FileEdit, indentAt, lineBreakOf, replace, type TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import type { AttributesRead } from "../shared/reads/readAttributes.ts";
import { dropImport, importEdits } from "./imports.ts";
import { addRepositoryMethod, isImplemented, withParametersOf } from "./repositoryMethod.ts";

/** More getters than these are no small part of a row. */
const MOST_GETTERS = 3;

/**
 * `guests.findByCity(city)` → `guests.findEmailByCity(city)`, which gives `GuestRepository.EmailOnly`: an interface with the getters
 * that are called. Both are added to the repository; what names the entity's type here names the interface.
 */
export function askForProjection(
  model: Model,
  method: MethodNode,
  node: CodeNode,
  call: RepositoryCall,
  entity: Entity,
  read: AttributesRead,
): readonly Fix[] {
  const { repository, declared, query, name } = call;
  const entry = model.types.declared(repository.qualified);
  const { file } = method.declared.owner;
  const getters = gettersOf(model, entity, read);
  if (call.port || entry === undefined || entry.file.file === file.file || getters === undefined) return [];
  const whole = declared === undefined && name === "findAll" && childrenOf(node, "argument").length === 0;
  const derived = declared !== undefined && query?.source === "derived" && query.limit === "none" && declared.annotations.length === 0;
  const [, rest] = derived
    ? (/^(?:find|get|read|query)(?:All)?(By(?:\p{Lu}\w*)?)$/u.exec(name) ?? [])
    : [undefined, whole ? "By" : undefined];
  const returns = whole ? `List<${entity.name}>` : (declared?.returns ?? "");
  if (rest === undefined || !new RegExp(`^\\w+<${entity.name}>$`).test(returns)) return [];
  const attributes = getters.map(({ attribute }) => withCapital(attribute)).join("And");
  const asked = `find${attributes}${rest}`;
  const view = `${attributes}Only`;
  const taken =
    isImplemented(model, entry) ||
    model.types.methodsOf(entry, asked).length > 0 ||
    [entry.file, file].some(({ java }) => java.types.some((type) => type.name === view));
  if (taken) return [];
  return [
    {
      title: `Ask ${asked} for ${view}`,
      safe: false,
      addsTo: entry.file.file,
      edits(sources) {
        const text = sources.text(file.file);
        const source = sources.text(entry.file.file);
        if (text === undefined || source === undefined || !text.startsWith(name, node.nameStart)) return undefined;
        const renamed = read.typed.map((place) => renameType(place, entity, view, text));
        if (renamed.includes("unknown")) return undefined;
        const types = renamed.filter((edit) => typeof edit === "object");
        const called = replace({ start: node.nameStart, end: node.nameStart + name.length }, asked);
        const imports = importEdits(file, text, types.length > 0 ? [`${entry.type.qualified}.${view}`] : []);
        const change: FileEdit = {
          kind: "change",
          file: file.file,
          edits: [
            ...imports,
            ...withoutImport(file, text, entity, types.length, imports),
            ...breakBefore(text, node.start, longerBy(node, text, [...types, called])),
            called,
            ...types,
          ],
        };
        const lineBreak = lineBreakOf(source);
        const [first] = entry.type.methods;
        const indent = first === undefined ? `${indentAt(source, entry.type.span.start)}    ` : indentAt(source, first.span.start);
        const inner = indent === "" ? "    " : `${indent}${indent.slice(indentAt(source, entry.type.span.start).length)}`;
        const head = `${returns.replace(entity.name, view)} ${asked}(`;
        const declaration = [
          `${declared === undefined ? `${head})` : withParametersOf(head, declared, source)};`,
          "",
          `${indent}interface ${view} {`,
          ...getters.map(({ type, getter }) => `${inner}${type} ${getter}();`),
          `${indent}}`,
        ].join(lineBreak);
        const needed = [...getters.flatMap(({ needs }) => needs), ...(whole ? ["java.util.List"] : [])];
        const added = addRepositoryMethod({ repository: entry, declaration, imports: needed }, sources);
        return added === undefined ? undefined : [change, added];
      },
    },
  ];
}

/** Takes away the import of the entity where nothing but what is renamed has needed it. */
function withoutImport(
  file: JavaFile,
  text: string,
  { qualified }: Entity,
  renamed: number,
  others: readonly TextEdit[],
): readonly TextEdit[] {
  return dropImport(file, text, qualified, renamed).filter(
    ({ span: line }) => !others.some(({ span }) => span.start > line.start && span.start < line.end),
  );
}

/** By how much edits make the line longer that a call begins in. */
function longerBy({ start }: CodeNode, text: string, edits: readonly TextEdit[]): number {
  const [from, to] = [text.lastIndexOf("\n", start - 1), text.indexOf("\n", start)];
  const own = edits.filter(({ span }) => span.start > from && (to < 0 || span.end <= to));
  return own.reduce((sum, { span, text: by }) => sum + by.length - (span.end - span.start), 0);
}

interface Getter {
  readonly attribute: string;
  readonly getter: string;
  /** As the entity writes it. */
  readonly type: string;
  /** Qualified names of types that it needs. */
  readonly needs: readonly string[];
}

/** The getters that a projection has to have, with types that can be written in another file. */
function gettersOf(model: Model, entity: Entity, { names, getters }: AttributesRead): readonly Getter[] | undefined {
  const entry = model.types.declared(entity.qualified);
  if (entry === undefined || getters === undefined || names.size > MOST_GETTERS || names.size !== getters.size) return undefined;
  const found: Getter[] = [];
  for (const [attribute, getter] of getters) {
    const declared = model.types.fieldOf(entry, attribute);
    if (declared === undefined || !/^(?:get|is)\p{Lu}/u.test(getter) || !/^\w+$/.test(declared.field.type)) return undefined;
    const { field, owner } = declared;
    if (getter.startsWith("is") !== (field.type === "boolean") || owner.type.typeParameters.some(({ name }) => name === field.type))
      return undefined;
    const resolved = model.types.resolve(field.type, { file: owner.file, type: owner.type });
    if (resolved === undefined) return undefined;
    found.push({ attribute, getter, type: field.type, needs: resolved.name.includes(".") ? [resolved.name] : [] });
  }
  return found;
}

/** `List<Guest> found` → `List<EmailOnly> found`; nothing where no type is written, "unknown" where more than one is. */
function renameType(place: CodeNode, { name, qualified }: Entity, to: string, text: string): TextEdit | "none" | "unknown" {
  if (place.kind === "name" || place.kind === "class" || place.kind === "field")
    return [name, qualified].includes(text.slice(place.start, place.end)) ? replace({ start: place.start, end: place.end }, to) : "unknown";
  if (place.kind !== "local" && place.kind !== "foreach" && place.kind !== "parameter") return "unknown";
  if (place.type === "" || place.type === "var") return "none";
  const written = text.slice(place.start, place.nameStart);
  const names = `${qualified.replaceAll(".", "\\.")}|${name}`;
  const [first, ...more] = [...written.matchAll(new RegExp(`(?<![\\w.])(?:${names})(?![\\w.])`, "g"))];
  if (first === undefined || more.length > 0) return "unknown";
  const start = place.start + first.index;
  return replace({ start, end: start + first[0].length }, to);
}

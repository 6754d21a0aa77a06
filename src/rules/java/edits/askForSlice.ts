import type { JavaFile } from "../../../facts/fileFacts.ts";
import { type CodeNode, childrenOf } from "../../../facts/java/code.ts";
import type { JavaMethod } from "../../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { methodKey } from "../../../model/calls/methodKey.ts";
import type { Model } from "../../../model/model.ts";
import type { RepositoryCall } from "../../../model/persistence/sent/repositoryCalls.ts";
import { type FileEdit, indentAt, insertAt, remove, replace, type TextEdit } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import { importEdits } from "./imports.ts";
import { addRepositoryMethod, isImplemented, withParametersOf } from "./repositoryMethod.ts";

/** A read of a page, with the local variables that it is kept in. */
export interface PageRead {
  readonly call: RepositoryCall;
  readonly node: CodeNode;
  readonly locals: readonly CodeNode[];
}

const PAGE = "org.springframework.data.domain.Page";
const SLICE = "org.springframework.data.domain.Slice";
const PAGEABLE = "org.springframework.data.domain.Pageable";

/**
 * `findAll(pageable)` → `findAllBy(pageable)`, `findByCity(…)` → `findSliceByCity(…)`, added to the repository where they are missing:
 * tests may call the method that is there. A query that is written out keeps its method, which returns a slice then, where that is
 * its only use.
 */
export function askForSlice(model: Model, method: MethodNode, read: PageRead): readonly Fix[] {
  const { declared, port } = read.call;
  if (port) return [];
  return declared !== undefined && declared.annotations.length > 0
    ? changeReturnType(model, method, read)
    : askAnother(model, method, read, declared);
}

function changeReturnType(model: Model, method: MethodNode, { call, locals }: PageRead): readonly Fix[] {
  const { declared, repository } = call;
  const entry = model.types.declared(repository.qualified);
  if (declared === undefined || entry === undefined || !entry.type.methods.includes(declared)) return [];
  if (model.persistence.uses.of(methodKey({ owner: entry, method: declared })).all !== 1) return [];
  // A repository further down may declare it again, as a page.
  const below = model.types.descendantsOf(entry);
  if (below.some(({ type }) => type.methods.some(({ name }) => name === declared.name))) return [];
  const { file } = method.declared.owner;
  return [
    {
      title: `Let ${call.name} return a Slice`,
      safe: false,
      edits(sources) {
        const source = sources.text(entry.file.file);
        const returned = source === undefined ? undefined : typeEdit(source, declared.span.start, declared.nameSpan.start);
        const kept = localEdits(locals, sources.text(file.file));
        if (source === undefined || returned === undefined || kept === undefined || entry.file === file) return undefined;
        const text = sources.text(file.file) ?? "";
        const edits: FileEdit[] = [
          {
            kind: "change",
            file: entry.file.file,
            edits: [...slicesInstead(entry.file, source, [returned]), ...shifted(source, declared)],
          },
        ];
        if (kept.length > 0) edits.push({ kind: "change", file: file.file, edits: slicesInstead(file, text, kept) });
        return edits;
      },
    },
  ];
}

function askAnother(model: Model, method: MethodNode, { call, node, locals }: PageRead, declared: JavaMethod | undefined): readonly Fix[] {
  const { repository } = call;
  const entry = model.types.declared(repository.qualified);
  const element = repository.entity === undefined ? undefined : model.types.declared(repository.entity);
  const { file } = method.declared.owner;
  const count = declared?.parameters.length ?? 1;
  if (entry === undefined || element === undefined || entry.file === file || childrenOf(node, "argument").length !== count) return [];
  if (declared !== undefined && !entry.type.methods.includes(declared)) return [];
  const name = declared === undefined ? "findAllBy" : declared.name.replace(/By(?=\p{Lu})/u, "SliceBy");
  const present = model.types.methodsOf(entry, name);
  const known = present.some(({ method: { parameters, returns } }) => parameters.length === count && /^Slice</.test(returns));
  if (name === declared?.name || (!known && (present.length > 0 || isImplemented(model, entry)))) return [];
  return [
    {
      title: known ? `Ask ${name}, which gives a Slice` : `Add ${name}, which gives a Slice, and ask it`,
      safe: false,
      ...(known ? {} : { addsTo: entry.file.file }),
      edits(sources) {
        const text = sources.text(file.file);
        const source = sources.text(entry.file.file);
        const kept = localEdits(locals, text);
        if (text === undefined || source === undefined || kept === undefined || !text.startsWith(node.text, node.nameStart))
          return undefined;
        const renamed = replace({ start: node.nameStart, end: node.nameStart + node.text.length }, name);
        const change: FileEdit = { kind: "change", file: file.file, edits: [...slicesInstead(file, text, kept), renamed] };
        if (known) return [change];
        const head = `Slice<${element.type.name}> ${name}(`;
        const imports = declared === undefined ? [element.type.qualified, PAGEABLE, SLICE] : [SLICE];
        const declaration = declared === undefined ? `${head}Pageable pageable);` : `${withParametersOf(head, declared, source)};`;
        const added = addRepositoryMethod({ repository: entry, declaration, imports }, sources);
        return added === undefined ? undefined : [change, added];
      },
    },
  ];
}

/** The edits of types, with the import that they need, and without the one that nothing needs after them. */
function slicesInstead(file: JavaFile, text: string, types: readonly TextEdit[]): readonly TextEdit[] {
  if (types.length === 0) return [];
  const pages = file.java.imports.find(({ name, isStatic }) => name === PAGE && !isStatic);
  const named = (text.match(/(?<![\w.])Page(?!\w)/g) ?? []).length;
  const added = importEdits(file, text, [SLICE]);
  if (pages === undefined || named > types.length) return [...added, ...types];
  const rest = /^[ \t]*\r?\n/.exec(text.slice(pages.span.end))?.[0].length ?? 0;
  const gone = { start: pages.span.start, end: pages.span.end + rest };
  const besides = added.every(({ span }) => span.start < gone.start || span.start >= gone.end);
  return besides ? [...added, remove(gone), ...types] : [replace(pages.span, `import ${SLICE};`), ...types];
}

/** `Page<X> page = …` → `Slice<X> page = …`; undefined for a declaration that is not understood. */
function localEdits(locals: readonly CodeNode[], text: string | undefined): readonly TextEdit[] | undefined {
  if (text === undefined) return undefined;
  const edits: TextEdit[] = [];
  for (const { type, nameStart } of locals) {
    // A slice is an `Iterable`, as a page is.
    if (/^(?:var|val|Object|(?:Iterable|Streamable|Slice)(?:<.*>)?)$/.test(type)) continue;
    const edit = typeEdit(text, Math.max(0, nameStart - LONGEST_TYPE), nameStart);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** Parameters that stand below the first one stay there: "Slice" is one longer than "Page". */
function shifted(source: string, { parameters, span }: JavaMethod): readonly TextEdit[] {
  const [first, ...others] = parameters;
  if (first === undefined || source.slice(span.start, first.span.start).includes("\t")) return [];
  const column = (at: number): number => at - source.lastIndexOf("\n", at - 1);
  return others
    .filter(({ span: { start } }) => indentAt(source, start).length + 1 === column(start) && column(start) === column(first.span.start))
    .map((parameter) => insertAt(parameter.span.start, " "));
}

const LONGEST_TYPE = 200;

function typeEdit(text: string, from: number, to: number): TextEdit | undefined {
  const written = /(?<![\w.])Page(?=\s*<[^;{}()=@]*>\s*$)/.exec(text.slice(from, to));
  if (written === null) return undefined;
  const start = from + written.index;
  return replace({ start, end: start + "Page".length }, "Slice");
}

import type { JavaFile } from "../../facts/fileFacts.ts";
import type { JavaField, JavaMethod, JavaType } from "../../facts/java/javaFacts.ts";
import { changesOf, type FactsChange, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { isInPackage, JAVA_LANG } from "./libraryNames.ts";
import { nearestTo } from "./nearness.ts";
import { PRIMITIVES, parseType, type Type } from "./type.ts";

/** A type that the workspace declares. */
export interface TypeEntry {
  readonly file: JavaFile;
  readonly type: JavaType;
}

interface Meaning {
  readonly type: Type | undefined;
  readonly names: readonly string[];
}

/** Where a name stands: names mean what the imports, the package and the types around it make them mean. */
export interface NameContext {
  readonly file: JavaFile;
  /** The enclosing type; undefined at file level. */
  readonly type: JavaType | undefined;
}

/**
 * All declared types by name. Keys: `type:<simple name>` for a lookup, `subtypes:<simple name>` for who extends or implements it.
 */
export class TypeIndex implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byQualified = new Map<string, TypeEntry[]>();
  readonly #bySimple = new Map<string, Set<string>>();
  /** By the simple name of a supertype as written. */
  readonly #below = new Map<string, Set<string>>();
  readonly #parsed = new Map<string, Type | undefined>();
  /** What texts mean inside a type, with the names that were looked up; thrown away when any declaration changes. */
  #meanings = new WeakMap<JavaType, Map<string, Meaning>>();
  #lineages = new WeakMap<JavaType, { readonly entries: readonly TypeEntry[]; readonly names: readonly string[] }>();
  #remembered = new WeakMap<JavaType, Map<string, { readonly value: unknown; readonly names: readonly string[] }>>();
  /** Single-type imports by simple name. */
  readonly #imports = new WeakMap<JavaFile, ReadonlyMap<string, string>>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[]): Iterable<string> {
    const changed = new Set<string>();
    for (const { before, after } of changesOf(changes, "java")) {
      const old = new Map(before?.java.types.map((type) => [type.qualified, type.signature]));
      for (const type of before?.java.types ?? []) this.#remove(before as JavaFile, type);
      for (const type of after?.java.types ?? []) {
        this.#add(after as JavaFile, type);
        if (old.get(type.qualified) !== type.signature) keysOf(type, changed);
        old.delete(type.qualified);
      }
      for (const type of before?.java.types ?? []) if (old.has(type.qualified)) keysOf(type, changed);
      // Names resolve through imports and the package: when they change, every type of the file may mean something else.
      if (after !== undefined && before !== undefined && scopeOf(before) !== scopeOf(after))
        for (const type of after.java.types) keysOf(type, changed);
    }
    if (changed.size > 0) this.#meanings = new WeakMap();
    // Entries hold the newest facts: a lineage is climbed again whenever any file has changed.
    this.#lineages = new WeakMap();
    this.#remembered = new WeakMap();
    return changed;
  }

  /** The declaration of a qualified name; of several, the one whose file is nearest to `near`, then the first by path. */
  declared(qualified: string, near?: string): TypeEntry | undefined {
    if (this.#reads.isListening) this.#reads.note(`type:${qualified.slice(qualified.lastIndexOf(".") + 1)}`);
    const entries = this.#byQualified.get(qualified);
    return entries && nearestTo(near, entries, ({ file }) => file.file);
  }

  entryOf(type: Type | undefined, near?: string): TypeEntry | undefined {
    return type === undefined || type.dimensions > 0 ? undefined : this.declared(type.name, near);
  }

  /** Whether a type of this simple name is declared, in whichever package. */
  isDeclaredAnywhere(name: string): boolean {
    this.#reads.note(`type:${name}`);
    return (this.#bySimple.get(name)?.size ?? 0) > 0;
  }

  /** All declared types, in no order; notes nothing. */
  *all(): Generator<TypeEntry> {
    for (const entries of this.#byQualified.values()) yield* entries;
  }

  /** The type that a text of the facts means where it stands. */
  resolve(text: string, context: NameContext): Type | undefined {
    const { type } = context;
    if (type === undefined) return this.#resolveText(text, context, []);
    let meanings = this.#meanings.get(type);
    if (meanings === undefined) this.#meanings.set(type, (meanings = new Map()));
    let meaning = meanings.get(text);
    if (meaning === undefined) {
      const names: string[] = [];
      const meant = this.#resolveText(text, context, names);
      meanings.set(text, (meaning = { type: meant, names: this.#reads.closed ? NO_NAMES : names.slice() }));
    }
    for (const name of meaning.names) this.#reads.note(name);
    return meaning.type;
  }

  /** The qualified name that a simple or partly qualified name means; the name itself when it resolves to nothing. */
  resolveName(name: string, context: NameContext): string {
    const dot = name.indexOf(".");
    const first = dot < 0 ? name : name.slice(0, dot);
    const rest = dot < 0 ? "" : name.slice(dot);
    if (this.#reads.isListening) this.#reads.note(`type:${first}`);
    const declared = this.#bySimple.get(first)?.size ?? 0;
    const found =
      (declared > 0 ? this.#nested(first, context) : undefined) ??
      this.#importsOf(context.file).get(first) ??
      (declared > 0 ? this.#samePackage(first, context) : undefined) ??
      this.#wildcard(first, context);
    if (found !== undefined) return found + rest;
    if (dot < 0 && JAVA_LANG.has(first)) return `java.lang.${first}`;
    return name;
  }

  /** The supertypes as written in the declaration, resolved, with their arguments. */
  supertypesOf(entry: TypeEntry): readonly Type[] {
    const context = { file: entry.file, type: entry.type };
    return writtenAbove(entry.type)
      .map((text) => this.resolve(text, context))
      .filter((type) => type !== undefined);
  }

  /** A type and its declared supertypes, nearest first; circular inheritance ends. */
  lineage(entry: TypeEntry): readonly TypeEntry[] {
    let known = this.#lineages.get(entry.type);
    if (known === undefined) {
      const entries: TypeEntry[] = [];
      const reads = this.#reads.during(() => this.#climb(entry, entries));
      this.#lineages.set(entry.type, (known = { entries: entries.slice(), names: [...reads] }));
    }
    for (const name of known.names) this.#reads.note(name);
    return known.entries;
  }

  /** Says that a body of a file was read, of which the signatures of its types say nothing. */
  noteBody({ file }: JavaFile): void {
    this.#reads.note(`calls:${file}`);
  }

  /** What was worked out about a type under a name, until any file changes; whoever asks again has read the same. */
  remembered<T>({ type }: TypeEntry, what: string, workOut: () => T): T {
    let known = this.#remembered.get(type);
    if (known === undefined) this.#remembered.set(type, (known = new Map()));
    let answer = known.get(what);
    if (answer === undefined) {
      let value: T | undefined;
      const reads = this.#reads.during(() => {
        value = workOut();
      });
      known.set(what, (answer = { value, names: [...reads] }));
    }
    for (const name of answer.names) this.#reads.note(name);
    return answer.value as T;
  }

  #climb(entry: TypeEntry, found: TypeEntry[]): void {
    const seen = new Set<string>();
    const queue: TypeEntry[] = [entry];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (seen.has(next.type.qualified)) continue;
      seen.add(next.type.qualified);
      found.push(next);
      for (const supertype of this.supertypesOf(next)) {
        const above = this.entryOf(supertype, next.file.file);
        if (above !== undefined) queue.push(above);
      }
    }
  }

  /** Whether a declared type reaches a supertype with one of these simple names, declared here or in a library. */
  reaches(entry: TypeEntry, names: ReadonlySet<string>): boolean {
    for (const above of this.lineage(entry)) {
      if (writtenAbove(above.type).some((text) => names.has(bareName(text)))) return true;
    }
    return false;
  }

  /** The declared types that name a supertype of this simple name, which a library may declare. */
  namingAbove(name: string): readonly TypeEntry[] {
    this.#reads.note(`subtypes:${name}`);
    return [...(this.#below.get(name) ?? [])].sort().flatMap((qualified) => this.#byQualified.get(qualified) ?? []);
  }

  /** The declared types directly below a type. */
  subtypesOf(entry: TypeEntry): readonly TypeEntry[] {
    this.#reads.note(`subtypes:${entry.type.name}`);
    const below: TypeEntry[] = [];
    for (const qualified of this.#below.get(entry.type.name) ?? []) {
      for (const candidate of this.#byQualified.get(qualified) ?? []) {
        if (this.supertypesOf(candidate).some((type) => type.name === entry.type.qualified)) below.push(candidate);
      }
    }
    return below;
  }

  /** All declared types below a type, at any depth. */
  descendantsOf(entry: TypeEntry): readonly TypeEntry[] {
    const all = new Map<string, TypeEntry>();
    const queue = [entry];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      for (const below of this.subtypesOf(next)) {
        const key = `${below.file.file}#${below.type.qualified}`;
        if (all.has(key) || below.type.qualified === entry.type.qualified) continue;
        all.set(key, below);
        queue.push(below);
      }
    }
    return [...all.values()];
  }

  /** A field of a type or of what it inherits from. */
  fieldOf(entry: TypeEntry, name: string): { readonly owner: TypeEntry; readonly field: JavaField } | undefined {
    for (const owner of this.lineage(entry)) {
      const field = owner.type.fields.find((candidate) => candidate.name === name);
      if (field !== undefined) return { owner, field };
    }
    return undefined;
  }

  /** The methods of a name in a type and in what it inherits from, nearest first. */
  methodsOf(entry: TypeEntry, name: string): readonly { readonly owner: TypeEntry; readonly method: JavaMethod }[] {
    const methods: { owner: TypeEntry; method: JavaMethod }[] = [];
    for (const owner of this.lineage(entry)) {
      for (const method of owner.type.methods) if (method.name === name && method.kind === "method") methods.push({ owner, method });
    }
    return methods;
  }

  #resolveText(text: string, context: NameContext, names: string[]): Type | undefined {
    let parsed = this.#parsed.get(text);
    if (parsed === undefined && !this.#parsed.has(text)) this.#parsed.set(text, (parsed = parseType(text)));
    return parsed === undefined ? undefined : this.#qualify(parsed, context, names);
  }

  #qualify(type: Type, context: NameContext, names: string[]): Type {
    let { name } = type;
    if (!PRIMITIVES.has(name) && !isTypeVariable(name, context)) {
      const dot = name.indexOf(".");
      names.push(`type:${dot < 0 ? name : name.slice(0, dot)}`);
      name = this.resolveName(name, context);
    }
    if (type.args.length === 0) return name === type.name ? type : { ...type, name };
    return { ...type, name, args: type.args.map((arg) => this.#qualify(arg, context, names)) };
  }

  #nested(name: string, { file, type }: NameContext): string | undefined {
    for (let at = type; at !== undefined; at = at.outer < 0 ? undefined : file.java.types[at.outer]) {
      if (at.name === name) return at.qualified;
      const nested = `${at.qualified}.${name}`;
      if (this.#byQualified.has(nested)) return nested;
      for (const text of writtenAbove(at)) {
        const above = bareName(text);
        if (above === name) continue;
        const inherited = `${this.#importsOf(file).get(above) ?? `${file.java.packageName}.${above}`}.${name}`;
        if (this.#byQualified.has(inherited)) return inherited;
      }
    }
    return undefined;
  }

  #importsOf(file: JavaFile): ReadonlyMap<string, string> {
    let imports = this.#imports.get(file);
    if (imports === undefined) {
      imports = new Map(
        file.java.imports.filter(({ wildcard }) => !wildcard).map(({ name }) => [name.slice(name.lastIndexOf(".") + 1), name]),
      );
      this.#imports.set(file, imports);
    }
    return imports;
  }

  #samePackage(name: string, { file }: NameContext): string | undefined {
    const qualified = file.java.packageName === "" ? name : `${file.java.packageName}.${name}`;
    return this.#byQualified.has(qualified) ? qualified : undefined;
  }

  #wildcard(name: string, { file }: NameContext): string | undefined {
    for (const declared of file.java.imports) {
      if (!declared.wildcard) continue;
      const qualified = `${declared.name}.${name}`;
      if (this.#byQualified.has(qualified) || isInPackage(declared.name, name)) return qualified;
    }
    return undefined;
  }

  #add(file: JavaFile, type: JavaType): void {
    put(this.#byQualified, type.qualified, () => []).push({ file, type });
    put(this.#bySimple, type.name, () => new Set<string>()).add(type.qualified);
    for (const name of supertypeNames(type)) put(this.#below, name, () => new Set<string>()).add(type.qualified);
  }

  #remove(file: JavaFile, type: JavaType): void {
    const left = (this.#byQualified.get(type.qualified) ?? []).filter((entry) => entry.file.file !== file.file);
    if (left.length > 0) {
      this.#byQualified.set(type.qualified, left);
      return;
    }
    this.#byQualified.delete(type.qualified);
    this.#bySimple.get(type.name)?.delete(type.qualified);
    for (const name of supertypeNames(type)) this.#below.get(name)?.delete(type.qualified);
  }
}

const NO_NAMES: readonly string[] = [];

/** The simple name of a type text without arguments: "a.b.Owner<T>" → "Owner". */
export function bareName(text: string): string {
  const end = text.search(/[<[ ]/);
  const name = end < 0 ? text : text.slice(0, end);
  return name.slice(name.lastIndexOf(".") + 1);
}

function isTypeVariable(name: string, { file, type }: NameContext): boolean {
  if (!/^[A-Z][A-Z0-9_]*$|^[A-Z][A-Za-z0-9]*$/.test(name)) return false;
  for (let at = type; at !== undefined; at = at.outer < 0 ? undefined : file.java.types[at.outer]) {
    if (at.typeParameters.some((parameter) => parameter.name === name)) return true;
  }
  return false;
}

const writtenAbove = ({ superclass, interfaces }: JavaType): readonly string[] =>
  superclass === undefined ? interfaces : [superclass, ...interfaces];

const supertypeNames = (type: JavaType): readonly string[] => writtenAbove(type).map(bareName);

function keysOf(type: JavaType, keys: Set<string>): void {
  keys.add(`type:${type.name}`);
  for (const name of supertypeNames(type)) keys.add(`subtypes:${name}`);
}

/** What the names of a file depend on besides its types. */
const scopeOf = (file: JavaFile): string =>
  `${file.java.packageName};${file.java.imports.map((declared) => `${declared.isStatic} ${declared.name} ${declared.wildcard}`).join(";")}`;

function put<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

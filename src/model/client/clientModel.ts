import type { DartClass, DartField, DartMethod } from "../../facts/dart/dartFacts.ts";
import type { DartFile } from "../../facts/fileFacts.ts";
import { changesOf, type FactsChange, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { AppRoots } from "./appRoots.ts";
import { ExtensionIndex } from "./extensions.ts";
import { BASE_KINDS, type ClientKind, DISPOSABLES, type Disposal, DRIFT, SQFLITE, WIDGETS } from "./flutterNames.ts";
import { simpleName } from "./typeNames.ts";

/** A class that the workspace declares. */
export interface ClassEntry {
  readonly file: DartFile;
  readonly type: DartClass;
}

/** A top-level variable that the workspace declares. */
export interface VariableEntry {
  readonly file: DartFile;
  readonly field: DartField;
}

/**
 * The Dart classes and top-level variables of the workspace by name. Keys: `dartClass:<name>` for how a class looks from outside,
 * `dartBody:<name>` for what its methods do, `dartExtension:<type>` for what extends it, `dartRoot:<name>` for whether the app starts with it, `dartVariable:<name>`, `pubspec:<folder>` for the Dart version of a package,
 * `dartSqlite` for whether there is any code that speaks to SQLite.
 */
export class ClientModel implements ModelPart {
  readonly #reads: ReadLog;
  /** Ordered by file. */
  readonly #byName = new Map<string, ClassEntry[]>();
  readonly #variables = new Map<string, VariableEntry[]>();
  readonly #extensions = new ExtensionIndex();
  readonly #roots = new AppRoots();
  /** By folder, the `sdk` constraint of its pubspec; undefined where that says nothing. */
  readonly #sdks = new Map<string, string | undefined>();

  /** The files that import sqflite or drift. */
  readonly #sqlite = new Set<string>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[]): Iterable<string> {
    const before = new Map<string, readonly ClassEntry[]>();
    const touch = (name: string): void => {
      if (!before.has(name)) before.set(name, [...(this.#byName.get(name) ?? [])]);
    };
    for (const change of changesOf(changes, "dart")) {
      for (const type of namedIn(change.before)) {
        touch(type.name);
        const kept = (this.#byName.get(type.name) ?? []).filter((entry) => entry.file.file !== change.file);
        if (kept.length === 0) this.#byName.delete(type.name);
        else this.#byName.set(type.name, kept);
      }
      for (const type of namedIn(change.after)) {
        touch(type.name);
        const entries = [...(this.#byName.get(type.name) ?? []), { file: change.after as DartFile, type }];
        this.#byName.set(
          type.name,
          entries.sort((a, b) => (a.file.file < b.file.file ? -1 : a.file.file > b.file.file ? 1 : a.type.span.start - b.type.span.start)),
        );
      }
    }
    const keys: string[] = [...this.#updateVariables(changes), ...this.#extensions.update(changes), ...this.#roots.update(changes)];
    const spoke = this.#sqlite.size > 0;
    for (const { file, after } of changesOf(changes, "dart")) {
      if (after !== undefined && importsSqlite(after)) this.#sqlite.add(file);
      else this.#sqlite.delete(file);
    }
    if (spoke !== this.#sqlite.size > 0) keys.push("dartSqlite");
    for (const { file, before: then, after: now } of changesOf(changes, "build")) {
      if (file !== "pubspec.yaml" && !file.endsWith("/pubspec.yaml")) continue;
      const folder = folderOf(file);
      if (now === undefined) this.#sdks.delete(folder);
      else this.#sdks.set(folder, now.build.dartSdk);
      if (then === undefined || now === undefined || then.build.dartSdk !== now.build.dartSdk) keys.push(`pubspec:${folder}`);
    }
    for (const [name, entries] of before) {
      const now = this.#byName.get(name) ?? [];
      if (lookOf(entries) !== lookOf(now)) keys.push(`dartClass:${name}`);
      if (deedsOf(entries) !== deedsOf(now)) keys.push(`dartBody:${name}`);
    }
    return keys;
  }

  /** An initializer may have changed whenever its file has. */
  #updateVariables(changes: readonly FactsChange[]): ReadonlySet<string> {
    const keys = new Set<string>();
    for (const { file, before, after } of changesOf(changes, "dart")) {
      for (const { name } of before?.dart.variables ?? []) {
        keys.add(`dartVariable:${name}`);
        const kept = (this.#variables.get(name) ?? []).filter((entry) => entry.file.file !== file);
        if (kept.length === 0) this.#variables.delete(name);
        else this.#variables.set(name, kept);
      }
      for (const field of after?.dart.variables ?? []) {
        keys.add(`dartVariable:${field.name}`);
        this.#variables.set(field.name, [...(this.#variables.get(field.name) ?? []), { file: after as DartFile, field }]);
      }
    }
    return keys;
  }

  /** What questions are noted in at the moment: see `ReadLog.collection`. */
  get collection(): unknown {
    return this.#reads.collection;
  }

  /** Whether any code of the workspace imports sqflite or drift. */
  speaksToSqlite(): boolean {
    this.#reads.note("dartSqlite");
    return this.#sqlite.size > 0;
  }

  /** The one top-level variable of a name; undefined where there are several. */
  variableOf(name: string): VariableEntry | undefined {
    this.#reads.note(`dartVariable:${name}`);
    const entries = this.#variables.get(name);
    return entries?.length === 1 ? entries[0] : undefined;
  }

  /**
   * The class that a name means in a file: that of the file itself, else the one nearest by folder. A private name means nothing
   * outside its file and its parts.
   */
  classOf(name: string, from: DartFile): ClassEntry | undefined {
    this.#reads.note(`dartClass:${name}`);
    const entries = this.#byName.get(name);
    if (entries === undefined) return undefined;
    const own = entries.find((entry) => entry.file.file === from.file);
    if (own !== undefined) return own;
    if (name.startsWith("_") && !from.dart.directives.some((directive) => directive.kind.startsWith("part"))) return undefined;
    let best: ClassEntry | undefined;
    let shared = -1;
    for (const entry of entries) {
      const common = commonFolders(entry.file.file, from.file);
      if (common > shared) [best, shared] = [entry, common];
    }
    return best;
  }

  /** The extensions on a class; the caller depends on what they do. */
  extensionsOn({ type, file }: ClassEntry): readonly ClassEntry[] {
    this.#reads.note(`dartExtension:${type.name}`);
    return this.#extensions.on(type.name, file);
  }

  /** Whether an app starts with the widget of a state: that lives as long as the process. */
  isRoot({ type }: ClassEntry): boolean {
    const widget = widgetNameOf(type) ?? "";
    this.#reads.note(`dartRoot:${widget}`);
    return this.#roots.has(widget);
  }

  /** Whether the nearest pubspec asks for a Dart of at least that version; without one, the newest is assumed. */
  dartAtLeast([major, minor]: readonly [number, number], from: DartFile): boolean {
    for (let folder = folderOf(from.file); ; folder = folderOf(folder)) {
      this.#reads.note(`pubspec:${folder}`);
      if (this.#sdks.has(folder)) {
        const lowest = /(\d+)\.(\d+)/.exec(this.#sdks.get(folder) ?? "");
        if (lowest === null) return true;
        const [least, then] = [Number(lowest[1]), Number(lowest[2])];
        return least > major || (least === major && then >= minor);
      }
      if (folder === "") return true;
    }
  }

  /** What a class is to Flutter: by its superclasses, through the workspace up to a name that is known. */
  kindOf(entry: ClassEntry): ClientKind | undefined {
    for (const { type } of this.lineageOf(entry)) {
      for (const base of [type.superclass, ...type.on, ...type.mixins]) {
        const kind = base === undefined ? undefined : BASE_KINDS.get(simpleName(base));
        if (kind !== undefined) return kind;
      }
      // A class that riverpod_generator completes: `class Foo extends _$Foo`.
      if (type.superclass !== undefined && simpleName(type.superclass) === `_$${type.name}`) return "riverpod";
    }
    return undefined;
  }

  /** What a name means to Flutter in a file: a workspace class first, then Flutter's own. */
  kindOfName(name: string, from: DartFile): ClientKind | undefined {
    const entry = this.classOf(name, from);
    return entry === undefined ? BASE_KINDS.get(name) : this.kindOf(entry);
  }

  isWidget(name: string, from: DartFile): boolean {
    const entry = this.classOf(name, from);
    if (entry === undefined) return WIDGETS.has(name);
    const kind = this.kindOf(entry);
    return kind === "stateless" || kind === "stateful" || kind === "widget";
  }

  /** How objects of a type are let go; undefined for those that need not be. */
  disposalOf(typeName: string, from: DartFile): Disposal | undefined {
    const entry = this.classOf(typeName, from);
    if (entry === undefined) {
      const known = DISPOSABLES.get(typeName);
      return known?.since === undefined || this.dartAtLeast(known.since, from) ? known : undefined;
    }
    for (const { type } of this.lineageOf(entry)) {
      for (const base of [type.superclass, ...type.mixins]) {
        const known = base === undefined ? undefined : DISPOSABLES.get(simpleName(base));
        if (known !== undefined)
          return base !== undefined && simpleName(base) === "ChangeNotifier" ? { ...known, weight: "hygiene" } : known;
      }
    }
    return undefined;
  }

  /** The class, its superclasses and their mixins, as far as the workspace declares them; nearest first. */
  lineageOf(entry: ClassEntry): readonly ClassEntry[] {
    const lineage: ClassEntry[] = [];
    const open: ClassEntry[] = [entry];
    const seen = new Set<DartClass>();
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (seen.has(next.type)) continue;
      seen.add(next.type);
      lineage.push(next);
      for (const base of [...next.type.mixins, ...(next.type.superclass === undefined ? [] : [next.type.superclass]), ...next.type.on]) {
        const above = this.classOf(simpleName(base), next.file);
        if (above !== undefined) open.push(above);
      }
    }
    return lineage;
  }

  /** A method of a class or of what it inherits from, with its body; the caller depends on what that body does. */
  methodOf(entry: ClassEntry, name: string): { readonly owner: ClassEntry; readonly method: DartMethod } | undefined {
    for (const owner of this.lineageOf(entry)) {
      const method = owner.type.methods.find((candidate) => candidate.name === name && candidate.kind !== "constructor");
      if (method === undefined) continue;
      this.#reads.note(`dartBody:${owner.type.name}`);
      return { owner, method };
    }
    return undefined;
  }

  /** The widget of a State. */
  widgetOf(entry: ClassEntry): ClassEntry | undefined {
    const widget = widgetNameOf(entry.type);
    return widget === undefined ? undefined : this.classOf(widget, entry.file);
  }

  /** For a caller that looks into the bodies of a class of another file: it depends on what they do. */
  noteBodies({ type }: ClassEntry): void {
    this.#reads.note(`dartBody:${type.name}`);
  }

  fieldOf(entry: ClassEntry, name: string): { readonly owner: ClassEntry; readonly field: DartField } | undefined {
    for (const owner of this.lineageOf(entry)) {
      const field = owner.type.fields.find((candidate) => candidate.name === name);
      if (field !== undefined) return { owner, field };
    }
    return undefined;
  }
}

/** "Home" of a class that extends `State<m.Home>`. */
export function widgetNameOf({ superclass }: DartClass): string | undefined {
  return /<\s*(?:\w+\.)?(\w+)/.exec(superclass ?? "")?.[1];
}

const namedIn = (file: DartFile | undefined): readonly DartClass[] => file?.dart.classes.filter(({ name }) => name !== "") ?? [];

const importsSqlite = ({ dart }: DartFile): boolean =>
  dart.directives.some(({ kind, uri }) => kind === "import" && (SQFLITE.test(uri) || DRIFT.test(uri)));

const lookOf = (entries: readonly ClassEntry[]): string => entries.map(({ file, type }) => `${file.file} ${type.signature}`).join();
const deedsOf = (entries: readonly ClassEntry[]): string => entries.map(({ file, type }) => `${file.file} ${type.digest}`).join();

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf("/")));

function commonFolders(a: string, b: string): number {
  const [as, bs] = [a.split("/"), b.split("/")];
  let common = 0;
  while (common < as.length - 1 && common < bs.length - 1 && as[common] === bs[common]) common++;
  return common;
}

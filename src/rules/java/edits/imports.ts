import type { JavaFile } from "../../../facts/fileFacts.ts";
import { insertAt, lineBreakOf, remove, type TextEdit, wholeLine } from "../../../text/edits.ts";

/** The imports that a Java file lacks for these qualified names, each where the order of the file's imports wants it. */
export function importEdits(file: JavaFile, text: string, names: readonly string[]): readonly TextEdit[] {
  const lineBreak = lineBreakOf(text);
  const present = file.java.imports.filter((declared) => !declared.isStatic);
  const missing = [...new Set(names)].filter((name) => !isVisible(file, name)).sort();
  const [first] = present;
  if (first === undefined) return missing.length === 0 ? [] : [firstImports(file, text, missing, lineBreak)];
  const groups = groupsOf(present, text);
  return missing.map((name) => {
    const group = groupFor(name, groups) ?? present;
    const own = group.filter((declared) => packageOf(declared.name) === packageOf(name));
    const kin = kinOf(name, group);
    // Where the group has another order, its imports of the same package, or of those above it, may have the usual one.
    const sorted = [group, own, kin].find((some) => some.length > 0 && isSorted(some));
    const before = sorted === undefined ? (kin.at(-1) ?? group.at(-1)) : sorted.filter((declared) => declared.name < name).at(-1);
    return before === undefined
      ? insertAt((sorted?.[0] ?? first).span.start, `import ${name};${lineBreak}`)
      : insertAt(before.span.end, `${lineBreak}import ${name};`);
  });
}

/** Whether a file may name a type by its simple name: it imports no other one of that name. */
export function canBeNamed({ java }: JavaFile, qualified: string): boolean {
  const name = `.${qualified.slice(qualified.lastIndexOf(".") + 1)}`;
  return java.imports.every((one) => one.isStatic || one.wildcard || one.name === qualified || !one.name.endsWith(name));
}

/** Takes away the import of a class that the text names nowhere else, once it is gone from `gone` places; nothing where it has none. */
export function dropImport({ java }: JavaFile, text: string, qualified: string, gone: number): readonly TextEdit[] {
  const own = java.imports.find((one) => !one.isStatic && !one.wildcard && one.name === qualified);
  const name = qualified.slice(qualified.lastIndexOf(".") + 1);
  const named = text.match(new RegExp(`\\b${name}\\b`, "g"))?.length;
  return own === undefined || named !== gone + 1 ? [] : [remove(wholeLine(text, own.span))];
}

const packageOf = (name: string): string => name.slice(0, Math.max(name.lastIndexOf("."), 0));

type Imports = JavaFile["java"]["imports"];

/** Imports that stand together, without an empty line or a static import between them: people sort within these. */
function groupsOf(present: Imports, text: string): readonly Imports[] {
  const groups: Imports[number][][] = [];
  for (const declared of present) {
    const last = groups.at(-1);
    const previous = last?.at(-1);
    if (previous !== undefined && /^[^\S\n]*\n?[^\S\n]*$/.test(text.slice(previous.span.end, declared.span.start))) last?.push(declared);
    else groups.push([declared]);
  }
  return groups;
}

/** The group with the import that shares most of its packages with a name; where none shares the first, the last that is not Java's own. */
function groupFor(name: string, groups: readonly Imports[]): Imports | undefined {
  let best: Imports | undefined;
  let most = 0;
  for (const group of groups) {
    const shared = Math.max(...group.map((declared) => sharedPackages(declared.name, name)));
    if (shared > most) {
      best = group;
      most = shared;
    }
  }
  return best ?? (PLATFORM.test(name) ? undefined : groups.findLast((group) => group.some((declared) => !PLATFORM.test(declared.name))));
}

function sharedPackages(one: string, other: string): number {
  const names = other.split(".");
  const parts = one.split(".");
  const apart = parts.findIndex((part, i) => part !== names[i]);
  // All of them are for `java.util.*` beside `java.util.regex.Pattern`.
  const shared = apart < 0 ? parts.length : apart;
  // People put what belongs to Java together, whatever its first name.
  return shared === 0 && PLATFORM.test(one) && PLATFORM.test(other) ? 0.5 : shared;
}

const PLATFORM = /^(?:java|javax|jakarta)\./;

const isSorted = (group: Imports): boolean => group.every((declared, i) => i === 0 || (group[i - 1]?.name ?? "") <= declared.name);

function isVisible(file: JavaFile, name: string): boolean {
  const packageName = packageOf(name);
  if (packageName === "java.lang" || packageName === file.java.packageName || !name.includes(".")) return true;
  return file.java.imports.some(
    (declared) => !declared.isStatic && (declared.wildcard ? declared.name === packageName : declared.name === name),
  );
}

/** The imports that share most packages with a name, beside which a person would put it. */
function kinOf(name: string, group: Imports): Imports {
  const shared = group.map((declared) => sharedPackages(declared.name, name));
  const most = Math.max(...shared);
  return most <= 0 ? [] : group.filter((_, i) => shared[i] === most);
}

function firstImports(file: JavaFile, text: string, names: readonly string[], lineBreak: string): TextEdit {
  const lines = names.map((name) => `import ${name};${lineBreak}`).join("");
  const packageEnd = /(?:^|\n)[ \t]*package[^;]*;/.exec(text);
  if (packageEnd === null) return insertAt(file.java.types[0]?.span.start ?? 0, `${lines}${lineBreak}`);
  return insertAt(packageEnd.index + packageEnd[0].length, `${lineBreak}${lineBreak}${lines.slice(0, -lineBreak.length)}`);
}

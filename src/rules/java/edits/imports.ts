import type { JavaFile } from "../../../facts/fileFacts.ts";
import { insertAt, lineBreakOf, type TextEdit } from "../../../text/edits.ts";

/** The imports that a Java file lacks for these qualified names, each where the order of the file's imports wants it. */
export function importEdits(file: JavaFile, text: string, names: readonly string[]): readonly TextEdit[] {
  const lineBreak = lineBreakOf(text);
  const present = file.java.imports.filter((declared) => !declared.isStatic);
  const missing = [...new Set(names)].filter((name) => !isVisible(file, name)).sort();
  const [first] = present;
  if (first === undefined) return missing.length === 0 ? [] : [firstImports(file, text, missing, lineBreak)];
  const sorted = present.every((declared, i) => i === 0 || (present[i - 1]?.name ?? "") <= declared.name);
  return missing.map((name) => {
    const before = sorted ? present.filter((declared) => declared.name < name).at(-1) : (sameFamily(present, name) ?? present.at(-1));
    return before === undefined
      ? insertAt(first.span.start, `import ${name};${lineBreak}`)
      : insertAt(before.span.end, `${lineBreak}import ${name};`);
  });
}

function isVisible(file: JavaFile, name: string): boolean {
  const dot = name.lastIndexOf(".");
  const packageName = name.slice(0, Math.max(dot, 0));
  if (packageName === "java.lang" || packageName === file.java.packageName || dot < 0) return true;
  return file.java.imports.some(
    (declared) => !declared.isStatic && (declared.wildcard ? declared.name === packageName : declared.name === name),
  );
}

/** The last import of the same top-level package, which is where a person would put it. */
function sameFamily(present: JavaFile["java"]["imports"], name: string): JavaFile["java"]["imports"][number] | undefined {
  const family = name.slice(0, name.indexOf(".") + 1);
  return present.filter((declared) => declared.name.startsWith(family)).at(-1);
}

function firstImports(file: JavaFile, text: string, names: readonly string[], lineBreak: string): TextEdit {
  const lines = names.map((name) => `import ${name};${lineBreak}`).join("");
  const packageEnd = /(?:^|\n)[ \t]*package[^;]*;/.exec(text);
  if (packageEnd === null) return insertAt(file.java.types[0]?.span.start ?? 0, `${lines}${lineBreak}`);
  return insertAt(packageEnd.index + packageEnd[0].length, `${lineBreak}${lineBreak}${lines.slice(0, -lineBreak.length)}`);
}

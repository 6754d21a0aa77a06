import { languageOf } from "../facts/languages.ts";
import { roleOfText } from "./roles.ts";

/** Why a text that was found is not analysed after all. Of "minified" a person should hear; nobody misses the others. */
export type LeftOut = "generated" | "shown" | "minified";

export function whyLeftOut(file: string, text: string): LeftOut | undefined {
  if (/\.(java|dart)$/.test(file) && isMinified(text)) return "minified";
  if (isShown(file, text)) return "shown";
  return roleOfText(file, text) === "generated" ? "generated" : undefined;
}

/** Why a file of the workspace was not even looked at. */
export function whyNotFound(file: string): string {
  return languageOf(file) === undefined ? "its kind is not read" : "a test, generated, or ignored by .gitignore or performance.yaml";
}

/** Java beside a text that explains it: it lies below `docs`, in a folder that is not that of its package, where no build finds it. */
function isShown(file: string, text: string): boolean {
  if (!file.endsWith(".java") || !DOCUMENTS.test(file) || /(?:^|\/)src\/main\//.test(file)) return false;
  const folder = /^[^\S\n]*package\s+([\w.]+)\s*;/m.exec(text.slice(0, 8_000))?.[1]?.replaceAll(".", "/");
  return folder === undefined || !`/${file.slice(0, file.lastIndexOf("/"))}`.endsWith(`/${folder}`);
}

const DOCUMENTS = /(?:^|\/)(?:docs?|documentation)\//i;

/** Code that nobody reads: over 64 KiB with more than 500 characters a line on average. */
function isMinified(text: string): boolean {
  if (text.length < 64 * 1024) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return text.length / lines > 500;
}

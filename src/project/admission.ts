import { roleOfText } from "./roles.ts";

/** Why a text that was found is not analysed after all. Nobody misses "generated"; of "minified" a person should hear. */
export type LeftOut = "generated" | "minified";

export function whyLeftOut(file: string, text: string): LeftOut | undefined {
  if (/\.(java|dart)$/.test(file) && isMinified(text)) return "minified";
  return roleOfText(file, text) === "generated" ? "generated" : undefined;
}

/** Code that nobody reads: over 64 KiB with more than 500 characters a line on average. */
function isMinified(text: string): boolean {
  if (text.length < 64 * 1024) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return text.length / lines > 500;
}

import { languageOf } from "../facts/languages.ts";
import { roleOfText } from "./roles.ts";

/**
 * Why a text that was discovered is not analysed after all; undefined for one that is. `worthSaying` tells what a person
 * might miss from what nobody expects.
 */
export function whyLeftOut(file: string, text: string): { readonly why: string; readonly worthSaying: boolean } | undefined {
  const language = languageOf(file);
  if ((language === "java" || language === "dart") && isMinified(text))
    return { why: "minified: its lines are too long", worthSaying: true };
  return roleOfText(file, text) === "generated" ? { why: "generated", worthSaying: false } : undefined;
}

/** Code that nobody reads: over 64 KiB with more than 500 characters a line on average. */
function isMinified(text: string): boolean {
  if (text.length < 64 * 1024) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return text.length / lines > 500;
}

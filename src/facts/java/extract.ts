import type { SyntaxRuntime } from "../../syntax/runtime.ts";
import type { Extracted } from "../extract.ts";
import type { JavaFacts } from "./javaFacts.ts";

export function javaFacts(_text: string, _syntax: SyntaxRuntime): Extracted<JavaFacts> {
  return { facts: { packageName: "" }, unparsed: [], problems: [] };
}

import type { SyntaxRuntime } from "../../syntax/runtime.ts";
import type { Extracted } from "../extract.ts";
import type { DartFacts } from "./dartFacts.ts";

export function dartFacts(_file: string, _text: string, _syntax: SyntaxRuntime): Extracted<DartFacts> {
  return { facts: { library: undefined }, unparsed: [], problems: [] };
}

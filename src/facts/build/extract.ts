import type { Extracted } from "../extract.ts";
import type { BuildFacts } from "./buildFacts.ts";

export const buildFacts = (_file: string, _text: string): Extracted<BuildFacts> => ({ facts: { tool: "" }, unparsed: [], problems: [] });

import type { Extracted } from "../extract.ts";
import type { ConfigFacts } from "./configFacts.ts";

export const configFacts = (_file: string, _text: string): Extracted<ConfigFacts> => ({
  facts: { documents: [] },
  unparsed: [],
  problems: [],
});

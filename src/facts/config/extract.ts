import type { Extracted } from "../extract.ts";
import type { BuildFacts, ConfigFacts, ProjectFacts } from "./configFacts.ts";

export const configFacts = (_file: string, _text: string): Extracted<ConfigFacts> => ({
  facts: { documents: [] },
  unparsed: [],
  problems: [],
});
export const buildFacts = (_file: string, _text: string): Extracted<BuildFacts> => ({ facts: { tool: "" }, unparsed: [], problems: [] });
export const projectFacts = (_file: string, _text: string): Extracted<ProjectFacts> => ({
  facts: { settings: {} },
  unparsed: [],
  problems: [],
});

import { configRules } from "./config/index.ts";
import { dartRules } from "./dart/index.ts";
import { javaRules } from "./java/index.ts";
import type { AnyRule } from "./rule.ts";
import { sqlRules } from "./sql/index.ts";

/** Every rule, by group and name. A test holds this list against the files and the documents. */
export const rules: readonly AnyRule[] = [...configRules, ...dartRules, ...javaRules, ...sqlRules];

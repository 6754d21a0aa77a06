import type { AnyRule } from "./rule.ts";

/** Every rule, by group and name. A test holds this list against the files and the documents. */
export const rules: readonly AnyRule[] = [];

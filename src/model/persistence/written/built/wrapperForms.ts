import type { CodeNode } from "../../../../facts/java/code.ts";
import type { Builders } from "../texts/textFlow.ts";
import { BUILDERS } from "./builtForms.ts";

/** MyBatis-Plus's wrappers, and those that a project derives from them. */
export const isWrapper = (type: string): boolean => /Wrapper(?:X|Plus)?$/.test(type) && !/^(?:MPJ|Response|Request|Result)/.test(type);

/** The types of MyBatis-Plus whose calls are given a wrapper, and those that are one. */
export const TAKES_WRAPPER: ReadonlySet<string> = new Set(["BaseMapper", "MPJBaseMapper", "IService", "ServiceImpl"]);
export const CHAINS: ReadonlySet<string> = new Set(["LambdaQueryChainWrapper", "QueryChainWrapper"]);

/** The argument that is the wrapper; undefined where there is none. */
export const wrapperIn = (name: string, args: readonly CodeNode[]): CodeNode | undefined => args[/[pP]age/.test(name) ? 1 : 0];

export const WRAPPERS: Builders = {
  ...BUILDERS,
  isBuilder: isWrapper,
  changes: (method) => !/^(?:get\w*|is\w*|clone|toString|lambda)$/.test(method),
};

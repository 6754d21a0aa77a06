import type { CodeNode } from "../../../facts/java/code.ts";

/** `PageHelper.startPage(page, size)`: the next statement of MyBatis reads another page, whatever it is given. */
export const turnsPage = ({ kind, text }: CodeNode): boolean => kind === "call" && /^(?:startPage|offsetPage)$/.test(text);

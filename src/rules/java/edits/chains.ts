/** A chain of calls without the breaks before its steps. Those in arguments and in text blocks stay, and so do remarks. */
export const withoutBreaks = (chain: string): string => chain.replace(/\s*\n\s*(?=\.)/g, "");

/** The same as one line; undefined where it has more breaks than these, or a remark that would swallow the rest. */
export function inOneLine(chain: string): string | undefined {
  const joined = withoutBreaks(chain);
  const isWhole = !/[\r\n]/.test(joined) && !(chain !== joined && /\/\/|\/\*/.test(chain.replace(/"(?:[^"\\]|\\.)*"/g, '""')));
  return isWhole ? joined : undefined;
}

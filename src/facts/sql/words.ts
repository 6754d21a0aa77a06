/** The words of a text that may be names, lower case; of a long one those at its beginning. */
export const namesIn = (text: string): string[] => wordsIn(text.slice(0, 4_000));

/** The words of a text, lower case, each once. */
export function wordsIn(text: string): string[] {
  const words = text.match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))];
}

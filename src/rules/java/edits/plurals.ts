/** "order" → "orders", "category" → "categories", "address" → "addresses", "quiz" → "quizzes"; what looks like a plural stays. */
export function pluralOf(one: string): string {
  if (/[^aeiou]y$/.test(one)) return `${one.slice(0, -1)}ies`;
  if (one.endsWith("iz")) return `${one}zes`;
  if (/(?:ss|us|x|z|ch|sh)$/.test(one)) return `${one}es`;
  return one.endsWith("s") ? one : `${one}s`;
}

/** "OrderLine" → "orderLine", "URLEntry" → "urlEntry". */
export const lowerFirst = (name: string): string =>
  name.replace(/^(?:\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+$|\p{Lu})/u, (start) => start.toLowerCase());

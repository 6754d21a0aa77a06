/** A text with the properties that are known put in, those in their values too. */
export function filledIn(text: string, property: (name: string) => string | undefined, depth = 0): string {
  if (!text.includes("${") || depth > 5) return text;
  return text.replace(/\$\{([^{}]+)\}/g, (whole, name: string) => {
    const value = property(name.trim());
    return value === undefined ? whole : filledIn(value, property, depth + 1);
  });
}

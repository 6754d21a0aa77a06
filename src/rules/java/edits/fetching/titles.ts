/** What a title says of many names: "lines, owner, tags and 5 more". */
export function namedInTitle(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more < 2 ? names.join(", ") : `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more`;
}

const MOST_NAMED = 3;

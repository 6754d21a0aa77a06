/** A btree's entry has room for some 2,700 bytes. */
const LONGEST_KEY = 2000;

/** Whether a btree on a column of the type can be, and is of use. */
export function isIndexable(type: string): boolean {
  if (/^(?:jsonb?|xml|tsvector|tsquery|geometry|geography|point|line|lseg|box|path|polygon|circle|bytea)\b|\[\]$/.test(type)) return false;
  return Number(/\((\d+)\)/.exec(type)?.[1] ?? 0) <= LONGEST_KEY;
}

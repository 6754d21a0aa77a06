import type { Index } from "../../../../model/schema/schema.ts";

const FOLDED = /^\(*\s*(lower|upper)\s*\(\s*\(?\s*"?([\w$]+)"?\s*\)?\s*(?:::\s*[\w ]+)?\)\s*\)*$/i;

/** `lower(email)` and `lower((email)::text)` as the first key of an index. */
export function foldedKey({ keys }: Index): { readonly by: string; readonly column: string } | undefined {
  const [, by, column] = FOLDED.exec(keys[0]?.expression ?? "") ?? [];
  return by === undefined || column === undefined ? undefined : { by: by.toLowerCase(), column: column.toLowerCase() };
}

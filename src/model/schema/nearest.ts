import type { Schema } from "./schema.ts";

/** The schema that code in a folder, whose path ends with a slash, most likely works with. */
export function schemaNearest(folder: string, schemas: readonly Schema[]): Schema | undefined {
  const inTest = /(^|\/)(src\/)?test\//.test(folder);
  let best: { readonly schema: Schema; readonly rank: readonly number[] } | undefined;
  for (const schema of schemas) {
    const rank = [
      schema.tables.size > 0 ? 1 : 0,
      !schema.test || inTest ? 1 : 0,
      DIALECT_RANK[schema.dialect] ?? 0,
      sharedFolders(folder, schema.id),
      // Beside the folder that Flyway runs by itself lie those of second databases.
      /(?:^|\/)db\/migrations?(?:$|\/)/.test(schema.id) ? 1 : 0,
      schema.tables.size,
    ];
    if (best === undefined || isBehind(best.rank, rank)) best = { schema, rank };
  }
  return best?.schema;
}

const DIALECT_RANK: Readonly<Record<string, number>> = { postgresql: 2, unknown: 1 };

function isBehind(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] as number) < (b[at] as number);
}

/** How many folders two paths have in common, from the root on: the same module before the same project. */
function sharedFolders(a: string, b: string): number {
  const [x, y] = [a.split("/"), b.split("/")];
  let shared = 0;
  while (shared < x.length && shared < y.length && x[shared] === y[shared]) shared++;
  return shared;
}

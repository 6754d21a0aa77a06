import assert from "node:assert/strict";
import type { SqlFile } from "../../../src/facts/fileFacts.ts";
import { foldFile, type Tables } from "../../../src/model/schema/fold/fold.ts";
import { changesIn, type FoldedFile } from "../../../src/model/schema/fold/foldedFile.ts";
import type { Table } from "../../../src/model/schema/schema.ts";
import { factsOf } from "../../harness/check.ts";

/** A script as a fold takes it. */
export const input = async (text: string, file = "V1__a.sql"): Promise<FoldedFile> => ({
  file,
  facts: ((await factsOf(file, text)) as SqlFile).sql,
  seeds: true,
});

export const folded = (before: Tables, file: FoldedFile): Tables => foldFile(before, file, changesIn(file));

export const fold = async (text: string, before: Tables = new Map()): Promise<Tables> => folded(before, await input(text));

/** The first table of a script. */
export async function only(text: string): Promise<Table> {
  const [table] = [...(await fold(text)).values()];
  assert.ok(table !== undefined);
  return table;
}

/** "t_pkey(id)", by their names and keys. */
export const indexes = (table: Table | undefined): readonly string[] | undefined =>
  table?.indexes.map(({ name, keys }) => `${name}(${keys.map((key) => key.column ?? key.expression).join()})`);

/** "t_a_fkey(a)->p(id)". */
export const keys = (table: Table | undefined): readonly string[] | undefined =>
  table?.foreignKeys.map(({ name, columns, parent, parentColumns }) => `${name}(${columns.join()})->${parent}(${parentColumns.join()})`);
